// SPDX-License-Identifier: GPL-2.0-or-later
// setsockopt(SOL_SOCKET, ...): what every kind of socket can be told. Linux 6.1: net/core/sock.c
//
// Left out: BPF filters, time stamps as control messages, pacing, zero copy; they answer -ENOPROTOOPT.
#include "net/inet_globals.h"
#include "net/sock.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"

#include <climits>
#include <cstring>

namespace skbscope::stack {

// A BPF program that sets options holds the lock already; the model has none. Linux 6.1: net/core/sock.c
void sockopt_lock_sock(sock *sk) {
    TRACE_FN();
    lock_sock(sk);
}

void sockopt_release_sock(sock *sk) {
    TRACE_FN();
    release_sock(sk);
}

namespace {

struct old_timeval {
    s64 tv_sec;
    s64 tv_usec;
};
inline constexpr s64 USEC_PER_SEC = 1'000'000;
inline constexpr unsigned IFNAMSIZ_OPT = 16;
// The least a buffer may be set to: two packets of minimal size. Linux 6.1: include/net/sock.h
inline constexpr int TCP_SKB_MIN_TRUESIZE = 2048 + SKB_DATA_ALIGN(SKB_STRUCT_SIZE);
inline constexpr int SOCK_MIN_SNDBUF = TCP_SKB_MIN_TRUESIZE * 2;
inline constexpr int SOCK_MIN_RCVBUF = TCP_SKB_MIN_TRUESIZE;

// Linux 6.1: net/core/sock.c
int sock_copy_user_timeval(old_timeval *tv, const void *optval, unsigned optlen) {
    TRACE_FN();
    if (optlen < sizeof(*tv)) return TRACE_RET(-EINVAL);
    std::memcpy(tv, optval, sizeof(*tv));
    return TRACE_RET(0);
}

// Whole jiffies, rounded up; 0 means for ever. Linux 6.1: net/core/sock.c
int sock_set_timeout(long *timeo_p, const void *optval, unsigned optlen) {
    TRACE_FN();
    old_timeval tv;
    const int err = sock_copy_user_timeval(&tv, optval, optlen);
    if (err != 0) return TRACE_RET(err);
    if (tv.tv_usec < 0 || tv.tv_usec >= USEC_PER_SEC) return TRACE_RET(-EDOM);
    if (tv.tv_sec < 0) {
        *timeo_p = 0;
        return TRACE_RET(0);
    }
    constexpr long hz = HZ;
    *timeo_p = MAX_SCHEDULE_TIMEOUT;
    if ((tv.tv_sec != 0 || tv.tv_usec != 0) && tv.tv_sec < MAX_SCHEDULE_TIMEOUT / hz - 1)
        *timeo_p = tv.tv_sec * hz + DIV_ROUND_UP(tv.tv_usec, USEC_PER_SEC / hz);
    return TRACE_RET(0);
}

// Doubled: the process counts payload, the kernel truesize. Linux 6.1: net/core/sock.c
void __sock_set_rcvbuf(sock *sk, int val) {
    TRACE_FN();
    val = std::min(val, INT_MAX / 2);
    sk->sk_userlocks |= SOCK_RCVBUF_LOCK;
    sk->sk_rcvbuf = std::max(val * 2, SOCK_MIN_RCVBUF);
}

void sock_set_sndbuf(sock *sk, int val) {
    val = std::min(val, INT_MAX / 2);
    sk->sk_userlocks |= SOCK_SNDBUF_LOCK;
    sk->sk_sndbuf = std::max(val * 2, SOCK_MIN_SNDBUF);
    sk->sk_write_space(sk); // there may be room now
}

// As the kernel compares: a negative value counts as huge.
int at_most(int val, int limit) {
    return static_cast<int>(std::min(static_cast<u32>(val), static_cast<u32>(limit)));
}

// Linux 6.1: net/core/sock.c
int sock_bindtoindex_locked(sock *sk, int ifindex) {
    TRACE_FN();
    if (ifindex < 0) return TRACE_RET(-EINVAL);
    sk->sk_bound_dev_if = ifindex;
    if (sk->sk_prot->rehash) sk->sk_prot->rehash(sk);
    sk_dst_reset(sk);
    return TRACE_RET(0);
}

// An empty name unbinds. Linux 6.1: net/core/sock.c
int sock_setbindtodevice(sock *sk, const void *optval, unsigned optlen) {
    TRACE_FN();
    char devname[IFNAMSIZ_OPT] = {};
    std::memcpy(devname, optval, std::min(optlen, IFNAMSIZ_OPT - 1));
    int index = 0;
    if (devname[0] != '\0') {
        const net_device *dev = dev_get_by_name_rcu(sock_net(sk), devname);
        if (!dev) return TRACE_RET(-ENODEV);
        index = dev->ifindex;
    }
    sockopt_lock_sock(sk);
    const int ret = sock_bindtoindex_locked(sk, index);
    sockopt_release_sock(sk);
    return TRACE_RET(ret);
}

int sock_set_linger(sock *sk, const void *optval, unsigned optlen) {
    struct {
        int l_onoff;
        int l_linger; // seconds
    } ling;
    if (optlen < sizeof(ling)) return -EINVAL;
    std::memcpy(&ling, optval, sizeof(ling));
    sock_valbool_flag(sk, SOCK_LINGER, ling.l_onoff != 0);
    if (ling.l_onoff != 0) sk->sk_lingertime = static_cast<unsigned long>(static_cast<unsigned>(ling.l_linger)) * HZ;
    return 0;
}

// The options that only set a flag.
bool set_flag_option(sock *sk, int optname, bool valbool) {
    switch (optname) {
    case SO_DEBUG:
        sock_valbool_flag(sk, SOCK_DBG, valbool);
        return true;
    case SO_BROADCAST:
        sock_valbool_flag(sk, SOCK_BROADCAST, valbool);
        return true;
    case SO_KEEPALIVE:
        sock_valbool_flag(sk, SOCK_KEEPOPEN, valbool);
        return true;
    case SO_OOBINLINE:
        sock_valbool_flag(sk, SOCK_URGINLINE, valbool);
        return true;
    case SO_RXQ_OVFL:
        sock_valbool_flag(sk, SOCK_RXQ_OVFL, valbool);
        return true;
    case SO_NOFCS:
        sock_valbool_flag(sk, SOCK_NOFCS, valbool);
        return true;
    case SO_NO_CHECK:
        sk->sk_no_check_tx = valbool;
        return true;
    case SO_REUSEADDR:
        sk->sk_reuse = valbool ? SK_CAN_REUSE : SK_NO_REUSE;
        return true;
    case SO_BSDCOMPAT:
        return true;
    default:
        return false;
    }
}

// Everybody may: there is no CAP_NET_ADMIN to ask for.
int set_busy_poll(sock *sk, int optname, int val) {
    if (optname == SO_PREFER_BUSY_POLL) {
        sk->sk_prefer_busy_poll = val != 0;
        return 0;
    }
    if (val < 0 || (optname == SO_BUSY_POLL_BUDGET && val > USHRT_MAX)) return -EINVAL;
    if (optname == SO_BUSY_POLL)
        sk->sk_ll_usec = static_cast<unsigned>(val);
    else
        sk->sk_busy_poll_budget = static_cast<u16>(val);
    return 0;
}

} // namespace

// Linux 6.1: net/core/sock.c
int sk_setsockopt(sock *sk, int, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    if (optname == SO_BINDTODEVICE) return TRACE_RET(sock_setbindtodevice(sk, optval, optlen));
    int val = 0;
    if (optlen < sizeof(val)) return TRACE_RET(-EINVAL);
    std::memcpy(&val, optval, sizeof(val));
    const bool valbool = val != 0;
    const inet_globals &g = inet_global();

    sockopt_lock_sock(sk);
    int ret = 0;
    if (!set_flag_option(sk, optname, valbool)) {
        switch (optname) {
        case SO_REUSEPORT:
            if (valbool && sk->sk_family != AF_INET)
                ret = -EOPNOTSUPP;
            else
                sk->sk_reuseport = valbool;
            break;
        case SO_DONTROUTE:
            sock_valbool_flag(sk, SOCK_LOCALROUTE, valbool);
            sk_dst_reset(sk);
            break;
        case SO_SNDBUF:
            sock_set_sndbuf(sk, at_most(val, g.sysctl_wmem_max));
            break;
        case SO_SNDBUFFORCE:
            sock_set_sndbuf(sk, std::max(val, 0));
            break;
        case SO_RCVBUF:
            __sock_set_rcvbuf(sk, at_most(val, g.sysctl_rmem_max));
            break;
        case SO_RCVBUFFORCE:
            __sock_set_rcvbuf(sk, std::max(val, 0));
            break;
        case SO_PRIORITY:
            sk->sk_priority = static_cast<u32>(val);
            break;
        case SO_LINGER:
            ret = sock_set_linger(sk, optval, optlen);
            break;
        case SO_RCVLOWAT:
            sk->sk_rcvlowat = val < 0 ? INT_MAX : std::max(val, 1);
            break;
        case SO_RCVTIMEO_OLD:
            ret = sock_set_timeout(&sk->sk_rcvtimeo, optval, optlen);
            break;
        case SO_SNDTIMEO_OLD:
            ret = sock_set_timeout(&sk->sk_sndtimeo, optval, optlen);
            break;
        case SO_MARK:
            sk->sk_mark = static_cast<u32>(val);
            sk_dst_reset(sk); // the mark may choose another route
            break;
        case SO_PEEK_OFF:
            sk->sk_peek_off = val;
            break;
        case SO_INCOMING_CPU:
            sk->sk_incoming_cpu = val;
            break;
        case SO_BUSY_POLL:
        case SO_PREFER_BUSY_POLL:
        case SO_BUSY_POLL_BUDGET:
            ret = set_busy_poll(sk, optname, val);
            break;
        case SO_BINDTOIFINDEX:
            ret = sock_bindtoindex_locked(sk, val);
            break;
        default:
            ret = -ENOPROTOOPT;
            break;
        }
    }
    sockopt_release_sock(sk);
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/sock.c
int sock_setsockopt(socket *sock, int level, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    return TRACE_RET(sk_setsockopt(sock->sk, level, optname, optval, optlen));
}

// Linux 6.1: net/core/sock.c
int sock_common_setsockopt(socket *sock, int level, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    return TRACE_RET(sk->sk_prot->setsockopt(sk, level, optname, optval, optlen));
}

// Linux 6.1: net/core/sock.c
int sock_common_recvmsg(socket *sock, msghdr *msg, std::size_t size, int flags) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    int addr_len = 0;
    const int err = sk->sk_prot->recvmsg(sk, msg, size, flags, &addr_len);
    if (err >= 0) msg->msg_namelen = addr_len;
    return TRACE_RET(err);
}

// What a kind of socket cannot do.
int sock_no_bind(socket *, sockaddr *, int) {
    return -EOPNOTSUPP;
}
int sock_no_connect(socket *, sockaddr *, int, int) {
    return -EOPNOTSUPP;
}
int sock_no_listen(socket *, int) {
    return -EOPNOTSUPP;
}
int sock_no_accept(socket *, socket *, int, bool) {
    return -EOPNOTSUPP;
}
int sock_no_shutdown(socket *, int) {
    return -EOPNOTSUPP;
}

// Linux 6.1: net/core/sock.c; protocols that tell nothing in the model answer as for an unknown option
int sock_common_getsockopt(socket *sock, int level, int optname, void *optval, int *optlen) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    if (!sk->sk_prot->getsockopt) return TRACE_RET(-ENOPROTOOPT);
    return TRACE_RET(sk->sk_prot->getsockopt(sk, level, optname, optval, optlen));
}

} // namespace skbscope::stack
