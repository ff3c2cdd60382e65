// SPDX-License-Identifier: GPL-2.0-or-later
// veth: two devices, each the other's wire. Linux 6.1: drivers/net/veth.c
#pragma once

#include "linux/netdevice.h"

#include <deque>
#include <string_view>

namespace skbscope::stack {

// A receive queue: used when this end polls (GRO switched on); else packets take the backlog.
struct veth_rq {
    napi_struct xdp_napi;
    napi_struct *napi = nullptr; // set while it polls
    net_device *dev = nullptr;
    bool rx_notify_masked = false;
    std::deque<sk_buff *> xdp_ring; // at most VETH_RING_SIZE
    ~veth_rq();
};

struct veth_priv { // netdev_priv()
    net_device *peer = nullptr;
    u64 dropped = 0;
    veth_rq rq;
    int requested_headroom = 0;
};

// Makes both ends, `name` in ns and `peer_name` in peer_ns, down and with random addresses. 0 or a negative errno.
struct veth_end {
    net *ns;
    std::string_view name;
    int ifindex; // 0: the next that is free
};
int veth_newlink(const veth_end &end, const veth_end &peer_end);

// drivers/net/veth_napi.cpp
[[nodiscard]] bool veth_gro_requested(const net_device *dev);
int veth_napi_enable(net_device *dev);
void veth_napi_del(net_device *dev);
int veth_xdp_rx(veth_rq *rq, sk_buff *skb);
void __veth_xdp_flush(veth_rq *rq);

} // namespace skbscope::stack
