// SPDX-License-Identifier: GPL-2.0-or-later
// The archive that the kernel unpacks as its first file system
// (Documentation/driver-api/early-userspace/buffer-format).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace skbscope::app {

// Same calls, same bytes: no time, no owner but root.
class CpioArchive {
public:
    void addDirectory(std::string_view path);
    void addFile(std::string_view path, std::string_view content, bool executable = false);
    void addCharacterDevice(std::string_view path, unsigned major, unsigned minor);
    // The whole archive; nothing can be added afterwards.
    [[nodiscard]] std::string finish();

private:
    void add(std::string_view path, std::uint32_t mode, std::string_view content, unsigned major = 0,
             unsigned minor = 0);
    std::string bytes_;
    std::uint32_t nextInode_ = 1;
};

} // namespace skbscope::app
