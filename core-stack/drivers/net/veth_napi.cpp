// SPDX-License-Identifier: GPL-2.0-or-later
// veth with GRO switched on: the receiving end polls. Packets wait in a ring, NAPI is scheduled once, and the poll
// hands them to GRO. Linux 6.1: drivers/net/veth.c
#include "drivers/net/veth.h"

#include "linux/etherdevice.h"
#include "linux/rcupdate.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

namespace {

constexpr std::size_t VETH_RING_SIZE = 256;

// With no program loaded all that is left to do is to give the packet on. Linux 6.1: drivers/net/veth.c
sk_buff *veth_xdp_rcv_skb(veth_rq *, sk_buff *skb) {
    TRACE_FN(skb);
    rcu_read_lock();
    rcu_read_unlock();
    return skb;
}

// Linux 6.1: drivers/net/veth.c
int veth_xdp_rcv(veth_rq *rq, int budget) {
    TRACE_FN();
    int done = 0;
    for (; done < budget && !rq->xdp_ring.empty(); ++done) {
        sk_buff *skb = rq->xdp_ring.front();
        rq->xdp_ring.pop_front();
        skb = veth_xdp_rcv_skb(rq, skb);
        if (!skb) continue;
        if (skb_shared(skb) || skb_unclone(skb, GFP_ATOMIC) != 0)
            netif_receive_skb(skb);
        else
            napi_gro_receive(&rq->xdp_napi, skb);
    }
    return TRACE_RET(done);
}

void veth_schedule(veth_rq *rq) {
    rq->rx_notify_masked = true;
    __napi_schedule(&rq->xdp_napi);
}

// Linux 6.1: drivers/net/veth.c
int veth_poll(napi_struct *napi, int budget) {
    TRACE_FN();
    veth_rq *rq = &netdev_priv<veth_priv>(napi->dev)->rq;
    const int done = veth_xdp_rcv(rq, budget);
    if (done < budget && napi_complete_done(napi, done)) {
        rq->rx_notify_masked = false;
        // Someone may have sent between the last look into the ring and now.
        if (!rq->xdp_ring.empty() && napi_schedule_prep(&rq->xdp_napi)) veth_schedule(rq);
    }
    return TRACE_RET(done);
}

void ring_cleanup(veth_rq *rq) {
    for (sk_buff *skb : rq->xdp_ring)
        kfree_skb(skb);
    rq->xdp_ring.clear();
}

} // namespace

veth_rq::~veth_rq() {
    ring_cleanup(this);
}

// Linux 6.1: drivers/net/veth.c
bool veth_gro_requested(const net_device *dev) {
    return (dev->wanted_features & NETIF_F_GRO) != 0;
}

// Linux 6.1: drivers/net/veth.c
int veth_napi_enable(net_device *dev) {
    TRACE_FN();
    veth_rq *rq = &netdev_priv<veth_priv>(dev)->rq;
    netif_napi_add(dev, &rq->xdp_napi, veth_poll);
    napi_enable(&rq->xdp_napi);
    rq->napi = &rq->xdp_napi;
    return TRACE_RET(0);
}

// Linux 6.1: drivers/net/veth.c
void veth_napi_del(net_device *dev) {
    TRACE_FN();
    veth_rq *rq = &netdev_priv<veth_priv>(dev)->rq;
    if (!rq->napi) return;
    rq->napi = nullptr;
    napi_disable(&rq->xdp_napi);
    __netif_napi_del(&rq->xdp_napi);
    synchronize_net();
    rq->rx_notify_masked = false;
    ring_cleanup(rq);
}

// Linux 6.1: drivers/net/veth.c
int veth_xdp_rx(veth_rq *rq, sk_buff *skb) {
    TRACE_FN(skb);
    if (rq->xdp_ring.size() >= VETH_RING_SIZE) {
        kfree_skb(skb);
        return TRACE_RET(NET_RX_DROP);
    }
    rq->xdp_ring.push_back(skb);
    return TRACE_RET(NET_RX_SUCCESS);
}

// Linux 6.1: drivers/net/veth.c
void __veth_xdp_flush(veth_rq *rq) {
    TRACE_FN();
    if (!rq->rx_notify_masked && napi_schedule_prep(&rq->xdp_napi)) veth_schedule(rq);
}

} // namespace skbscope::stack
