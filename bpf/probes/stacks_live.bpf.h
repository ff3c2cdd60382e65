/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A live watch on tracepoints: which passings belong to the packets that the user wants? Without a filter (filtering())
 * all of it is dead code.
 */
#ifndef SKBSCOPE_STACKS_LIVE_BPF_H
#define SKBSCOPE_STACKS_LIVE_BPF_H

#include "filter.bpf.h"
#include "read_skb.bpf.h"

/* System calls of each task */
struct syscall_count {
    __u32 begun;
    __u32 seen;   /* the last one in which something was recorded */
    __u32 wanted; /* a live watch: the last one that handled a wanted packet itself */
    __u32 pad;
};
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 8192);
    __type(key, __u32);
    __type(value, struct syscall_count);
} syscalls SEC(".maps");

/* A passing of a tracepoint, as see() has it */
struct passing {
    struct sk_buff *skb;
    struct sock *sk;
    __u32 tracepoint;
    __u64 arg0, arg1;
    __u32 pid;
    __u8 context;
    bool stackless; /* nobody's call is to be inferred from it */
};

/* Sockets that were told of data while a wanted packet was handled: whoever reads there next has it. Where a packet is
 * copied and given back without any tracepoint, nothing else tells. */
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 1024);
    __type(key, __u64);
    __type(value, __u8);
} ready SEC(".maps");

static __always_inline bool handles_packet(const struct passing *p) {
    if (p->skb) return true;
    if (p->tracepoint == SKBSCOPE_TP_kmem_cache_free) return packet_followed(p->arg1);
    const __u64 sk = (__u64)p->sk;
    return p->tracepoint == SKBSCOPE_TP_sock_recv_length && sk && bpf_map_delete_elem(&ready, &sk) == 0;
}

static __always_inline bool softirq_wanted(struct skbscope_stack_cpu *cpu, const struct passing *p) {
    if (handles_packet(p)) cpu->wanted = cpu->recorded = cpu->softirq;
    if (cpu->wanted != cpu->softirq) return false;
    const __u64 sk = (__u64)p->sk;
    const __u8 yes = 1;
    if (p->tracepoint == SKBSCOPE_TP_sk_data_ready && sk) bpf_map_update_elem(&ready, &sk, &yes, BPF_ANY);
    return true;
}

/* A wanted packet is, and from there on what else the same system call or softirq passes; a softirq, which serves
 * everybody, until it has another packet. */
static __always_inline bool work_wanted(struct skbscope_stack_cpu *cpu, const struct passing *p) {
    if (is_self(p->context)) return false;
    if (p->skb && !packet_wanted(p->skb)) {
        if (p->context == SKBSCOPE_CTX_SOFTIRQ && cpu->wanted == cpu->softirq) cpu->wanted = cpu->softirq - 1;
        return false;
    }
    if (p->context == SKBSCOPE_CTX_SOFTIRQ) return softirq_wanted(cpu, p);
    struct syscall_count *count = bpf_map_lookup_elem(&syscalls, &p->pid);
    const bool packet = handles_packet(p);
    if (count && packet) count->wanted = count->begun;
    return packet || (count && count->wanted && count->wanted == count->begun);
}

/* The memory of a packet that was followed is handed out anew, whoever asked for it: it is another packet from here on.
 * On some ways a packet is given back without any tracepoint. */
static __always_inline bool live_wanted(struct skbscope_stack_cpu *cpu, struct passing *p) {
    if (work_wanted(cpu, p)) return true;
    p->stackless = p->tracepoint == SKBSCOPE_TP_kmem_cache_alloc && packet_followed(p->arg1);
    return p->stackless;
}

static __always_inline void forget(const struct passing *p) {
    const bool given_back = p->tracepoint == SKBSCOPE_TP_kfree_skb || p->tracepoint == SKBSCOPE_TP_consume_skb;
    if (given_back && p->skb) packet_gone((__u64)p->skb);
    const bool memory = p->tracepoint == SKBSCOPE_TP_kmem_cache_free || p->tracepoint == SKBSCOPE_TP_kmem_cache_alloc;
    if (memory) packet_gone(p->arg1);
}

#endif
