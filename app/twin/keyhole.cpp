// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/keyhole.h"

#include "trace/call_tree.h"

#include <algorithm>

namespace skbscope::app {

namespace {

const std::string notTraced = "not traced: ";

// A system call that the language writes as another one, and the functions in which the two differ.
struct OtherEntry {
    const char *call;
    const char *said; // what the scenario does instead
    std::vector<const char *> kernel, model;
};
const std::vector<OtherEntry> &otherEntries() {
    static const std::vector<OtherEntry> all = {
        {"write", "send", {"sock_write_iter"}, {"__sys_sendto"}},
        {"sendmsg", "sendto", {"__sys_sendmsg", "___sys_sendmsg", "____sys_sendmsg"}, {"__sys_sendto"}},
        {"sendmmsg", "sendto", {"__sys_sendmmsg", "___sys_sendmsg", "____sys_sendmsg"}, {"__sys_sendto"}},
        {"read", "recv", {"sock_read_iter"}, {"__sys_recvfrom"}},
        {"recvmsg", "recv", {"__sys_recvmsg", "___sys_recvmsg", "____sys_recvmsg"}, {"__sys_recvfrom"}},
    };
    return all;
}

} // namespace

Witness::Witness(const trace::Side &kernel) {
    for (const trace::Event &e : kernel.events)
        times_[e.task].push_back(e.time);
    for (auto &[task, times] : times_)
        std::sort(times.begin(), times.end());
}

bool Witness::saw(const bpf::observed_call &call) const {
    if (times_.empty()) return true;
    const auto task = times_.find(call.begin.tid);
    if (task == times_.end()) return false;
    const auto first = std::lower_bound(task->second.begin(), task->second.end(), call.begin.time);
    return first != task->second.end() && (!call.ended || *first <= call.end_time);
}

void lookThroughKeyhole(trace::Side &model, trace::Side &kernel, const std::set<std::string> &called) {
    for (const OtherEntry &entry : otherEntries()) {
        if (!called.contains(entry.call)) continue;
        const std::string why = std::string("the program called ") + entry.call + "(2), the scenario has " + entry.said;
        for (const char *f : entry.kernel)
            model.info.facts.emplace(notTraced + f, why);
        for (const char *f : entry.model)
            kernel.info.facts.emplace(notTraced + f, why);
    }
}

} // namespace skbscope::app
