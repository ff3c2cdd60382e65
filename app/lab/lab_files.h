// SPDX-License-Identifier: GPL-2.0-or-later
// What the lab is made of, and where it lies: QEMU, a stock kernel that was unpacked and never installed, our agent.
#pragma once

#include "app/lab/kernel_run.h"

#include <filesystem>
#include <string>

namespace skbscope::app {

struct LabFiles {
    std::filesystem::path qemu;
    std::string qemuVersion;
    std::filesystem::path kernel;  // vmlinuz
    std::filesystem::path modules; // lib/modules/RELEASE/kernel
    std::string release;
    std::filesystem::path agent;
    std::filesystem::path images; // where prepared machines are kept
};

// $SKBSCOPE_LAB_DIR, else ${XDG_CACHE_HOME:-~/.cache}/skbscope/lab.
[[nodiscard]] std::filesystem::path labDirectory();

// Finds them all, or says which one is missing and how to get it.
[[nodiscard]] tl::expected<LabFiles, RunError> findLab();

// The probe agent: $SKBSCOPE_AGENT, else the one beside the program. An absolute path of a file that can be read.
[[nodiscard]] tl::expected<std::filesystem::path, RunError> findAgent();

// Whole files; empty when they cannot be read.
[[nodiscard]] std::string readFile(const std::filesystem::path &path);

} // namespace skbscope::app
