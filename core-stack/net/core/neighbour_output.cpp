// SPDX-License-Identifier: GPL-2.0-or-later
// Sending through a neighbour. Linux 6.1: net/core/neighbour.c, include/net/neighbour.h
#include "net/core/neighbour_internal.h"

#include <cstring>

namespace skbscope::stack {

void neigh_confirm(neighbour *n) {
    if (n) n->confirmed = jiffies_now();
}

void neigh_ha_snapshot(u8 *dst, const neighbour *n, const net_device *dev) {
    std::memcpy(dst, n->ha.data(), dev->addr_len);
}

int neigh_event_send_probe(neighbour *neigh, sk_buff *skb, bool immediate_ok) {
    TRACE_FN(skb);
    neigh->used = jiffies_now();
    if (!(neigh->nud_state & (NUD_CONNECTED | NUD_DELAY | NUD_PROBE)))
        return TRACE_RET(__neigh_event_send(neigh, skb, immediate_ok));
    return TRACE_RET(0);
}

int neigh_event_send(neighbour *neigh, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(neigh_event_send_probe(neigh, skb, true));
}

namespace {

// The first packet builds the link header once; from then on it is copied.
void neigh_hh_init(neighbour *n) {
    TRACE_FN();
    write_lock_bh(&n->lock);
    if (n->hh.hh_len == 0) n->dev->header_ops->cache(n, &n->hh, n->tbl->protocol);
    write_unlock_bh(&n->lock);
}

// Puts the link header in front and sends. Consumes skb.
int neigh_header_and_xmit(neighbour *neigh, sk_buff *skb) {
    __skb_pull(skb, static_cast<unsigned>(skb_network_offset(skb)));
    if (dev_hard_header(skb, neigh->dev, be16_to_cpu(skb->protocol), neigh->ha.data(), nullptr, skb->len) >= 0)
        return dev_queue_xmit(skb);
    kfree_skb(skb);
    return -EINVAL;
}

} // namespace

int neigh_resolve_output(neighbour *neigh, sk_buff *skb) {
    TRACE_FN(skb);
    if (neigh_event_send(neigh, skb)) return TRACE_RET(0); // it waits for the answer
    if (neigh->dev->header_ops->cache && neigh->hh.hh_len == 0) neigh_hh_init(neigh);
    return TRACE_RET(neigh_header_and_xmit(neigh, skb));
}

int neigh_connected_output(neighbour *neigh, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(neigh_header_and_xmit(neigh, skb));
}

int neigh_direct_output(neighbour *, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(dev_queue_xmit(skb));
}

int neigh_hh_output(const hh_cache *hh, sk_buff *skb) {
    TRACE_FN(skb);
    // Copied aligned: 2 bytes more than the header in front of it, where there is room for them.
    const unsigned hh_len = hh->hh_len;
    const unsigned hh_alen = hh_len <= HH_DATA_MOD ? HH_DATA_MOD : HH_DATA_ALIGN(hh_len);
    if (skb_headroom(skb) < hh_alen) {
        kfree_skb(skb);
        return TRACE_RET(NET_XMIT_DROP);
    }
    std::memcpy(skb->data - hh_alen, hh->hh_data, hh_alen);
    __skb_push(skb, hh_len);
    return TRACE_RET(dev_queue_xmit(skb));
}

int neigh_output(neighbour *n, sk_buff *skb, bool skip_cache) {
    TRACE_FN(skb);
    if (!skip_cache && (n->nud_state & NUD_CONNECTED) && n->hh.hh_len != 0)
        return TRACE_RET(neigh_hh_output(&n->hh, skb));
    return TRACE_RET(n->output(n, skb));
}

} // namespace skbscope::stack
