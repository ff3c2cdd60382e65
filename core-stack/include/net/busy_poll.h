// SPDX-License-Identifier: GPL-2.0-or-later
// Busy polling: a process that waits for a packet polls the card's queue itself instead of sleeping until an interrupt
// wakes it. It knows which queue: the last packet told its socket. Linux 6.1: include/net/busy_poll.h
#pragma once

#include "linux/netdevice.h"
#include "net/sock.h"

namespace skbscope::stack {

inline constexpr unsigned NR_CPUS = 8192; // CONFIG_NR_CPUS of Debian's kernel
inline constexpr unsigned MIN_NAPI_ID = NR_CPUS + 1;
inline constexpr u16 BUSY_POLL_BUDGET = 8;

// True: what is waited for came, or it took too long.
using busy_loop_end_t = bool (*)(void *arg, unsigned long start_time);
// Polls the source of that id until `loop_end` says so (null: once). `budget`: packets a poll. An id that no source has
// is not waited for. Linux 6.1: net/core/dev.c
void napi_busy_loop(unsigned napi_id, busy_loop_end_t loop_end, void *loop_end_arg, bool prefer_busy_poll, u16 budget);
bool sk_busy_loop_end(void *p, unsigned long start_time); // p: the sock
// The kernel inlines it; net/core/dev_busy_poll.cpp has it.
void sk_busy_loop(sock *sk, bool nonblock);

[[nodiscard]] inline bool sk_can_busy_loop(const sock *sk) {
    return sk->sk_ll_usec != 0 && !signal_pending(get_current());
}
// In units of 1024 ns: nearly microseconds.
[[nodiscard]] inline unsigned long busy_loop_current_time() {
    return static_cast<unsigned long>(ktime_get()) >> 10;
}
[[nodiscard]] inline bool sk_busy_loop_timeout(const sock *sk, unsigned long start_time) {
    return sk->sk_ll_usec == 0 || time_after(busy_loop_current_time(), start_time + sk->sk_ll_usec);
}

// From the card to the packet, from the packet to the socket.
inline void skb_mark_napi_id(sk_buff *skb, const napi_struct *napi) {
    if (skb->napi_id < MIN_NAPI_ID) skb->napi_id = napi->napi_id;
}
inline void sk_mark_napi_id(sock *sk, const sk_buff *skb) {
    sk->sk_napi_id = skb->napi_id;
    sk_rx_queue_update(sk, skb);
}
inline void sk_mark_napi_id_set(sock *sk, const sk_buff *skb) {
    sk_mark_napi_id(sk, skb);
}
inline void sk_mark_napi_id_once(sock *sk, const sk_buff *skb) { // of sockets that are not connected
    if (sk->sk_napi_id == 0) sk->sk_napi_id = skb->napi_id;
}

} // namespace skbscope::stack
