// SPDX-License-Identifier: GPL-2.0-or-later
// ICMP: errors for packets that cannot go on, echo, and what an error means to a socket.
// Linux 6.1: include/net/icmp.h
#pragma once

#include "linux/icmp.h"
#include "net/ip.h"

namespace skbscope::stack {

// What ICMP_DEST_UNREACH of a code does to a socket. (struct icmp_err in the kernel; C++ leaves the name to the
// function.)
struct icmp_error {
    int error; // positive errno
    bool fatal;
};
extern const icmp_error icmp_err_convert[NR_ICMP_UNREACH + 1];

// `skb_in` is the packet that failed, and stays the caller's. `info`: gateway, MTU << 0, ... as the type wants it.
void __icmp_send(sk_buff *skb_in, int type, int code, be32 info, const ip_options *opt);
inline void icmp_send(sk_buff *skb_in, int type, int code, be32 info) {
    __icmp_send(skb_in, type, code, info, &IPCB(skb_in)->opt);
}
int icmp_rcv(sk_buff *skb);
int icmp_err(sk_buff *skb, u32 info); // what an ICMP error means to an ICMP packet of ours
int icmp_init();
void icmp_out_count(net *ns, u8 type);
inline void ICMP_INC_STATS(net *ns, unsigned field) {
    ++ns->mib.icmp_statistics.mibs[field];
}
[[nodiscard]] bool icmp_global_allow(net *ns);
void icmp_global_consume(net *ns);

} // namespace skbscope::stack
