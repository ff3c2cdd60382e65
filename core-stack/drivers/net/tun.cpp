// SPDX-License-Identifier: GPL-2.0-or-later
// The tun device and its file: open, attach, detach, and the operations both hand out. Linux 6.1: drivers/net/tun.c
#include "drivers/net/tun.h"

#include "linux/etherdevice.h"
#include "linux/rtnetlink.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"

#include <climits>

namespace skbscope::stack {

namespace {

constexpr unsigned TUN_FEATURES = IFF_NO_PI | IFF_NAPI | IFF_NAPI_FRAGS;
constexpr netdev_features_t TUN_USER_FEATURES =
    NETIF_F_HW_CSUM | NETIF_F_TSO_ECN | NETIF_F_TSO | NETIF_F_TSO6 | NETIF_F_GSO_UDP_L4;
constexpr unsigned MIN_MTU = 68, MAX_MTU = 65535;

constexpr proto tun_proto = {
    .name = "tun",
    .obj_size = sizeof(tun_file),
    .obj_new = proto_obj<tun_file>::make,
    .obj_free = proto_obj<tun_file>::free,
};
constexpr proto_ops tun_socket_ops = {};

// Linux 6.1: drivers/net/tun.c
int tun_attach(tun_struct *tun, tun_file *tfile, unsigned flags, bool publish_tun) {
    TRACE_FN();
    if (tfile->tun) return TRACE_RET(-EINVAL);
    if (tun->numqueues == 1) return TRACE_RET(-EBUSY);
    tfile->tx_ring_size = tun->dev->tx_queue_len;
    tfile->queue_index = static_cast<u16>(tun->numqueues);
    tfile->socket.sk->sk_shutdown &= static_cast<u8>(~RCV_SHUTDOWN);
    sock_hold(tfile);
    tfile->napi_enabled = (flags & IFF_NAPI) != 0;
    tfile->napi_frags_enabled = tfile->napi_enabled && (flags & IFF_NAPI_FRAGS) != 0;
    if (tfile->napi_enabled) {
        netif_napi_add(tun->dev, &tfile->napi, tun_napi_poll);
        napi_enable(&tfile->napi);
    }
    if (publish_tun) tfile->tun = tun;
    tun->tfile = tfile;
    tun->numqueues++;
    return TRACE_RET(0);
}

// The last descriptor takes the device with it. Linux 6.1: drivers/net/tun.c
void __tun_detach(tun_file *tfile) {
    TRACE_FN();
    tun_struct *tun = tfile->tun;
    if (!tun) return;
    if (tfile->napi_enabled) {
        napi_disable(&tfile->napi);
        __netif_napi_del(&tfile->napi);
    }
    tun->tfile = nullptr;
    --tun->numqueues;
    tfile->tun = nullptr;
    sock_put(tfile);
    synchronize_net();
    tun_queue_purge(tfile);
    netif_carrier_off(tun->dev);
    if (tun->dev->reg_state == NETREG_REGISTERED) unregister_netdevice(tun->dev);
}

// Linux 6.1: drivers/net/tun.c
void tun_detach(tun_file *tfile) {
    TRACE_FN();
    rtnl_lock();
    __tun_detach(tfile);
    rtnl_unlock();
}

// Linux 6.1: drivers/net/tun.c
int tun_net_init(net_device *dev) {
    TRACE_FN();
    auto *tun = netdev_priv<tun_struct>(dev);
    dev->hw_features =
        NETIF_F_SG | NETIF_F_FRAGLIST | TUN_USER_FEATURES | NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX;
    dev->features = dev->hw_features | NETIF_F_LLTX;
    dev->vlan_features = dev->features & ~(NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX);
    tun->flags = (tun->flags & ~TUN_FEATURES) | (tun->ifr->flags & TUN_FEATURES);
    return TRACE_RET(tun_attach(tun, tun->opener, tun->ifr->flags, false));
}

// Someone else removed the device: its file stays open and has nothing behind it. Linux 6.1: drivers/net/tun.c
void tun_net_uninit(net_device *dev) {
    TRACE_FN();
    auto *tun = netdev_priv<tun_struct>(dev);
    tun_file *tfile = tun->tfile;
    if (!tfile) return;
    if (tfile->napi_enabled) {
        napi_disable(&tfile->napi);
        __netif_napi_del(&tfile->napi);
    }
    tfile->socket.sk->sk_shutdown |= RCV_SHUTDOWN;
    tun->tfile = nullptr;
    tfile->tun = nullptr;
    --tun->numqueues;
    tun_queue_purge(tfile);
    sock_put(tfile);
}

// Linux 6.1: drivers/net/tun.c
int tun_net_open(net_device *dev) {
    TRACE_FN();
    netif_tx_start_all_queues(dev);
    return TRACE_RET(0);
}

// Linux 6.1: drivers/net/tun.c
int tun_net_close(net_device *dev) {
    TRACE_FN();
    netif_tx_stop_all_queues(dev);
    return TRACE_RET(0);
}

// What the reader did not ask for is switched off: TUNSETOFFLOAD was never called, so checksums and segments are made
// before the device. Linux 6.1: drivers/net/tun.c
netdev_features_t tun_net_fix_features(net_device *, netdev_features_t features) {
    TRACE_FN();
    return TRACE_RET(features & ~TUN_USER_FEATURES);
}

constexpr net_device_ops tun_netdev_ops = {
    .ndo_init = tun_net_init,
    .ndo_uninit = tun_net_uninit,
    .ndo_open = tun_net_open,
    .ndo_stop = tun_net_close,
    .ndo_start_xmit = tun_net_xmit,
    .ndo_fix_features = tun_net_fix_features,
};
constexpr net_device_ops tap_netdev_ops = {
    .ndo_init = tun_net_init,
    .ndo_uninit = tun_net_uninit,
    .ndo_open = tun_net_open,
    .ndo_stop = tun_net_close,
    .ndo_start_xmit = tun_net_xmit,
    .ndo_features_check = passthru_features_check,
    .ndo_set_mac_address = eth_mac_addr,
    .ndo_validate_addr = eth_validate_addr,
    .ndo_fix_features = tun_net_fix_features,
};

void tun_setup(net_device *dev) {
    dev->needs_free_netdev = true;
    dev->tx_queue_len = 500;
}

// Linux 6.1: drivers/net/tun.c
void tun_net_initialize(net_device *dev) {
    TRACE_FN();
    auto *tun = netdev_priv<tun_struct>(dev);
    if ((tun->flags & TUN_TYPE_MASK) == IFF_TUN) {
        dev->netdev_ops = &tun_netdev_ops;
        dev->hard_header_len = 0;
        dev->addr_len = 0;
        dev->mtu = 1500;
        dev->type = ARPHRD_NONE;
        dev->flags = IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST;
    } else {
        dev->netdev_ops = &tap_netdev_ops;
        const unsigned queue_len = dev->tx_queue_len;
        ether_setup(dev);
        dev->tx_queue_len = queue_len == 0 ? dev->tx_queue_len : queue_len;
        dev->priv_flags &= ~IFF_TX_SKB_SHARING;
        dev->priv_flags |= IFF_LIVE_ADDR_CHANGE;
        eth_hw_addr_random(dev);
    }
    dev->min_mtu = MIN_MTU;
    dev->max_mtu = MAX_MTU - dev->hard_header_len;
}

// Linux 6.1: drivers/net/tun.c
ssize_t tun_chr_write_iter(kiocb *iocb, iov_iter *from) {
    TRACE_FN();
    auto *tfile = static_cast<tun_file *>(iocb->ki_filp->private_data);
    if (!tfile->tun) return TRACE_RET(ssize_t{-EBADFD});
    const bool noblock = (iocb->ki_filp->f_flags & static_cast<unsigned>(SOCK_NONBLOCK)) != 0;
    return TRACE_RET(tun_get_user(tfile->tun, tfile, from, noblock, false));
}

// Linux 6.1: drivers/net/tun.c
ssize_t tun_chr_read_iter(kiocb *iocb, iov_iter *to) {
    TRACE_FN();
    auto *tfile = static_cast<tun_file *>(iocb->ki_filp->private_data);
    if (!tfile->tun) return TRACE_RET(ssize_t{-EBADFD});
    const auto len = static_cast<ssize_t>(iov_iter_count(to));
    const bool noblock = (iocb->ki_filp->f_flags & static_cast<unsigned>(SOCK_NONBLOCK)) != 0;
    return TRACE_RET(std::min(tun_do_read(tfile->tun, tfile, to, noblock), len));
}

// Linux 6.1: drivers/net/tun.c
int tun_chr_close(file *f) {
    TRACE_FN();
    auto *tfile = static_cast<tun_file *>(f->private_data);
    tun_detach(tfile);
    sock_put(tfile);
    return TRACE_RET(0);
}

constexpr file_operations tun_fops = {
    .read_iter = tun_chr_read_iter,
    .write_iter = tun_chr_write_iter,
    .release = tun_chr_close,
};

// Whoever waits to write is told once the file's packets have left. Linux 6.1: drivers/net/tun.c
void tun_sock_write_space(sock *sk) {
    TRACE_FN();
    if (!sock_writeable(sk)) return;
    if (!test_and_clear_bit(SOCKWQ_ASYNC_NOSPACE, &sk->sk_socket->flags)) return;
    wait_queue_head_t *wqueue = sk_sleep(sk);
    if (wqueue && waitqueue_active(wqueue))
        wake_up_interruptible_sync_poll(wqueue, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

int tun_create(net *ns, tun_file *tfile, const tun_request &ifr) {
    const bool tap = (ifr.flags & IFF_TAP) != 0;
    const std::string_view name = !ifr.name.empty() ? ifr.name : tap ? "tap%d" : "tun%d";
    net_device *dev = alloc_netdev<tun_struct>(name, tun_setup);
    if (!dev) return -EINVAL; // no name for a device
    dev_net_set(dev, ns);
    auto *tun = netdev_priv<tun_struct>(dev);
    tun->dev = dev;
    tun->flags = tap ? IFF_TAP : IFF_TUN;
    tun->ifr = &ifr;
    tun->opener = tfile;
    tun_net_initialize(dev);
    const int err = register_netdevice(dev);
    if (err < 0) {
        free_netdev(dev);
        return err;
    }
    tun->ifr = nullptr;
    tun->opener = nullptr;
    tfile->tun = tun;
    netif_carrier_on(dev);
    return 0;
}

} // namespace

// Linux 6.1: drivers/net/tun.c. The kernel allocates tun_file from kmalloc; objects with constructors want a cache
// here.
int tun_init() {
    return proto_register(&tun_proto, 1);
}

// Linux 6.1: drivers/net/tun.c
file *tun_chr_open() {
    TRACE_FN();
    sock *sk = sk_alloc(get_current()->net_ns, AF_UNSPEC, GFP_KERNEL, &tun_proto, 0);
    if (!sk) return nullptr;
    auto *tfile = static_cast<tun_file *>(sk);
    init_waitqueue_head(&tfile->socket.wq.wait);
    tfile->socket.ops = &tun_socket_ops;
    sock_init_data_uid(&tfile->socket, tfile, get_current()->uid);
    tfile->sk_write_space = tun_sock_write_space;
    tfile->sk_sndbuf = INT_MAX;
    file *f = alloc_file_pseudo(&tun_fops, 0);
    f->private_data = tfile;
    tfile->socket.filp = f;
    return f;
}

// Linux 6.1: drivers/net/tun.c
int tun_set_iff(net *ns, file *f, const tun_request &ifr) {
    TRACE_FN();
    auto *tfile = static_cast<tun_file *>(f->private_data);
    if ((ifr.flags & (IFF_TUN | IFF_TAP)) == 0 || tfile->tun) return TRACE_RET(-EINVAL);
    const bool polled_tap = (ifr.flags & IFF_NAPI) != 0 && (ifr.flags & TUN_TYPE_MASK) == IFF_TAP;
    if ((ifr.flags & IFF_NAPI_FRAGS) != 0 && !polled_tap) return TRACE_RET(-EINVAL);
    net_device *dev = __dev_get_by_name(ns, ifr.name);
    if (!dev) return TRACE_RET(tun_create(ns, tfile, ifr));
    if ((ifr.flags & IFF_TUN_EXCL) != 0) return TRACE_RET(-EBUSY);
    const bool same_kind =
        (ifr.flags & IFF_TAP) != 0 ? dev->netdev_ops == &tap_netdev_ops : dev->netdev_ops == &tun_netdev_ops;
    if (!same_kind) return TRACE_RET(-EINVAL);
    auto *tun = netdev_priv<tun_struct>(dev);
    const int err = tun_attach(tun, tfile, ifr.flags, true);
    if (err < 0) return TRACE_RET(err);
    tun->flags = (tun->flags & ~TUN_FEATURES) | (ifr.flags & TUN_FEATURES);
    netif_carrier_on(dev);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
