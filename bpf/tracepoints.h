// SPDX-License-Identifier: GPL-2.0-or-later
// What is known of the tracepoints of probes/tracepoint_list.h, for whoever reads their records.
#pragma once

#include "bpf/probes/tracepoint_list.h"

#include <cstdint>
#include <string_view>

namespace skbscope::bpf {

struct tracepoint_facts {
    std::string_view name;
    std::string_view where; // the function that holds it, by its name in 6.1; empty: several do, or none of net/
    unsigned facts = 0;     // SKBSCOPE_TP_...
};

inline constexpr std::uint32_t tracepoint_count = SKBSCOPE_TP_MARK; // the mark is no tracepoint

// A number out of range gives an unnamed one without facts.
[[nodiscard]] const tracepoint_facts &facts_of_tracepoint(std::uint32_t tracepoint);

} // namespace skbscope::bpf
