/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which system calls count, by their numbers. */
#ifndef SKBSCOPE_SYSCALL_KINDS_BPF_H
#define SKBSCOPE_SYSCALL_KINDS_BPF_H

#include "syscall_types.bpf.h"

#include <asm/unistd_64.h>
#include <bpf/bpf_helpers.h>

#define F_SETFL 4
#define FIONBIO 0x5421

static __always_inline bool on_descriptor(__u32 call, const __u64 *arg) {
    switch (call) {
    case __NR_fcntl:
        return arg[1] == F_SETFL;
    case __NR_ioctl:
        return arg[1] == FIONBIO;
    case __NR_bind:
    case __NR_connect:
    case __NR_listen:
    case __NR_accept:
    case __NR_accept4:
    case __NR_sendto:
    case __NR_sendmsg:
    case __NR_sendmmsg:
    case __NR_write:
    case __NR_writev:
    case __NR_recvfrom:
    case __NR_recvmsg:
    case __NR_recvmmsg:
    case __NR_read:
    case __NR_readv:
    case __NR_close:
    case __NR_shutdown:
    case __NR_setsockopt:
        return true;
    default:
        return false;
    }
}

/* After it, a socket may have a port that the kernel chose. */
static __always_inline bool may_bind(__u32 call) {
    switch (call) {
    case __NR_bind:
    case __NR_connect:
    case __NR_sendto:
    case __NR_sendmsg:
    case __NR_write:
        return true;
    default:
        return false;
    }
}

#endif
