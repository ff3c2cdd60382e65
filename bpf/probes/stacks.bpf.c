// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The last rung: programs on tracepoints, which a kernel that refuses function tracing still takes. Each record carries
 * the stack on which the tracepoint was passed; the calls between are inferred from these, outside the kernel. One
 * program a tracepoint: 6.1 gives tracepoints no attach cookie.
 */
#include "stack_abi.h"

#include "stacks_live.bpf.h"

#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, SKBSCOPE_STACK_RING_BYTES);
} ring SEC(".maps");

/* Written by the agent through the mapped .bss */
__u32 on;
__u32 every_task;                  /* a live watch: tasks[] does not count */
__u32 tasks[SKBSCOPE_PROBE_TASKS]; /* whose own calls are traced; 0 = unused */
__u32 nets[SKBSCOPE_STACK_NETS];   /* namespaces whose packets are traced, whoever handles them; all 0 = any */
struct skbscope_stack_cpu cpus[SKBSCOPE_PROBE_CPUS];

const volatile __u64 ring_flags = 1; /* BPF_RB_NO_WAKEUP */

/*
 * Not every kernel names its variables in its symbol table, so preempt_count is out of reach: between the tracepoints
 * of a softirq's beginning and end, the CPU serves it. What interrupts it there shows in the stack.
 */
static __always_inline __u8 context_now(const struct skbscope_stack_cpu *cpu, __u32 pid) {
    if (cpu->in_softirq) return SKBSCOPE_CTX_SOFTIRQ;
    return pid == 0 ? SKBSCOPE_CTX_IDLE : SKBSCOPE_CTX_PROCESS;
}

static __always_inline bool task_traced(__u32 pid) {
    if (pid == 0) return false;
    if (every_task) return true;
#pragma unroll
    for (int i = 0; i < SKBSCOPE_PROBE_TASKS; i++)
        if (tasks[i] == pid) return true;
    return false;
}

static __always_inline bool net_traced(__u32 net) {
    if (!nets[0]) return true;
#pragma unroll
    for (int i = 0; i < SKBSCOPE_STACK_NETS; i++)
        if (net && nets[i] == net) return true;
    return false;
}

static __always_inline struct skbscope_stack_cpu *this_cpu(void) {
    return &cpus[bpf_get_smp_processor_id() & (SKBSCOPE_PROBE_CPUS - 1)];
}

/* Of the sk_buff's device, else of its socket; 0: it has neither now. A sk_buff may be in any state at a tracepoint:
 * what cannot be read is 0. */
static __always_inline __u32 net_of(struct sk_buff *skb) {
    const __u32 net = BPF_CORE_READ(skb, dev, nd_net.net, ns.inum);
    return net ? net : BPF_CORE_READ(skb, sk, __sk_common.skc_net.net, ns.inum);
}

/*
 * Is this passing of a tracepoint part of what is traced? A task's own system calls are, where the task is. Softirqs
 * serve whatever waits, on whatever task they find: there a packet of a traced namespace decides, and what else the
 * same softirq passes from then on belongs to it.
 */
static __always_inline bool wanted(struct skbscope_stack_cpu *cpu, struct passing *p) {
    if (filtering()) return live_wanted(cpu, p);
    const bool own = p->context == SKBSCOPE_CTX_PROCESS && task_traced(p->pid);
    if (p->skb) {
        const __u32 net = net_of(p->skb);
        if (net ? !net_traced(net) : !own && cpu->wanted != cpu->softirq) return false;
        if (p->context == SKBSCOPE_CTX_SOFTIRQ) cpu->wanted = cpu->recorded = cpu->softirq;
        return true;
    }
    return own || (p->context == SKBSCOPE_CTX_SOFTIRQ && cpu->wanted == cpu->softirq);
}

static __always_inline void fill(struct skbscope_raw *raw, struct skbscope_stack_cpu *cpu, __u8 context, __u32 pid) {
    raw->event.time = bpf_ktime_get_ns();
    raw->event.seq = __sync_fetch_and_add(&cpu->seq, 1);
    raw->event.task = pid;
    raw->event.fn = SKBSCOPE_NO_FUNCTION;
    raw->event.cpu = (__u8)(bpf_get_smp_processor_id() & (SKBSCOPE_PROBE_CPUS - 1));
    raw->event.state = context | SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
}

static __always_inline void read_task(struct skbscope_raw *raw) {
    if ((raw->event.state & SKBSCOPE_STATE_CTX_MASK) != SKBSCOPE_CTX_PROCESS) return;
    struct task_struct *task = (struct task_struct *)bpf_get_current_task_btf();
    raw->task_net = task->nsproxy->net_ns->ns.inum;
}

/* Which piece of work it belongs to */
static __always_inline void fill_work(struct skbscope_stack *s, struct skbscope_stack_cpu *cpu, __u32 pid,
                                      __u32 tracepoint, const bool shown) {
    struct syscall_count *count = bpf_map_lookup_elem(&syscalls, &pid);
    if (count && shown) count->seen = count->begun;
    s->tracepoint = tracepoint;
    s->syscall = count ? count->begun : 0;
    s->softirq = cpu->softirq;
    s->hardirq = cpu->hardirq;
    s->pad = 0;
    bpf_get_current_comm(s->comm, sizeof s->comm);
}

static __always_inline void fill_stack(void *ctx, struct skbscope_stack *s) {
    const long bytes = bpf_get_stack(ctx, s->frame, sizeof s->frame, 0);
    s->frames = bytes > 0 ? (__u32)bytes / sizeof s->frame[0] : 0;
}

static __always_inline void *reserve(struct skbscope_stack_cpu *cpu, __u32 size) {
    void *room = bpf_ringbuf_reserve(&ring, size, 0);
    if (!room) {
        __sync_fetch_and_add(&cpu->lost, 1);
        __sync_fetch_and_add(&cpu->seq, 1);
    }
    return room;
}

static __always_inline void see_call(void *ctx, struct skbscope_stack_cpu *cpu, const struct passing *p) {
    struct skbscope_stack_call *r = reserve(cpu, sizeof *r);
    if (!r) return;
    __builtin_memset(&r->raw, 0, sizeof r->raw);
    r->raw.what = SKBSCOPE_RAW_CALL;
    fill(&r->raw, cpu, p->context, p->pid);
    read_task(&r->raw);
    r->raw.arg[0] = p->arg0;
    r->raw.arg[1] = p->arg1;
    if (p->sk) read_sock(&r->raw, p->sk, true);
    fill_work(&r->stack, cpu, p->pid, p->tracepoint, !p->stackless);
    if (p->stackless)
        r->stack.frames = 0;
    else
        fill_stack(ctx, &r->stack);
    bpf_ringbuf_submit(r, ring_flags);
}

static __always_inline void see_skb(void *ctx, struct skbscope_stack_cpu *cpu, const struct passing *p) {
    struct skbscope_stack_skb *r = reserve(cpu, sizeof *r);
    if (!r) return;
    __builtin_memset(&r->skb, 0, offsetof(struct skbscope_raw_skb, bytes));
    r->skb.raw.what = SKBSCOPE_RAW_SKB;
    fill(&r->skb.raw, cpu, p->context, p->pid);
    read_task(&r->skb.raw);
    r->skb.raw.arg[0] = p->arg0;
    r->skb.raw.arg[1] = p->arg1;
    if (p->sk) read_sock(&r->skb.raw, p->sk, true);
    read_skb(&r->skb, p->skb, true);
    fill_work(&r->stack, cpu, p->pid, p->tracepoint, true);
    fill_stack(ctx, &r->stack);
    bpf_ringbuf_submit(r, ring_flags);
}

static __always_inline int see(void *ctx, struct sk_buff *skb, struct sock *sk, __u32 tracepoint, __u64 arg0,
                               __u64 arg1) {
    if (!on) return 0;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    struct skbscope_stack_cpu *cpu = this_cpu();
    struct passing p = {skb, sk, tracepoint, arg0, arg1, pid, context_now(cpu, pid), false};
    const bool is_wanted = wanted(cpu, &p);
    forget(&p);
    if (!is_wanted) return 0;
    if (skb)
        see_skb(ctx, cpu, &p);
    else
        see_call(ctx, cpu, &p);
    return 0;
}

/* An argument, as the type that the tracepoint's BTF gives it; -1 is none. */
#define ARG(type, n) ((n) < 0 ? (type)0 : (type)ctx[(n) < 0 ? 0 : (n)])

#define SEE(name, skb, sk, second, where, facts)                                                                       \
    SEC("tp_btf/" #name) int name(__u64 *ctx) {                                                                        \
        if (!on) return 0;                                                                                             \
        return see(ctx, ARG(struct sk_buff *, skb), ARG(struct sock *, sk), SKBSCOPE_TP_##name, ctx[0],                \
                   ARG(__u64, second));                                                                                \
    }
SKBSCOPE_TRACEPOINTS(SEE)

/* A system call begins: what its task did before is over. */
SEC("tp_btf/sys_enter") int sys_enter(__u64 *ctx) {
    (void)ctx;
    if (!on) return 0;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    struct syscall_count *known = bpf_map_lookup_elem(&syscalls, &pid);
    if (known) {
        known->begun++;
        return 0;
    }
    const struct syscall_count first = {1, 0, 0, 0};
    bpf_map_update_elem(&syscalls, &pid, &first, BPF_ANY);
    return 0;
}

/* It ends; of interest only where something was seen of it */
SEC("tp_btf/sys_exit") int sys_exit(__u64 *ctx) {
    if (!on) return 0;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    struct syscall_count *count = bpf_map_lookup_elem(&syscalls, &pid);
    if (!count || count->seen != count->begun || !count->seen) return 0;
    const struct passing p = {0, 0, SKBSCOPE_TP_sys_exit, 0, ctx[1], pid, SKBSCOPE_CTX_PROCESS, false};
    see_call(ctx, this_cpu(), &p);
    return 0;
}

/* Followed whether tracing is on or not: it may be switched on inside of one. */
SEC("tp_btf/softirq_entry") int softirq_entry(__u64 *ctx) {
    (void)ctx;
    struct skbscope_stack_cpu *cpu = this_cpu();
    cpu->softirq++;
    cpu->in_softirq = 1;
    return 0;
}

SEC("tp_btf/softirq_exit") int softirq_exit(__u64 *ctx) {
    struct skbscope_stack_cpu *cpu = this_cpu();
    cpu->in_softirq = 0;
    if (!on || cpu->recorded != cpu->softirq) return 0;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    const struct passing p = {0, 0, SKBSCOPE_TP_softirq_exit, ctx[0], 0, pid, SKBSCOPE_CTX_SOFTIRQ, false};
    see_call(ctx, cpu, &p);
    return 0;
}

SEC("tp_btf/irq_handler_entry") int irq_handler_entry(__u64 *ctx) {
    (void)ctx;
    if (on) this_cpu()->hardirq++;
    return 0;
}

static __always_inline void emit_mark(const struct skbscope_probe_mark *m) {
    struct skbscope_stack_cpu *cpu = this_cpu();
    struct skbscope_stack_call *r = reserve(cpu, sizeof *r);
    if (!r) return;
    const __u32 pid = (__u32)bpf_get_current_pid_tgid();
    __builtin_memset(r, 0, sizeof *r);
    r->raw.what = SKBSCOPE_RAW_CALL;
    fill(&r->raw, cpu, SKBSCOPE_CTX_PROCESS, pid);
    r->raw.event.kind = (__u8)m->kind;
    r->raw.event.mark = m->mark;
    fill_work(&r->stack, cpu, pid, SKBSCOPE_TP_MARK, true);
    bpf_ringbuf_submit(r, ring_flags);
}

/* Run by the agent (BPF_PROG_TEST_RUN): marks of the run, in the same order as everything else. */
SEC("syscall") int mark(struct skbscope_probe_mark *m) {
    if (m->switch_to == 2) on = 1;
    if (on && m->kind != 0) emit_mark(m);
    if (m->switch_to == 1) on = 0;
    return 0;
}
