// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/cpio.h"

#include <cstdio>
#include <sys/stat.h>

namespace skbscope::app {

void CpioArchive::addDirectory(std::string_view path) {
    add(path, S_IFDIR | 0755, {});
}

void CpioArchive::addFile(std::string_view path, std::string_view content, bool executable) {
    add(path, S_IFREG | (executable ? 0755U : 0644U), content);
}

void CpioArchive::addCharacterDevice(std::string_view path, unsigned major, unsigned minor) {
    add(path, S_IFCHR | 0600, {}, major, minor);
}

// "newc": a header of 8-digit hexadecimal numbers, the name with its final 0, the content; each padded to 4 bytes.
void CpioArchive::add(std::string_view path, std::uint32_t mode, std::string_view content, unsigned major,
                      unsigned minor) {
    char header[111];
    std::snprintf(header, sizeof header, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", nextInode_++,
                  mode, 0U, 0U, 1U, 0U, static_cast<unsigned>(content.size()), 0U, 0U, major, minor,
                  static_cast<unsigned>(path.size() + 1), 0U);
    const auto pad = [this] { bytes_.resize((bytes_.size() + 3) & ~std::size_t{3}); };
    bytes_.append(header, 110).append(path).push_back('\0');
    pad();
    bytes_.append(content);
    pad();
}

std::string CpioArchive::finish() {
    add("TRAILER!!!", 0, {});
    return std::move(bytes_);
}

} // namespace skbscope::app
