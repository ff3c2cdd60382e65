// SPDX-License-Identifier: GPL-2.0-or-later
// Packet sockets: whole frames, as they pass a device in either direction. Binding one puts a hook among the packet
// types of __netif_receive_skb_core(). Frames in and out stand in packet_frames.cpp. Linux 6.1: net/packet/af_packet.c
//
// Left out: mapped rings, fanout, filters, promiscuity and group requests, control messages.
#include "net/packet/packet_internal.h"

#include "linux/errno.h"
#include "linux/notifier.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"
#include "sim/machine_state.h"

#include <utility>

namespace skbscope::stack {

namespace {

struct packet_globals {
    hlist_head sklist; // every packet socket of the machine
    notifier_block netdev_notifier;
};
const machine_global<packet_globals> packet_global;

// --- the hook; bind_lock is held ------------------------------------------------------------------------------------

// Linux 6.1: net/packet/af_packet.c
void __register_prot_hook(sock *sk) {
    TRACE_FN();
    packet_sock *po = pkt_sk(sk);
    if (po->running) return;
    dev_add_pack(&po->prot_hook);
    sock_hold(sk);
    po->running = true;
}

void register_prot_hook(sock *sk) {
    TRACE_FN();
    __register_prot_hook(sk);
}

// sync: waits until no packet is in the hook any more. Linux 6.1: net/packet/af_packet.c
void __unregister_prot_hook(sock *sk, bool sync) {
    TRACE_FN();
    packet_sock *po = pkt_sk(sk);
    po->running = false;
    __dev_remove_pack(&po->prot_hook);
    __sock_put(sk);
    if (sync) {
        spin_unlock(&po->bind_lock);
        synchronize_net();
        spin_lock(&po->bind_lock);
    }
}

void unregister_prot_hook(sock *sk, bool sync) {
    TRACE_FN();
    if (pkt_sk(sk)->running) __unregister_prot_hook(sk, sync);
}

void packet_cached_dev_assign(packet_sock *po, net_device *dev) {
    TRACE_FN();
    po->cached_dev = dev;
}

void packet_cached_dev_reset(packet_sock *po) {
    TRACE_FN();
    po->cached_dev = nullptr;
}

// --- life -----------------------------------------------------------------------------------------------------------

void packet_sock_destruct(sock *sk) {
    TRACE_FN();
    skb_queue_purge(&sk->sk_error_queue);
    BUG_ON(atomic_read(&sk->sk_rmem_alloc) != 0);
    BUG_ON(refcount_read(&sk->sk_wmem_alloc) != 0);
    BUG_ON(!sock_flag(sk, SOCK_DEAD));
}

// Linux 6.1: net/packet/af_packet.c
int packet_release(socket *sock) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    if (!sk) return TRACE_RET(0);
    packet_sock *po = pkt_sk(sk);
    sk_del_node_init_rcu(sk);
    spin_lock(&po->bind_lock);
    unregister_prot_hook(sk, false);
    po->num = be16{};
    packet_cached_dev_reset(po);
    if (po->prot_hook.dev) netdev_put(std::exchange(po->prot_hook.dev, nullptr));
    spin_unlock(&po->bind_lock);
    lock_sock(sk); // rings would be freed here
    release_sock(sk);
    synchronize_net();
    sock_orphan(sk); // no more input from here on
    sock->sk = nullptr;
    skb_queue_purge(&sk->sk_receive_queue);
    sock_put(sk);
    return TRACE_RET(0);
}

// --- binding --------------------------------------------------------------------------------------------------------

// Moves the hook to another device or protocol. bind_lock and the socket are locked.
void packet_rehook(sock *sk, net_device *dev, be16 proto) {
    packet_sock *po = pkt_sk(sk);
    bool unlisted = false;
    dev_hold(dev);
    if (po->running) {
        po->num = be16{}; // keeps the notifier from hooking it again meanwhile
        __unregister_prot_hook(sk, true);
        if (dev) unlisted = dev_get_by_index_rcu(sock_net(sk), dev->ifindex) == nullptr;
    }
    po->num = proto;
    po->prot_hook.type = proto;
    netdev_put(po->prot_hook.dev);
    if (unlisted) {
        po->prot_hook.dev = nullptr;
        po->ifindex = -1;
        packet_cached_dev_reset(po);
    } else {
        netdev_hold(dev);
        po->prot_hook.dev = dev;
        po->ifindex = dev ? dev->ifindex : 0;
        packet_cached_dev_assign(po, dev);
    }
    dev_put(dev);
    if (!proto) return;
    if (!unlisted && (!dev || (dev->flags & IFF_UP) != 0)) {
        register_prot_hook(sk);
    } else {
        sk->sk_err = ENETDOWN;
        if (!sock_flag(sk, SOCK_DEAD)) sk_error_report(sk);
    }
}

// Linux 6.1: net/packet/af_packet.c
int packet_do_bind(sock *sk, int ifindex, be16 proto) {
    TRACE_FN();
    packet_sock *po = pkt_sk(sk);
    lock_sock(sk);
    spin_lock(&po->bind_lock);
    if (!proto) proto = po->num;
    net_device *dev = ifindex != 0 ? dev_get_by_index_rcu(sock_net(sk), ifindex) : nullptr;
    const int ret = ifindex != 0 && !dev ? -ENODEV : 0;
    if (ret == 0 && (po->prot_hook.type != proto || po->prot_hook.dev != dev)) packet_rehook(sk, dev, proto);
    spin_unlock(&po->bind_lock);
    release_sock(sk);
    return TRACE_RET(ret);
}

// Linux 6.1: net/packet/af_packet.c
int packet_bind(socket *sock, sockaddr *uaddr, int addr_len) {
    TRACE_FN();
    const auto *sll = reinterpret_cast<const sockaddr_ll *>(uaddr);
    if (static_cast<std::size_t>(addr_len) < sizeof(*sll) || sll->sll_family != AF_PACKET) return TRACE_RET(-EINVAL);
    return TRACE_RET(packet_do_bind(sock->sk, sll->sll_ifindex, sll->sll_protocol));
}

int packet_setsockopt(socket *, int level, int, const void *, unsigned) {
    TRACE_FN();
    return TRACE_RET(level != SOL_PACKET ? -ENOPROTOOPT : -EOPNOTSUPP);
}

constexpr proto packet_proto = {
    .name = "PACKET",
    .obj_size = sizeof(packet_sock),
    .obj_new = proto_obj<packet_sock>::make,
    .obj_free = proto_obj<packet_sock>::free,
};

constexpr proto_ops packet_ops = {
    .family = PF_PACKET,
    .release = packet_release,
    .bind = packet_bind,
    .connect = sock_no_connect,
    .accept = sock_no_accept,
    .listen = sock_no_listen,
    .shutdown = sock_no_shutdown,
    .setsockopt = packet_setsockopt,
    .sendmsg = packet_sendmsg,
    .recvmsg = packet_recvmsg,
};

// `protocol` comes in network order, oddly. Linux 6.1: net/packet/af_packet.c
int packet_create(net *ns, socket *sock, int protocol, int kern) {
    TRACE_FN();
    if (sock->type != SOCK_DGRAM && sock->type != SOCK_RAW) return TRACE_RET(-ESOCKTNOSUPPORT);
    sock->state = SS_UNCONNECTED;
    struct sock *sk = sk_alloc(ns, PF_PACKET, GFP_KERNEL, &packet_proto, kern);
    sock->ops = &packet_ops;
    packet_sock *po = pkt_sk(sk);
    sock_init_data(sock, sk);
    sk->sk_family = PF_PACKET;
    po->num = be16::from_raw(static_cast<u16>(protocol));
    packet_cached_dev_reset(po);
    sk->sk_destruct = packet_sock_destruct;
    po->prot_hook.func = packet_rcv;
    po->prot_hook.af_packet_priv = sk;
    po->prot_hook.af_packet_net = sock_net(sk);
    if (po->num) {
        po->prot_hook.type = po->num;
        __register_prot_hook(sk);
    }
    sk_add_node_rcu(sk, &packet_global->sklist);
    return TRACE_RET(0);
}

constexpr net_proto_family packet_family_ops = {.family = PF_PACKET, .create = packet_create};

// --- devices come and go --------------------------------------------------------------------------------------------

void packet_dev_down(sock *sk, bool unregister) {
    packet_sock *po = pkt_sk(sk);
    if (po->running) {
        __unregister_prot_hook(sk, false);
        sk->sk_err = ENETDOWN;
        if (!sock_flag(sk, SOCK_DEAD)) sk_error_report(sk);
    }
    if (unregister) {
        packet_cached_dev_reset(po);
        po->ifindex = -1;
        netdev_put(std::exchange(po->prot_hook.dev, nullptr));
    }
}

// Linux 6.1: net/packet/af_packet.c
int packet_notifier(notifier_block *, unsigned long msg, void *ptr) {
    TRACE_FN();
    const net_device *dev = netdev_notifier_info_to_dev(ptr);
    for (sock *sk : sk_entries(&packet_global->sklist)) {
        packet_sock *po = pkt_sk(sk);
        if (!net_eq(sock_net(sk), dev_net(dev)) || dev->ifindex != po->ifindex) continue;
        spin_lock(&po->bind_lock);
        if (msg == NETDEV_UNREGISTER || msg == NETDEV_DOWN)
            packet_dev_down(sk, msg == NETDEV_UNREGISTER);
        else if (msg == NETDEV_UP && po->num)
            register_prot_hook(sk);
        spin_unlock(&po->bind_lock);
    }
    return TRACE_RET(NOTIFY_DONE);
}

} // namespace

// Linux 6.1: net/packet/af_packet.c
int packet_init() {
    TRACE_FN();
    packet_global->netdev_notifier.notifier_call = packet_notifier;
    register_netdevice_notifier(&packet_global->netdev_notifier);
    const int err = proto_register(&packet_proto, 1);
    return TRACE_RET(err != 0 ? err : sock_register(&packet_family_ops));
}

} // namespace skbscope::stack
