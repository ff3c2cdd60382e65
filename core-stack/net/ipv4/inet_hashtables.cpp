// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/ipv4/inet_hashtables.c
#include "net/inet_hashtables.h"

#include "linux/jhash.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

u32 __inet_ehashfn(be32 laddr, u16 lport, be32 faddr, be16 fport, u32 initval) {
    return jhash_3words(laddr.raw, faddr.raw, u32{lport} << 16 | fport.raw, initval);
}

// Linux 6.1: net/ipv4/inet_hashtables.c
sock *inet_lookup_reuseport(net *ns, sock *sk, sk_buff *skb, int doff, be32 saddr, be16 sport, be32 daddr, u16 hnum,
                            u32 (*ehashfn)(const net *ns, be32 laddr, u16 lport, be32 faddr, be16 fport)) {
    TRACE_FN(skb);
    if (!sk->sk_reuseport) return nullptr;
    return reuseport_select_sock(sk, ehashfn(ns, daddr, hnum, saddr, sport), skb, doff);
}

} // namespace skbscope::stack
