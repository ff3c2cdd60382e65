// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/tracepoints.h"

namespace skbscope::bpf {

namespace {
#define SKBSCOPE_ROW(name, skb, sk, second, where, facts) {#name, where, facts},
#define SKBSCOPE_BORDER_ROW(name) {#name, "", 0},
constexpr tracepoint_facts table[] = {SKBSCOPE_TRACEPOINTS(SKBSCOPE_ROW) SKBSCOPE_BORDERS(SKBSCOPE_BORDER_ROW)};
#undef SKBSCOPE_ROW
#undef SKBSCOPE_BORDER_ROW
static_assert(sizeof table / sizeof table[0] == tracepoint_count);
constexpr tracepoint_facts none;
} // namespace

const tracepoint_facts &facts_of_tracepoint(std::uint32_t tracepoint) {
    return tracepoint < tracepoint_count ? table[tracepoint] : none;
}

} // namespace skbscope::bpf
