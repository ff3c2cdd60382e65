// SPDX-License-Identifier: GPL-2.0-or-later
// What bound sockets of every transport share: local port ranges, and whether two bindings clash.
// Linux 6.1: net/ipv4/inet_connection_sock.c
#include "net/inet_hashtables.h"

#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/net_namespace.h"

namespace skbscope::stack {

// Linux 6.1: net/ipv4/inet_connection_sock.c
void inet_get_local_port_range(const net *ns, int *low, int *high) {
    TRACE_FN();
    *low = ns->ipv4.ip_local_ports.range[0];
    *high = ns->ipv4.ip_local_ports.range[1];
}

// The namespace's range, narrowed by the socket's. Linux 6.1: net/ipv4/inet_connection_sock.c
void inet_sk_get_local_port_range(const sock *sk, int *low, int *high) {
    TRACE_FN();
    inet_get_local_port_range(sock_net(sk), low, high);
    const int lo = inet_sk(sk)->local_port_range.lo;
    const int hi = inet_sk(sk)->local_port_range.hi;
    if (*low <= lo && lo <= *high) *low = lo;
    if (*low <= hi && hi <= *high) *high = hi;
}

// net.ipv4.ip_local_reserved_ports: never given out by chance. Linux 6.1: include/net/ip.h
bool inet_is_local_reserved_port(net *ns, u16 port) {
    const std::vector<bool> &reserved = ns->ipv4.sysctl_local_reserved_ports;
    return port < reserved.size() && reserved[port];
}

// match_wildcard: a socket bound to every address equals all. Linux 6.1: net/ipv4/inet_connection_sock.c
bool inet_rcv_saddr_equal(const sock *sk, const sock *sk2, bool match_wildcard) {
    TRACE_FN();
    if (sk2->sk_ipv6only) return TRACE_RET(false);
    if (sk->sk_rcv_saddr == sk2->sk_rcv_saddr) return TRACE_RET(true);
    return TRACE_RET(match_wildcard && (!sk->sk_rcv_saddr || !sk2->sk_rcv_saddr));
}

bool inet_rcv_saddr_any(const sock *sk) {
    TRACE_FN();
    return TRACE_RET(!sk->sk_rcv_saddr);
}

} // namespace skbscope::stack
