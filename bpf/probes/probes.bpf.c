// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Generic probes. The agent loads enter_skbN once more for every function whose argument N is an sk_buff, enter_plain
 * for one that has none, and leave for each; the attach cookie says which function it is. kprobe_enter and kprobe_leave
 * are the ladder's next rung: one program for all functions that fentry cannot take.
 */
#include "open_calls.bpf.h"
#include "read_skb.bpf.h"

#include <asm/ptrace.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, SKBSCOPE_RING_BYTES);
} ring SEC(".maps");

/* Written by the agent through the mapped .bss: no system call, so that the switch itself is never seen. */
__u32 on;
__u32 every_task;                  /* a live watch: tasks[] does not count */
__u32 tasks[SKBSCOPE_PROBE_TASKS]; /* traced beside idle; 0 = unused */
__u32 every_interrupt;             /* and what interrupts any other task: several CPUs, which task it hits is chance */
struct skbscope_probe_cpu cpus[SKBSCOPE_PROBE_CPUS];

/* A live watch wakes its reader; a lab run is drained after the run, and a wake-up would be an interrupt in its midst.
 */
const volatile __u64 ring_flags = 1; /* BPF_RB_NO_WAKEUP */

/*
 * Where each CPU keeps what every record tells; 0: this kernel does not have it. find_places() fills it in once. A
 * program that names a kernel's variable makes the kernel search all its types and symbols, each time it is loaded: for
 * hundreds of programs that is most of the time that attaching takes. Reading by address costs a record little.
 */
struct {
    __u64 preempt_count; /* int */
    __u64 backlog;       /* softnet_data.input_pkt_queue.qlen */
    __u64 process;       /* softnet_data.process_queue.qlen */
} places[SKBSCOPE_PROBE_CPUS];

extern const int __preempt_count __ksym __weak;
extern const struct softnet_data softnet_data __ksym __weak;

/* Run once by the agent, before anything is attached. Returns how many CPUs there are. */
SEC("syscall") int find_places(void *ctx) {
    (void)ctx;
    int cpu = 0;
    for (; cpu < SKBSCOPE_PROBE_CPUS; cpu++) {
        const int *count = &__preempt_count ? bpf_per_cpu_ptr(&__preempt_count, cpu) : 0;
        const struct softnet_data *sd = &softnet_data ? bpf_per_cpu_ptr(&softnet_data, cpu) : 0;
        if (count) places[cpu].preempt_count = (__u64)count;
        if (sd) {
            places[cpu].backlog = (__u64)sd + bpf_core_field_offset(struct softnet_data, input_pkt_queue.qlen);
            places[cpu].process = (__u64)sd + bpf_core_field_offset(struct softnet_data, process_queue.qlen);
        }
        if (!count && !sd) break;
    }
    return cpu;
}

/* 0 where the address is */
static __always_inline __u32 number_at(__u64 address) {
    __u32 n = 0;
    bpf_probe_read_kernel(&n, sizeof n, (const void *)address);
    return n;
}

static __always_inline __u32 this_cpu(void) {
    return bpf_get_smp_processor_id() & (SKBSCOPE_PROBE_CPUS - 1);
}

/* linux/preempt.h: bit 8 is set while a softirq is served, bits 16 to 19 count hard interrupts, 20 to 23 NMIs */
static __always_inline __u8 context_now(__u32 pid) {
    const __u32 count = number_at(places[this_cpu()].preempt_count);
    if (count & 0xff0000) return SKBSCOPE_CTX_HARDIRQ;
    if (count & 0x100) return SKBSCOPE_CTX_SOFTIRQ;
    return pid == 0 ? SKBSCOPE_CTX_IDLE : SKBSCOPE_CTX_PROCESS;
}

static __always_inline bool traced(__u32 pid) {
    if (pid == 0 || every_task) return true;
#pragma unroll
    for (int i = 0; i < SKBSCOPE_PROBE_TASKS; i++)
        if (tasks[i] == pid) return true;
    return every_interrupt && context_now(pid) != SKBSCOPE_CTX_PROCESS;
}

/* With a filter: is this call part of the trace? What is recorded of it is another matter. */
static __always_inline bool call_traced(__u64 cookie, struct sk_buff *skb) {
    if (!filtering()) return true;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    const __u8 context = context_now(pid);
    if (is_self(context)) return false;
    const bool wanted = skb && packet_wanted(skb);
    if (wanted && cookie & SKBSCOPE_COOKIE_ENDS) packet_gone((__u64)skb);
    return open_call(pid, context, SKBSCOPE_COOKIE_FN(cookie), !skb, wanted);
}

static __always_inline bool leave_traced(__u64 cookie) {
    if (!filtering()) return true;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    return close_call(pid, context_now(pid), SKBSCOPE_COOKIE_FN(cookie));
}

static __always_inline void fill(struct skbscope_raw *raw, __u32 pid, __u32 cpu, __u64 cookie, __u8 kind) {
    raw->event.time = bpf_ktime_get_ns();
    raw->event.seq = __sync_fetch_and_add(&cpus[cpu].seq, 1);
    raw->event.task = pid;
    raw->event.fn = SKBSCOPE_COOKIE_FN(cookie);
    raw->event.kind = kind;
    raw->event.cpu = (__u8)cpu;
    raw->event.state = context_now(pid) | SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
    raw->backlog = number_at(places[cpu].backlog);
    raw->process = number_at(places[cpu].process);
}

/* Room for a record; NULL: not traced now, or the ring is full (counted, and its seq is skipped). */
static __always_inline void *begin(__u32 size, __u32 zeroed, __u32 what, __u64 cookie, __u8 kind) {
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    if (!on || !traced(pid)) return 0;
    const __u32 cpu = this_cpu();
    struct skbscope_raw *raw = bpf_ringbuf_reserve(&ring, size, 0);
    if (!raw) {
        __sync_fetch_and_add(&cpus[cpu].lost, 1);
        __sync_fetch_and_add(&cpus[cpu].seq, 1);
        return 0;
    }
    __builtin_memset(raw, 0, zeroed);
    raw->what = what;
    fill(raw, pid, cpu, cookie, kind);
    return raw;
}

static __always_inline struct skbscope_raw *begin_call(__u64 cookie, __u8 kind) {
    return begin(sizeof(struct skbscope_raw), sizeof(struct skbscope_raw), SKBSCOPE_RAW_CALL, cookie, kind);
}

static __always_inline struct skbscope_raw_skb *begin_skb(__u64 cookie, __u8 kind) {
    return begin(sizeof(struct skbscope_raw_skb), offsetof(struct skbscope_raw_skb, bytes), SKBSCOPE_RAW_SKB, cookie,
                 kind);
}

static __always_inline void read_task(struct skbscope_raw *raw) {
    if ((raw->event.state & SKBSCOPE_STATE_CTX_MASK) != SKBSCOPE_CTX_PROCESS) return;
    struct task_struct *task = (struct task_struct *)bpf_get_current_task_btf();
    raw->task_net = task->nsproxy->net_ns->ns.inum;
}

static __always_inline void read_args(void *ctx, struct skbscope_raw *raw) {
#pragma unroll
    for (int i = 0; i < 4; i++) {
        __u64 value = 0;
        bpf_get_func_arg(ctx, i, &value);
        raw->arg[i] = value;
    }
}

static __always_inline void fill_enter(__u64 *ctx, struct skbscope_raw *raw, struct sock *sk) {
    read_task(raw);
    read_args(ctx, raw);
    if (sk) read_sock(raw, sk, true);
}

/* `takes_skb`: a constant. Where it is given none, the record is longer than it need be, and the program half as long.
 */
static __always_inline int enter(__u64 *ctx, const bool takes_skb, struct sk_buff *skb, struct sock *sk) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    if (!call_traced(cookie, skb)) return 0;
    if (takes_skb) {
        struct skbscope_raw_skb *raw = begin_skb(cookie, SKBSCOPE_EV_ENTER);
        if (!raw) return 0;
        fill_enter(ctx, &raw->raw, sk);
        if (skb)
            read_skb(raw, skb, true);
        else
            raw->raw.what = SKBSCOPE_RAW_CALL;
        bpf_ringbuf_submit(raw, ring_flags);
    } else {
        struct skbscope_raw *raw = begin_call(cookie, SKBSCOPE_EV_ENTER);
        if (!raw) return 0;
        fill_enter(ctx, raw, sk);
        bpf_ringbuf_submit(raw, ring_flags);
    }
    return 0;
}

#define ENTER(n, m, takes_skb, skb, sk)                                                                                \
    SEC("fentry") int enter_##n##_##m(__u64 *ctx) {                                                                    \
        return enter(ctx, takes_skb, (struct sk_buff *)(skb), (struct sock *)(sk));                                    \
    }
#define ENTER_SKB(n, takes_skb, skb)                                                                                   \
    ENTER(n, x, takes_skb, skb, 0)                                                                                     \
    ENTER(n, 0, takes_skb, skb, ctx[0])                                                                                \
    ENTER(n, 1, takes_skb, skb, ctx[1])                                                                                \
    ENTER(n, 2, takes_skb, skb, ctx[2])                                                                                \
    ENTER(n, 3, takes_skb, skb, ctx[3])                                                                                \
    ENTER(n, 4, takes_skb, skb, ctx[4])                                                                                \
    ENTER(n, 5, takes_skb, skb, ctx[5])
ENTER_SKB(x, false, 0)
ENTER_SKB(0, true, ctx[0])
ENTER_SKB(1, true, ctx[1])
ENTER_SKB(2, true, ctx[2])
ENTER_SKB(3, true, ctx[3])
ENTER_SKB(4, true, ctx[4])
ENTER_SKB(5, true, ctx[5])

static __always_inline struct skbscope_raw *begin_leave(__u64 *ctx, __u64 cookie) {
    struct skbscope_raw *raw = begin_call(cookie, SKBSCOPE_EV_LEAVE);
    if (!raw) return 0;
    __u64 ret = 0;
    bpf_get_func_ret(ctx, &ret);
    raw->event.leave.ret = (__s64)ret;
    return raw;
}

static __always_inline void emit_leave(__u64 *ctx, __u64 cookie, struct sock *sk) {
    struct skbscope_raw *raw = begin_leave(ctx, cookie);
    if (!raw) return;
    if (sk) read_sock(raw, sk, true);
    bpf_ringbuf_submit(raw, ring_flags);
}

static __always_inline void emit_op(struct sk_buff *skb, __u64 cookie, const bool typed) {
    struct skbscope_raw_skb *raw = begin_skb(cookie, SKBSCOPE_COOKIE_OP(cookie));
    if (!raw) return;
    read_skb(raw, skb, typed);
    bpf_ringbuf_submit(raw, ring_flags);
}

static __always_inline int leave_with(__u64 *ctx, struct sock *sk) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    if (leave_traced(cookie)) emit_leave(ctx, cookie, sk);
    return 0;
}

SEC("fexit") int leave(__u64 *ctx) {
    return leave_with(ctx, 0);
}

/* Something was put into the socket's receive queue, or taken out: how long is it now? */
SEC("fexit") int leave_queue(__u64 *ctx) {
    return leave_with(ctx, (struct sock *)ctx[0]);
}

/* The queues of the packet's path, each with its own way to tell its length. */
static __always_inline void tell_queue(struct skbscope_raw *raw, __u64 length, __u64 limit, __u64 bytes) {
    raw->arg[SKBSCOPE_RAW_QUEUE_LENGTH] = length;
    raw->arg[SKBSCOPE_RAW_QUEUE_LIMIT] = limit;
    raw->arg[SKBSCOPE_RAW_QUEUE_BYTES] = bytes;
    raw->arg[SKBSCOPE_RAW_QUEUE_KNOWN] = 1;
}

#define TCQ_F_CPUSTATS 0x20 /* include/net/sch_generic.h: the length is spread over the CPUs */

static __always_inline void read_qdisc(struct skbscope_raw *raw, const struct Qdisc *q) {
    if (q->flags & TCQ_F_CPUSTATS) return;
    tell_queue(raw, q->q.qlen, q->limit, q->qstats.backlog);
}

static __always_inline void read_neighbour(struct skbscope_raw *raw, const struct neighbour *n) {
    tell_queue(raw, n->arp_queue.qlen, 0, n->arp_queue_len_bytes);
}

#define GRO_LISTS 8       /* GRO_HASH_BUCKETS */
#define GRO_LIST_BYTES 24 /* sizeof(struct gro_list), checked against the kernel's */

static __always_inline void read_gro(struct skbscope_raw *raw, const struct napi_struct *napi) {
    __u64 lists[GRO_LISTS * GRO_LIST_BYTES / 8] = {};
    const char *at = (const char *)napi + bpf_core_field_offset(struct napi_struct, gro_hash);
    if (bpf_core_type_size(struct gro_list) != GRO_LIST_BYTES) return;
    if (bpf_probe_read_kernel(lists, sizeof lists, at)) return;
    __u64 held = 0;
#pragma unroll
    for (int i = 0; i < GRO_LISTS; i++)
        held += *(__u32 *)((char *)lists + i * GRO_LIST_BYTES + bpf_core_field_offset(struct gro_list, count));
    tell_queue(raw, held, 0, 0);
}

#define LEAVE_QUEUE(name, type, n, read)                                                                               \
    SEC("fexit") int leave_##name(__u64 *ctx) {                                                                        \
        if (!on) return 0;                                                                                             \
        const __u64 cookie = bpf_get_attach_cookie(ctx);                                                               \
        struct skbscope_raw *raw = leave_traced(cookie) ? begin_leave(ctx, cookie) : 0;                                \
        if (!raw) return 0;                                                                                            \
        read(raw, (const struct type *)ctx[n]);                                                                        \
        bpf_ringbuf_submit(raw, ring_flags);                                                                           \
        return 0;                                                                                                      \
    }
LEAVE_QUEUE(qdisc_0, Qdisc, 0, read_qdisc)
LEAVE_QUEUE(qdisc_1, Qdisc, 1, read_qdisc)
LEAVE_QUEUE(neighbour_0, neighbour, 0, read_neighbour)
LEAVE_QUEUE(napi_0, napi_struct, 0, read_gro)

/* skb_put() and its like: what became of argument 0 */
SEC("fexit") int leave_op(__u64 *ctx) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    if (!leave_traced(cookie)) return 0;
    struct sk_buff *skb = (struct sk_buff *)ctx[0];
    if (skb && SKBSCOPE_COOKIE_OP(cookie) == SKBSCOPE_EV_EXPAND) packet_inherits((__u64)skb, skb);
    if (skb) emit_op(skb, cookie, true);
    emit_leave(ctx, cookie, 0);
    return 0;
}

/* __alloc_skb(), skb_clone() and their like: the sk_buff they return */
SEC("fexit") int leave_made(__u64 *ctx) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    if (!leave_traced(cookie)) return 0;
    __u64 made = 0;
    bpf_get_func_ret(ctx, &made);
    if (made) packet_inherits(ctx[0], (struct sk_buff *)made);
    if (made && (!filtering() || packet_followed(made))) emit_op((struct sk_buff *)made, cookie, false);
    emit_leave(ctx, cookie, 0);
    return 0;
}

/* skb_segment(): a list of them, or an error. Their addresses say who they are to whoever saw them made. */
#define LIST_PART (SKBSCOPE_PROBE_BYTES / 8)
#define LIST_PARTS 4

static __always_inline __u64 emit_list_part(__u64 skb, __u64 original, __u64 cookie, __u32 from) {
    struct skbscope_raw_skb *raw =
        begin(sizeof *raw, sizeof *raw, SKBSCOPE_RAW_LIST, cookie, SKBSCOPE_COOKIE_OP(cookie));
    if (!raw) return 0;
    __u32 n = 0;
    for (; n < LIST_PART && skb; n++) {
        if (filtering()) packet_inherits(original, (struct sk_buff *)skb);
        ((__u64 *)raw->bytes)[n] = skb;
        skb = (__u64)BPF_CORE_READ((struct sk_buff *)skb, next);
    }
    raw->bytes_from = (__u16)from;
    raw->bytes_count = (__u16)(n * 8);
    bpf_ringbuf_submit(raw, ring_flags);
    return skb;
}

SEC("fexit") int leave_segments(__u64 *ctx) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    if (!leave_traced(cookie)) return 0;
    __u64 made = 0;
    bpf_get_func_ret(ctx, &made);
    if (made < (__u64)-4095)
        for (__u32 i = 0; i < LIST_PARTS && made; i++)
            made = emit_list_part(made, ctx[0], cookie, i * LIST_PART);
    emit_leave(ctx, cookie, 0);
    return 0;
}

/* The x86-64 calling convention: the registers of the first six arguments, and 0 for "no such argument" */
static __always_inline __u64 register_arg(struct pt_regs *ctx, __u32 index) {
    const __u64 args[SKBSCOPE_COOKIE_NO_ARG + 1] = {ctx->rdi, ctx->rsi, ctx->rdx, ctx->rcx, ctx->r8, ctx->r9};
    return args[index & SKBSCOPE_COOKIE_NO_ARG];
}

static __always_inline void fill_kprobe(struct pt_regs *ctx, struct skbscope_raw *raw, __u64 cookie) {
    read_task(raw);
    raw->arg[0] = ctx->rdi;
    raw->arg[1] = ctx->rsi;
    raw->arg[2] = ctx->rdx;
    raw->arg[3] = ctx->rcx;
    const __u64 sk = register_arg(ctx, SKBSCOPE_COOKIE_SK(cookie));
    if (sk) read_sock(raw, (struct sock *)sk, false);
}

SEC("kprobe") int kprobe_enter(struct pt_regs *ctx) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    const __u64 skb = register_arg(ctx, SKBSCOPE_COOKIE_SKB(cookie));
    if (!call_traced(cookie, (struct sk_buff *)skb)) return 0;
    struct skbscope_raw_skb *raw = begin_skb(cookie, SKBSCOPE_EV_ENTER);
    if (!raw) return 0;
    fill_kprobe(ctx, &raw->raw, cookie);
    if (skb)
        read_skb(raw, (struct sk_buff *)skb, false);
    else
        raw->raw.what = SKBSCOPE_RAW_CALL;
    bpf_ringbuf_submit(raw, ring_flags);
    return 0;
}

SEC("kretprobe") int kprobe_leave(struct pt_regs *ctx) {
    if (!on) return 0;
    const __u64 cookie = bpf_get_attach_cookie(ctx);
    if (!leave_traced(cookie)) return 0;
    struct skbscope_raw *raw = begin_call(cookie, SKBSCOPE_EV_LEAVE);
    if (!raw) return 0;
    raw->event.leave.ret = (__s64)ctx->rax;
    bpf_ringbuf_submit(raw, ring_flags);
    return 0;
}

/* Run by the agent (BPF_PROG_TEST_RUN): marks of the run, in the same order as everything else. */
SEC("syscall") int mark(struct skbscope_probe_mark *m) {
    if (m->switch_to == 2) on = 1;
    if (m->kind == 0) {
        if (m->switch_to == 1) on = 0;
        return 0;
    }
    struct skbscope_raw *raw = begin_call(SKBSCOPE_NO_FUNCTION, (__u8)m->kind);
    if (raw) {
        raw->event.mark = m->mark;
        bpf_ringbuf_submit(raw, ring_flags);
    }
    if (m->switch_to == 1) on = 0;
    return 0;
}
