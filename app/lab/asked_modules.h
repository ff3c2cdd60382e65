// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's modules that a scenario asks for by what it uses. They are loaded while the lab boots, before its agent
// reads which functions the kernel has: a module that comes later has functions that get no probe.
#pragma once

#include "bpf/op_list.h"

#include <string>
#include <vector>

namespace skbscope::app {

// All there are, by their path in the kernel's source without ending, those first that others need. `net/sched`: a
// qdisc that nobody uses must not be in the kernel; nf_tables likewise.
[[nodiscard]] const std::vector<std::string> &askedModules();

// Those of `list`. Qdiscs come together, whichever it names: each combination is a prepared machine of its own on disk.
[[nodiscard]] std::vector<std::string> modulesFor(const bpf::op_list &list);

} // namespace skbscope::app
