// SPDX-License-Identifier: GPL-2.0-or-later
// Records of all CPUs into one order, while they arrive. The ring hands records out in the order in which room for them
// was taken; their time and number are read a moment later, and an interrupt can lie in between. So a record waits
// until none that is older can still come, and only then a number that is missing is a record that was lost.
#pragma once

#include "bpf/probes/probe_abi.h"

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace skbscope::bpf {

class record_merge {
public:
    // Called with each record in order of time, and how many of its CPU's records, next before it, are lost.
    using sink = std::function<void(const skbscope_raw_skb &, std::uint32_t lost)>;
    static constexpr std::uint64_t everything = std::numeric_limits<std::uint64_t>::max();

    // Where a CPU's numbers begin. Without it the lowest number of the first pop() is taken for the first.
    void begin(std::uint8_t cpu, std::uint32_t seq);
    void push(const skbscope_raw_skb &record);
    // Gives out what is not younger than `until` (ns, the records' clock).
    void pop(std::uint64_t until, const sink &take);
    // After the last pop: numbers below `end` (the kernel's counter now) that this CPU gave out and nobody has.
    [[nodiscard]] std::uint32_t missing_before(std::uint8_t cpu, std::uint32_t end) const;

    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    // Records that came after their place was passed and were counted as lost already: the bound was too short.
    [[nodiscard]] std::uint64_t late() const { return late_; }

private:
    struct cpu_state {
        std::optional<std::uint64_t> next; // the number that follows what was given out; wide, so that it never wraps
        std::uint64_t newest = 0;          // widest number seen: the next one is near it
        std::set<std::uint64_t> arrived;   // from `next` on
    };
    [[nodiscard]] static std::uint64_t widen(const cpu_state &cpu, std::uint32_t seq);
    [[nodiscard]] std::uint32_t pass(cpu_state &cpu, std::uint64_t number);

    std::map<std::uint8_t, cpu_state> cpus_;
    std::multimap<std::tuple<std::uint64_t, std::uint8_t, std::uint32_t>, skbscope_raw_skb> waiting_;
    std::uint64_t late_ = 0;
};

} // namespace skbscope::bpf
