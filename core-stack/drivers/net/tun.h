// SPDX-License-Identifier: GPL-2.0-or-later
// tun/tap: a network device whose wire is a file. What the stack sends waits in tx_ring until a process reads it; what
// a process writes arrives as if a cable had brought it. Linux 6.1: drivers/net/tun.c
//
//     stack -> tun_net_xmit() -> tx_ring -> read(2)
//     write(2) -> tun_get_user() -> netif_receive_skb(), or NAPI with IFF_NAPI -> stack
//
// With IFF_NAPI_FRAGS a write is a poll: NAPI's own packet takes the frame, GRO gets it at once.
//
// Not modelled: XDP and eBPF programs on the device, flow steering over several queues, the zero-copy path of vhost.
// docs/not-modelled.md
#pragma once

#include "linux/fs.h"
#include "linux/mutex.h"
#include "linux/netdevice.h"
#include "net/sock.h"

#include <deque>
#include <string_view>

namespace skbscope::stack {

inline constexpr unsigned IFF_TUN = 0x0001, IFF_TAP = 0x0002, IFF_NAPI = 0x0010, IFF_NAPI_FRAGS = 0x0020,
                          IFF_TUN_EXCL = 0x8000, IFF_NO_PI = 0x1000, TUN_TYPE_MASK = 0x000f;

// What TUNSETIFF takes.
struct tun_request {
    std::string_view name; // empty: "tap%d" or "tun%d"
    unsigned flags = 0;    // IFF_TUN or IFF_TAP, with IFF_NO_PI, IFF_NAPI, IFF_NAPI_FRAGS
};

struct tun_struct;

// One open descriptor of /dev/net/tun: a queue of the device, and a sock that accounts what is written into it.
struct tun_file : sock {
    struct socket socket;
    tun_struct *tun = nullptr;
    u16 queue_index = 0;
    bool napi_enabled = false;
    bool napi_frags_enabled = false;
    mutex napi_mutex; // one write at a time fills NAPI's packet
    napi_struct napi;
    std::deque<sk_buff *> tx_ring; // at most tx_queue_len: ptr_ring in the kernel
    unsigned tx_ring_size = 0;
    u32 trace_queue = 0;
};

struct tun_struct {            // netdev_priv() of the device
    tun_file *tfile = nullptr; // tfiles[0]: one queue
    unsigned numqueues = 0;
    unsigned flags = 0;
    net_device *dev = nullptr;
    unsigned align = NET_SKB_PAD;
    const tun_request *ifr = nullptr; // while it is registered
    tun_file *opener = nullptr;       // while it is registered
};

int tun_init();
[[nodiscard]] file *tun_chr_open();                        // null: no memory
int tun_set_iff(net *ns, file *f, const tun_request &ifr); // TUNSETIFF: 0 or a negative errno
// drivers/net/tun_xmit.cpp
netdev_tx_t tun_net_xmit(sk_buff *skb, net_device *dev);
ssize_t tun_do_read(tun_struct *tun, tun_file *tfile, iov_iter *to, bool noblock);
void tun_queue_purge(tun_file *tfile);
// drivers/net/tun_rx.cpp
ssize_t tun_get_user(tun_struct *tun, tun_file *tfile, iov_iter *from, bool noblock, bool more);
int tun_napi_poll(napi_struct *napi, int budget);
// drivers/net/tun_frags.cpp: with napi_mutex held
[[nodiscard]] sk_buff *tun_napi_alloc_frags(tun_file *tfile, std::size_t len, const iov_iter *it); // or an ERR_PTR()
[[nodiscard]] int tun_napi_gro_frags(tun_struct *tun, tun_file *tfile, sk_buff *skb);              // 0, -ENOMEM, -EBUSY

} // namespace skbscope::stack
