// SPDX-License-Identifier: GPL-2.0-or-later
// tun/tap, towards the process: what the stack sends waits in the ring until it is read. Linux 6.1: drivers/net/tun.c
#include "drivers/net/tun.h"

#include "linux/if_vlan.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

namespace {

netdev_tx_t drop(sk_buff *skb, net_device *dev, skb_drop_reason reason) {
    dev_core_stats_tx_dropped_inc(dev);
    skb_tx_error(skb);
    kfree_skb_reason(skb, reason);
    return netdev_tx_t{NET_XMIT_DROP};
}

// Linux 6.1: include/linux/ptr_ring.h
bool ptr_ring_produce(tun_file *tfile, sk_buff *skb) {
    if (tfile->tx_ring.size() >= tfile->tx_ring_size) return false;
    tfile->tx_ring.push_back(skb);
    return true;
}

sk_buff *ptr_ring_consume(tun_file *tfile) {
    if (tfile->tx_ring.empty()) return nullptr;
    sk_buff *skb = tfile->tx_ring.front();
    tfile->tx_ring.pop_front();
    return skb;
}

void copy_frame(const sk_buff *skb, int from, iov_iter *iter) {
    const auto room = static_cast<int>(iov_iter_count(iter));
    skb_copy_datagram_iter(skb, from, iter, std::min(static_cast<int>(skb->len) - from, room));
}

// The tag, which stands beside the frame, where it belongs: behind the addresses. False: there is no room for more.
bool copy_addresses_and_tag(const sk_buff *skb, iov_iter *iter) {
    const be16 tag[2] = {skb->vlan_proto, cpu_to_be16(skb_vlan_tag_get(skb))};
    constexpr int addresses = 2 * ETH_ALEN;
    const auto room = static_cast<int>(iov_iter_count(iter));
    skb_copy_datagram_iter(skb, 0, iter, std::min(addresses, room));
    if (iov_iter_count(iter) == 0) return false;
    return copy_to_iter(tag, sizeof(tag), iter) == sizeof(tag) && iov_iter_count(iter) != 0;
}

// Linux 6.1: drivers/net/tun.c
ssize_t tun_put_user(tun_struct *tun, sk_buff *skb, iov_iter *iter) {
    TRACE_FN(skb);
    const bool tagged = skb_vlan_tag_present(skb);
    ssize_t total = ssize_t{skb->len} + (tagged ? VLAN_HLEN : 0);
    if ((tun->flags & IFF_NO_PI) == 0) {
        constexpr u16 TUN_PKT_STRIP = 1;
        u16 pi[2] = {0, skb->protocol.raw};
        if (iov_iter_count(iter) < sizeof(pi)) return TRACE_RET(ssize_t{-EINVAL});
        total += ssize_t{sizeof(pi)};
        if (static_cast<ssize_t>(iov_iter_count(iter)) < total) pi[0] = TUN_PKT_STRIP;
        if (copy_to_iter(pi, sizeof(pi), iter) != sizeof(pi)) return TRACE_RET(ssize_t{-EFAULT});
    }
    if (!tagged)
        copy_frame(skb, 0, iter);
    else if (copy_addresses_and_tag(skb, iter))
        copy_frame(skb, 2 * ETH_ALEN, iter);
    ++tun->dev->stats.tx_packets;
    tun->dev->stats.tx_bytes += skb->len + (tagged ? VLAN_HLEN : 0);
    return TRACE_RET(total);
}

// Linux 6.1: drivers/net/tun.c
sk_buff *tun_ring_recv(tun_file *tfile, bool noblock, int *err) {
    TRACE_FN();
    *err = 0;
    if (sk_buff *skb = ptr_ring_consume(tfile)) return skb;
    if (noblock) {
        *err = -EAGAIN;
        return nullptr;
    }
    wait_queue_entry wait(default_wake_function);
    add_wait_queue(&tfile->socket.wq.wait, &wait);
    sk_buff *skb = nullptr;
    while (true) {
        set_current_state(TASK_INTERRUPTIBLE);
        skb = ptr_ring_consume(tfile);
        if (skb) break;
        if (signal_pending(get_current()))
            *err = -ERESTARTSYS;
        else if ((tfile->sk_shutdown & RCV_SHUTDOWN) != 0)
            *err = -EFAULT;
        if (*err != 0) break;
        schedule();
    }
    set_current_state(TASK_RUNNING);
    remove_wait_queue(&tfile->socket.wq.wait, &wait);
    return skb;
}

} // namespace

void tun_queue_purge(tun_file *tfile) {
    while (sk_buff *skb = ptr_ring_consume(tfile))
        kfree_skb(skb);
    skb_queue_purge(&tfile->sk_write_queue);
    skb_queue_purge(&tfile->sk_error_queue);
}

// Linux 6.1: drivers/net/tun.c
netdev_tx_t tun_net_xmit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    auto *tun = netdev_priv<tun_struct>(dev);
    rcu_read_lock();
    tun_file *tfile = tun->tfile;
    if (!tfile) {
        const netdev_tx_t ret = drop(skb, dev, SKB_DROP_REASON_DEV_READY);
        rcu_read_unlock();
        return TRACE_RET(ret);
    }
    skb_tx_timestamp(skb);
    // It may lie here for as long as the process likes: the sender's socket must not pay for that.
    skb_orphan(skb);
    nf_reset_ct(skb);
    if (!ptr_ring_produce(tfile, skb)) {
        const netdev_tx_t ret = drop(skb, dev, SKB_DROP_REASON_FULL_RING);
        rcu_read_unlock();
        return TRACE_RET(ret);
    }
    netdev_get_tx_queue(dev, skb->queue_mapping)->trans_start = jiffies_now();
    tfile->sk_data_ready(tfile);
    rcu_read_unlock();
    return TRACE_RET(NETDEV_TX_OK);
}

// Linux 6.1: drivers/net/tun.c
ssize_t tun_do_read(tun_struct *tun, tun_file *tfile, iov_iter *to, bool noblock) {
    TRACE_FN();
    if (iov_iter_count(to) == 0) return TRACE_RET(ssize_t{0});
    int err = 0;
    sk_buff *skb = tun_ring_recv(tfile, noblock, &err);
    if (!skb) return TRACE_RET(ssize_t{err});
    const ssize_t ret = tun_put_user(tun, skb, to);
    if (ret < 0)
        kfree_skb(skb);
    else
        consume_skb(skb);
    return TRACE_RET(ret);
}

} // namespace skbscope::stack
