// SPDX-License-Identifier: GPL-2.0-or-later
// Between driver and protocol: a driver without polling of its own (veth, lo) puts the packet on a CPU's backlog, and
// NET_RX_SOFTIRQ takes it from there as if the backlog were a device that is polled. RPS chooses another CPU's.
// Linux 6.1: net/core/dev.c
#include "linux/interrupt.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/sched.h"
#include "net/core/dev_internal.h"
#include "sim/work_clock.h"

#include <utility>

namespace skbscope::stack {

namespace {

machine_per_cpu<softnet_data> softnet;

bool sd_has_rps_ipi_waiting(const softnet_data *sd) {
    return sd->rps_ipi_list != nullptr;
}

// Our own backlog: poll it. Another CPU's: remember to interrupt that CPU.
// Linux 6.1: net/core/dev.c
int napi_schedule_rps(softnet_data *sd) {
    TRACE_FN();
    softnet_data *mysd = this_cpu_softnet();
    if (sd != mysd) {
        sd->rps_ipi_next = mysd->rps_ipi_list;
        mysd->rps_ipi_list = sd;
        __raise_softirq_irqoff(NET_RX_SOFTIRQ);
        return TRACE_RET(1);
    }
    __napi_schedule_irqoff(&mysd->backlog);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev.c
void net_rps_send_ipi(softnet_data *remsd) {
    TRACE_FN();
    while (remsd) {
        softnet_data *next = remsd->rps_ipi_next;
        smp_call_function_single_async(remsd->cpu, &remsd->csd);
        remsd = next;
    }
}

// Linux 6.1: net/core/dev.c
int netif_rx_internal(sk_buff *skb) {
    TRACE_FN(skb);
    if (dev_global->config.bottom_half) return TRACE_RET(netif_rx_bh(skb));
    net_timestamp_check(dev_global->config.netdev_tstamp_prequeue, skb);
    int cpu = -1;
    rps_dev_flow none;
    rps_dev_flow *rflow = &none;
    rcu_read_lock();
    if (dev_global->config.rps_needed != 0) cpu = get_rps_cpu(skb->dev, skb, &rflow);
    if (cpu < 0) cpu = static_cast<int>(smp_processor_id());
    const int ret = enqueue_to_backlog(skb, static_cast<unsigned>(cpu), &rflow->last_qtail);
    rcu_read_unlock();
    return TRACE_RET(ret);
}

} // namespace

softnet_data *per_cpu_softnet(unsigned cpu) {
    return &softnet.on(cpu);
}
softnet_data *this_cpu_softnet() {
    return &softnet.here();
}

// Linux 6.1: net/core/dev.c
int enqueue_to_backlog(sk_buff *skb, unsigned cpu, unsigned *qtail) {
    TRACE_FN(skb);
    work_done(work::backlog_packet);
    softnet_data *sd = per_cpu_softnet(cpu);
    skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
    if (netif_running(skb->dev)) {
        const u32 qlen = skb_queue_len(&sd->input_pkt_queue);
        if (static_cast<int>(qlen) <= dev_global->config.netdev_max_backlog) {
            if (!qlen && !test_and_set_bit(NAPI_STATE_SCHED, &sd->backlog.state)) napi_schedule_rps(sd);
            __skb_queue_tail(&sd->input_pkt_queue, skb);
            *qtail = ++sd->input_queue_tail;
            return TRACE_RET(NET_RX_SUCCESS);
        }
        reason = SKB_DROP_REASON_CPU_BACKLOG;
    }
    ++sd->dropped;
    dev_core_stats_rx_dropped_inc(skb->dev);
    kfree_skb_reason(skb, reason);
    return TRACE_RET(NET_RX_DROP);
}

// For callers that have softirqs off already.
// Linux 6.1: net/core/dev.c
int __netif_rx(sk_buff *skb) {
    TRACE_FN(skb);
    BUG_ON(!in_interrupt());
    return TRACE_RET(netif_rx_internal(skb));
}

// Linux 6.1: net/core/dev.c
int netif_rx(sk_buff *skb) {
    TRACE_FN(skb);
    const bool need_bh_off = !in_interrupt();
    if (need_bh_off) local_bh_disable();
    const int ret = netif_rx_internal(skb);
    if (need_bh_off) local_bh_enable();
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/dev.c
void net_rps_action_and_irq_enable(softnet_data *sd) {
    TRACE_FN();
    if (softnet_data *remsd = std::exchange(sd->rps_ipi_list, nullptr)) net_rps_send_ipi(remsd);
}

// The poll function of the backlog. Packets move to process_queue in one go, so that the producers' queue is free
// again. Linux 6.1: net/core/dev.c
int process_backlog(napi_struct *napi, int quota) {
    TRACE_FN();
    softnet_data *sd = container_of(napi, &softnet_data::backlog);
    int work = 0;
    if (sd_has_rps_ipi_waiting(sd)) net_rps_action_and_irq_enable(sd);
    napi->weight = dev_global->config.dev_rx_weight;
    for (bool again = true; again;) {
        while (sk_buff *skb = __skb_dequeue(&sd->process_queue)) {
            rcu_read_lock();
            __netif_receive_skb(skb);
            rcu_read_unlock();
            ++sd->input_queue_head;
            if (++work >= quota) return TRACE_RET(work);
        }
        if (skb_queue_empty(&sd->input_pkt_queue)) {
            napi->state = 0; // SCHED was the only bit: done until the next packet
            again = false;
        } else {
            skb_queue_splice_tail_init(&sd->input_pkt_queue, &sd->process_queue);
        }
    }
    return TRACE_RET(work);
}

// The IPI of another CPU's napi_schedule_rps().
// Linux 6.1: net/core/dev.c
void rps_trigger_softirq(void *data) {
    TRACE_FN();
    auto *sd = static_cast<softnet_data *>(data);
    __napi_schedule_irqoff(&sd->backlog);
    ++sd->received_rps;
}

// Linux 6.1: net/core/dev.c
void trigger_rx_softirq(void *data) {
    TRACE_FN();
    __raise_softirq_irqoff(NET_RX_SOFTIRQ);
    static_cast<softnet_data *>(data)->defer_ipi_scheduled = 0;
}

// Frees what other CPUs' sockets are done with.
// Linux 6.1: net/core/dev.c
void skb_defer_free_flush(softnet_data *sd) {
    TRACE_FN();
    sk_buff *skb = std::exchange(sd->defer_list, nullptr);
    sd->defer_count = 0;
    while (skb) {
        sk_buff *next = skb->next;
        napi_consume_skb(skb, 1);
        skb = next;
    }
}

// A device goes away: its packets must not be found in a queue later.
// Linux 6.1: net/core/dev.c (flush_backlog())
void flush_backlog_of(const net_device *dev) {
    for (unsigned cpu = 0; cpu < nr_cpu_ids(); ++cpu) {
        softnet_data *sd = per_cpu_softnet(cpu);
        for (sk_buff_head *queue : {&sd->input_pkt_queue, &sd->process_queue}) {
            sk_buff *next = nullptr;
            for (sk_buff *skb = skb_peek(queue); skb; skb = next) {
                next = skb_peek_next(skb, queue);
                if (skb->dev != dev) continue;
                __skb_unlink(skb, queue);
                kfree_skb(skb);
                ++sd->input_queue_head;
            }
        }
    }
}

} // namespace skbscope::stack
