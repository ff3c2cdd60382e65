// SPDX-License-Identifier: GPL-2.0-or-later
// What a live watch needs of the rung it stands on.
#pragma once

#include "bpf/assemble.h"

#include <cstdint>
#include <string>
#include <vector>

namespace skbscope::bpf {

// Whoever fills the ring may be faster than we are: between two portions it is looked whether anybody still wants more.
inline constexpr std::size_t records_at_once = 4096;

class live_source {
public:
    virtual ~live_source() = default;

    // Packets of this namespace (inode number) and device; 0: all. Before watch().
    virtual void place(std::uint32_t net, std::uint32_t ifindex) = 0;
    // No system call: it takes effect at once.
    virtual void watch(bool on) = 0;
    // Tells the assembler where numbers begin.
    virtual void begin(assembler &to) = 0;
    // Hands what was recorded to the assembler; records that are younger than `until` (ns) may stay.
    virtual void collect(std::uint64_t until, assembler &to) = 0;
    // Hands over all that is left, once the watch is off.
    virtual void finish(assembler &to) = 0;
    [[nodiscard]] virtual const std::vector<probe_info> &functions() const = 0; // it may grow
    // What the task was called when it was seen last; empty: not known.
    [[nodiscard]] virtual std::string task_name(std::uint32_t task) const = 0;

    [[nodiscard]] virtual std::uint64_t made() const = 0;     // records since begin(), as the programs count them
    [[nodiscard]] virtual std::uint64_t received() const = 0; // ... that were collected
    [[nodiscard]] virtual std::uint64_t recursion_misses() const = 0;
    [[nodiscard]] virtual std::uint64_t not_followed() const = 0;
    // What this kernel does not count, and for which probes; empty: it counts all.
    [[nodiscard]] virtual std::string unknowable() const = 0;

protected:
    live_source() = default;
    live_source(const live_source &) = default;
    live_source &operator=(const live_source &) = default;
};

} // namespace skbscope::bpf
