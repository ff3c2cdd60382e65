// SPDX-License-Identifier: GPL-2.0-or-later
// Packets into queues and out of them, with the lengths that were read, or inferred and marked so.
#include "tape.h"

#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using trace::Event;

void known(skbscope_raw_skb &r, std::uint64_t length, std::uint64_t limit, std::uint64_t bytes) {
    r.raw.arg[SKBSCOPE_RAW_QUEUE_LENGTH] = length;
    r.raw.arg[SKBSCOPE_RAW_QUEUE_LIMIT] = limit;
    r.raw.arg[SKBSCOPE_RAW_QUEUE_BYTES] = bytes;
    r.raw.arg[SKBSCOPE_RAW_QUEUE_KNOWN] = 1;
}

TEST(Queues, ADisciplineTellsItsLengthLimitAndBytes) {
    Tape t;
    const auto in = t.probe("pfifo_enqueue", probe_role::qdisc_in),
               out = t.probe("pfifo_dequeue", probe_role::qdisc_out);
    auto &enter = t.enter(in, 0x8000);
    enter.raw.arg[1] = 0xcccc;
    enter.dev_net = net_a, enter.ifindex = 2;
    known(t.leave(in, 0), 1, 100, 54);
    t.enter(in, 0x9000).raw.arg[1] = 0xcccc;
    known(t.leave(in, 1), 1, 100, 54); // NET_XMIT_DROP
    t.plain(out, 0xcccc);
    known(t.leave(out, 0x8000), 0, 100, 0);
    t.plain(out, 0xcccc);
    known(t.leave(out, 0), 0, 100, 0); // nothing there
    const assembled a = t.finish();
    const auto enqueued = of_kind(a, SKBSCOPE_EV_ENQUEUE), dequeued = of_kind(a, SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(enqueued.size(), 1U);
    ASSERT_EQ(dequeued.size(), 1U);
    EXPECT_EQ(t.names.queues[enqueued[0].queue.queue], "pfifo va");
    EXPECT_EQ(+enqueued[0].queue.length, 1U);
    EXPECT_EQ(+enqueued[0].queue.limit, 100U);
    EXPECT_EQ(+enqueued[0].queue.bytes, 54U);
    EXPECT_EQ(trace::provenance_of(enqueued[0]), trace::Provenance::kernel);
    EXPECT_EQ(+dequeued[0].queue.queue, +enqueued[0].queue.queue);
    EXPECT_EQ(+dequeued[0].queue.length, 0U);
    EXPECT_EQ(dequeued[0].packet, enqueued[0].packet);
}

TEST(Queues, WhatWaitedForAnAddressLeavesWhenItIsSentOrGivenUp) {
    Tape t;
    const auto in = t.probe("__neigh_event_send", probe_role::neighbour_in),
               out = t.probe("neigh_resolve_output", probe_role::neighbour_out),
               drop = t.probe("kfree_skb_reason", probe_role::drops);
    for (const std::uint64_t i : {1U, 2U}) {
        t.enter(in, 0x7000 + i * 0x1000).raw.arg[0] = 0xeeee;
        known(t.leave(in, 1), i, 0, i * 768);
    }
    t.pass(out, 0x8000);
    t.pass(out, 0x8000); // it is not in the queue any more
    t.pass(drop, 0x9000);
    const assembled a = t.finish();
    const auto enqueued = of_kind(a, SKBSCOPE_EV_ENQUEUE), dequeued = of_kind(a, SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(enqueued.size(), 2U);
    ASSERT_EQ(dequeued.size(), 2U);
    EXPECT_EQ(+enqueued[1].queue.length, 2U);
    EXPECT_EQ(+enqueued[1].queue.bytes, 1536U);
    EXPECT_EQ(+dequeued[0].queue.length, 1U);
    EXPECT_EQ(+dequeued[1].queue.length, 0U);
    EXPECT_EQ(trace::provenance_of(dequeued[0]), trace::Provenance::inferred);
    EXPECT_EQ(t.names.queues[dequeued[0].queue.queue], "arp_queue");
}

// Over veth the answer is there before the call that asked returns.
TEST(Queues, WhatIsSentBeforeTheCallReturnsWasInTheQueue) {
    Tape t;
    const auto in = t.probe("__neigh_event_send", probe_role::neighbour_in),
               ask = t.probe("arp_solicit", probe_role::solicits),
               out = t.probe("neigh_resolve_output", probe_role::neighbour_out);
    t.enter(in, 0x8000).raw.arg[0] = 0xeeee;
    t.enter(ask, 0x9000);
    t.pass(out, 0x8000);
    t.leave(ask);
    known(t.leave(in, 1), 0, 0, 0);
    const assembled a = t.finish();
    const auto enqueued = of_kind(a, SKBSCOPE_EV_ENQUEUE), dequeued = of_kind(a, SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(enqueued.size(), 1U);
    ASSERT_EQ(dequeued.size(), 1U);
    EXPECT_EQ(+enqueued[0].queue.length, 1U);
    EXPECT_EQ(trace::provenance_of(enqueued[0]), trace::Provenance::inferred);
    EXPECT_EQ(+dequeued[0].queue.length, 0U);
    EXPECT_EQ(enqueued[0].packet, dequeued[0].packet);
    EXPECT_LT(std::uint64_t{enqueued[0].time}, std::uint64_t{dequeued[0].time});
}

TEST(Queues, APacketThatTheCallDroppedIsNotInTheQueue) {
    Tape t;
    const auto in = t.probe("__neigh_event_send", probe_role::neighbour_in),
               free = t.probe("kfree_skbmem", probe_role::frees);
    t.enter(in, 0x8000);
    t.pass(free, 0x8000);
    known(t.leave(in, 1), 0, 0, 0);
    EXPECT_TRUE(of_kind(t.finish(), SKBSCOPE_EV_ENQUEUE).empty());
}

TEST(Queues, GroHoldsAndLetsGo) {
    Tape t;
    const auto in = t.probe("dev_gro_receive", probe_role::gro_in),
               out = t.probe("inet_gro_complete", probe_role::gro_out);
    for (const std::int64_t result : {2, 3}) { // GRO_HELD, GRO_NORMAL
        t.enter(in, static_cast<std::uint64_t>(0x6000 + result * 0x1000)).raw.arg[0] = 0xaaaa;
        known(t.leave(in, result), 1, 0, 0);
    }
    t.pass(out, 0x8000);
    const assembled a = t.finish();
    const auto enqueued = of_kind(a, SKBSCOPE_EV_ENQUEUE), dequeued = of_kind(a, SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(enqueued.size(), 1U);
    ASSERT_EQ(dequeued.size(), 1U);
    EXPECT_EQ(dequeued[0].packet, enqueued[0].packet);
}

TEST(Queues, SocketsHaveAQueueEach) {
    Tape t;
    const auto in = t.probe("__udp_enqueue_schedule_skb", probe_role::socket_in),
               out = t.probe("sock_rfree", probe_role::gives_back);
    for (const std::uint64_t sk : {0x100U, 0x200U}) {
        t.enter(in, 0x8000 + sk).raw.arg[0] = sk;
        t.leave(in).raw.sk_queue = 1;
    }
    t.pass(out, 0x8100);
    const assembled a = t.finish();
    const auto enqueued = of_kind(a, SKBSCOPE_EV_ENQUEUE), dequeued = of_kind(a, SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(enqueued.size(), 2U);
    EXPECT_EQ(t.names.queues[enqueued[0].queue.queue], "sk_receive_queue");
    EXPECT_EQ(t.names.queues[enqueued[1].queue.queue], "sk_receive_queue 2");
    ASSERT_EQ(dequeued.size(), 1U);
    EXPECT_EQ(+dequeued[0].queue.length, 0U);
}

} // namespace
