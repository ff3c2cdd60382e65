// SPDX-License-Identifier: GPL-2.0-or-later
// What a UDP socket can be told and asked, for good (setsockopt, getsockopt) or for one send (control messages).
// Linux 6.1: net/ipv4/udp.c
//
// Left out: UDP-Lite, encapsulation sockets.
#include "net/udp.h"

#include "linux/cmsg.h"
#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/inet_common.h"
#include "net/inet_globals.h"

#include <algorithm>
#include <climits>
#include <cstring>

namespace skbscope::stack {

namespace {

// GRO must look sockets up from now on, as long as this one lives. Linux 6.1: include/net/udp_tunnel.h
void udp_tunnel_encap_enable(sock *sk) {
    TRACE_FN();
    if (udp_test_bit(UDP_FLAGS_ENCAP_ENABLED, sk)) return;
    udp_assign_bit(UDP_FLAGS_ENCAP_ENABLED, sk, true);
    ++inet_global().udp_encap_needed;
}

} // namespace

// Linux 6.1: net/ipv4/udp.c
int udp_lib_setsockopt(sock *sk, int, int optname, const void *optval, unsigned optlen,
                       int (*push_pending_frames)(sock *sk)) {
    TRACE_FN();
    int val = 0;
    if (optlen < sizeof(val)) return TRACE_RET(-EINVAL);
    std::memcpy(&val, optval, sizeof(val));
    switch (optname) {
    case UDP_CORK:
        udp_assign_bit(UDP_FLAGS_CORK, sk, val != 0);
        if (val == 0) {
            lock_sock(sk);
            push_pending_frames(sk);
            release_sock(sk);
        }
        return TRACE_RET(0);
    case UDP_NO_CHECK6_TX:
        udp_assign_bit(UDP_FLAGS_NO_CHECK6_TX, sk, val != 0);
        return TRACE_RET(0);
    case UDP_NO_CHECK6_RX:
        udp_assign_bit(UDP_FLAGS_NO_CHECK6_RX, sk, val != 0);
        return TRACE_RET(0);
    case UDP_SEGMENT: // payload of a datagram; 0: a send is one datagram
        if (val < 0 || val > USHRT_MAX) return TRACE_RET(-EINVAL);
        udp_sk(sk)->gso_size = static_cast<u16>(val);
        return TRACE_RET(0);
    case UDP_GRO:
        if (val != 0) udp_tunnel_encap_enable(sk);
        udp_assign_bit(UDP_FLAGS_GRO_ENABLED, sk, val != 0);
        udp_assign_bit(UDP_FLAGS_ACCEPT_L4, sk, val != 0);
        return TRACE_RET(0);
    default:
        return TRACE_RET(-ENOPROTOOPT);
    }
}

// Linux 6.1: net/ipv4/udp.c
int udp_setsockopt(sock *sk, int level, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    if (level == SOL_UDP)
        return TRACE_RET(udp_lib_setsockopt(sk, level, optname, optval, optlen, udp_push_pending_frames));
    return TRACE_RET(ip_setsockopt(sk, level, optname, optval, optlen));
}

// Linux 6.1: net/ipv4/udp.c
int udp_lib_getsockopt(sock *sk, int, int optname, void *optval, int *optlen) {
    TRACE_FN();
    if (*optlen < 0) return TRACE_RET(-EINVAL);
    int val = 0;
    switch (optname) {
    case UDP_CORK:
        val = udp_test_bit(UDP_FLAGS_CORK, sk);
        break;
    case UDP_ENCAP:
        val = udp_sk(sk)->encap_type;
        break;
    case UDP_NO_CHECK6_TX:
        val = udp_test_bit(UDP_FLAGS_NO_CHECK6_TX, sk);
        break;
    case UDP_NO_CHECK6_RX:
        val = udp_test_bit(UDP_FLAGS_NO_CHECK6_RX, sk);
        break;
    case UDP_SEGMENT:
        val = udp_sk(sk)->gso_size;
        break;
    case UDP_GRO:
        val = udp_test_bit(UDP_FLAGS_GRO_ENABLED, sk);
        break;
    default:
        return TRACE_RET(-ENOPROTOOPT);
    }
    *optlen = std::min(*optlen, int{sizeof(val)});
    std::memcpy(optval, &val, static_cast<std::size_t>(*optlen));
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/udp.c; the options of IP cannot be asked for in the model
int udp_getsockopt(sock *sk, int level, int optname, void *optval, int *optlen) {
    TRACE_FN();
    if (level == SOL_UDP) return TRACE_RET(udp_lib_getsockopt(sk, level, optname, optval, optlen));
    return TRACE_RET(-ENOPROTOOPT);
}

// --- control messages of one send -----------------------------------------------------------------------------------

namespace {

// Linux 6.1: net/ipv4/udp.c
int __udp_cmsg_send(const cmsghdr *cmsg, u16 *gso_size) {
    TRACE_FN();
    if (cmsg->cmsg_type != UDP_SEGMENT || cmsg->cmsg_len != CMSG_LEN(sizeof(*gso_size))) return TRACE_RET(-EINVAL);
    std::memcpy(gso_size, CMSG_DATA(cmsg), sizeof(*gso_size));
    return TRACE_RET(0);
}

} // namespace

// Linux 6.1: net/ipv4/udp.c
int udp_cmsg_send(sock *, msghdr *msg, u16 *gso_size) {
    TRACE_FN();
    bool need_ip = false;
    for (const cmsghdr *cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = CMSG_NXTHDR(msg, cmsg)) {
        if (!CMSG_OK(msg, cmsg)) return TRACE_RET(-EINVAL);
        if (cmsg->cmsg_level != SOL_UDP) {
            need_ip = true;
            continue;
        }
        if (const int err = __udp_cmsg_send(cmsg, gso_size)) return TRACE_RET(err);
    }
    return TRACE_RET(int{need_ip});
}

} // namespace skbscope::stack
