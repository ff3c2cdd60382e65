// SPDX-License-Identifier: GPL-2.0-or-later
// What the steps of a twin's scenario are written with: one row of operations, and the sockets that are in them.
#pragma once

#include "app/twin/twin_call.h"
#include "app/twin/twin_steps.h"

#include <set>
#include <string>
#include <utility>

namespace skbscope::app {

struct TwinSocket {
    using Holder = std::pair<std::uint32_t, std::uint32_t>; // pid, fd
    std::uint16_t slot = 0;
    bool open = true;
    std::set<Holder> holders; // who would have to close it
};

class TwinRow {
public:
    TwinRow(OpList &operations, const TwinHosts &of, Remarks &said) : ops(operations), hosts(of), remarks(said) {}

    // A step of its own, in `host` if it matters there (0: it does not).
    void begin(unsigned host);
    skbscope_op &add(skbscope_op_kind kind, const TwinSocket &s);
    void traced(bool on);
    // A socket of the scenario; nullptr where there is no room for one more.
    TwinSocket *make(std::uint64_t inode, unsigned host, std::uint32_t type, std::uint32_t protocol,
                     const std::string &name, std::uint32_t timeout);
    TwinSocket *room(std::uint64_t inode, const std::string &name);
    // The last step stands for this call, and is to give what it gave.
    void note(const bpf::observed_call &c) { out.notes[step_] = callText(c); }
    void expect(const bpf::observed_call &c);
    // The range from which a namespace (inode) takes ports, from here on; what it was: the topology has it where it is
    // not the usual one.
    void portRange(std::uint64_t net, const std::string &range);
    [[nodiscard]] std::string portsOf(std::uint64_t net) const;
    [[nodiscard]] std::uint32_t step() const { return step_; } // the last one that was begun
    [[nodiscard]] std::size_t steps() const { return steps_; }
    // At least one step: a scenario without steps is none.
    void finish();

    OpList &ops;
    const TwinHosts &hosts;
    Remarks &remarks;
    std::map<std::uint64_t, TwinSocket> sockets; // by inode
    TwinSteps out;

private:
    [[nodiscard]] std::string freshName(std::string name) const;

    unsigned current_ = 0;
    bool traced_ = false;
    std::size_t steps_ = 0;
    std::uint32_t step_ = 0;
};

void setEndpoint(skbscope_op &op, const Ipv4Endpoint &e);
// "server-1234-3": of the process and its descriptor.
[[nodiscard]] std::string socketName(const bpf::observed_call &c, std::uint64_t fd);

// A call on a socket of ours as steps. What cannot be said is remarked.
void addCall(TwinRow &row, TwinSocket &s, const bpf::observed_call &c);

} // namespace skbscope::app
