// SPDX-License-Identifier: GPL-2.0-or-later
// Shared by the files of net/packet. Linux 6.1: net/packet/internal.h
#pragma once

#include "linux/if_packet.h"
#include "net/sock.h"

namespace skbscope::stack {

struct packet_sock : sock {
    spinlock_t bind_lock;
    bool running = false;             // prot_hook is registered
    int ifindex = 0;                  // bound device; 0 = any, -1 = it went away
    be16 num;                         // protocol, 0 = none
    net_device *cached_dev = nullptr; // what send() without an address uses
    u32 tp_packets = 0;
    atomic_t tp_drops;
    packet_type prot_hook;
};
[[nodiscard]] inline packet_sock *pkt_sk(sock *sk) {
    return static_cast<packet_sock *>(sk);
}

// What a queued packet keeps in cb for its reader.
struct packet_skb_cb {
    u32 origlen; // before it was cut
    sockaddr_ll ll;
};
[[nodiscard]] inline packet_skb_cb *PACKET_SKB_CB(sk_buff *skb) {
    return SKB_CB<packet_skb_cb>(skb);
}

int packet_rcv(sk_buff *skb, net_device *dev, packet_type *pt, net_device *orig_dev);
int packet_recvmsg(socket *sock, msghdr *msg, std::size_t len, int flags);
int packet_sendmsg(socket *sock, msghdr *msg, std::size_t len);

} // namespace skbscope::stack
