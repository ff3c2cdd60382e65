// SPDX-License-Identifier: GPL-2.0-or-later
// What the agent may do, and when it stops being able to. Capabilities go by stages, a filter of system calls comes
// with the later ones; none of them can be undone. docs/privileges.md is the table of all this.
#pragma once

#include <cstdint>

namespace skbscope::bpf {

enum class agent_stage : std::uint8_t {
    attaching, // load and attach programs, read the kernel's symbols; make namespaces
    running,   // after the last probe: make the scenario's network, read what the probes wrote
    steps,     // the process that runs the scenario's steps, which reads no event
};

// Bit n: capability n (linux/capability.h).
[[nodiscard]] std::uint64_t capabilities_of(agent_stage stage);

// Throws agent_failure that names each capability that tracing misses and how to get it.
void require_privileges();

// Gives up all capabilities but those of this stage, and from `running` on all system calls but those that it makes: a
// call that is refused returns EPERM. Capabilities that this process never had stay away. Throws agent_failure.
void enter_stage(agent_stage stage);

} // namespace skbscope::bpf
