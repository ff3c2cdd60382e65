// SPDX-License-Identifier: GPL-2.0-or-later
// What every set of programs does alike, whichever rung of the ladder it stands on: marks of the run, and the ring.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace skbscope::bpf {

// Runs a mark program (probe_abi.h: struct skbscope_probe_mark) on this task. `switch_to`: 0 as it is, 1 off, 2 on.
void run_mark(int program, unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
              unsigned switch_to);

// All records that are in a ring buffer now. `map`: its descriptor. Throws agent_failure.
void drain_ring(int map, const std::function<void(std::span<const std::byte>)> &take);

} // namespace skbscope::bpf
