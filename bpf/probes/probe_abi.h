/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the probes hand to the agent through the ring buffer: the event as far as a probe can fill it, and beside it the
 * raw facts from which the agent makes the rest (packet ids, lineage, hosts, devices, bytes that changed). The probes
 * keep no memory of packets: that keeps them small, and a small program is what makes hundreds of them load fast.
 */
#ifndef SKBSCOPE_BPF_PROBE_ABI_H
#define SKBSCOPE_BPF_PROBE_ABI_H

#include <linux/types.h>

#include "bpf/probes/filter_abi.h"
#include "trace/event_abi.h"

#define SKBSCOPE_PROBE_CPUS 64
#define SKBSCOPE_PROBE_TASKS 8
#define SKBSCOPE_PROBE_BYTES 256 /* of the packet, from data on */
#define SKBSCOPE_PROBE_FRAGS 6
#define SKBSCOPE_RING_BYTES (16u << 20)

/* The attach cookie tells a generic program which function it is on, and how that function is called. */
#define SKBSCOPE_COOKIE_FN(c) ((__u16)(c))
#define SKBSCOPE_COOKIE_SKB(c) ((__u32)((c) >> 16) & 0xf) /* kprobes: index of the sk_buff argument */
#define SKBSCOPE_COOKIE_SK(c) ((__u32)((c) >> 20) & 0xf)  /* kprobes: index of the struct sock argument */
#define SKBSCOPE_COOKIE_SK_SHIFT 20
#define SKBSCOPE_COOKIE_SKB_SHIFT 16
#define SKBSCOPE_COOKIE_NO_ARG 0xf
#define SKBSCOPE_COOKIE_OP(c) ((__u8)((c) >> 32)) /* leave_op, leave_made: the buffer operation it amounts to */
#define SKBSCOPE_COOKIE_OP_SHIFT 32
#define SKBSCOPE_COOKIE_ENDS (1ULL << 40) /* the sk_buff is given back here: its address is anyone's from now on */

enum skbscope_raw_what {
    SKBSCOPE_RAW_CALL = 1, /* struct skbscope_raw */
    SKBSCOPE_RAW_SKB = 2,  /* struct skbscope_raw_skb */
    /* struct skbscope_raw_skb; bytes[] holds addresses of sk_buffs, bytes_count bytes of them; bytes_from: the index of
       the first one in the list they are from */
    SKBSCOPE_RAW_LIST = 3,
};

/* What a leave carries in arg[] where its function works on a queue */
enum skbscope_raw_queue {
    SKBSCOPE_RAW_QUEUE_LENGTH = 0, /* packets in it now */
    SKBSCOPE_RAW_QUEUE_LIMIT = 1,  /* of packets or bytes, as the queue counts; 0 = none, or not known */
    SKBSCOPE_RAW_QUEUE_BYTES = 2,  /* in it now; 0 where it does not count them */
    SKBSCOPE_RAW_QUEUE_KNOWN = 3,  /* 1: what stands before was read */
};

/* Every record begins with it. Records of one CPU are in the order of event.seq. */
struct skbscope_raw {
    struct skbscope_event event; /* packet, host and device are the agent's to fill; fn is its index of the probe */
    __u32 what;
    __u32 task_net; /* namespace (inode number) of the current task */
    __u64 arg[4];   /* enter: the first arguments, as in the registers. Leave: arg[SKBSCOPE_RAW_QUEUE_...] */
    __u32 sk_net;   /* namespace of the socket, 0 = no socket */
    __u32 sk_queue; /* packets in its receive queue */
    __u32 backlog;  /* packets in this CPU's softnet_data: input_pkt_queue */
    __u32 process;  /* ... and process_queue */
    struct skbscope_socket socket;
    __u32 pad;
};

struct skbscope_raw_skb {
    struct skbscope_raw raw;
    __u64 skb, head, sk;    /* addresses */
    __u64 dev;              /* address, as skb->dev has it: it holds something else in some queues */
    __u32 dev_net, ifindex; /* of skb->dev; 0 = none, or skb->dev holds no device now */
    __u32 frag_offset;
    __u32 frag_size[SKBSCOPE_PROBE_FRAGS];
    __u16 bytes_from;  /* offset from head */
    __u16 bytes_count; /* valid in bytes[] */
    __u8 bytes[SKBSCOPE_PROBE_BYTES];
};

struct skbscope_probe_cpu {
    __u32 seq;
    __u32 lost;   /* records that found the ring full; each took a seq */
    __u64 pad[7]; /* a cache line each */
};

/* Argument of the mark program. */
struct skbscope_probe_mark {
    struct skbscope_mark mark;
    __u32 kind;      /* SKBSCOPE_EV_TRACE_ON .. SKBSCOPE_EV_STEP_END; 0: no record, the switch alone */
    __u32 switch_to; /* 0: leave tracing as it is, 1: off, 2: on */
};

#endif
