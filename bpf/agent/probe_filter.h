// SPDX-License-Identifier: GPL-2.0-or-later
// What a live watch wants of the programs in the kernel; a scenario wants all packets of its tasks.
#pragma once

#include "bpf/filter_jit.h"

namespace skbscope::bpf {

struct probe_filter {
    filter_pair packets;           // empty: all
    std::uint32_t ring_bytes = 0;  // 0: as compiled
    std::uint32_t packets_max = 0; // that can be followed at one time; 0: as compiled
    bool drops = false;            // nothing but drops
};

} // namespace skbscope::bpf
