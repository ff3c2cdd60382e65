/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tracepoints that the last rung of the ladder stands on: X(name, sk_buff argument, socket argument, second
 * number, where, facts). Arguments are counted from 0, -1: has none that is safe to look into. `where` is the function
 * that holds the tracepoint in 6.1's source, "" for several. The same list makes the programs (stacks.bpf.c) and tells
 * what a record of one proves (bpf/tracepoints.h). It includes nothing and may be included anywhere.
 */
#ifndef SKBSCOPE_BPF_TRACEPOINT_LIST_H
#define SKBSCOPE_BPF_TRACEPOINT_LIST_H

/* Facts. They hold for `where`, or what it is called in this kernel (trace/renames.h). */
#define SKBSCOPE_TP_FIRST 1     /* nothing of the sk_buff changes between the function's entry and it */
#define SKBSCOPE_TP_ONCE 2      /* a call passes it at most once: seen again, it is another call */
#define SKBSCOPE_TP_LAST 4      /* the function does nothing after it but return */
#define SKBSCOPE_TP_RETURNS 8   /* its argument 0 is what the function returns */
#define SKBSCOPE_TP_ALWAYS 16   /* every call passes it */
#define SKBSCOPE_TP_GIVES_UP 32 /* its sk_buff is given back right after: the last user let go */

#define SKBSCOPE_TRACEPOINTS(X)                                                                                        \
    X(net_dev_queue, 0, -1, -1, "__dev_queue_xmit", SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                             \
    X(net_dev_start_xmit, 0, -1, -1, "dev_hard_start_xmit", SKBSCOPE_TP_ALWAYS)                                        \
    X(net_dev_xmit, -1, -1, 1, "dev_hard_start_xmit", SKBSCOPE_TP_ALWAYS)                                              \
    X(netif_rx_entry, 0, -1, -1, "", SKBSCOPE_TP_FIRST | SKBSCOPE_TP_ONCE)                                             \
    X(netif_rx, 0, -1, -1, "netif_rx_internal", SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                                 \
    X(netif_rx_exit, -1, -1, -1, "", SKBSCOPE_TP_ONCE)                                                                 \
    X(netif_receive_skb_entry, 0, -1, -1, "netif_receive_skb",                                                         \
      SKBSCOPE_TP_FIRST | SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                                                       \
    X(netif_receive_skb_exit, -1, -1, -1, "netif_receive_skb", SKBSCOPE_TP_LAST | SKBSCOPE_TP_RETURNS)                 \
    X(netif_receive_skb_list_entry, 0, -1, -1, "netif_receive_skb_list", 0)                                            \
    X(netif_receive_skb_list_exit, -1, -1, -1, "netif_receive_skb_list", SKBSCOPE_TP_LAST)                             \
    X(netif_receive_skb, 0, -1, -1, "__netif_receive_skb_core",                                                        \
      SKBSCOPE_TP_FIRST | SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                                                       \
    X(napi_gro_receive_entry, 0, -1, -1, "napi_gro_receive",                                                           \
      SKBSCOPE_TP_FIRST | SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                                                       \
    X(napi_gro_receive_exit, -1, -1, -1, "napi_gro_receive", SKBSCOPE_TP_LAST | SKBSCOPE_TP_RETURNS)                   \
    X(napi_gro_frags_entry, 0, -1, -1, "napi_gro_frags", SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                        \
    X(napi_gro_frags_exit, -1, -1, -1, "napi_gro_frags", SKBSCOPE_TP_LAST | SKBSCOPE_TP_RETURNS)                       \
    X(napi_poll, -1, -1, -1, "", 0)                                                                                    \
    X(kfree_skb, 0, -1, 2, "", SKBSCOPE_TP_GIVES_UP)                                                                   \
    X(consume_skb, 0, -1, -1, "", SKBSCOPE_TP_GIVES_UP)                                                                \
    X(skb_copy_datagram_iovec, 0, -1, -1, "skb_copy_datagram_iter",                                                    \
      SKBSCOPE_TP_FIRST | SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                                                       \
    X(sock_rcvqueue_full, 1, 0, -1, "__sock_queue_rcv_skb", 0)                                                         \
    X(sock_exceed_buf_limit, -1, 0, -1, "__sk_mem_raise_allocated", 0)                                                 \
    X(sock_send_length, -1, 0, -1, "", 0)                                                                              \
    X(sock_recv_length, -1, 0, -1, "", 0)                                                                              \
    X(sk_data_ready, -1, 0, -1, "", 0)                                                                                 \
    X(inet_sock_set_state, -1, 0, 2, "", 0)                                                                            \
    X(inet_sk_error_report, -1, 0, -1, "sk_error_report", 0)                                                           \
    X(icmp_send, 0, -1, -1, "__icmp_send", 0)                                                                          \
    X(udp_fail_queue_rcv_skb, -1, 1, -1, "__udp_queue_rcv_skb", 0)                                                     \
    X(tcp_retransmit_skb, 1, 0, -1, "__tcp_retransmit_skb", 0)                                                         \
    X(tcp_send_reset, 1, 0, -1, "", 0)                                                                                 \
    X(tcp_receive_reset, -1, 0, -1, "tcp_reset", SKBSCOPE_TP_ALWAYS)                                                   \
    X(tcp_destroy_sock, -1, 0, -1, "tcp_v4_destroy_sock", SKBSCOPE_TP_ALWAYS)                                          \
    X(tcp_rcv_space_adjust, -1, 0, -1, "tcp_rcv_space_adjust", SKBSCOPE_TP_ALWAYS)                                     \
    X(tcp_retransmit_synack, -1, 0, -1, "tcp_rtx_synack", 0)                                                           \
    X(tcp_probe, 1, 0, -1, "tcp_rcv_established", SKBSCOPE_TP_FIRST | SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)           \
    X(tcp_bad_csum, 0, -1, -1, "", 0)                                                                                  \
    X(tcp_cong_state_set, -1, 0, -1, "tcp_set_ca_state", SKBSCOPE_TP_ALWAYS)                                           \
    X(tcp_sendmsg_locked, -1, 0, -1, "tcp_sendmsg_locked", 0)                                                          \
    X(tcp_rcvbuf_grow, -1, 0, -1, "", 0)                                                                               \
    X(fib_table_lookup, -1, -1, -1, "fib_table_lookup", SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                         \
    X(neigh_create, -1, -1, -1, "___neigh_create", 0)                                                                  \
    X(neigh_update, -1, -1, -1, "__neigh_update", SKBSCOPE_TP_ONCE | SKBSCOPE_TP_ALWAYS)                               \
    X(neigh_update_done, -1, -1, -1, "__neigh_update", SKBSCOPE_TP_ONCE)                                               \
    X(neigh_timer_handler, -1, -1, -1, "neigh_timer_handler", SKBSCOPE_TP_ONCE)                                        \
    X(neigh_event_send_done, -1, -1, -1, "__neigh_event_send", SKBSCOPE_TP_ONCE)                                       \
    X(neigh_event_send_dead, -1, -1, -1, "__neigh_event_send", SKBSCOPE_TP_ONCE)                                       \
    X(neigh_cleanup_and_release, -1, -1, -1, "neigh_cleanup_and_release", 0)                                           \
    X(qdisc_enqueue, 2, -1, -1, "__dev_queue_xmit", 0)                                                                 \
    X(qdisc_dequeue, 3, -1, -1, "__qdisc_run", 0)                                                                      \
    X(softirq_raise, -1, -1, -1, "", 0)                                                                                \
    X(sched_waking, -1, -1, -1, "", 0)                                                                                 \
    X(sched_switch, -1, -1, -1, "", 0)                                                                                 \
    X(kmem_cache_alloc, -1, -1, 1, "", 0)                                                                              \
    X(kmem_cache_free, -1, -1, 1, "", 0)                                                                               \
    X(kmalloc, -1, -1, 1, "", 0)                                                                                       \
    X(kfree, -1, -1, 1, "", 0)

/* Counted and recorded apart: they say where one piece of work ends and the next begins. */
#define SKBSCOPE_BORDERS(X)                                                                                            \
    X(sys_enter)                                                                                                       \
    X(sys_exit)                                                                                                        \
    X(softirq_entry)                                                                                                   \
    X(softirq_exit)                                                                                                    \
    X(irq_handler_entry)

#define SKBSCOPE_TP_ENUM(name, ...) SKBSCOPE_TP_##name,
enum skbscope_tracepoint {
    SKBSCOPE_TRACEPOINTS(SKBSCOPE_TP_ENUM) SKBSCOPE_BORDERS(SKBSCOPE_TP_ENUM) SKBSCOPE_TP_MARK,
};
#undef SKBSCOPE_TP_ENUM

#endif
