// SPDX-License-Identifier: GPL-2.0-or-later
// Reads what a set of network namespaces looks like now (bpf/snapshot.h). Needs CAP_SYS_ADMIN to enter them and to make
// one of its own, which tells what "default" means on this kernel.
#pragma once

#include "bpf/snapshot.h"

#include <string>
#include <vector>

namespace skbscope::bpf {

// An open namespace and what to call it.
class named_namespace {
public:
    // "a" in /run/netns; "pid:1234", that of a process; "host", the caller's own. Throws agent_failure.
    static named_namespace open(const std::string &which);
    // All of /run/netns and the caller's own.
    static std::vector<named_namespace> all();

    named_namespace(std::string what, int descriptor); // takes the descriptor
    ~named_namespace();
    named_namespace(named_namespace &&other) noexcept;
    named_namespace &operator=(named_namespace &&) = delete;

    std::string name;
    int fd = -1;
    std::uint64_t inode = 0;
};

// One entry for each namespace, also where two names mean the same (the first counts). What could not be read is said
// in `problems`. Throws agent_failure where a namespace cannot be entered. Call from a process of one thread.
[[nodiscard]] std::vector<snapshot_namespace> take_snapshot(const std::vector<named_namespace> &namespaces);

} // namespace skbscope::bpf
