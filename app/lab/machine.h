// SPDX-License-Identifier: GPL-2.0-or-later
// The virtual machine as it is built: QEMU's arguments for its hardware, and the kernel's own. Same text, same machine:
// it is part of an image's key, and of what a trace says about where it was made.
#pragma once

#include "app/lab/lab_options.h"

#include <string>
#include <vector>

namespace skbscope::app {

struct Machine {
    unsigned cpus = 1;
    unsigned memoryMb = 1024;
    bool deterministic = true; // one CPU, instructions for time
    bool kvm = false;          // never with `deterministic`: counting instructions needs TCG
    bool shell = false;        // a terminal (ttyS1), and ports for a command's output and complaints

    Machine() = default;
    explicit Machine(const LabOptions &options)
        : cpus(options.cpus), memoryMb(options.memoryMb), deterministic(options.deterministic()) {}

    [[nodiscard]] std::string kernelArguments() const;
    // Without those that name files or descriptors.
    [[nodiscard]] std::vector<std::string> arguments() const;
    [[nodiscard]] std::string describe() const;
    // "yes", or "no: " and what that means for a comparison.
    [[nodiscard]] std::string determinism() const;
};

} // namespace skbscope::app
