// SPDX-License-Identifier: GPL-2.0-or-later
// What every set of programs does alike, whichever rung of the ladder it stands on: marks of the run, and the ring.
#pragma once

#include "bpf/agent/probe_filter.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

struct bpf_insn;
struct bpf_map;
struct ring_buffer;

namespace skbscope::bpf {

// Runs a mark program (probe_abi.h: struct skbscope_probe_mark) on this task. `switch_to`: 0 as it is, 1 off, 2 on.
void run_mark(int program, unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
              unsigned switch_to);

// A loaded program's instructions, with the user's filter in them (bpf/filter_jit.h).
[[nodiscard]] std::vector<bpf_insn> filtered(std::span<const bpf_insn> program, const filter_pair &filter);
// Before the maps are made.
void set_sizes(bpf_map *ring, bpf_map *followed, const probe_filter &filter);
// How often the program was skipped because it ran already on that CPU. `program`: its descriptor.
[[nodiscard]] std::uint64_t recursion_misses_of(int program);

// All records that are in a ring buffer now. `map`: its descriptor. Throws agent_failure.
void drain_ring(int map, const std::function<void(std::span<const std::byte>)> &take);

// A ring that is read again and again.
class ring_reader {
public:
    using sink = std::function<void(std::span<const std::byte>)>;
    // `map`: its descriptor. Throws agent_failure.
    explicit ring_reader(int map);
    ~ring_reader();
    ring_reader(const ring_reader &) = delete;
    ring_reader &operator=(const ring_reader &) = delete;
    // Hands over what is there, at most that many records: whoever fills the ring may be faster. True: that was all.
    bool read(std::size_t most, const sink &take);

private:
    static int sample(void *context, void *data, std::size_t size);
    ring_buffer *ring_ = nullptr;
    const sink *take_ = nullptr; // while read() runs
    std::size_t left_ = 0;
};

} // namespace skbscope::bpf
