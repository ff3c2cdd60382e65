// SPDX-License-Identifier: GPL-2.0-or-later
// Queueing disciplines, in tc's words as far as the scenario language has them, and netfilter's tables.
#include "bpf/agent/snapshot_parts.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <sys/socket.h>

namespace skbscope::bpf {

namespace {

using bytes = std::span<const std::byte>;

template <class T> bool copy(bytes from, T &to) {
    if (from.size() < sizeof to) return false;
    std::memcpy(&to, from.data(), sizeof to);
    return true;
}

bytes attribute(bytes nest, int type) {
    const auto *first = reinterpret_cast<const nlattr *>(nest.data());
    const nlattr *a =
        nest.empty() ? nullptr : nla_find(const_cast<nlattr *>(first), static_cast<int>(nest.size()), type);
    if (!a) return {};
    return {static_cast<const std::byte *>(nla_data(a)), static_cast<std::size_t>(nla_len(a))};
}

std::uint32_t number(bytes nest, int type, std::uint32_t fallback = 0) {
    std::uint32_t n = fallback;
    return copy(attribute(nest, type), n) ? n : fallback;
}

void fifo(snapshot_qdisc &q, bytes options) {
    tc_fifo_qopt o{};
    if (copy(options, o)) q.words += " limit " + std::to_string(o.limit);
}

// Linux 6.1: net/sched/sch_fq_codel.c (fq_codel_init): 5 ms, 100 ms, ECN. The kernel counts in units of 1.024 us.
bool usual_codel(bytes options) {
    const auto near = [](std::uint32_t us, std::uint32_t wanted) { return us <= wanted && us + 2 > wanted; };
    return near(number(options, TCA_FQ_CODEL_TARGET), 5'000) && near(number(options, TCA_FQ_CODEL_INTERVAL), 100'000) &&
           number(options, TCA_FQ_CODEL_ECN) == 1 && attribute(options, TCA_FQ_CODEL_CE_THRESHOLD).empty();
}

void fq_codel(snapshot_qdisc &q, bytes options) {
    q.words += " limit " + std::to_string(number(options, TCA_FQ_CODEL_LIMIT)) + " flows " +
               std::to_string(number(options, TCA_FQ_CODEL_FLOWS));
    if (!usual_codel(options)) q.unsaid = "target, interval, ecn or ce_threshold";
}

// Linux 6.1: include/net/pkt_sched.h: a tick is 64 ns
constexpr double ns_per_tick = 64;

void tbf(snapshot_qdisc &q, bytes options) {
    tc_tbf_qopt o{};
    if (!copy(attribute(options, TCA_TBF_PARMS), o) || o.rate.rate == 0) {
        q.unsaid = "rate, burst and limit";
        return;
    }
    const auto burst = std::llround(o.buffer * ns_per_tick * o.rate.rate / 1e9);
    q.words += " rate " + std::to_string(o.rate.rate) + "bps burst " + std::to_string(burst) + "b limit " +
               std::to_string(o.limit) + "b";
    if (o.peakrate.rate != 0) q.unsaid = "the peak rate";
}

void netem(snapshot_qdisc &q, bytes options) {
    tc_netem_qopt o{};
    if (!copy(options, o)) return;
    q.words += " limit " + std::to_string(o.limit);
    if (o.latency != 0) q.words += " delay " + std::to_string(std::llround(o.latency * ns_per_tick / 1e3)) + "us";
    if (o.loss != 0 || o.gap != 0 || o.duplicate != 0 || o.jitter != 0) q.unsaid = "loss, gaps, duplicates or jitter";
}

void take_table(snapshot_namespace &ns, const nlmsghdr &m) {
    auto *h = const_cast<nlmsghdr *>(&m);
    nlattr *name = nlmsg_find_attr(h, sizeof(nfgenmsg), NFTA_TABLE_NAME);
    if (m.nlmsg_type != ((NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_NEWTABLE) || !name) return;
    const unsigned family = static_cast<const nfgenmsg *>(nlmsg_data(h))->nfgen_family;
    const std::pair<unsigned, const char *> words[] = {{1, "inet"},   {AF_INET, "ip"}, {3, "arp"},
                                                       {5, "netdev"}, {7, "bridge"},   {AF_INET6, "ip6"}}; // NFPROTO_*
    const auto *word =
        std::find_if(std::begin(words), std::end(words), [=](const auto &w) { return w.first == family; });
    ns.netfilter.push_back(std::string("nft ") + (word == std::end(words) ? "?" : word->second) + " " +
                           static_cast<const char *>(nla_data(name)));
}

} // namespace

void describe_qdisc(snapshot_qdisc &q, bytes options) {
    q.words = q.kind;
    if (q.kind == "pfifo" || q.kind == "bfifo" || q.kind == "pfifo_head_drop") return fifo(q, options);
    if (q.kind == "fq_codel") return fq_codel(q, options);
    if (q.kind == "tbf") return tbf(q, options);
    if (q.kind == "netem") return netem(q, options);
    if (q.kind != "noqueue" && q.kind != "pfifo_fast" && !options.empty()) q.unsaid = "its parameters";
}

void read_qdiscs(snapshot_namespace &ns) {
    netlink_dump netlink(NETLINK_ROUTE);
    const tcmsg none{};
    const int r = netlink.dump(RTM_GETQDISC, std::as_bytes(std::span(&none, 1)), [&ns](const nlmsghdr &m) {
        auto *h = const_cast<nlmsghdr *>(&m);
        nlattr *at[TCA_MAX + 1];
        if (m.nlmsg_type != RTM_NEWQDISC || nlmsg_parse(h, sizeof(tcmsg), at, TCA_MAX, nullptr) < 0) return;
        const auto &body = *static_cast<const tcmsg *>(nlmsg_data(h));
        snapshot_qdisc q;
        q.device = device_of(ns, static_cast<std::uint32_t>(body.tcm_ifindex));
        q.handle = body.tcm_handle;
        q.parent = body.tcm_parent;
        if (at[TCA_KIND]) q.kind = nla_get_string(at[TCA_KIND]);
        const nlattr *o = at[TCA_OPTIONS];
        describe_qdisc(q, o ? bytes{static_cast<const std::byte *>(nla_data(o)), static_cast<std::size_t>(nla_len(o))}
                            : bytes{});
        ns.qdiscs.push_back(std::move(q));
    });
    if (r < 0) ns.problems.push_back(std::string("qdiscs: ") + nl_geterror(r));
}

// A kernel without nftables, or with nothing in them, refuses: then there are none.
void read_netfilter(snapshot_namespace &ns) {
    netlink_dump netlink(NETLINK_NETFILTER);
    const nfgenmsg body{AF_UNSPEC, NFNETLINK_V0, 0};
    (void)netlink.dump((NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETTABLE, std::as_bytes(std::span(&body, 1)),
                       [&ns](const nlmsghdr &m) { take_table(ns, m); });
    for (const char *kind : {"ip", "ip6", "arp"}) {
        std::ifstream in(std::string("/proc/thread-self/net/") + kind + "_tables_names");
        for (std::string table; std::getline(in, table);)
            ns.netfilter.push_back(std::string(kind) + "tables " + table);
    }
}

} // namespace skbscope::bpf
