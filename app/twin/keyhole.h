// SPDX-License-Identifier: GPL-2.0-or-later
// What a live watch can see of a kernel, and what of the model's run corresponds to it. Internal to app/twin.
#pragma once

#include "bpf/syscalls.h"
#include "trace/trace.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skbscope::app {

// Which calls moved a packet that the watch followed: those during which their task has events.
class Witness {
public:
    explicit Witness(const trace::Side &kernel);
    // Without any events nobody can say: then it did.
    [[nodiscard]] bool saw(const bpf::observed_call &call) const;

private:
    std::map<trace::TaskId, std::vector<std::uint64_t>> times_; // of each task's events, ascending
};

// Facts for the comparison, on both sides: which functions the kernel's side could not show, and which of its functions
// are the entries of other system calls than the scenario's (`called`: "write", "sendmsg").
void lookThroughKeyhole(trace::Side &model, trace::Side &kernel, const std::set<std::string> &called);

} // namespace skbscope::app
