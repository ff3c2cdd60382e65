// SPDX-License-Identifier: GPL-2.0-or-later
// System calls that were seen as the steps of a scenario. The scenario has one process; what several did is put in one
// row by the time at which it took effect: a send when it began, a receive when it had what it wanted.
#pragma once

#include "app/twin/twin_names.h"
#include "bpf/syscalls.h"

#include <functional>

namespace skbscope::app {

// A step that stands for a call that was seen, and what the real kernel answered.
struct ExpectedResult {
    std::uint32_t step = 0;
    std::int64_t result = 0;
    std::string call; // "sendto of python3 1234"
};

struct TwinSteps {
    std::vector<ExpectedResult> results;
    std::map<std::uint32_t, std::string> notes; // by step: whose call it was
    std::set<std::string> called;               // "write", "sendmsg", ...: the calls by their own names
};

// Did the call move a packet that the watch followed? Only such calls are traced.
using MovedPacket = std::function<bool(const bpf::observed_call &)>;

// Appends the steps: the sockets that were there before, then what was called.
[[nodiscard]] TwinSteps addSteps(OpList &ops, const TwinHosts &hosts,
                                 const std::vector<const bpf::snapshot_namespace *> &namespaces,
                                 const std::vector<bpf::observed_call> &calls, const MovedPacket &moved,
                                 Remarks &remarks);

} // namespace skbscope::app
