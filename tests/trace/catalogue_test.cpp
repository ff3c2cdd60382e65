// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/catalogue.h"

#include <gtest/gtest.h>
#include <set>

namespace skbscope::trace {
namespace {

const Catalogue &catalogue() {
    return Catalogue::builtin();
}

TEST(Catalogue, HoldsEveryRow) {
    EXPECT_EQ(catalogue().size(), 11909U);
    for (std::size_t i = 0; i < catalogue().size(); ++i) {
        const Function &f = catalogue().at(static_cast<FunctionId>(i));
        ASSERT_FALSE(f.name.empty()) << i;
        ASSERT_FALSE(f.file.empty()) << f.name;
        ASSERT_GT(f.line, 0U) << f.name;
        ASSERT_TRUE(f.known);
    }
}

TEST(Catalogue, HasTheScopeOfTheOracle) {
    // Counted with the oracle's own scope() and available list: names, not rows.
    std::set<std::string_view> in_scope, traceable, kept;
    for (std::size_t i = 0; i < catalogue().size(); ++i) {
        const Function &f = catalogue().at(static_cast<FunctionId>(i));
        if (f.in_scope) in_scope.insert(f.name);
        if (f.traceable) traceable.insert(f.name);
        if (f.in_scope && f.traceable) kept.insert(f.name);
    }
    EXPECT_EQ(in_scope.size(), 10890U + 1); // ____dev_forward_skb, which the stock kernel has inline everywhere
    EXPECT_EQ(traceable.size(), 3796U);
    EXPECT_EQ(kept.size(), 3596U);
}

TEST(Catalogue, LeavesOutWhatIsBesideThePath) {
    const auto scoped = [](std::string_view name) { return catalogue().at(*catalogue().find(name)).in_scope; };
    EXPECT_TRUE(scoped("ip_rcv"));
    EXPECT_TRUE(scoped("veth_xmit"));
    EXPECT_TRUE(scoped("__do_softirq"));
    EXPECT_FALSE(scoped("irq_exit_rcu"));      // noise of timer interrupts
    EXPECT_FALSE(scoped("tcp_orphan_update")); // the same
    EXPECT_FALSE(scoped("sk_msg_alloc"));
    EXPECT_TRUE(scoped("copy_net_ns")); // in net_namespace.c, but include/net/ names it too: the name counts
}

TEST(Catalogue, FindsByNameAndFile) {
    const auto udp = catalogue().find("compute_score", "net/ipv4/udp.c");
    const auto tcp = catalogue().find("compute_score", "net/ipv4/inet_hashtables.c");
    ASSERT_TRUE(udp && tcp);
    EXPECT_NE(*udp, *tcp);
    EXPECT_EQ(catalogue().at(*udp).file, "net/ipv4/udp.c");
    EXPECT_EQ(catalogue().find_all("compute_score").size(), 2U);
    EXPECT_EQ(catalogue().find("compute_score", "net/nowhere.c"), catalogue().find("compute_score"));
    EXPECT_FALSE(catalogue().find("no_such_function"));
    EXPECT_TRUE(catalogue().find_all("").empty());
}

TEST(Catalogue, PrefersADefinitionToAStub) {
    EXPECT_EQ(catalogue().at(*catalogue().find("tcp_inbound_md5_hash")).file, "net/ipv4/tcp.c");
    EXPECT_EQ(catalogue().at(*catalogue().find("__local_bh_enable_ip")).file, "kernel/softirq.c");
}

TEST(Catalogue, KnowsTheBufferArgument) {
    const auto argument = [](std::string_view name) { return int{catalogue().at(*catalogue().find(name)).skb_arg}; };
    EXPECT_EQ(argument("ip_rcv"), 0);
    EXPECT_EQ(argument("ip_output"), 2);
    EXPECT_EQ(argument("net_rx_action"), -1);
}

TEST(Catalogue, ToldInliningFromTheMachineCode) {
    // ip_local_out exists, yet ip_send_skb was compiled with it inlined.
    EXPECT_EQ(catalogue().inlined_at("ip_send_skb", "ip_local_out"), true);
    EXPECT_EQ(catalogue().inlined_at("ip_rcv", "ip_rcv_core"), false);
    // Through a pointer: dst_output() may be ip_output, and nothing tells that it is not.
    EXPECT_EQ(catalogue().inlined_at("ip_send_skb", "ip_output"), false);
    EXPECT_EQ(catalogue().inlined_at("ip_rcv", "no_such_function"), std::nullopt);
    EXPECT_EQ(catalogue().inlined_at("skb_orphan", "sock_wfree"), std::nullopt);
}

TEST(Catalogue, SeesWhatAnInlinedFunctionBringsAlong) {
    const auto real = catalogue().calls_brought_along("ip_send_skb", "ip_local_out");
    EXPECT_GT(real.of, 0U);
    EXPECT_EQ(real.found, real.of);
    EXPECT_TRUE(real.believable());
    // Nobody inlined UDP's entry into the output path.
    EXPECT_EQ(catalogue().inlined_at("ip_finish_output2", "udp_send_skb"), true); // no call, as far as that goes
    EXPECT_FALSE(catalogue().calls_brought_along("ip_finish_output2", "udp_send_skb").believable());
    EXPECT_EQ(catalogue().calls_brought_along("ip_rcv", "ip_send_check").of, 0U); // calls nothing: nothing to see
}

TEST(Catalogue, KnowsFunctionsOfWhichOnlyAPartExists) {
    const auto partial = [](std::string_view name) { return catalogue().at(*catalogue().find(name)).partial; };
    EXPECT_TRUE(partial("ip_route_input_rcu")); // only ip_route_input_rcu.part.0
    EXPECT_TRUE(partial("icmpv4_xrlim_allow"));
    EXPECT_FALSE(partial("do_softirq"));         // do_softirq.part.0 stands beside do_softirq
    EXPECT_FALSE(partial("ip_rcv_finish_core")); // ip_rcv_finish_core.constprop.0 is all of it
    EXPECT_FALSE(partial("ip_rcv"));
    EXPECT_FALSE(partial("skb_orphan"));
}

TEST(Catalogue, DropsWhatTheCompilerAdded) {
    EXPECT_EQ(base_name("ip_rcv_core"), "ip_rcv_core");
    EXPECT_EQ(base_name("ip_rcv_finish_core.constprop.0"), "ip_rcv_finish_core");
    EXPECT_EQ(base_name("can_map_frag.part.0.isra.0"), "can_map_frag");
    EXPECT_EQ(base_name("veth_xmit [veth]"), "veth_xmit");
    EXPECT_EQ(base_name("veth_poll.cold.12 [veth]"), "veth_poll");
    EXPECT_EQ(base_name("udp4"), "udp4");
    EXPECT_EQ(base_name("a.b.0"), "a.b.0");
    EXPECT_EQ(base_name(""), "");
    EXPECT_EQ(base_name("123"), "123");
}

struct Placed {
    const char *name;
    const char *file;
    char letter;
};
class Layers : public testing::TestWithParam<Placed> {};
TEST_P(Layers, AreThoseOfTheVisualGrammar) {
    const auto id = catalogue().find(GetParam().name, GetParam().file);
    ASSERT_TRUE(id) << GetParam().name;
    EXPECT_EQ(layer_letter(catalogue().at(*id).layer), GetParam().letter) << GetParam().name;
}
INSTANTIATE_TEST_SUITE_P(Known, Layers,
                         testing::Values(Placed{"__sys_sendto", "", 'A'}, Placed{"inet_sendmsg", "", 'A'},
                                         Placed{"sock_wfree", "", 'A'}, Placed{"sock_def_readable", "", 'A'},
                                         Placed{"packet_rcv", "", 'A'}, Placed{"udp_sendmsg", "", 'T'},
                                         Placed{"tcp_v4_rcv", "", 'T'}, Placed{"raw_local_deliver", "", 'T'},
                                         Placed{"ip_rcv_core", "", 'N'}, Placed{"ip_rcv_finish", "", 'N'},
                                         Placed{"nf_hook_slow", "", 'N'}, Placed{"fib_table_lookup", "", 'N'},
                                         Placed{"icmp_rcv", "", 'N'}, Placed{"dst_release", "", 'N'},
                                         Placed{"inet_gro_receive", "", 'N'}, Placed{"neigh_resolve_output", "", 'L'},
                                         Placed{"arp_rcv", "", 'L'}, Placed{"eth_type_trans", "", 'L'},
                                         Placed{"dev_hard_start_xmit", "", 'D'}, Placed{"veth_xmit", "", 'D'},
                                         Placed{"skb_clone_tx_timestamp", "net/core/timestamping.c", 'D'},
                                         Placed{"__dev_forward_skb2", "", 'D'}, Placed{"__netif_rx", "", 'Q'},
                                         Placed{"enqueue_to_backlog", "", 'Q'}, Placed{"__dev_queue_xmit", "", 'Q'},
                                         Placed{"__local_bh_enable_ip", "", 'Q'}, Placed{"net_rx_action", "", 'Q'},
                                         Placed{"__netif_receive_skb_core", "", 'Q'},
                                         Placed{"fq_codel_dequeue", "", 'Q'}, Placed{"deliver_ptype_list_skb", "", 'Q'},
                                         Placed{"skb_put", "", ' '}, Placed{"skb_orphan", "", ' '}));

} // namespace
} // namespace skbscope::trace
