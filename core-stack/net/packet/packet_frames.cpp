// SPDX-License-Identifier: GPL-2.0-or-later
// Frames of packet sockets: a copy of what passes the device, and frames sent as the process wrote them.
// Linux 6.1: net/packet/af_packet.c
#include "net/packet/packet_internal.h"

#include "linux/errno.h"
#include "linux/if_arp.h"
#include "linux/if_ether.h"
#include "linux/trace_fn.h"
#include "net/dst.h"
#include "net/net_namespace.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// The packet goes on to others: leave it as it was found.
void restore(sk_buff *skb, u8 *head, u32 len) {
    if (head == skb->data) return;
    skb->data = head;
    skb->len = len;
}

int packet_drop_n_acct(sock *sk, sk_buff *skb, u8 *head, u32 len) {
    atomic_inc(&pkt_sk(sk)->tp_drops);
    atomic_inc(&sk->sk_drops);
    if (skb_shared(skb)) restore(skb, head, len);
    kfree_skb(skb);
    return 0;
}

void packet_fill_address(sk_buff *skb, const net_device *dev) {
    packet_skb_cb *cb = PACKET_SKB_CB(skb);
    cb->ll = sockaddr_ll{};
    cb->ll.sll_hatype = dev->type;
    cb->ll.sll_pkttype = skb->pkt_type;
    cb->ll.sll_ifindex = dev->ifindex;
    cb->ll.sll_halen = static_cast<u8>(dev_parse_header(skb, cb->ll.sll_addr));
    cb->origlen = skb->len;
}

} // namespace

// The hook. The packet is shared with whoever gets it next, so the socket queues a clone.
// Linux 6.1: net/packet/af_packet.c
int packet_rcv(sk_buff *skb, net_device *dev, packet_type *pt, net_device *) {
    TRACE_FN(skb);
    auto *sk = static_cast<sock *>(pt->af_packet_priv);
    packet_sock *po = pkt_sk(sk);
    u8 *const skb_head = skb->data;
    const u32 skb_len = skb->len;
    if (skb->pkt_type == PACKET_LOOPBACK || !net_eq(dev_net(dev), sock_net(sk))) {
        consume_skb(skb);
        return TRACE_RET(0);
    }
    skb->dev = dev;
    if (dev_has_header(dev)) {
        if (sk->sk_type != SOCK_DGRAM)
            skb_push(skb, static_cast<unsigned>(skb->data - skb_mac_header(skb)));
        else if (skb->pkt_type == PACKET_OUTGOING)
            skb_pull(skb, static_cast<unsigned>(skb_network_offset(skb)));
    }
    if (atomic_read(&sk->sk_rmem_alloc) >= sk->sk_rcvbuf)
        return TRACE_RET(packet_drop_n_acct(sk, skb, skb_head, skb_len));
    if (skb_shared(skb)) {
        sk_buff *nskb = skb_clone(skb, GFP_ATOMIC);
        if (!nskb) return TRACE_RET(packet_drop_n_acct(sk, skb, skb_head, skb_len));
        restore(skb, skb_head, skb_len);
        consume_skb(skb);
        skb = nskb;
    }
    packet_fill_address(skb, dev);
    skb_set_owner_r(skb, sk);
    skb->dev = nullptr;
    skb_dst_drop(skb);
    nf_reset_ct(skb);
    spin_lock(&sk->sk_receive_queue.lock);
    ++po->tp_packets;
    sock_skb_set_dropcount(sk, skb);
    skb_clear_delivery_time(skb);
    __skb_queue_tail(&sk->sk_receive_queue, skb);
    spin_unlock(&sk->sk_receive_queue.lock);
    sk->sk_data_ready(sk);
    return TRACE_RET(0);
}

namespace {

void packet_copy_address(const socket *sock, sk_buff *skb, msghdr *msg) {
    sockaddr_ll *sll = &PACKET_SKB_CB(skb)->ll;
    sll->sll_family = AF_PACKET;
    sll->sll_protocol = skb->protocol;
    if (!msg->msg_name || sock->type == SOCK_PACKET) return;
    std::memcpy(msg->msg_name, sll, sizeof(*sll));
    msg->msg_namelen = sizeof(*sll);
}

} // namespace

// Linux 6.1: net/packet/af_packet.c
int packet_recvmsg(socket *sock, msghdr *msg, std::size_t len, int flags) {
    TRACE_FN();
    const auto uflags = static_cast<unsigned>(flags);
    constexpr unsigned known = MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC | MSG_CMSG_COMPAT | MSG_ERRQUEUE;
    if ((uflags & ~known) != 0) return TRACE_RET(-EINVAL);
    if ((uflags & MSG_ERRQUEUE) != 0) return TRACE_RET(-EAGAIN); // time stamps only, which the model has none of
    struct sock *sk = sock->sk;
    int err = 0;
    sk_buff *skb = skb_recv_datagram(sk, uflags, &err);
    if (!skb) return TRACE_RET(err);
    int copied = static_cast<int>(skb->len);
    if (len < skb->len) {
        copied = static_cast<int>(len);
        msg->msg_flags |= MSG_TRUNC;
    }
    err = skb_copy_datagram_msg(skb, 0, msg, copied);
    if (err == 0) {
        packet_copy_address(sock, skb, msg);
        sock_recv_cmsgs(msg, sk, skb);
        err = (uflags & MSG_TRUNC) != 0 ? static_cast<int>(skb->len) : copied;
    }
    skb_free_datagram(sk, skb);
    return TRACE_RET(err);
}

namespace {

// What to send through, as which protocol, to which link address.
struct packet_target {
    net_device *dev = nullptr;
    be16 proto;
    const u8 *addr = nullptr;
};

// 0 with a reference to the device, or an errno.
int packet_find_target(socket *sock, const msghdr *msg, packet_target *t) {
    packet_sock *po = pkt_sk(sock->sk);
    const auto *saddr = static_cast<const sockaddr_ll *>(msg->msg_name);
    if (!saddr) {
        t->dev = po->cached_dev;
        dev_hold(t->dev);
        t->proto = po->num;
    } else {
        if (static_cast<std::size_t>(msg->msg_namelen) < sizeof(*saddr)) return -EINVAL;
        t->proto = saddr->sll_protocol;
        t->dev = dev_get_by_index(sock_net(sock->sk), saddr->sll_ifindex);
        if (sock->type == SOCK_DGRAM) t->addr = saddr->sll_addr;
    }
    if (!t->dev) return -ENXIO;
    return (t->dev->flags & IFF_UP) != 0 ? 0 : -ENETDOWN;
}

// Linux 6.1: net/packet/af_packet.c
sk_buff *packet_alloc_skb(sock *sk, unsigned prepad, unsigned reserve, unsigned len, bool noblock, int *err) {
    TRACE_FN();
    sk_buff *skb = sock_alloc_send_pskb(sk, prepad + len, 0, noblock, err, 0);
    if (!skb) return nullptr;
    skb_reserve(skb, static_cast<int>(reserve));
    skb_put(skb, len);
    return skb;
}

// Linux 6.1: net/packet/af_packet.c
void packet_parse_headers(sk_buff *skb, const socket *sock) {
    TRACE_FN(skb);
    skb_reset_mac_header(skb);
    if ((!skb->protocol || skb->protocol == cpu_to_be16(ETH_P_ALL)) && sock->type == SOCK_RAW && skb->dev->header_ops &&
        skb->dev->header_ops->parse_protocol)
        skb->protocol = skb->dev->header_ops->parse_protocol(skb);
    skb_probe_transport_header(skb);
}

// The frame is complete but for its headers' marks. 0 or an errno; the buffer stays the caller's.
int packet_fill(socket *sock, sk_buff *skb, msghdr *msg, unsigned len, const packet_target &t) {
    skb_reset_network_header(skb);
    int offset = 0;
    if (sock->type == SOCK_DGRAM) {
        offset = dev_hard_header(skb, t.dev, be16_to_cpu(t.proto), t.addr, nullptr, len);
        if (offset < 0) return -EINVAL;
    } else {
        // The process wrote the link header too: it begins where the room for it does.
        skb_reserve(skb, -static_cast<int>(t.dev->hard_header_len));
        constexpr unsigned ipv6_header = 40;
        if (len < t.dev->hard_header_len + ipv6_header && t.dev->min_header_len != t.dev->hard_header_len)
            skb_reset_network_header(skb);
    }
    if (!copy_from_iter_full(skb->data + offset, len, &msg->msg_iter)) return -EFAULT;
    if (sock->type == SOCK_RAW && !dev_validate_header(t.dev, skb->data, static_cast<int>(len))) return -EINVAL;
    return skb->len == 0 ? -EINVAL : 0;
}

// Linux 6.1: net/packet/af_packet.c
int packet_snd_on(socket *sock, msghdr *msg, unsigned len, const packet_target &t) {
    struct sock *sk = sock->sk;
    net_device *dev = t.dev;
    const unsigned reserve = sock->type == SOCK_RAW ? dev->hard_header_len : 0;
    if (len > dev->mtu + reserve) return -EMSGSIZE;
    int err = 0;
    const unsigned hlen = LL_RESERVED_SPACE(dev);
    sk_buff *skb =
        packet_alloc_skb(sk, hlen + dev->needed_tailroom, hlen, len, (msg->msg_flags & MSG_DONTWAIT) != 0, &err);
    if (!skb) return err;
    err = packet_fill(sock, skb, msg, len, t);
    if (err != 0) {
        kfree_skb(skb);
        return err;
    }
    skb->protocol = t.proto;
    skb->dev = dev;
    skb->priority = sk->sk_priority;
    skb->mark = sk->sk_mark;
    packet_parse_headers(skb, sock);
    err = dev_queue_xmit(skb);
    if (err > 0) err = net_xmit_errno(err);
    return err != 0 ? err : static_cast<int>(len);
}

int packet_snd(socket *sock, msghdr *msg, std::size_t len) {
    TRACE_FN();
    packet_target t;
    int err = packet_find_target(sock, msg, &t);
    if (err == 0) err = packet_snd_on(sock, msg, static_cast<unsigned>(len), t);
    dev_put(t.dev);
    return TRACE_RET(err);
}

} // namespace

// Linux 6.1: net/packet/af_packet.c
int packet_sendmsg(socket *sock, msghdr *msg, std::size_t len) {
    TRACE_FN();
    return TRACE_RET(packet_snd(sock, msg, len));
}

} // namespace skbscope::stack
