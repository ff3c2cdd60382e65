// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * System calls on sockets of the watched namespaces, by the tracepoints at their entry and exit (they work where
 * tracing of functions is refused). Only sockets of IPv4, IPv6 and packets count: what a descriptor is, its file says.
 */
#include "syscall_kinds.bpf.h"

#include <bpf/bpf_core_read.h>

#include "syscall_abi.h"

char LICENSE[] SEC("license") = "GPL";

#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000
#define IOV_MAX_READ 4

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4u << 20);
} ring SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 256);
    __type(key, __u32); /* inode of a namespace */
    __type(value, __u8);
} namespaces SEC(".maps");

/* The call that a thread is in. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 4096);
    __type(key, __u32);
    __type(value, struct skbscope_call);
} running SEC(".maps");

/* Too large for the stack. */
struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct skbscope_call);
} scratch SEC(".maps");

__u64 numbers, lost;
const volatile __u32 self; /* the agent */

struct user_iovec {
    __u64 base, length;
};
struct user_message { /* struct user_msghdr; struct mmsghdr is one and a length, padded to 64 bytes */
    __u64 name;
    __u32 name_length, pad;
    __u64 iov, iov_count;
    __u64 control, control_length;
    __u32 flags, pad2;
};
#define MMSGHDR_SIZE 64

static __always_inline struct file *file_of(struct task_struct *task, __u32 fd) {
    struct file **table = BPF_CORE_READ(task, files, fdt, fd);
    struct file *file = 0;
    if (fd < BPF_CORE_READ(task, files, fdt, max_fds)) bpf_probe_read_kernel(&file, sizeof file, table + fd);
    return file;
}

static __always_inline bool watched(__u32 net) {
    return bpf_map_lookup_elem(&namespaces, &net) != 0;
}

/* Fills in what the descriptor's socket is; false: none that is watched. */
static __always_inline bool find_socket(struct task_struct *task, __u32 fd, struct skbscope_call *call) {
    struct file *file = file_of(task, fd);
    if (!file) return false;
    struct inode *inode = BPF_CORE_READ(file, f_inode);
    if ((BPF_CORE_READ(inode, i_mode) & MODE_TYPE) != MODE_SOCKET) return false;
    struct socket *socket = BPF_CORE_READ(file, private_data);
    struct sock *sk = BPF_CORE_READ(socket, sk);
    if (!sk) return false;
    call->family = BPF_CORE_READ(sk, __sk_common.skc_family);
    if (call->family != AF_INET && call->family != AF_INET6 && call->family != AF_PACKET) return false;
    call->net = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
    call->type = BPF_CORE_READ(sk, sk_type);
    call->protocol = BPF_CORE_READ(sk, sk_protocol);
    call->socket = BPF_CORE_READ(inode, i_ino);
    call->port = BPF_CORE_READ(sk, __sk_common.skc_num);
    return watched(call->net);
}

static __always_inline void read_address(struct skbscope_call *call, __u64 from, __u64 length) {
    if (!from) return;
    __u32 n = length > SKBSCOPE_CALL_ADDRESS ? SKBSCOPE_CALL_ADDRESS : (__u32)length;
    if (bpf_probe_read_user(call->address, n & 31, (void *)from) == 0) call->address_length = (__u16)n;
}

/* Appends a piece of the payload; what is beyond the bound is not kept. */
static __always_inline void keep(struct skbscope_call_record *r, __u64 from, __u64 length) {
    __u32 at = r->call.kept;
    if (at >= SKBSCOPE_CALL_PAYLOAD || !from || !length) return;
    __u32 n = length > SKBSCOPE_CALL_PAYLOAD - at ? SKBSCOPE_CALL_PAYLOAD - at : (__u32)length;
    at &= SKBSCOPE_CALL_PAYLOAD - 1;
    if (n > SKBSCOPE_CALL_PAYLOAD) return;
    if (bpf_probe_read_user(&r->payload[at], n, (void *)from) == 0) r->call.kept += n;
}

/* A message's address and, where it is sent, its pieces. */
static __always_inline void read_message(struct skbscope_call_record *r, __u64 at, bool sent) {
    struct user_message m = {};
    if (bpf_probe_read_user(&m, sizeof m, (void *)at)) return;
    if (sent) read_address(&r->call, m.name, m.name_length);
    __u64 total = 0;
#pragma unroll
    for (__u32 i = 0; i < IOV_MAX_READ; i++) {
        struct user_iovec piece = {};
        if (i >= m.iov_count || bpf_probe_read_user(&piece, sizeof piece, (void *)(m.iov + i * sizeof piece))) break;
        total += piece.length;
        if (sent) keep(r, piece.base, piece.length);
    }
    r->call.length = m.iov_count > IOV_MAX_READ ? ~0u : (__u32)total; /* ~0: more pieces than are looked at */
}

static __always_inline struct skbscope_call_record *reserve(const struct skbscope_call *call) {
    struct skbscope_call_record *r = bpf_ringbuf_reserve(&ring, sizeof *r, 0);
    if (!r) {
        __sync_fetch_and_add(&lost, 1);
        return 0;
    }
    r->call = *call;
    return r;
}

static __always_inline void fill_begin(struct skbscope_call_record *r, __u64 *arg) {
    struct skbscope_call *c = &r->call;
    switch (c->call) {
    case __NR_bind:
    case __NR_connect:
        read_address(c, arg[1], arg[2]);
        break;
    case __NR_sendto:
        read_address(c, arg[4], arg[5]);
        c->flags = (__u32)arg[3];
        /* fall through */
    case __NR_write:
        c->length = (__u32)arg[2];
        keep(r, arg[1], arg[2]);
        break;
    case __NR_recvfrom:
        c->flags = (__u32)arg[3];
        /* fall through */
    case __NR_read:
        c->length = (__u32)arg[2];
        break;
    case __NR_sendmsg:
    case __NR_recvmsg:
        c->flags = (__u32)arg[2];
        read_message(r, arg[1], c->call == __NR_sendmsg);
        break;
    case __NR_setsockopt:
        c->length = (__u32)arg[4];
        keep(r, arg[3], (__u32)arg[4]);
        break;
    case __NR_poll:
        c->length = (__u32)arg[1] * 8;
        keep(r, arg[0], c->length);
        break;
    case __NR_ioctl:
        keep(r, arg[2], 4);
        break;
    default:
        break;
    }
}

/* The first descriptor of a poll. */
static __always_inline __u32 polled(const __u64 *arg) {
    __u32 fd = ~0u;
    if (arg[1] == 0 || bpf_probe_read_user(&fd, sizeof fd, (void *)arg[0])) return ~0u;
    return fd;
}

/* Is it a call that counts? Fills in whose it is. */
static __always_inline bool of_interest(struct task_struct *task, __u32 id, const __u64 *arg,
                                        struct skbscope_call *call) {
    if (id == __NR_socket) {
        call->family = (__u16)arg[0];
        call->type = (__u16)arg[1];
        call->protocol = (__u32)arg[2];
        call->net = BPF_CORE_READ(task, nsproxy, net_ns, ns.inum);
        const bool known = arg[0] == AF_INET || arg[0] == AF_INET6 || arg[0] == AF_PACKET;
        return known && watched(call->net);
    }
    if (id == __NR_poll) return find_socket(task, polled(arg), call);
    return on_descriptor(id, arg) && find_socket(task, (__u32)arg[0], call);
}

static __always_inline void begin_messages(const struct skbscope_call *call, const __u64 *arg) {
    for (__u32 i = 0; i < SKBSCOPE_CALL_MESSAGES; i++) {
        if (i >= (__u32)arg[2]) break;
        struct skbscope_call_record *r = reserve(call);
        if (!r) return;
        r->call.message = i;
        r->call.flags = (__u32)arg[3];
        read_message(r, arg[1] + i * MMSGHDR_SIZE, true);
        bpf_ringbuf_submit(r, 0);
    }
}

SEC("tp_btf/sys_enter") int enter(__u64 *ctx) {
    const struct pt_regs *regs = (const struct pt_regs *)ctx[0];
    const __u32 id = (__u32)ctx[1], zero = 0;
    const __u64 who = bpf_get_current_pid_tgid();
    if ((who >> 32) == self) return 0;
    struct skbscope_call *call = bpf_map_lookup_elem(&scratch, &zero);
    if (!call) return 0;
    __u64 arg[6] = {BPF_CORE_READ(regs, di),  BPF_CORE_READ(regs, si), BPF_CORE_READ(regs, dx),
                    BPF_CORE_READ(regs, r10), BPF_CORE_READ(regs, r8), BPF_CORE_READ(regs, r9)};
    __builtin_memset(call, 0, sizeof *call);
    struct task_struct *task = (struct task_struct *)bpf_get_current_task();
    if (!of_interest(task, id, arg, call)) return 0;
    call->time = bpf_ktime_get_ns();
    call->number = __sync_fetch_and_add(&numbers, 1) + 1;
    call->pid = (__u32)(who >> 32);
    call->tid = (__u32)who;
    call->call = id;
    call->phase = SKBSCOPE_CALL_BEGIN;
    __builtin_memcpy(call->arg, arg, sizeof arg);
    bpf_get_current_comm(call->comm, sizeof call->comm);
    const __u32 tid = (__u32)who;
    bpf_map_update_elem(&running, &tid, call, BPF_ANY);
    if (id == __NR_sendmmsg) {
        begin_messages(call, arg);
        return 0;
    }
    struct skbscope_call_record *r = reserve(call);
    if (!r) return 0;
    fill_begin(r, arg);
    bpf_ringbuf_submit(r, 0);
    return 0;
}

SEC("tp_btf/sys_exit") int leave(__u64 *ctx) {
    const __u32 tid = (__u32)bpf_get_current_pid_tgid();
    struct skbscope_call *call = bpf_map_lookup_elem(&running, &tid);
    if (!call) return 0;
    struct skbscope_call_record *r = reserve(call);
    if (r) {
        struct skbscope_call *c = &r->call;
        c->time = bpf_ktime_get_ns();
        c->phase = SKBSCOPE_CALL_END;
        c->result = (__s64)ctx[1];
        const bool made = c->call == __NR_socket || c->call == __NR_accept || c->call == __NR_accept4;
        if (made && c->result >= 0) find_socket((struct task_struct *)bpf_get_current_task(), (__u32)c->result, c);
        if (may_bind(c->call)) find_socket((struct task_struct *)bpf_get_current_task(), (__u32)c->arg[0], c);
        bpf_ringbuf_submit(r, 0);
    }
    bpf_map_delete_elem(&running, &tid);
    return 0;
}
