// SPDX-License-Identifier: GPL-2.0-or-later
// Records as the probes write them, and the events that come of them.
#include "tape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using testing::ElementsAre;
using trace::Event;

std::vector<std::string> kinds(const std::vector<Event> &events) {
    std::vector<std::string> out;
    for (const Event &e : events)
        out.emplace_back(trace::kind_name(e.kind));
    return out;
}

TEST(Assemble, APacketHasOneIdFromFirstSightToItsEnd) {
    Tape t;
    const auto rcv = t.probe("ip_rcv"), free = t.probe("kfree_skbmem", probe_role::frees);
    for (int life = 0; life < 2; ++life) { // the struct's address is taken again
        t.enter(rcv, 0x8000);
        t.leave(rcv);
        t.enter(free, 0x8000);
        t.leave(free);
    }
    const assembled a = t.finish();
    const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
    ASSERT_EQ(enters.size(), 4U);
    EXPECT_EQ(enters[0].packet, enters[1].packet);
    EXPECT_NE(enters[1].packet, enters[2].packet);
    const auto identities = of_kind(a, SKBSCOPE_EV_EXT_IDENTITY);
    ASSERT_EQ(identities.size(), 2U);
    EXPECT_EQ(+identities[0].identity.skb, 0x8000U);
    EXPECT_EQ(of_kind(a, SKBSCOPE_EV_FREE).size(), 2U);
    EXPECT_EQ(of_kind(a, SKBSCOPE_EV_LEAVE)[1].packet, enters[1].packet);
}

TEST(Assemble, ABornStructIsANewPacketThoughNobodySawTheOldOneGo) {
    Tape t;
    const auto rcv = t.probe("ip_rcv"), build = t.probe("__build_skb_around", probe_role::made_arg);
    t.enter(rcv, 0x8000);
    t.leave(rcv);
    t.enter(build, 0x8000);
    t.leave(build);
    const auto enters = of_kind(t.finish(), SKBSCOPE_EV_ENTER);
    EXPECT_NE(enters[0].packet, enters[1].packet);
}

TEST(Assemble, BytesAreToldAtFirstSightAndWhereTheyChanged) {
    Tape t;
    const auto f = t.probe("ip_rcv");
    std::string packet(100, 'x');
    for (const char *change : {"", "", "y"}) {
        if (*change) packet[40] = *change;
        t.enter(f, 0x8000, packet);
        t.leave(f);
    }
    const auto bytes = of_kind(t.finish(), SKBSCOPE_EV_EXT_BYTES);
    ASSERT_EQ(bytes.size(), 5U); // 32 + 32 + 32 + 4, none, 1
    EXPECT_EQ(bytes[0].bytes.offset, 16);
    EXPECT_EQ(bytes[0].bytes.count, 32);
    EXPECT_EQ(bytes[3].bytes.count, 4);
    EXPECT_EQ(bytes[4].bytes.offset, 56);
    EXPECT_EQ(bytes[4].bytes.count, 1);
    EXPECT_EQ(bytes[4].bytes.data[0], 'y');
}

TEST(Assemble, AFreedBufferIsNotReadAnyMore) {
    Tape t;
    const auto head = t.probe("skb_free_head", probe_role::frees_head),
               skb = t.probe("kfree_skbmem", probe_role::frees);
    for (const auto f : {head, skb}) {
        t.enter(f, 0x8000, "left over").raw.event.skb.dataref = 1;
        t.leave(f);
    }
    const assembled a = t.finish();
    const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
    EXPECT_EQ(enters[0].skb.dataref, 1);
    EXPECT_FALSE(enters[0].state & SKBSCOPE_STATE_PARTIAL);
    EXPECT_EQ(enters[1].skb.dataref, 0);
    EXPECT_TRUE(enters[1].state & SKBSCOPE_STATE_PARTIAL);
    EXPECT_EQ(enters[1].skb.len, 9U); // the struct is still there
    EXPECT_EQ(of_kind(a, SKBSCOPE_EV_EXT_BYTES).size(), 1U);
}

TEST(Assemble, HostAndDeviceComeFromWhereThePacketIs) {
    Tape t;
    const auto xmit = t.probe("veth_xmit"), forward = t.probe("__dev_forward_skb2"), plain = t.probe("net_rx_action");
    auto &first = t.enter(xmit, 0x8000);
    first.dev_net = net_a, first.ifindex = 2;
    auto &second = t.enter(forward, 0x8000);
    second.dev_net = net_b, second.ifindex = 2;
    t.call(SKBSCOPE_EV_ENTER, plain);
    t.leave(plain);
    t.leave(forward);
    t.leave(xmit);
    const assembled a = t.finish();
    const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
    EXPECT_EQ(t.names.devices[enters[0].device], "va");
    EXPECT_EQ(t.names.hosts[enters[1].host], "b");
    EXPECT_EQ(enters[2].device, enters[1].device); // where its caller works
    EXPECT_EQ(t.names.hosts[enters[2].host], "b");
    const auto crossed = of_kind(a, SKBSCOPE_EV_CROSSED);
    ASSERT_EQ(crossed.size(), 1U);
    EXPECT_EQ(crossed[0].lineage.from_host, 1);
    EXPECT_EQ(crossed[0].lineage.to_host, 2);
}

TEST(Assemble, ARegisterNobodyVouchesForCountsOnlyForAKnownPacket) {
    Tape t;
    const auto rcv = t.probe("ip_rcv"), core = t.probe("ip_rcv_core");
    t.probes[core].trust_skb = false;
    t.enter(core, 0xdead);
    t.leave(core);
    t.enter(rcv, 0x8000);
    t.enter(core, 0x8000);
    t.leave(core);
    t.leave(rcv);
    const auto enters = of_kind(t.finish(), SKBSCOPE_EV_ENTER);
    EXPECT_EQ(enters[0].packet, trace::no_packet);
    EXPECT_FALSE(trace::has_snapshot(enters[0]));
    EXPECT_EQ(enters[2].packet, enters[1].packet);
    EXPECT_TRUE(trace::has_snapshot(enters[2]));
}

TEST(Assemble, ReturnValuesHaveTheirTypesShape) {
    EXPECT_EQ(shaped(0xffffffff'ffffffeaULL, {4, true}), -22);
    EXPECT_EQ(shaped(0x1234'ffffffeaULL, {4, true}), -22); // the upper half is whatever it was
    EXPECT_EQ(shaped(0x1234'ffffffeaULL, {4, false}), 0xffffffea);
    EXPECT_EQ(shaped(0xff01, {1, false}), 1);
    EXPECT_EQ(shaped(0x80, {1, true}), -128);
    EXPECT_EQ(shaped(0xffff888000000000ULL, {8, false}), static_cast<std::int64_t>(0xffff888000000000ULL));
    EXPECT_EQ(shaped(7, {0, false}), 0);
    Tape t;
    const auto f = t.probe("ip_rcv"), nothing = t.probe("consume_skb");
    t.probes[nothing].ret = {};
    for (const auto fn : {f, nothing}) {
        t.call(SKBSCOPE_EV_ENTER, fn);
        t.leave(fn, 0x1'ffffffff);
    }
    const auto leaves = of_kind(t.finish(), SKBSCOPE_EV_LEAVE);
    EXPECT_EQ(+leaves[0].leave.ret, -1);
    EXPECT_TRUE(leaves[0].state & SKBSCOPE_STATE_HAS_RET);
    EXPECT_FALSE(leaves[1].state & SKBSCOPE_STATE_HAS_RET);
}

TEST(Assemble, AHoleInTheNumbersIsLossAndStaysVisible) {
    Tape t;
    const auto f = t.probe("ip_rcv");
    t.enter(f, 0x8000);
    t.seq += 3;
    t.leave(f);
    const assembled a = t.finish();
    EXPECT_EQ(a.lost, 3U);
    const auto loss = of_kind(a, SKBSCOPE_EV_LOSS);
    ASSERT_EQ(loss.size(), 1U);
    EXPECT_EQ(+loss[0].loss.lost, 3U);
    EXPECT_GE(loss[0].seq, 4U); // an enter, its identity, three that nobody has
}

TEST(Assemble, AnInterruptBetweenClockAndNumberIsNoLoss) {
    Tape t;
    const auto f = t.probe("ip_rcv"), irq = t.probe("irq_enter_rcu");
    auto &enter = t.enter(f, 0x8000);
    auto &interrupt = t.call(SKBSCOPE_EV_ENTER, irq);
    interrupt.raw.event.seq = 0; // took its number before the record that read the clock first
    t.records[0].raw.event.seq = 1;
    (void)enter;
    t.leave(irq);
    t.leave(f);
    EXPECT_EQ(t.finish().lost, 0U);
}

TEST(Assemble, ALeaveWithoutItsEnterIsNoCall) {
    Tape t;
    const auto outer = t.probe("ip_rcv"), inner = t.probe("udp_rcv");
    t.leave(inner);
    t.call(SKBSCOPE_EV_ENTER, outer);
    t.call(SKBSCOPE_EV_ENTER, inner); // its leave is lost
    t.leave(outer);
    EXPECT_THAT(kinds(t.finish().events), ElementsAre("enter", "enter", "loss", "leave"));
}

TEST(Assemble, ClonesNameTheirOriginal) {
    Tape t;
    const auto clone = t.probe("skb_clone", probe_role::clones), fill = t.probe("__skb_clone", probe_role::made_arg);
    t.enter(clone, 0x8000, "hello");
    t.enter(fill, 0x9000);
    t.leave(fill);
    Tape::fill(t.call(SKBSCOPE_EV_CLONE, clone), 0x9000, "hello");
    t.leave(clone);
    const assembled a = t.finish();
    const auto op = of_kind(a, SKBSCOPE_EV_CLONE);
    const auto lineage = of_kind(a, SKBSCOPE_EV_EXT_LINEAGE);
    ASSERT_EQ(op.size(), 1U);
    ASSERT_EQ(lineage.size(), 1U);
    const auto enters = of_kind(a, SKBSCOPE_EV_ENTER);
    EXPECT_EQ(lineage[0].lineage.other_packet, enters[0].packet);
    EXPECT_EQ(op[0].packet, enters[1].packet);
}

TEST(Assemble, QueuesKeepTheirLength) {
    Tape t;
    const auto in = t.probe("enqueue_to_backlog", probe_role::backlog_in);
    const auto out = t.probe("process_backlog", probe_role::backlog_out), rcv = t.probe("__netif_receive_skb");
    t.enter(in, 0x8000);
    auto &left = t.call(SKBSCOPE_EV_LEAVE, in);
    left.raw.backlog = 1;
    t.call(SKBSCOPE_EV_ENTER, out);
    t.enter(rcv, 0x8000);
    t.leave(rcv);
    t.leave(out);
    const assembled a = t.finish();
    const auto enqueued = of_kind(a, SKBSCOPE_EV_ENQUEUE), dequeued = of_kind(a, SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(enqueued.size(), 1U);
    ASSERT_EQ(dequeued.size(), 1U);
    EXPECT_EQ(enqueued[0].queue.length, 1U);
    EXPECT_EQ(dequeued[0].queue.length, 0U);
    EXPECT_EQ(t.names.queues[dequeued[0].queue.queue], "input_pkt_queue");
    EXPECT_EQ(dequeued[0].packet, enqueued[0].packet);
}

std::span<const std::byte> bytes_of(const skbscope_raw_skb &r) {
    return std::as_bytes(std::span(&r, 1)).first(r.raw.what == SKBSCOPE_RAW_SKB ? sizeof r : sizeof r.raw);
}

// As a live watch does it: the same events, whether they are taken at once or bit by bit.
TEST(Assemble, BitByBitIsTheSame) {
    Tape t;
    const auto rcv = t.probe("ip_rcv"), core = t.probe("ip_rcv_core"),
               free = t.probe("kfree_skbmem", probe_role::frees);
    for (std::uint64_t skb = 0x8000; skb < 0x8400; skb += 0x100) {
        t.enter(rcv, skb, "hello");
        t.enter(core, skb, "hello");
        t.leave(core);
        t.leave(rcv);
        t.enter(free, skb);
        t.leave(free);
    }
    const assembled all = t.finish();
    assembler a(t.probes, t.names);
    std::vector<Event> events;
    for (const auto &r : t.records) {
        ASSERT_TRUE(a.add(bytes_of(r)));
        for (const Event &e : a.take(r.raw.event.time - 15).events)
            events.push_back(e);
    }
    for (const Event &e : a.finish().events)
        events.push_back(e);
    ASSERT_EQ(events.size(), all.events.size());
    EXPECT_EQ(std::memcmp(events.data(), all.events.data(), events.size() * sizeof(Event)), 0);
}

// What the kernel's counter says was made is what came and what was lost; the end of the trace is a place too.
TEST(Assemble, WhatTheRingNeverHeldAtTheEndIsLostThere) {
    Tape t;
    const auto rcv = t.probe("ip_rcv");
    t.enter(rcv, 0x8000);
    t.leave(rcv);
    assembler a(t.probes, t.names);
    a.begin_cpu(0, 0);
    a.begin_cpu(1, 7);
    for (const auto &r : t.records)
        a.add(bytes_of(r));
    a.end_cpu(0, 5);
    a.end_cpu(1, 9);
    const assembled out = a.finish();
    EXPECT_EQ(out.lost, 5U);
    const auto losses = of_kind(out, SKBSCOPE_EV_LOSS);
    ASSERT_EQ(losses.size(), 2U);
    EXPECT_EQ(std::uint64_t{losses[0].loss.lost}, 3U);
    EXPECT_EQ(std::uint64_t{losses[1].loss.lost}, 2U);
    EXPECT_EQ(losses[1].cpu, 1);
    EXPECT_EQ(+losses[0].loss.reason, +SKBSCOPE_LOSS_RING_FULL);
}

TEST(Assemble, ACallWhoseReturnNeverCameIsALossWhereItsCallerReturns) {
    Tape t;
    const auto outer = t.probe("ip_rcv"), inner = t.probe("ip_rcv_core");
    t.enter(outer, 0x8000);
    t.enter(inner, 0x8000);
    t.leave(outer);
    const assembled a = t.finish();
    EXPECT_EQ(a.unpaired, 1U);
    EXPECT_EQ(a.lost, 0U);
    const auto losses = of_kind(a, SKBSCOPE_EV_LOSS);
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(+losses[0].loss.reason, +SKBSCOPE_LOSS_UNPAIRED);
}

TEST(Assemble, AReturnThatIsKnownToBeLostIsNotToldTwice) {
    Tape t;
    const auto outer = t.probe("ip_rcv"), inner = t.probe("ip_rcv_core");
    t.enter(outer, 0x8000);
    t.enter(inner, 0x8000);
    ++t.seq; // the inner return found the ring full
    t.leave(outer);
    const assembled a = t.finish();
    EXPECT_EQ(a.unpaired, 0U);
    EXPECT_EQ(a.lost, 1U);
}

TEST(Assemble, WhatIsNoRecordIsCounted) {
    Tape t;
    assembler a(t.probes, t.names);
    const std::array<std::byte, sizeof(skbscope_raw)> nothing{};
    EXPECT_FALSE(a.add(std::span(nothing).first(10)));
    EXPECT_FALSE(a.add(nothing));
    EXPECT_EQ(a.finish().lost, 2U);
}

} // namespace
