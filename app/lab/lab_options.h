// SPDX-License-Identifier: GPL-2.0-or-later
// What the user may choose of the lab. By default it is the newest kernel that was fetched, on one CPU whose time is
// counted in instructions: two runs then give the same calls in the same order.
#pragma once

#include <chrono>
#include <filesystem>

namespace skbscope::app {

struct LabOptions {
    std::filesystem::path vmlinuz; // a bzImage; empty: the one that was fetched
    std::filesystem::path modules; // its lib/modules/RELEASE, or the "kernel" in it; empty: found beside vmlinuz
    unsigned cpus = 1;             // 1 to 8; more than one is never deterministic
    bool realTime = false;         // the host's clock instead of counted instructions
    unsigned memoryMb = 1024;
    // A machine from an image that says nothing for so long stands still: another one is booted in its place, once.
    std::chrono::seconds patience{45};

    [[nodiscard]] bool deterministic() const { return cpus == 1 && !realTime; }
};

} // namespace skbscope::app
