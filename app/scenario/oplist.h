// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario compiled: the flat list of operations that both kernels run (bpf/oplist.h has the bytes). Operations of
// one step are consecutive and carry the step's index and line; topology comes first and carries no step.
#pragma once

#include "bpf/op_list.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::app {

inline constexpr std::uint32_t noStep = bpf::no_step;

class OpList {
public:
    // A zeroed operation at the end of the list. The reference is good until the next add().
    skbscope_op &add(skbscope_op_kind kind, std::uint32_t line, std::uint32_t step);
    // Copies `bytes` into the blob and points `op` at them.
    void setData(skbscope_op &op, std::string_view bytes);

    [[nodiscard]] const std::vector<skbscope_op> &ops() const { return list_.ops; }
    [[nodiscard]] std::string_view data(const skbscope_op &op) const { return list_.data_of(op); }
    // What the agent gets (bpf::encode gives its bytes).
    [[nodiscard]] const bpf::op_list &list() const { return list_; }

    // The same operations with the same values, whatever lines they stand on and whatever their sockets are called.
    [[nodiscard]] bool sameAs(const OpList &other) const;

    // Names for people; index 0 of hosts is empty (host numbers count from 1).
    std::vector<std::string> hosts{""};
    std::vector<std::string> sockets;
    [[nodiscard]] std::string hostName(unsigned host) const;
    [[nodiscard]] std::string socketName(unsigned socket) const;

private:
    bpf::op_list list_;
};

// True for operations that configure the network: never traced, allowed before and between steps.
[[nodiscard]] constexpr bool isConfiguration(const skbscope_op &op) {
    return op.kind < SKBSCOPE_OP_SETNS;
}

// The operation of what the model alone has, a simulated card; null: a real kernel has it all.
[[nodiscard]] const skbscope_op *modelOnly(const OpList &list);

// "sendto", "route", ...: the word of the scenario language; "?" for a number this version does not know.
[[nodiscard]] const char *opName(unsigned kind);

// One line for people: "sendto s 10.9.0.2:7000, 12 bytes".
[[nodiscard]] std::string describe(const OpList &list, const skbscope_op &op);

} // namespace skbscope::app
