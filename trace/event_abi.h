/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event record, as bytes. One layout for both sides: the model writes it from C++, the CO-RE programs
 * write it from C (bpf/), and nothing downstream knows which of the two made it. This header is therefore
 * plain C, and includes nothing: whoever includes it provides __u8 .. __u64 and __s64 (vmlinux.h or
 * <linux/types.h>; trace/event.h does so for C++).
 *
 * Every record is SKBSCOPE_EVENT_SIZE bytes. Multi-byte fields are in host byte order of the machine that
 * recorded them, unless the name says otherwise (`protocol` is kept as the kernel keeps it in memory: big endian).
 *
 *   0        8      12     16      20    22   23  24   25    26      28                              64
 *   +--------+------+------+-------+-----+----+---+----+-----+-------+-------------------------------+
 *   | time   | seq  | task | packet| fn  |kind|cpu|host|state| device| payload by kind, 36 bytes     |
 *   +--------+------+------+-------+-----+----+---+----+-----+-------+-------------------------------+
 */
#ifndef SKBSCOPE_TRACE_EVENT_ABI_H
#define SKBSCOPE_TRACE_EVENT_ABI_H

#define SKBSCOPE_EVENT_SIZE 64
#define SKBSCOPE_EVENT_ABI_VERSION 1

/* Kinds. Numbers are part of the file format: add at the end of a block, never renumber. */
enum skbscope_event_kind {
    SKBSCOPE_EV_NONE = 0,

    /* calls */
    SKBSCOPE_EV_ENTER = 1, /* payload: snapshot, as it was at entry */
    SKBSCOPE_EV_LEAVE = 2, /* payload: ret. No snapshot: the callee may have freed the buffer */

    /* buffer operations; payload: snapshot after the operation; EXT_AMOUNT says how much */
    SKBSCOPE_EV_ALLOC = 16,
    SKBSCOPE_EV_RESERVE = 17,
    SKBSCOPE_EV_PUT = 18,
    SKBSCOPE_EV_PUSH = 19,
    SKBSCOPE_EV_PULL = 20,
    SKBSCOPE_EV_TRIM = 21,
    SKBSCOPE_EV_CLONE = 22, /* on the clone; EXT_LINEAGE names the original */
    SKBSCOPE_EV_COPY = 23,
    SKBSCOPE_EV_EXPAND = 24,    /* pskb_expand_head: the head moved */
    SKBSCOPE_EV_FREE = 25,      /* the struct is gone; payload: drop (reason) */
    SKBSCOPE_EV_HEAD_FREE = 26, /* the data buffer is gone */

    /* queue operations; payload: queue */
    SKBSCOPE_EV_ENQUEUE = 40,
    SKBSCOPE_EV_DEQUEUE = 41,

    /* context changes; payload: context */
    SKBSCOPE_EV_IRQ_ENTER = 56,
    SKBSCOPE_EV_IRQ_EXIT = 57,
    SKBSCOPE_EV_SOFTIRQ_RAISE = 58,
    SKBSCOPE_EV_SOFTIRQ_ENTER = 59,
    SKBSCOPE_EV_SOFTIRQ_EXIT = 60,
    SKBSCOPE_EV_SCHED_SLEEP = 61,  /* the task of this event blocks */
    SKBSCOPE_EV_SCHED_SWITCH = 62, /* the CPU goes on with the task of this event */
    SKBSCOPE_EV_SCHED_WAKE = 63,   /* the task of this event wakes context.other_task */
    SKBSCOPE_EV_IPI = 64,
    SKBSCOPE_EV_TIMER = 65, /* a timer fires; fn is its handler */

    /* lineage; payload: lineage. `packet` is the new one, other_packet where it came from */
    SKBSCOPE_EV_CLONE_OF = 80,
    SKBSCOPE_EV_SEGMENT_OF = 81,
    SKBSCOPE_EV_MERGED_INTO = 82,
    SKBSCOPE_EV_FRAGMENT_OF = 83,
    SKBSCOPE_EV_REASSEMBLED_FROM = 84,
    SKBSCOPE_EV_CROSSED = 85, /* the same sk_buff now belongs to another device (veth) or host */
    SKBSCOPE_EV_COPY_OF = 86,

    SKBSCOPE_EV_DROP = 96, /* payload: drop */
    SKBSCOPE_EV_LOSS = 97, /* payload: loss. Events are missing here: never read as "not called" */

    /* the run itself; payload: mark */
    SKBSCOPE_EV_TRACE_ON = 112,
    SKBSCOPE_EV_TRACE_OFF = 113,
    SKBSCOPE_EV_STEP_BEGIN = 114, /* a scenario step; mark.step is its index, mark.line its line */
    SKBSCOPE_EV_STEP_END = 115,   /* mark.result is what the system call returned */

    /* extension records: follow the record they extend, same time, task, packet, cpu; own seq */
    SKBSCOPE_EV_EXT_IDENTITY = 192, /* first sight of a packet: addresses */
    SKBSCOPE_EV_EXT_AMOUNT = 193,   /* how many bytes a buffer operation moved */
    /* on a buffer operation: where its packet came from. On a call without packet: the one it works for, inferred */
    SKBSCOPE_EV_EXT_LINEAGE = 194,
    SKBSCOPE_EV_EXT_ARGS = 195,
    SKBSCOPE_EV_EXT_FRAGS = 196,
    SKBSCOPE_EV_EXT_SOCKET = 197,
    SKBSCOPE_EV_EXT_BYTES = 198, /* a run of the buffer's bytes, counted from head */
};
#define SKBSCOPE_EV_EXT_FIRST 192

/* `state`: context in bits 0-1, provenance in bits 2-3, inline flags in bits 4-5. */
enum skbscope_context {
    SKBSCOPE_CTX_PROCESS = 0,
    SKBSCOPE_CTX_SOFTIRQ = 1,
    SKBSCOPE_CTX_HARDIRQ = 2,
    SKBSCOPE_CTX_IDLE = 3,
};
enum skbscope_provenance {
    SKBSCOPE_PROV_MODEL = 0,    /* computed by the model */
    SKBSCOPE_PROV_KERNEL = 1,   /* read in the running kernel */
    SKBSCOPE_PROV_INFERRED = 2, /* deduced from a stack or from neighbours, and shown as such */
};
#define SKBSCOPE_STATE_CTX_MASK 0x03
#define SKBSCOPE_STATE_PROV_SHIFT 2
#define SKBSCOPE_STATE_PROV_MASK 0x0c
#define SKBSCOPE_STATE_INLINE 0x10  /* the function is static inline in the kernel's source */
#define SKBSCOPE_STATE_HAS_RET 0x20 /* leave: `ret` holds the return value */
#define SKBSCOPE_STATE_HAS_SKB 0x40 /* the payload is a snapshot of a real sk_buff */
#define SKBSCOPE_STATE_PARTIAL 0x80 /* some field could not be read; it holds 0 (or 0xffff for an offset) */

/* flags of the snapshot: cloned in bit 0, ip_summed in bits 1-2, pkt_type in bits 3-5 */
#define SKBSCOPE_SKB_CLONED 0x01
#define SKBSCOPE_SKB_IP_SUMMED_SHIFT 1
#define SKBSCOPE_SKB_PKT_TYPE_SHIFT 3

#define SKBSCOPE_OFFSET_UNSET 0xffff /* a header offset the kernel has not set yet */
#define SKBSCOPE_NO_FUNCTION 0xffff

/* 8-byte members sit on 4-byte boundaries, or the 36-byte payload would grow to 40 */
#pragma pack(push, 4)

/* tail = headroom + len - data_len; all offsets count bytes from skb->head */
struct skbscope_snapshot {
    __u32 len;
    __u32 data_len;
    __u32 end;
    __u32 truesize;
    __u16 headroom;
    __u16 mac;
    __u16 network;
    __u16 transport;
    __u16 protocol; /* as in memory, big endian: IPv4 reads 0x0008 on x86 */
    __u16 gso_size;
    __u16 gso_segs;
    __u8 nr_frags;
    __u8 flags;
    __u16 dataref; /* payload references only (low half of the kernel's dataref) */
    __u16 users;
};

struct skbscope_leave {
    __s64 ret; /* valid with SKBSCOPE_STATE_HAS_RET */
    __u8 pad[28];
};

struct skbscope_drop {
    __u32 reason; /* enum skb_drop_reason of the kernel named in the side's info; 0 = not dropped: consumed */
    __u8 pad[32];
};

struct skbscope_queue {
    __u32 queue;  /* index into the side's queue names */
    __u32 length; /* packets in it after the operation */
    __u32 limit;  /* 0 = none */
    __u32 bytes;  /* bytes in it after the operation, 0 where the queue does not count them */
    __u8 pad[20];
};

struct skbscope_context_change {
    __u32 vector;     /* softirq number (enum in linux/interrupt.h) or irq number */
    __u32 other_task; /* wake: the task woken; switch: the task left */
    __u32 other_cpu;
    __u8 pad[24];
};

struct skbscope_lineage {
    __u32 other_packet;
    __u32 index; /* which segment or fragment, from 0 */
    __u16 from_device;
    __u16 to_device;
    __u8 from_host;
    __u8 to_host;
    __u8 pad[22];
};

struct skbscope_loss {
    __u64 lost;   /* how many records, where it is known */
    __u32 reason; /* enum skbscope_loss_reason */
    __u8 pad[24];
};
enum skbscope_loss_reason {
    SKBSCOPE_LOSS_RING_FULL = 1,
    SKBSCOPE_LOSS_RECURSION = 2, /* a probe was skipped because it ran already on this CPU */
    SKBSCOPE_LOSS_SEQ_GAP = 3,
    SKBSCOPE_LOSS_UNPAIRED = 4,   /* a leave without enter, or the reverse */
    SKBSCOPE_LOSS_STREAM_CUT = 5, /* the transport died */
    SKBSCOPE_LOSS_MISSED_KPROBE = 6,
    SKBSCOPE_LOSS_FILTER_FULL = 7, /* a packet that the filter wants could not be followed: its table was full */
};

struct skbscope_mark {
    __s64 result; /* >= 0, or a negative errno */
    __u32 step;   /* index into the scenario's steps, from 0 */
    __u32 line;   /* line in the scenario file, from 1 */
    __u8 pad[20];
};

struct skbscope_identity {
    __u64 skb;  /* address of the struct (model: of its deterministic arena) */
    __u64 head; /* address of the data buffer when first seen */
    __u8 pad[20];
};

struct skbscope_amount {
    __s64 bytes;
    __u8 pad[28];
};

struct skbscope_args {
    __u64 value[4];
    __u8 count;
    __u8 pad[3];
};

struct skbscope_frags {
    __u32 size[6];
    __u32 offset; /* of the first one in its page */
    __u8 first;   /* index of size[0] among the frags */
    __u8 count;
    __u8 pad[6];
};

struct skbscope_socket {
    __u64 sk;    /* address */
    __u32 saddr; /* big endian */
    __u32 daddr; /* big endian */
    __u16 sport; /* host order */
    __u16 dport; /* host order */
    __u16 family;
    __u8 protocol;
    __u8 state;
    __u32 rmem; /* sk_rmem_alloc, bytes */
    __u32 wmem; /* sk_wmem_alloc, bytes, without the 1 that the socket itself holds */
    __u8 pad[4];
};

#define SKBSCOPE_BYTES_MAX 32
struct skbscope_bytes {
    __u16 offset; /* from skb->head */
    __u8 count;   /* valid bytes in data, 1 .. SKBSCOPE_BYTES_MAX */
    __u8 pad;
    __u8 data[SKBSCOPE_BYTES_MAX];
};

struct skbscope_event {
    __u64 time;   /* ns; see the side's clock. Model: virtual, strictly increasing within a side */
    __u32 seq;    /* per CPU, from 0, no holes unless events were lost */
    __u32 task;   /* the task on whose stack it runs; 0 = idle */
    __u32 packet; /* 0 = none; else an id given at first sight, never reused within a side */
    __u16 fn;     /* catalogue id, or SKBSCOPE_NO_FUNCTION; the innermost function for other kinds than calls */
    __u8 kind;
    __u8 cpu;
    __u8 host; /* index into the side's hosts (network namespaces); 0 = none */
    __u8 state;
    __u16 device; /* index into the side's devices; 0 = none */
    union {
        struct skbscope_snapshot skb;
        struct skbscope_leave leave;
        struct skbscope_drop drop;
        struct skbscope_queue queue;
        struct skbscope_context_change context;
        struct skbscope_lineage lineage;
        struct skbscope_loss loss;
        struct skbscope_mark mark;
        struct skbscope_identity identity;
        struct skbscope_amount amount;
        struct skbscope_args args;
        struct skbscope_frags frags;
        struct skbscope_socket socket;
        struct skbscope_bytes bytes;
        __u8 payload[36];
    };
};

#pragma pack(pop)

#endif
