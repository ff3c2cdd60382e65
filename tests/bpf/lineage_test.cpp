// SPDX-License-Identifier: GPL-2.0-or-later
// Who descends from whom, whose life ends when, and which calls work for which packet.
#include "tape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using trace::Event;
using trace::PacketId;

// The packets that enters are about, by address, as they were first seen.
std::map<std::uint64_t, PacketId> ids(const assembled &a) {
    std::map<std::uint64_t, PacketId> out;
    for (const Event &e : of_kind(a, SKBSCOPE_EV_EXT_IDENTITY))
        out.emplace(std::uint64_t{e.identity.skb}, PacketId{e.packet});
    return out;
}

// Calls without a packet of their own, and which packet they were tied to.
std::vector<PacketId> ties(const assembled &a) {
    std::vector<PacketId> out;
    for (const Event &e : of_kind(a, SKBSCOPE_EV_EXT_LINEAGE))
        if (trace::provenance_of(e) == trace::Provenance::inferred) out.push_back(e.lineage.other_packet);
    return out;
}

TEST(Lineage, EverySegmentHasItsIndex) {
    Tape t;
    const auto segment = t.probe("skb_segment", probe_role::segments),
               build = t.probe("__build_skb_around", probe_role::made_arg);
    t.enter(segment, 0x8000);
    for (const std::uint64_t skb : {0x9000U, 0xa000U, 0xb000U})
        t.pass(build, skb);
    for (const std::uint16_t part : {std::uint16_t{0}, std::uint16_t{1}}) { // a list comes in parts
        skbscope_raw_skb &list = t.call(SKBSCOPE_EV_SEGMENT_OF, segment);
        list.raw.what = SKBSCOPE_RAW_LIST;
        const std::array<std::uint64_t, 2> skbs =
            part == 0 ? std::array<std::uint64_t, 2>{0x9000, 0xa000} : std::array<std::uint64_t, 2>{0xb000, 0};
        std::memcpy(list.bytes, skbs.data(), sizeof skbs);
        list.bytes_from = static_cast<__u16>(part * 2);
        list.bytes_count = part == 0 ? 16 : 8;
    }
    t.leave(segment);
    const assembled a = t.finish();
    const auto of = ids(a);
    const auto segments = of_kind(a, SKBSCOPE_EV_SEGMENT_OF);
    ASSERT_EQ(segments.size(), 3U);
    for (std::uint32_t i = 0; i < 3; ++i) {
        EXPECT_EQ(+segments[i].lineage.index, i);
        EXPECT_EQ(+segments[i].lineage.other_packet, of.at(0x8000));
        EXPECT_EQ(segments[i].packet, of.at(0x9000 + i * 0x1000));
    }
}

TEST(Lineage, WhatGroMergedEndsInTheOther) {
    Tape t;
    const auto gro = t.probe("skb_gro_receive", probe_role::merges_second), rcv = t.probe("napi_gro_receive"),
               defer = t.probe("__kfree_skb_defer", probe_role::frees_leaving);
    t.pass(rcv, 0x8000);
    t.enter(rcv, 0x9000);
    t.enter(gro, 0x8000).raw.arg[1] = 0x9000;
    t.leave(gro, 0);
    t.leave(rcv);
    t.pass(defer, 0x9000);
    t.enter(gro, 0x8000).raw.arg[1] = 0xa000;
    t.leave(gro, -7); // -E2BIG: not merged
    const assembled a = t.finish();
    const auto of = ids(a);
    const auto merged = of_kind(a, SKBSCOPE_EV_MERGED_INTO);
    ASSERT_EQ(merged.size(), 1U);
    EXPECT_EQ(merged[0].packet, of.at(0x9000));
    EXPECT_EQ(+merged[0].lineage.other_packet, of.at(0x8000));
    const auto freed = of_kind(a, SKBSCOPE_EV_FREE);
    ASSERT_EQ(freed.size(), 1U);
    EXPECT_EQ(freed[0].packet, of.at(0x9000));
}

TEST(Lineage, CoalescingTellsWhoTookWhose) {
    Tape t;
    const auto join = t.probe("skb_try_coalesce", probe_role::coalesces), f = t.probe("tcp_queue_rcv");
    t.pass(f, 0x8000);
    t.pass(f, 0x9000);
    t.enter(join, 0x8000).raw.arg[1] = 0x9000;
    t.leave(join, 1);
    const assembled a = t.finish();
    const auto of = ids(a);
    const auto merged = of_kind(a, SKBSCOPE_EV_MERGED_INTO);
    ASSERT_EQ(merged.size(), 1U);
    EXPECT_EQ(merged[0].packet, of.at(0x9000));
    EXPECT_EQ(+merged[0].lineage.other_packet, of.at(0x8000));
}

TEST(Lineage, PiecesOfADatagramAreCounted) {
    Tape t;
    const auto cut = t.probe("ip_do_fragment", probe_role::fragments),
               send = t.probe("ip_finish_output2", probe_role::sends_piece);
    t.pass(send, 0x7000); // not cut
    t.enter(cut, 0x8000);
    for (const std::uint64_t skb : {0x8000U, 0x9000U, 0xa000U}) // the first piece is the packet itself
        t.pass(send, skb);
    t.leave(cut);
    const assembled a = t.finish();
    const auto of = ids(a);
    const auto pieces = of_kind(a, SKBSCOPE_EV_FRAGMENT_OF);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].packet, of.at(0x9000));
    EXPECT_EQ(+pieces[0].lineage.index, 1U);
    EXPECT_EQ(pieces[1].packet, of.at(0xa000));
    EXPECT_EQ(+pieces[1].lineage.index, 2U);
    EXPECT_EQ(+pieces[1].lineage.other_packet, of.at(0x8000));
}

TEST(Lineage, ReassemblyNamesEveryFragmentThatWasKept) {
    Tape t;
    const auto insert = t.probe("inet_frag_queue_insert", probe_role::gathers),
               finish = t.probe("inet_frag_reasm_finish", probe_role::reassembles);
    constexpr std::uint64_t queue = 0xffff0000, other = 0xffff1000;
    const auto add = [&](std::uint64_t q, std::uint64_t skb, int ret) {
        t.enter(insert, skb).raw.arg[0] = q;
        t.leave(insert, ret);
    };
    add(queue, 0x8000, 0);
    add(other, 0x9000, 0);
    add(queue, 0xa000, 1); // IPFRAG_DUP
    add(queue, 0xb000, 0);
    t.enter(finish, 0xb000).raw.arg[0] = queue;
    t.leave(finish);
    const assembled a = t.finish();
    const auto of = ids(a);
    const auto whole = of_kind(a, SKBSCOPE_EV_REASSEMBLED_FROM);
    ASSERT_EQ(whole.size(), 1U); // itself it is not made of
    EXPECT_EQ(whole[0].packet, of.at(0xb000));
    EXPECT_EQ(+whole[0].lineage.other_packet, of.at(0x8000));
}

TEST(Lineage, AMorphedStructIsACloneUnderANewId) {
    Tape t;
    const auto morph = t.probe("skb_morph"), into = t.probe("__skb_clone", probe_role::clones_into);
    t.pass(morph, 0x9000);
    t.enter(morph, 0x8000);
    t.enter(into, 0x8000).raw.arg[1] = 0x9000;
    t.leave(into);
    t.leave(morph);
    t.enter(t.probe("ip_rcv"), 0x8000, "abc").head = 0xa000; // the buffer of 0x9000
    const assembled a = t.finish();
    const auto clones = of_kind(a, SKBSCOPE_EV_CLONE_OF);
    const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
    ASSERT_EQ(enters.size(), 4U);
    ASSERT_EQ(clones.size(), 1U);
    EXPECT_EQ(clones[0].packet, enters[2].packet);
    EXPECT_NE(enters[2].packet, enters[1].packet);
    EXPECT_EQ(+clones[0].lineage.other_packet, enters[0].packet);
    const auto ends = of_kind(a, SKBSCOPE_EV_FREE);
    ASSERT_EQ(ends.size(), 1U); // of what the struct was
    EXPECT_EQ(ends[0].packet, enters[1].packet);
    EXPECT_EQ(ends[0].fn, enters[1].fn);
    // While it becomes a clone it still shows the old buffer: that is not told as the new packet's.
    EXPECT_EQ(enters[3].packet, enters[2].packet);
    for (const Event &e : of_kind(a, SKBSCOPE_EV_EXT_IDENTITY))
        if (e.packet == enters[2].packet) {
            EXPECT_EQ(std::uint64_t{e.identity.head}, 0xa000U);
        }
    EXPECT_TRUE(enters[2].state & SKBSCOPE_STATE_PARTIAL);
}

// Each way in which the kernel gives the struct back ends the id, so that its address may be taken by another packet.
TEST(Lineage, AnAddressThatIsTakenAgainIsAnotherPacket) {
    struct Way {
        const char *name;
        probe_role role;
        std::uint64_t arg1;
        bool ends;
    };
    for (const Way &w :
         {Way{"kfree_skbmem", probe_role::frees, 0, true}, Way{"__kfree_skb_defer", probe_role::frees_leaving, 0, true},
          Way{"kfree_skb_partial", probe_role::frees_partial, 1, true},
          Way{"kfree_skb_partial", probe_role::frees_partial, 0, false}, // __kfree_skb() below it does
          Way{"napi_consume_skb", probe_role::frees_to_cache, 64, true},
          Way{"napi_consume_skb", probe_role::frees_to_cache, 0, false}, // not in a softirq: consume_skb() below it
          Way{"skb_put", probe_role::none, 0, false}}) {
        Tape t;
        const auto f = t.probe("ip_rcv"), end = t.probe(w.name, w.role);
        t.pass(f, 0x8000);
        t.enter(end, 0x8000).raw.arg[1] = w.arg1;
        t.leave(end);
        t.pass(f, 0x8000);
        const assembled a = t.finish();
        const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
        EXPECT_EQ(enters[0].packet, enters[1].packet) << w.name;
        EXPECT_EQ(enters[1].packet != enters[2].packet, w.ends) << w.name << " " << w.arg1;
        EXPECT_EQ(of_kind(a, SKBSCOPE_EV_FREE).size(), w.ends ? 1U : 0U) << w.name << " " << w.arg1;
    }
}

TEST(Lineage, APacketThatOthersHoldIsNotDropped) {
    Tape t;
    const auto drop = t.probe("kfree_skb_reason", probe_role::drops);
    auto &first = t.enter(drop, 0x8000);
    first.raw.arg[1] = 5;
    first.raw.event.skb.users = 2;
    t.leave(drop);
    t.enter(drop, 0x8000).raw.arg[1] = 6;
    t.leave(drop);
    const auto drops = of_kind(t.finish(), SKBSCOPE_EV_DROP);
    ASSERT_EQ(drops.size(), 1U);
    EXPECT_EQ(+drops[0].drop.reason, 6U);
}

TEST(Lineage, ACallWithoutPacketWorksForItsCallersPacket) {
    Tape t;
    const auto rcv = t.probe("ip_rcv"), route = t.probe("fib_table_lookup"), irq = t.probe("irq_enter_rcu");
    t.enter(rcv, 0x8000);
    t.plain(route);
    t.leave(route);
    t.context = SKBSCOPE_CTX_HARDIRQ; // an interrupt works for nobody here
    t.plain(irq);
    t.leave(irq);
    t.context = SKBSCOPE_CTX_PROCESS;
    t.leave(rcv);
    const assembled a = t.finish();
    EXPECT_THAT(ties(a), testing::ElementsAre(ids(a).at(0x8000)));
    const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
    EXPECT_EQ(enters[1].packet, trace::no_packet); // what was read stays what was read
}

TEST(Lineage, ASoftirqsLoopIsTiedToItsPacketWhereThereIsButOne) {
    for (const bool two : {false, true}) {
        Tape t;
        const auto action = t.probe("net_rx_action"), poll = t.probe("__napi_poll"), rcv = t.probe("ip_rcv");
        t.context = SKBSCOPE_CTX_SOFTIRQ;
        t.plain(action);
        t.plain(poll);
        t.pass(rcv, 0x8000);
        if (two) t.pass(rcv, 0x9000);
        t.leave(poll);
        t.leave(action);
        const assembled a = t.finish();
        const PacketId id = ids(a).at(0x8000);
        if (two)
            EXPECT_THAT(ties(a), testing::IsEmpty());
        else
            EXPECT_THAT(ties(a), testing::ElementsAre(id, id));
    }
}

TEST(Lineage, AForwardedPacketCrossesNothing) {
    Tape t;
    t.names.add_device("rb", net_a, 3);
    const auto xmit = t.probe("veth_xmit", probe_role::crosses), f = t.probe("ip_forward"),
               forward = t.probe("__dev_forward_skb2");
    const auto on = [](skbscope_raw_skb &r, std::uint32_t net, std::uint32_t ifindex) {
        r.dev_net = net, r.ifindex = ifindex;
    };
    on(t.enter(f, 0x8000), net_a, 2);
    t.leave(f);
    on(t.enter(xmit, 0x8000), net_a, 3); // out of another device of the host
    on(t.enter(forward, 0x8000), net_b, 2);
    t.leave(forward);
    t.leave(xmit);
    const auto crossed = of_kind(t.finish(), SKBSCOPE_EV_CROSSED);
    ASSERT_EQ(crossed.size(), 1U);
    EXPECT_EQ(t.names.devices[crossed[0].lineage.from_device], "rb");
    EXPECT_EQ(t.names.devices[crossed[0].lineage.to_device], "vb");
}

TEST(Lineage, CallsHappenWhereTheirDeviceOrTheirCallerIs) {
    Tape t;
    const auto rcv = t.probe("ip_rcv"), route = t.probe("fib_table_lookup"), arp = t.probe("arp_send_dst");
    t.probes[arp].dev_arg = 1;
    auto &r = t.enter(rcv, 0x8000);
    r.dev_net = net_b, r.ifindex = 2, r.dev = 0xdddd;
    t.plain(route);
    t.leave(route);
    t.leave(rcv);
    t.context = SKBSCOPE_CTX_SOFTIRQ; // a timer
    t.plain(arp, 0, 0xdddd);
    t.leave(arp);
    const auto enters = of_kind(t.finish(), SKBSCOPE_EV_ENTER);
    for (const std::size_t i : {0U, 1U, 2U}) {
        EXPECT_EQ(t.names.devices[enters[i].device], "vb") << i;
        EXPECT_EQ(t.names.hosts[enters[i].host], "b") << i;
    }
}

} // namespace
