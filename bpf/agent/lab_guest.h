// SPDX-License-Identifier: GPL-2.0-or-later
// The agent as the lab's init: what a kernel that has just booted lacks, and the two ways out of the virtual machine.
#pragma once

#include <string>

namespace skbscope::bpf {

// proc, sysfs, tracefs, bpf, devtmpfs.
void mount_filesystems();

// All modules of /lab/modules. They depend on one another: those that fail are tried again after the others.
void load_modules();

// One of /lab/on-demand ("sch_tbf"); false when it is not there or cannot be loaded.
bool load_on_demand(const std::string &module);

// The virtio-serial port to the host: a file descriptor.
[[nodiscard]] int open_port();

// Reads a file that QEMU offers through its firmware configuration device: what the host puts there is the same at
// every instant of virtual time, so that a run that reads it stays deterministic. Empty when there is none of that
// name. Always one whole file, even if the machine is saved and goes on elsewhere meanwhile (firmware.h).
class firmware_files {
public:
    firmware_files();
    [[nodiscard]] std::string read(const std::string &name) const;
};

// What the host put beside the agent into the initial file system; empty if it is not there.
[[nodiscard]] std::string read_file(const std::string &path);

// While it lives, ftrace notes what is to be patched and patches nothing; in the end it patches all at once. To put a
// probe on a function takes it several walks over all 45,000 functions of the kernel, which is most of what attaching
// costs. It is the whole kernel's switch (sysctl kernel.ftrace_enabled): for the lab's kernel alone, where nobody else
// traces. Does nothing when the agent is not init.
class patching_at_once {
public:
    patching_at_once();
    ~patching_at_once();
    patching_at_once(const patching_at_once &) = delete;
    patching_at_once &operator=(const patching_at_once &) = delete;
};

[[noreturn]] void power_off();

} // namespace skbscope::bpf
