/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's types as far as syscalls.bpf.c looks into them; relocated at load (see kernel_types.bpf.h). */
#ifndef SKBSCOPE_SYSCALL_TYPES_BPF_H
#define SKBSCOPE_SYSCALL_TYPES_BPF_H

#include <linux/bpf.h>
#include <linux/types.h>

#include <stdbool.h>
#include <stddef.h>

#define CORE __attribute__((preserve_access_index))

struct ns_common {
    unsigned int inum;
} CORE;

struct net {
    struct ns_common ns;
} CORE;

typedef struct {
    struct net *net;
} CORE possible_net_t;

struct sock_common {
    unsigned short skc_family;
    __u16 skc_num;
    possible_net_t skc_net;
} CORE;

struct sock {
    struct sock_common __sk_common;
    __u16 sk_type;
    __u16 sk_protocol;
} CORE;

struct socket {
    struct sock *sk;
} CORE;

struct inode {
    unsigned short i_mode;
    unsigned long i_ino;
} CORE;

struct file {
    struct inode *f_inode;
    void *private_data;
} CORE;

struct fdtable {
    unsigned int max_fds;
    struct file **fd;
} CORE;

struct files_struct {
    struct fdtable *fdt;
} CORE;

struct nsproxy {
    struct net *net_ns;
} CORE;

struct task_struct {
    struct nsproxy *nsproxy;
    struct files_struct *files;
} CORE;

struct pt_regs {
    unsigned long r10, r9, r8, dx, si, di;
} CORE;

#endif
