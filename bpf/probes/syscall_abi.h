/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System calls on sockets, as the probe sees them: one record when a call begins, one when it returns. A call that
 * never returned while the watch lasted has no second one. Numbers are x86-64's. Multi-byte fields are host order, but
 * for `address`, which is as the process gave it.
 */
#ifndef SKBSCOPE_BPF_SYSCALL_ABI_H
#define SKBSCOPE_BPF_SYSCALL_ABI_H

#include <linux/types.h>

#define SKBSCOPE_CALL_PAYLOAD 2048 /* bytes of a payload that are kept; `length` says how many there were */
#define SKBSCOPE_CALL_ADDRESS 28   /* a sockaddr_in6 fits */
#define SKBSCOPE_CALL_MESSAGES 4   /* of a sendmmsg: each is a record of its own */

enum skbscope_call_phase {
    SKBSCOPE_CALL_BEGIN = 1,
    SKBSCOPE_CALL_END = 2,
};

struct skbscope_call {
    __u64 time;   /* CLOCK_MONOTONIC, ns: the clock of the events */
    __u64 number; /* pairs BEGIN with END, unique in a watch */
    __u64 socket; /* inode in sockfs: who it is, over dup, fork and passing on; 0: there is none (yet, or any more) */
    __u64 arg[6];
    __s64 result; /* END */
    __u32 pid, tid;
    __u32 net;  /* namespace (inode): the socket's, for socket(2) the task's */
    __u32 call; /* __NR_* */
    __u32 phase;
    __u16 family, type; /* of the socket: AF_*, SOCK_* */
    __u32 protocol;
    __u32 length;  /* of the payload as given, or of the room for it */
    __u32 flags;   /* MSG_* */
    __u32 kept;    /* bytes of payload that follow */
    __u32 message; /* index in a sendmmsg */
    __u16 address_length;
    __u8 address[SKBSCOPE_CALL_ADDRESS];
    char comm[16];
    __u16 port; /* the socket's own: before the call, and of END after it; 0: it has none */
};

/* In the ring: with room for the payload. Twice the bound, so that the verifier sees that pieces never pass its end. */
struct skbscope_call_record {
    struct skbscope_call call;
    __u8 payload[2 * SKBSCOPE_CALL_PAYLOAD];
};

#endif
