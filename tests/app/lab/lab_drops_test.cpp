// SPDX-License-Identifier: GPL-2.0-or-later
// Why the kernel drops a packet, as the agent tells it: scenarios whose packet must be dropped, and the reason that the
// kernel's source gives there. Numbers become names by the running kernel's own enum.
#include "app/lab/kernel_run.h"
#include "app/lab/lab_files.h"
#include "app/scenario/loader.h"
#include "trace/call_tree.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

namespace {

using namespace skbscope;

struct Drop {
    const char *scenario;
    const char *reason; // without SKB_DROP_REASON_
    const char *by;     // the function that gives up the packet, or called the one that does
};
void PrintTo(const Drop &d, std::ostream *out) {
    *out << d.scenario;
}

// The function below whose call the packet was dropped: the callers of kfree_skb_reason, outwards.
bool droppedBelow(const trace::Side &side, const trace::CallTree &tree, std::uint32_t event, std::string_view by) {
    for (std::uint32_t c = tree.call_at[event]; c != trace::npos; c = tree.calls[c].parent)
        if (side.function_name(tree.calls[c].fn) == by) return true;
    return false;
}

// "1=SKB_DROP_REASON_NOT_SPECIFIED 2=..."
std::string nameIn(const std::string &fact, std::uint32_t reason) {
    std::istringstream entries(fact);
    const std::string number = std::to_string(reason) + "=SKB_DROP_REASON_";
    for (std::string entry; entries >> entry;)
        if (entry.starts_with(number)) return entry.substr(number.size());
    return std::to_string(reason);
}

class LabDrop : public testing::TestWithParam<Drop> {};

TEST_P(LabDrop, SaysWhatTheKernelsSourceSays) {
    if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    const std::string file = std::string(SKBSCOPE_SOURCE_DIR "/tests/app/lab/drops/") + GetParam().scenario + ".yaml";
    const auto scenario = app::loadScenario(file);
    ASSERT_TRUE(scenario) << scenario.error().message();
    auto side = app::runOnKernel(scenario->ops.list(), app::KernelTarget::lab());
    ASSERT_TRUE(side) << side.error().message();
    const trace::CallTree tree = trace::build_call_tree(*side);
    std::string seen;
    bool found = false;
    for (std::uint32_t i = 0; i < side->events.size(); ++i) {
        const trace::Event &e = side->events[i];
        if (e.kind != SKBSCOPE_EV_DROP) continue;
        const std::string reason = nameIn(side->info.facts["enum skb_drop_reason"], e.drop.reason);
        seen += " " + reason;
        found = found || (reason == GetParam().reason && droppedBelow(*side, tree, i, GetParam().by));
    }
    EXPECT_TRUE(found) << "wanted " << GetParam().reason << " below " << GetParam().by << ", seen:" << seen;
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, LabDrop,
    testing::Values(
        Drop{"ip-checksum", "IP_CSUM", "ip_rcv_core"}, Drop{"ip-header", "IP_INHDR", "ip_rcv_core"},
        Drop{"too-short", "PKT_TOO_SMALL", "ip_rcv_core"}, Drop{"other-host", "OTHERHOST", "ip_rcv_core"},
        Drop{"ethertype", "UNHANDLED_PROTO", "__netif_receive_skb_core"},
        Drop{"protocol", "IP_NOPROTO", "ip_protocol_deliver_rcu"}, Drop{"no-socket", "NO_SOCKET", "__udp4_lib_rcv"},
        Drop{"udp-checksum", "UDP_CSUM", "__udp4_lib_rcv"}, Drop{"icmp-checksum", "ICMP_CSUM", "icmp_rcv"},
        Drop{"tcp-no-socket", "NO_SOCKET", "tcp_v4_rcv"}, Drop{"tcp-checksum", "TCP_CSUM", "tcp_v4_rcv"},
        Drop{"receive-queue", "SOCKET_RCVBUFF", "udp_queue_rcv_one_skb"},
        Drop{"rpfilter", "IP_RPFILTER", "ip_rcv_finish_core"}, Drop{"martian", "NOT_SPECIFIED", "ip_rcv_finish_core"},
        Drop{"not-ours", "IP_INADDRERRORS", "ip_error"}, Drop{"no-forwarding", "IP_INADDRERRORS", "ip_error"},
        Drop{"no-route", "IP_INNOROUTES", "ip_error"}, Drop{"blackhole", "NOT_SPECIFIED", "ip_error"},
        Drop{"unreachable", "NOT_SPECIFIED", "ip_error"}, Drop{"prohibit", "NOT_SPECIFIED", "ip_error"},
        Drop{"ttl", "IP_INHDR", "ip_forward"}, Drop{"mtu-df", "PKT_TOO_BIG", "ip_forward"},
        Drop{"device-down", "DEV_READY", "tun_get_user"}, Drop{"qdisc-full", "QDISC_DROP", "__dev_queue_xmit"},
        Drop{"neighbour-failed", "NEIGH_FAILED", "__neigh_event_send"},
        Drop{"neighbour-queue", "NEIGH_QUEUEFULL", "__neigh_event_send"},
        Drop{"netfilter-in", "NETFILTER_DROP", "ip_local_deliver"},
        Drop{"netfilter-out", "NETFILTER_DROP", "__ip_local_out"}),
    [](const auto &p) {
        std::string name = p.param.scenario;
        std::ranges::replace(name, '-', '_');
        return name;
    });

} // namespace
