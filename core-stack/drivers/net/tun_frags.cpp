// SPDX-License-Identifier: GPL-2.0-or-later
// IFF_NAPI_FRAGS: a written frame fills NAPI's own packet, its first segment the linear part, the others pages; GRO
// gets it as from a driver whose card writes into pages. Linux 6.1: drivers/net/tun.c
#include "drivers/net/tun.h"

#include "linux/etherdevice.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: include/linux/skbuff.h
int __skb_grow(sk_buff *skb, unsigned len) {
    const unsigned more = len - skb->len;
    const auto room = static_cast<unsigned>(skb_tailroom(skb));
    if (room < more)
        if (const int err = pskb_expand_head(skb, 0, static_cast<int>(more - room), GFP_ATOMIC); err != 0) return err;
    __skb_set_length(skb, len);
    return 0;
}

} // namespace

// Linux 6.1: drivers/net/tun.c. A write(2) is one segment, so nothing of a frame is in pages: writev(2) is not modelled
sk_buff *tun_napi_alloc_frags(tun_file *tfile, std::size_t len, const iov_iter *it) {
    TRACE_FN();
    if (it->nr_segs != 1 || len > ETH_MAX_MTU - NET_SKB_PAD - NET_IP_ALIGN) return ERR_PTR(-EMSGSIZE);
    local_bh_disable();
    sk_buff *skb = napi_get_frags(&tfile->napi);
    local_bh_enable();
    if (!skb) return ERR_PTR(-ENOMEM);
    if (const int err = __skb_grow(skb, static_cast<unsigned>(len)); err != 0) {
        napi_free_frags(&tfile->napi);
        return ERR_PTR(err);
    }
    return TRACE_RET(skb);
}

// The frame goes to GRO at once: the writer is the poll. Linux 6.1: drivers/net/tun.c (in tun_get_user)
int tun_napi_gro_frags(tun_struct *tun, tun_file *tfile, sk_buff *skb) {
    skb_push(skb, ETH_HLEN);
    if (eth_get_headlen(tun->dev, skb->data, skb_headlen(skb)) > skb_headlen(skb)) {
        dev_core_stats_rx_dropped_inc(tun->dev);
        napi_free_frags(&tfile->napi);
        return -ENOMEM;
    }
    if (!napi_schedule_prep(&tfile->napi)) {
        napi_free_frags(&tfile->napi);
        return -EBUSY;
    }
    local_bh_disable();
    (void)napi_gro_frags(&tfile->napi);
    (void)napi_complete(&tfile->napi);
    local_bh_enable();
    return 0;
}

} // namespace skbscope::stack
