// SPDX-License-Identifier: GPL-2.0-or-later
// tun/tap, towards the stack: a written frame becomes an sk_buff that is received. Linux 6.1: drivers/net/tun.c
#include "drivers/net/tun.h"

#include "linux/etherdevice.h"
#include "linux/trace_fn.h"
#include "net/page_frag.h"

#include <limits>

namespace skbscope::stack {

namespace {

// `prepad` bytes stay free in front of `len`; `linear` hints how much of a frame beyond a page is to be linear.
// Linux 6.1: drivers/net/tun.c
sk_buff *tun_alloc_skb(tun_file *tfile, std::size_t prepad, std::size_t len, std::size_t linear, bool noblock) {
    TRACE_FN();
    if (prepad + len < PAGE_SIZE || linear == 0) linear = len;
    int err = 0;
    sk_buff *skb = sock_alloc_send_pskb(tfile->socket.sk, prepad + linear, len - linear, noblock, &err, 0);
    if (!skb) return ERR_PTR(err);
    skb_reserve(skb, static_cast<int>(prepad));
    skb_put(skb, static_cast<unsigned>(linear));
    skb->data_len = static_cast<u32>(len - linear);
    skb->len += static_cast<u32>(len - linear);
    return skb;
}

constexpr int TUN_RX_PAD = NET_IP_ALIGN + NET_SKB_PAD;
constexpr unsigned XDP_PACKET_HEADROOM = 256;

// A writer that does not wait gets the buffer from the task's page, if all of the frame fits: with the shared info, and
// with the room that an XDP program could ask for. Linux 6.1: drivers/net/tun.c
bool tun_can_build_skb(const tun_struct *tun, const tun_file *tfile, std::size_t len, bool noblock) {
    TRACE_FN();
    const bool tap = (tun->flags & TUN_TYPE_MASK) == IFF_TAP;
    if (!tap || tfile->socket.sk->sk_sndbuf != std::numeric_limits<int>::max() || !noblock) return TRACE_RET(false);
    const std::size_t need = SKB_DATA_ALIGN(static_cast<unsigned>(len) + TUN_RX_PAD + XDP_PACKET_HEADROOM);
    return TRACE_RET(need + SKB_SHINFO_SIZE <= PAGE_SIZE);
}

// Linux 6.1: drivers/net/tun.c
sk_buff *__tun_build_skb(tun_file *tfile, page_frag *alloc_frag, u8 *buf, unsigned buflen, unsigned len) {
    TRACE_FN();
    sk_buff *skb = build_skb(buf, buflen);
    skb_reserve(skb, TUN_RX_PAD);
    skb_put(skb, len);
    skb_set_owner_w(skb, tfile->socket.sk);
    get_page(alloc_frag->page);
    alloc_frag->offset += buflen;
    return TRACE_RET(skb);
}

// Linux 6.1: drivers/net/tun.c
sk_buff *tun_build_skb(tun_file *tfile, iov_iter *from, unsigned len) {
    TRACE_FN();
    page_frag *alloc_frag = sk_page_frag(nullptr);
    const auto buflen = static_cast<unsigned>(SKB_DATA_ALIGN(len + TUN_RX_PAD) + SKB_SHINFO_SIZE);
    alloc_frag->offset = ALIGN(alloc_frag->offset, SMP_CACHE_BYTES);
    if (!skb_page_frag_refill(buflen, alloc_frag, GFP_KERNEL)) return ERR_PTR(-ENOMEM);
    u8 *buf = page_address(alloc_frag->page) + alloc_frag->offset;
    if (!copy_from_iter_full(buf + TUN_RX_PAD, len, from)) return ERR_PTR(-EFAULT);
    return TRACE_RET(__tun_build_skb(tfile, alloc_frag, buf, buflen, len));
}

// Linux 6.1: drivers/net/tun.c
void tun_rx_batched(tun_file *tfile, sk_buff *skb) {
    TRACE_FN(skb);
    local_bh_disable();
    skb_record_rx_queue(skb, tfile->queue_index);
    netif_receive_skb(skb);
    local_bh_enable();
}

// With IFF_NAPI the frame waits until the CPU polls: as a NIC would do it. Linux 6.1: drivers/net/tun.c
void tun_rx_napi(tun_file *tfile, sk_buff *skb, bool more) {
    sk_buff_head *queue = &tfile->sk_write_queue;
    spin_lock_bh(&queue->lock);
    __skb_queue_tail(queue, skb);
    const u32 queue_len = skb_queue_len(queue);
    spin_unlock(&queue->lock);
    if (!more || queue_len > u32{NAPI_POLL_WEIGHT}) napi_schedule(&tfile->napi);
    local_bh_enable();
}

// A tun (not tap) frame says by its first nibble what it is. 0: neither IPv4 nor IPv6
be16 tun_protocol(const sk_buff *skb) {
    if (skb_headlen(skb) < 1) return {};
    const int version = skb->data[0] >> 4;
    return version == 4 ? cpu_to_be16(ETH_P_IP) : version == 6 ? cpu_to_be16(ETH_P_IPV6) : be16{};
}

ssize_t drop(tun_struct *tun, sk_buff *skb, int err, skb_drop_reason reason) {
    if (err != -EAGAIN) dev_core_stats_rx_dropped_inc(tun->dev);
    kfree_skb_reason(skb, reason);
    return err;
}

// Linux 6.1: drivers/net/tun.c
int tun_napi_receive(napi_struct *napi, tun_file *tfile, int budget) {
    TRACE_FN();
    sk_buff_head *queue = &tfile->sk_write_queue;
    sk_buff_head process_queue;
    spin_lock(&queue->lock);
    skb_queue_splice_tail_init(queue, &process_queue);
    spin_unlock(&queue->lock);

    int received = 0;
    while (received < budget) {
        sk_buff *skb = __skb_dequeue(&process_queue);
        if (!skb) break;
        napi_gro_receive(napi, skb);
        ++received;
    }
    if (!skb_queue_empty(&process_queue)) {
        spin_lock(&queue->lock);
        skb_queue_splice_init(&process_queue, queue);
        spin_unlock(&queue->lock);
    }
    return TRACE_RET(received);
}

} // namespace

// Linux 6.1: drivers/net/tun.c
int tun_napi_poll(napi_struct *napi, int budget) {
    TRACE_FN();
    tun_file *tfile = netdev_priv<tun_struct>(napi->dev)->tfile;
    const int received = tun_napi_receive(napi, tfile, budget);
    if (received < budget) napi_complete_done(napi, received);
    return TRACE_RET(received);
}

namespace {

// The frame in a packet of its own, or why not. Linux 6.1: drivers/net/tun.c (in tun_get_user)
sk_buff *take_frame(tun_struct *tun, tun_file *tfile, iov_iter *from, std::size_t len, std::size_t align,
                    bool noblock) {
    const bool frags = tfile->napi_frags_enabled;
    if (!frags && tun_can_build_skb(tun, tfile, len, noblock))
        return tun_build_skb(tfile, from, static_cast<unsigned>(len));
    sk_buff *skb = frags ? tun_napi_alloc_frags(tfile, len, from) : tun_alloc_skb(tfile, align, len, 0, noblock);
    if (IS_ERR(skb) || skb_copy_datagram_from_iter(skb, 0, from, static_cast<int>(len)) == 0) return skb;
    kfree_skb_reason(skb, SKB_DROP_REASON_SKB_UCOPY_FAULT);
    return ERR_PTR(-EFAULT);
}

// 0, or the packet is dropped. `protocol`: of a tun frame with packet information. Linux 6.1: drivers/net/tun.c (in
// tun_get_user)
int find_headers(tun_struct *tun, sk_buff *skb, be16 protocol, skb_drop_reason *reason) {
    skb_reset_mac_header(skb); // all that virtio_net_hdr_to_skb does for a frame without a virtio header
    if ((tun->flags & TUN_TYPE_MASK) == IFF_TAP) {
        *reason = SKB_DROP_REASON_HDR_TRUNC;
        if (!pskb_may_pull(skb, ETH_HLEN)) return -ENOMEM;
        skb->protocol = eth_type_trans(skb, tun->dev);
        return 0;
    }
    if ((tun->flags & IFF_NO_PI) != 0) protocol = tun_protocol(skb);
    *reason = SKB_DROP_REASON_NOT_SPECIFIED;
    if (!protocol) return -EINVAL;
    skb_reset_mac_header(skb);
    skb->protocol = protocol;
    skb->dev = tun->dev;
    return 0;
}

// Linux 6.1: drivers/net/tun.c (in tun_get_user)
int hand_over(tun_struct *tun, tun_file *tfile, sk_buff *skb, bool more) {
    if (tfile->napi_frags_enabled) return tun_napi_gro_frags(tun, tfile, skb);
    if (tfile->napi_enabled)
        tun_rx_napi(tfile, skb, more);
    else
        tun_rx_batched(tfile, skb);
    return 0;
}

// Linux 6.1: drivers/net/tun.c (in tun_get_user)
ssize_t receive(tun_struct *tun, tun_file *tfile, sk_buff *skb, be16 protocol, bool more) {
    auto reason = SKB_DROP_REASON_NOT_SPECIFIED;
    if (const int err = find_headers(tun, skb, protocol, &reason); err != 0) return drop(tun, skb, err, reason);
    skb_reset_network_header(skb);
    skb_probe_transport_header(skb);
    skb_record_rx_queue(skb, tfile->queue_index);

    // Here the kernel looks for an XDP program; there is none, but softirqs were off for the look.
    local_bh_disable();
    local_bh_enable();

    if ((tun->dev->flags & IFF_UP) == 0) return drop(tun, skb, -EIO, SKB_DROP_REASON_DEV_READY);
    return hand_over(tun, tfile, skb, more);
}

} // namespace

// Linux 6.1: drivers/net/tun.c
ssize_t tun_get_user(tun_struct *tun, tun_file *tfile, iov_iter *from, bool noblock, bool more) {
    TRACE_FN();
    const std::size_t total_len = iov_iter_count(from);
    std::size_t len = total_len, align = tun->align;
    u16 pi[2] = {0, cpu_to_be16(ETH_P_IP).raw}; // flags, protocol
    if ((tun->flags & IFF_NO_PI) == 0) {
        if (len < sizeof(pi)) return TRACE_RET(ssize_t{-EINVAL});
        len -= sizeof(pi);
        if (!copy_from_iter_full(pi, sizeof(pi), from)) return TRACE_RET(ssize_t{-EFAULT});
    }
    if ((tun->flags & TUN_TYPE_MASK) == IFF_TAP) {
        align += NET_IP_ALIGN;
        if (len < std::size_t{ETH_HLEN}) return TRACE_RET(ssize_t{-EINVAL});
    }

    const bool frags = tfile->napi_frags_enabled;
    if (frags) mutex_lock(&tfile->napi_mutex);
    sk_buff *skb = take_frame(tun, tfile, from, len, align, noblock);
    ssize_t err = IS_ERR(skb) ? PTR_ERR(skb) : 0;
    if (err != 0 && err != -EAGAIN) dev_core_stats_rx_dropped_inc(tun->dev);
    if (err == 0) err = receive(tun, tfile, skb, be16::from_raw(pi[1]), more);
    if (frags) {
        if (err != 0) tfile->napi.skb = nullptr; // it was freed
        mutex_unlock(&tfile->napi_mutex);
    }
    return TRACE_RET(err != 0 ? err : static_cast<ssize_t>(total_len));
}

} // namespace skbscope::stack
