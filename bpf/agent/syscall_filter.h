// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "bpf/agent/privileges.h"

namespace skbscope::bpf {

// From here on this process, and what it forks, makes the system calls of this stage and no others: those return EPERM.
// No stage can execute a program, load one into the kernel, or look into another process. Throws agent_failure.
void filter_system_calls(agent_stage stage);

} // namespace skbscope::bpf
