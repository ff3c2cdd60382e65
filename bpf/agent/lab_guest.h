// SPDX-License-Identifier: GPL-2.0-or-later
// The agent as the lab's init: what a kernel that has just booted lacks, and the two ways out of the virtual machine.
#pragma once

#include <string>

namespace skbscope::bpf {

// proc, sysfs, tracefs, devtmpfs.
void mount_filesystems();

// All modules of /lab/modules. They depend on one another: those that fail are tried again after the others.
void load_modules();

// One of /lab/on-demand ("sch_tbf"); false when it is not there or cannot be loaded.
bool load_on_demand(const std::string &module);

// The virtio-serial port to the host: a file descriptor.
[[nodiscard]] int open_port();

// Reads a file that QEMU offers through its firmware configuration device: what the host puts there is the same at
// every instant of virtual time, so that a run that reads it stays deterministic. Empty when there is none of that
// name.
class firmware_files {
public:
    firmware_files();
    [[nodiscard]] std::string read(const std::string &name) const;
};

// What the host put beside the agent into the initial file system; empty if it is not there.
[[nodiscard]] std::string read_file(const std::string &path);

[[noreturn]] void power_off();

} // namespace skbscope::bpf
