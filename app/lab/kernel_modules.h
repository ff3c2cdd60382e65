// SPDX-License-Identifier: GPL-2.0-or-later
// A kernel's modules on disk, by their path in the kernel's source without ending: "drivers/net/veth".
#pragma once

#include "app/lab/kernel_run.h"

#include <filesystem>
#include <string>

namespace skbscope::app {

class KernelModules {
public:
    // lib/modules/RELEASE, the "kernel" in it, or a directory in which the files lie side by side.
    explicit KernelModules(std::filesystem::path directory);

    // Unpacked (.ko, .ko.xz, .ko.zst, .ko.gz); empty when there is no such file.
    [[nodiscard]] std::string read(const std::string &module) const;
    [[nodiscard]] bool builtIn(const std::string &module) const;

private:
    std::filesystem::path kernel_;
    std::string builtIn_; // modules.builtin
};

// The release that a bzImage says it is ("6.1.0-56-cloud-amd64"), or why the file is none.
[[nodiscard]] tl::expected<std::string, RunError> kernelRelease(const std::filesystem::path &vmlinuz);

} // namespace skbscope::app
