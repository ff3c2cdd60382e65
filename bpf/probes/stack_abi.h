/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tracepoint programs hand over: the record of a probe (probe_abi.h), with the kernel stack in front of it and
 * the numbers that tell one piece of work from the next. raw.event.kind is 0 but for marks of the run: what the
 * record amounts to, bpf/infer.h says. raw.arg[0] is the tracepoint's first argument as a number, raw.arg[1] a second
 * one where it means something (kfree_skb: the reason; kmem_cache_alloc, kmem_cache_free: the object).
 */
#ifndef SKBSCOPE_BPF_STACK_ABI_H
#define SKBSCOPE_BPF_STACK_ABI_H

#include "probe_abi.h"
#include "tracepoint_list.h"

#define SKBSCOPE_STACK_FRAMES 64
#define SKBSCOPE_STACK_RING_BYTES (32u << 20)
#define SKBSCOPE_STACK_NETS 32

struct skbscope_stack {
    __u32 tracepoint; /* enum skbscope_tracepoint */
    __u32 frames;     /* valid in frame[]; 0: the kernel gave none */
    __u32 syscall;    /* how many this task began, modulo 2^32; 0: not counted */
    __u32 softirq;    /* how many softirq vectors this CPU began to serve */
    __u32 hardirq;    /* how many interrupt handlers this CPU began to run */
    __u32 pad;
    char comm[16];                      /* what the task is called now: it may be gone when the record is read */
    __u64 frame[SKBSCOPE_STACK_FRAMES]; /* return addresses, innermost first */
};

struct skbscope_stack_call {
    struct skbscope_stack stack;
    struct skbscope_raw raw;
};

struct skbscope_stack_skb {
    struct skbscope_stack stack;
    struct skbscope_raw_skb skb;
};

/* A CPU's own, a cache line each */
struct skbscope_stack_cpu {
    __u32 seq;
    __u32 lost;    /* records that found the ring full; each took a seq */
    __u32 softirq; /* see struct skbscope_stack */
    __u32 hardirq;
    __u32 wanted; /* the softirq in which a wanted packet was seen last */
    __u32 in_softirq;
    __u32 recorded; /* the softirq in which something was recorded last */
    __u32 pad[9];
};

#endif
