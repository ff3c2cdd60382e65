// SPDX-License-Identifier: GPL-2.0-or-later
// getsockopt(SOL_SOCKET, ...): what a socket can tell of itself. Linux 6.1: net/core/sock.c
//
// Left out, as their setters: BPF filters, time stamps, pacing, zero copy; and credentials of a peer. They answer
// -ENOPROTOOPT.
#include "net/busy_poll.h"
#include "net/sock.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"

#include <cstring>
#include <optional>

namespace skbscope::stack {

namespace {

int is_set(const sock *sk, sock_flags flag) {
    return sock_flag(sk, flag) ? 1 : 0;
}

// The options that only read a flag.
std::optional<int> flag_option(const sock *sk, int optname) {
    switch (optname) {
    case SO_DEBUG:
        return is_set(sk, SOCK_DBG);
    case SO_DONTROUTE:
        return is_set(sk, SOCK_LOCALROUTE);
    case SO_BROADCAST:
        return is_set(sk, SOCK_BROADCAST);
    case SO_KEEPALIVE:
        return is_set(sk, SOCK_KEEPOPEN);
    case SO_OOBINLINE:
        return is_set(sk, SOCK_URGINLINE);
    case SO_RXQ_OVFL:
        return is_set(sk, SOCK_RXQ_OVFL);
    case SO_NOFCS:
        return is_set(sk, SOCK_NOFCS);
    case SO_NO_CHECK:
        return sk->sk_no_check_tx;
    case SO_REUSEADDR:
        return sk->sk_reuse;
    case SO_REUSEPORT:
        return sk->sk_reuseport;
    case SO_PREFER_BUSY_POLL:
        return sk->sk_prefer_busy_poll;
    default:
        return std::nullopt;
    }
}

std::optional<int> number_option(sock *sk, int optname) {
    switch (optname) {
    case SO_TYPE:
        return sk->sk_type;
    case SO_PROTOCOL:
        return sk->sk_protocol;
    case SO_DOMAIN:
        return sk->sk_family;
    case SO_ERROR:
        return -sock_error(sk);
    case SO_SNDBUF:
        return sk->sk_sndbuf;
    case SO_RCVBUF:
        return sk->sk_rcvbuf;
    case SO_PRIORITY:
        return static_cast<int>(sk->sk_priority);
    case SO_RCVLOWAT:
        return sk->sk_rcvlowat;
    case SO_MARK:
        return static_cast<int>(sk->sk_mark);
    case SO_PEEK_OFF:
        return sk->sk_peek_off;
    case SO_INCOMING_CPU:
        return sk->sk_incoming_cpu;
    case SO_BINDTOIFINDEX:
        return sk->sk_bound_dev_if;
    case SO_BUSY_POLL:
        return static_cast<int>(sk->sk_ll_usec);
    case SO_INCOMING_NAPI_ID: // smaller ids stand for CPUs, and are nobody's business
        return static_cast<int>(sk->sk_napi_id < MIN_NAPI_ID ? 0 : sk->sk_napi_id);
    default:
        return std::nullopt;
    }
}

} // namespace

// Linux 6.1: net/core/sock.c
int sk_getsockopt(sock *sk, int, int optname, void *optval, int *optlen) {
    TRACE_FN();
    if (*optlen < 0) return TRACE_RET(-EINVAL);
    std::optional<int> value = flag_option(sk, optname);
    if (!value) value = number_option(sk, optname);
    if (!value) return TRACE_RET(-ENOPROTOOPT);
    *optlen = std::min(*optlen, static_cast<int>(sizeof(int)));
    std::memcpy(optval, &*value, static_cast<std::size_t>(*optlen));
    return TRACE_RET(0);
}

// Linux 6.1: net/core/sock.c
int sock_getsockopt(socket *sock, int level, int optname, void *optval, int *optlen) {
    TRACE_FN();
    return TRACE_RET(sk_getsockopt(sock->sk, level, optname, optval, optlen));
}

} // namespace skbscope::stack
