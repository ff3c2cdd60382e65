// SPDX-License-Identifier: GPL-2.0-or-later
// The dispatch table from an IP protocol number to its handler, and from a socket() call to its protocol.
// Linux 6.1: include/net/protocol.h
#pragma once

#include "linux/netdev_features.h"
#include "linux/skbuff.h"
#include "net/sock.h"

namespace skbscope::stack {

inline constexpr int MAX_INET_PROTOS = 256;

struct net_protocol {
    int (*handler)(sk_buff *skb) = nullptr; // < 0: deliver again as protocol -ret
    int (*err_handler)(sk_buff *skb, u32 info) = nullptr;
    bool no_policy = false;
    bool icmp_strict_tag_validation = false;
};

// What a transport does with packets that may be merged, and with one that must be cut up. gro_receive returns the held
// packet that must go on now, or null.
struct net_offload {
    sk_buff *(*gso_segment)(sk_buff *skb, netdev_features_t features) = nullptr; // as packet_offload's
    sk_buff *(*gro_receive)(list_head *head, sk_buff *skb) = nullptr;
    int (*gro_complete)(sk_buff *skb, int nhoff) = nullptr;
};

enum : u8 { INET_PROTOSW_REUSE = 1, INET_PROTOSW_PERMANENT = 2, INET_PROTOSW_ICSK = 4 };
struct inet_protosw {
    u16 type = 0;     // SOCK_DGRAM, ...
    u16 protocol = 0; // IPPROTO_UDP, ...; IPPROTO_IP = any
    const proto *prot = nullptr;
    const proto_ops *ops = nullptr;
    u8 flags = 0;
};

// The current machine's handler, or null.
[[nodiscard]] const net_protocol *inet_protos(u8 protocol);
int inet_add_protocol(const net_protocol *prot, u8 protocol);
int inet_del_protocol(const net_protocol *prot, u8 protocol);
int inet_add_offload(const net_offload *offload, u8 protocol);
void inet_register_protosw(const inet_protosw *p);

} // namespace skbscope::stack
