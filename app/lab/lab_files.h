// SPDX-License-Identifier: GPL-2.0-or-later
// What the lab is made of, and where it lies: QEMU, a stock kernel that was unpacked and never installed, our agent.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/lab/machine.h"

#include <filesystem>
#include <string>

namespace skbscope::app {

struct LabFiles {
    std::filesystem::path qemu;
    std::string qemuVersion;
    std::filesystem::path kernel;  // vmlinuz
    std::filesystem::path modules; // its lib/modules/RELEASE, see kernel_modules.h
    bool fetched = true;           // the kernel is the one that fetch-kernel.sh got, not the user's own
    std::string release;
    std::filesystem::path agent;
    std::filesystem::path images; // where prepared machines are kept
    Machine machine;
};

// $SKBSCOPE_LAB_DIR, else ${XDG_CACHE_HOME:-~/.cache}/skbscope/lab.
[[nodiscard]] std::filesystem::path labDirectory();

// Finds them all, or says which one is missing and how to get it.
[[nodiscard]] tl::expected<LabFiles, RunError> findLab(const LabOptions &options = {});

// The file of that name in $PATH or where the system's programs are; empty: there is none.
[[nodiscard]] std::filesystem::path findProgram(const std::string &name);

// The probe agent: $SKBSCOPE_AGENT, else the one beside the program. An absolute path of a file that can be read.
[[nodiscard]] tl::expected<std::filesystem::path, RunError> findAgent();

// Whole files; empty when they cannot be read.
[[nodiscard]] std::string readFile(const std::filesystem::path &path);

} // namespace skbscope::app
