// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/kernel_modules.h"

#include "app/lab/lab_files.h"

#include <array>
#include <cstdio>
#include <fstream>

namespace skbscope::app {

namespace fs = std::filesystem;

namespace {

struct Packing {
    const char *ending, *program;
};
constexpr std::array packings = {Packing{".xz", "xz"}, Packing{".zst", "zstd"}, Packing{".gz", "gzip"}};

// In single quotes for the shell.
std::string quotedForShell(const std::string &text) {
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string unpack(const char *program, const fs::path &file) {
    std::string bytes;
    FILE *in = popen((std::string(program) + " -dc " + quotedForShell(file.string())).c_str(), "r");
    if (!in) return bytes;
    std::array<char, 65536> part{};
    while (const std::size_t n = std::fread(part.data(), 1, part.size(), in))
        bytes.append(part.data(), n);
    return pclose(in) == 0 ? bytes : std::string();
}

std::string readAs(const fs::path &file) {
    if (std::string bytes = readFile(file); !bytes.empty()) return bytes;
    std::error_code error;
    for (const Packing &p : packings)
        if (const fs::path packed = file.string() + p.ending; fs::exists(packed, error))
            return unpack(p.program, packed);
    return {};
}

} // namespace

KernelModules::KernelModules(fs::path directory) : kernel_(std::move(directory)) {
    std::error_code error;
    if (fs::is_directory(kernel_ / "kernel", error)) kernel_ /= "kernel";
    builtIn_ = readFile(kernel_ / "modules.builtin");
    if (builtIn_.empty()) builtIn_ = readFile(kernel_.parent_path() / "modules.builtin");
}

std::string KernelModules::read(const std::string &module) const {
    std::string bytes = readAs(kernel_ / (module + ".ko"));
    return bytes.empty() ? readAs(kernel_ / (module.substr(module.rfind('/') + 1) + ".ko")) : bytes;
}

bool KernelModules::builtIn(const std::string &module) const {
    return builtIn_.find("kernel/" + module + ".ko\n") != std::string::npos;
}

// Documentation/arch/x86/boot.rst: the magic at 0x202, at 0x20e where the version's text is, counted from 0x200.
tl::expected<std::string, RunError> kernelRelease(const fs::path &vmlinuz) {
    const auto refuse = [&vmlinuz](const char *why) {
        return tl::unexpected(RunError{RunErrorCode::badInput, vmlinuz.string(), why});
    };
    std::ifstream in(vmlinuz, std::ios::binary);
    if (!in) return refuse("cannot be read; --vmlinuz takes a kernel image such as /boot/vmlinuz-6.1.0-56-amd64");
    std::string head(0x10000, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (head.size() < 0x210 || head.compare(0x202, 4, "HdrS") != 0)
        return refuse("is no x86 kernel image (a bzImage, as make bzImage or a distribution's package has it)");
    const auto byte = [&head](std::size_t at) { return static_cast<unsigned char>(head[at]); };
    const std::size_t at = 0x200U + byte(0x20e) + byte(0x20f) * 256U;
    if (at >= head.size()) return refuse("does not say its release");
    return head.substr(at, head.find_first_of(std::string_view(" \0", 2), at) - at);
}

} // namespace skbscope::app
