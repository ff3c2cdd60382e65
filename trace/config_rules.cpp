// SPDX-License-Identifier: GPL-2.0-or-later
// Which setting decides whether a function runs. A difference is put down to configuration only where both sides name
// the setting and the values differ: sysctls by their name, device features as "feature.HOST.DEVICE.gro", netfilter
// hooks as "netfilter.ipv4.post_routing", RPS masks as "rps.HOST.DEVICE.QUEUE".
#include "trace/compared.h"

namespace skbscope::trace {

namespace {
struct Rule {
    std::string_view function; // `*` at the end: all that begin so; at the front: all that end so
    std::string_view fact;     // the fact's name, or with `*` its beginning
};
constexpr Rule rules[] = {
    {"nf_hook_slow", "netfilter.*"},
    {"udp_v4_early_demux", "net.ipv4.udp_early_demux"},
    {"tcp_v4_early_demux", "net.ipv4.tcp_early_demux"},
    {"*_early_demux", "net.ipv4.ip_early_demux"},
    {"ip_forward", "net.ipv4.ip_forward"},
    {"ip_forward_finish", "net.ipv4.ip_forward"},
    {"fq_codel_*", "net.core.default_qdisc"},
    {"pfifo_*", "net.core.default_qdisc"},
    {"get_rps_cpu", "rps.*"},
    {"*gro_receive*", "*.gro"},
    {"*gro_complete*", "*.gro"},
    {"*gso_segment*", "*.gso"},
    {"*gso_segment*", "*.tso"},
};

bool fits(std::string_view pattern, std::string_view text) {
    const bool open_front = pattern.starts_with('*'), open_back = pattern.ends_with('*');
    if (open_front) pattern.remove_prefix(1);
    if (open_back) pattern.remove_suffix(1);
    if (open_front && open_back) return text.find(pattern) != text.npos;
    if (open_front) return text.ends_with(pattern);
    return open_back ? text.starts_with(pattern) : text == pattern;
}

std::string differing_fact(std::string_view pattern, const SideInfo &left, const SideInfo &right) {
    for (const auto &[key, value] : left.facts) {
        if (!fits(pattern, key)) continue;
        const auto other = right.facts.find(key);
        if (other != right.facts.end() && other->second != value) return key + ": " + value + " | " + other->second;
    }
    return {};
}
} // namespace

std::string deciding_fact(std::string_view function, const SideInfo &left, const SideInfo &right) {
    for (const Rule &rule : rules)
        if (fits(rule.function, function))
            if (std::string fact = differing_fact(rule.fact, left, right); !fact.empty()) return fact;
    return {};
}

} // namespace skbscope::trace
