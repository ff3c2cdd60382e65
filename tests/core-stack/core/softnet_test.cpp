// SPDX-License-Identifier: GPL-2.0-or-later
// softnet_data: what a CPU keeps between driver and stack. Packets that wait for NET_RX_SOFTIRQ, and packets that an
// interrupt handler was done with, which NET_TX_SOFTIRQ frees. Linux 6.1: net/core/dev.c
#include "devices.h"

#include "linux/bug.h"
#include "linux/interrupt.h"
#include "net/core/dev_internal.h"
#include "net/sock.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Softnet : public Devices {
protected:
    Softnet() : Devices(2) { freed.clear(); }
    // A packet that tells when it goes, and where.
    static sk_buff *packet(u8 name = 1) {
        sk_buff *skb = alloc_skb(64, GFP_ATOMIC);
        *static_cast<u8 *>(skb_put(skb, 1)) = name;
        skb->destructor = [](sk_buff *s) {
            freed.push_back(std::string(in_hardirq()           ? "irq "
                                        : in_serving_softirq() ? "softirq "
                                                               : "") +
                            std::to_string(s->data[0]));
        };
        return skb;
    }
    static void in_interrupt_handler(const std::function<void()> &handler) {
        irq_enter();
        handler();
        EXPECT_THAT(freed, IsEmpty()) << "destructors must not run here";
        irq_exit();
    }
    [[nodiscard]] std::vector<u32> drops() const {
        std::vector<u32> reasons;
        for (const trace::Event &e : events(SKBSCOPE_EV_DROP))
            reasons.push_back(e.drop.reason);
        return reasons;
    }
    static inline std::vector<std::string> freed;
};

TEST_F(Softnet, EachCpuHasOne) {
    softnet_data *sd0 = per_cpu_softnet(0), *sd1 = per_cpu_softnet(1);
    EXPECT_NE(sd0, sd1);
    m.run_process("p", [sd0] { EXPECT_EQ(this_cpu_softnet(), sd0); });
    EXPECT_EQ(sd1->cpu, 1u);
    for (const softnet_data *sd : {sd0, sd1}) {
        EXPECT_TRUE(skb_queue_empty(&sd->input_pkt_queue));
        EXPECT_TRUE(skb_queue_empty(&sd->process_queue));
        EXPECT_TRUE(list_empty(&sd->poll_list));
        EXPECT_EQ(sd->completion_queue, nullptr);
        EXPECT_EQ(sd->output_queue, nullptr);
        EXPECT_EQ(sd->output_queue_tailp, &sd->output_queue);
        EXPECT_EQ(sd->backlog.poll, process_backlog);
        EXPECT_EQ(sd->backlog.weight, 64);
    }
}

// What is handed in waits in input_pkt_queue, with the backlog scheduled, and is counted when it was taken out.
TEST_F(Softnet, ThePacketsOfACpuAreCountedInAndOut) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    softnet_data *sd = per_cpu_softnet(0);
    m.run_process("p", [&] {
        local_bh_disable();
        for (int i = 0; i < 3; ++i)
            EXPECT_EQ(dev_queue_xmit(frame()), NET_XMIT_SUCCESS);
        EXPECT_EQ(skb_queue_len(&sd->input_pkt_queue), 3u);
        EXPECT_TRUE(test_bit(NAPI_STATE_SCHED, &sd->backlog.state));
        EXPECT_FALSE(list_empty(&sd->poll_list)) << "the backlog is polled like a card";
        EXPECT_EQ(sd->input_queue_tail, 3u);
        EXPECT_EQ(sd->input_queue_head, 0u);
        EXPECT_EQ(sd->processed, 0u);
        local_bh_enable();
    });
    EXPECT_EQ(tap_log::seen.size(), 3u);
    EXPECT_EQ(sd->processed, 3u);
    EXPECT_EQ(sd->input_queue_head, 3u) << "RFS compares it with the tail that a flow's last packet made";
    EXPECT_TRUE(list_empty(&sd->poll_list));
    EXPECT_FALSE(test_bit(NAPI_STATE_SCHED, &sd->backlog.state));
    EXPECT_EQ(per_cpu_softnet(1)->processed, 0u);
    EXPECT_EQ(sd->dropped, 0u);
}

// --- __dev_kfree_skb_irq --------------------------------------------------------------------------------------------

TEST_F(Softnet, AnInterruptHandlerLeavesTheFreeingToTheSoftirq) {
    recorder.set_on(true);
    in_interrupt_handler([&] {
        sk_buff *first = packet(1), *second = packet(2);
        __dev_kfree_skb_irq(first, SKB_REASON_CONSUMED);
        EXPECT_EQ(refcount_read(&first->users), 0);
        EXPECT_TRUE(local_softirq_pending() & (1U << NET_TX_SOFTIRQ));
        __dev_kfree_skb_irq(second, SKB_REASON_CONSUMED);
        EXPECT_EQ(this_cpu_softnet()->completion_queue, second) << "last in, first out";
        EXPECT_EQ(second->next, first);
    });
    recorder.set_on(false);
    EXPECT_THAT(freed, ElementsAre("softirq 2", "softirq 1"));
    EXPECT_EQ(this_cpu_softnet()->completion_queue, nullptr);
    EXPECT_THAT(drops(), IsEmpty()) << "consumed";
    EXPECT_EQ(count_calls("__kfree_skb_defer"), 2u) << "to the CPU's own sk_buffs";
}

// Dropped ones are reported as drops, from the softirq; one with a clone beside it goes the long way.
TEST_F(Softnet, WhatAHandlerDropsIsReportedByTheSoftirq) {
    sk_buff *fast = alloc_skb_fclone(64, GFP_ATOMIC);
    recorder.set_on(true);
    in_interrupt_handler([&] {
        dev_kfree_skb_irq(packet(1));
        dev_kfree_skb_irq(fast);
        dev_consume_skb_irq(packet(3));
    });
    recorder.set_on(false);
    EXPECT_THAT(freed, ElementsAre("softirq 3", "softirq 1"));
    EXPECT_THAT(drops(), ElementsAre(SKB_DROP_REASON_NOT_SPECIFIED, SKB_DROP_REASON_NOT_SPECIFIED));
    EXPECT_EQ(count_calls("__kfree_skb_defer"), 2u);
    EXPECT_EQ(count_calls("__kfree_skb"), 1u) << "the one with room for a clone";
}

TEST_F(Softnet, WhoHoldsAPacketKeepsIt) {
    sk_buff *skb = packet();
    in_interrupt_handler([&] {
        __dev_kfree_skb_irq(skb_get(skb), SKB_REASON_DROPPED);
        EXPECT_EQ(this_cpu_softnet()->completion_queue, nullptr);
        EXPECT_FALSE(local_softirq_pending() & (1U << NET_TX_SOFTIRQ));
        __dev_kfree_skb_irq(nullptr, SKB_REASON_DROPPED);
    });
    EXPECT_EQ(refcount_read(&skb->users), 1);
    EXPECT_THAT(freed, IsEmpty());
    kfree_skb(skb);
}

// For drivers that do not know where they are called.
TEST_F(Softnet, AnyAsksWhereItIs) {
    m.run_process("p", [&] {
        dev_consume_skb_any(packet(1));
        EXPECT_THAT(freed, ElementsAre("1")) << "a process: at once";
        freed.clear();
    });
    recorder.set_on(true);
    m.run_process("p", [&] { dev_kfree_skb_any(packet(2)); });
    recorder.set_on(false);
    EXPECT_THAT(drops(), ElementsAre(SKB_DROP_REASON_NOT_SPECIFIED));
    freed.clear();
    in_interrupt_handler([&] { __dev_kfree_skb_any(packet(3), SKB_REASON_DROPPED); });
    EXPECT_THAT(freed, ElementsAre("softirq 3"));
}

} // namespace
} // namespace skbscope::stack
