// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/drop_reasons.h"

#include "trace/text.h"

#include <iterator>

namespace skbscope::trace {

namespace {
// From 1 on, without gaps; 0 (SKB_NOT_DROPPED_YET) is no reason, and SKB_DROP_REASON_MAX only counts.
constexpr std::string_view names_of_6_1[] = {
    "SKB_DROP_REASON_NOT_SPECIFIED",
    "SKB_DROP_REASON_NO_SOCKET",
    "SKB_DROP_REASON_PKT_TOO_SMALL",
    "SKB_DROP_REASON_TCP_CSUM",
    "SKB_DROP_REASON_SOCKET_FILTER",
    "SKB_DROP_REASON_UDP_CSUM",
    "SKB_DROP_REASON_NETFILTER_DROP",
    "SKB_DROP_REASON_OTHERHOST",
    "SKB_DROP_REASON_IP_CSUM",
    "SKB_DROP_REASON_IP_INHDR",
    "SKB_DROP_REASON_IP_RPFILTER",
    "SKB_DROP_REASON_UNICAST_IN_L2_MULTICAST",
    "SKB_DROP_REASON_XFRM_POLICY",
    "SKB_DROP_REASON_IP_NOPROTO",
    "SKB_DROP_REASON_SOCKET_RCVBUFF",
    "SKB_DROP_REASON_PROTO_MEM",
    "SKB_DROP_REASON_TCP_MD5NOTFOUND",
    "SKB_DROP_REASON_TCP_MD5UNEXPECTED",
    "SKB_DROP_REASON_TCP_MD5FAILURE",
    "SKB_DROP_REASON_SOCKET_BACKLOG",
    "SKB_DROP_REASON_TCP_FLAGS",
    "SKB_DROP_REASON_TCP_ZEROWINDOW",
    "SKB_DROP_REASON_TCP_OLD_DATA",
    "SKB_DROP_REASON_TCP_OVERWINDOW",
    "SKB_DROP_REASON_TCP_OFOMERGE",
    "SKB_DROP_REASON_TCP_RFC7323_PAWS",
    "SKB_DROP_REASON_TCP_INVALID_SEQUENCE",
    "SKB_DROP_REASON_TCP_RESET",
    "SKB_DROP_REASON_TCP_INVALID_SYN",
    "SKB_DROP_REASON_TCP_CLOSE",
    "SKB_DROP_REASON_TCP_FASTOPEN",
    "SKB_DROP_REASON_TCP_OLD_ACK",
    "SKB_DROP_REASON_TCP_TOO_OLD_ACK",
    "SKB_DROP_REASON_TCP_ACK_UNSENT_DATA",
    "SKB_DROP_REASON_TCP_OFO_QUEUE_PRUNE",
    "SKB_DROP_REASON_TCP_OFO_DROP",
    "SKB_DROP_REASON_IP_OUTNOROUTES",
    "SKB_DROP_REASON_BPF_CGROUP_EGRESS",
    "SKB_DROP_REASON_IPV6DISABLED",
    "SKB_DROP_REASON_NEIGH_CREATEFAIL",
    "SKB_DROP_REASON_NEIGH_FAILED",
    "SKB_DROP_REASON_NEIGH_QUEUEFULL",
    "SKB_DROP_REASON_NEIGH_DEAD",
    "SKB_DROP_REASON_TC_EGRESS",
    "SKB_DROP_REASON_QDISC_DROP",
    "SKB_DROP_REASON_CPU_BACKLOG",
    "SKB_DROP_REASON_XDP",
    "SKB_DROP_REASON_TC_INGRESS",
    "SKB_DROP_REASON_UNHANDLED_PROTO",
    "SKB_DROP_REASON_SKB_CSUM",
    "SKB_DROP_REASON_SKB_GSO_SEG",
    "SKB_DROP_REASON_SKB_UCOPY_FAULT",
    "SKB_DROP_REASON_DEV_HDR",
    "SKB_DROP_REASON_DEV_READY",
    "SKB_DROP_REASON_FULL_RING",
    "SKB_DROP_REASON_NOMEM",
    "SKB_DROP_REASON_HDR_TRUNC",
    "SKB_DROP_REASON_TAP_FILTER",
    "SKB_DROP_REASON_TAP_TXFILTER",
    "SKB_DROP_REASON_ICMP_CSUM",
    "SKB_DROP_REASON_INVALID_PROTO",
    "SKB_DROP_REASON_IP_INADDRERRORS",
    "SKB_DROP_REASON_IP_INNOROUTES",
    "SKB_DROP_REASON_PKT_TOO_BIG",
    "SKB_DROP_REASON_TC_CHAIN_NOTFOUND",
};

std::string_view name_in(std::string_view fact, std::uint32_t reason) {
    while (!fact.empty()) {
        std::string_view entry = take_until(fact, ' ');
        if (to_number<std::uint32_t>(take_until(entry, '=')) == reason) return entry;
    }
    return {};
}

std::string_view name_of(const SideInfo &side, std::uint32_t reason) {
    if (reason == 0) return "consumed";
    const auto own = side.facts.find(drop_reason_fact_name);
    if (own != side.facts.end()) return name_in(own->second, reason);
    const bool is_6_1 = side.release == "6.1" || side.release.starts_with("6.1.") || side.release.starts_with("6.1-");
    return is_6_1 ? drop_reason_of_6_1(reason) : std::string_view();
}
} // namespace

std::string drop_reason_name(const SideInfo &side, std::uint32_t reason) {
    const std::string_view name = name_of(side, reason);
    return name.empty() ? std::to_string(reason) : std::string(name);
}

bool has_drop_reason_name(const SideInfo &side, std::uint32_t reason) {
    return !name_of(side, reason).empty();
}

std::string drop_reason_fact(const std::map<std::uint32_t, std::string> &names) {
    std::string out;
    for (const auto &[value, name] : names)
        if (!name.empty() && name.find(' ') == name.npos)
            out += (out.empty() ? "" : " ") + std::to_string(value) + "=" + name;
    return out;
}

std::string_view drop_reason_of_6_1(std::uint32_t reason) {
    return reason - 1 < std::size(names_of_6_1) ? names_of_6_1[reason - 1] : std::string_view();
}

} // namespace skbscope::trace
