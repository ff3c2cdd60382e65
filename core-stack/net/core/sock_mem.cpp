// SPDX-License-Identifier: GPL-2.0-or-later
// What sockets may hold. A socket pays for whole pages in advance (sk_forward_alloc) and charges each packet's truesize
// against them; the pages of all sockets of a protocol are counted together and held under sysctl_mem.
//
//   packet (truesize 768) -> sk_forward_alloc 4096 -> 3328 left: the next ones are free of accounting
//                            __sk_mem_raise_allocated: + 1 page for the protocol
//
// Linux 6.1: net/core/sock.c, include/net/sock.h
#include "net/inet_globals.h"
#include "net/sock.h"

#include "linux/trace_fn.h"
#include "net/net_namespace.h"

namespace skbscope::stack {

namespace {

proto_memory &memory_of(const sock *sk) {
    return *sk->sk_prot->memory();
}

long sk_prot_mem_limits(const sock *sk, int index) {
    return memory_of(sk).sysctl_mem[index];
}

long sk_memory_allocated(const sock *sk) {
    return std::max(0L, memory_of(sk).memory_allocated);
}

// Each CPU collects up to a megabyte before it touches the common counter.
void sk_memory_allocated_add(const sock *sk, int val) {
    proto_memory &m = memory_of(sk);
    int &mine = m.per_cpu_fw_alloc[smp_processor_id()];
    mine += val;
    const int reserve = inet_global().sysctl_mem_pcpu_rsv;
    if (mine >= reserve || mine <= -reserve) {
        m.memory_allocated += mine;
        mine = 0;
    }
}

void sk_memory_allocated_sub(const sock *sk, int val) {
    sk_memory_allocated_add(sk, -val);
}

bool sk_under_global_memory_pressure(const sock *sk) {
    return sk->sk_prot->has_memory_pressure && memory_of(sk).memory_pressure != 0;
}

// Under pressure a socket keeps a minimum it may always have.
bool has_minimum(const sock *sk, int kind) {
    const proto *prot = sk->sk_prot;
    if (kind == SK_MEM_RECV) return atomic_read(&sk->sk_rmem_alloc) < prot->sysctl_rmem(sock_net(sk));
    if (sk->sk_type == SOCK_STREAM) return sk->sk_wmem_queued < prot->sysctl_wmem(sock_net(sk));
    return static_cast<int>(refcount_read(&sk->sk_wmem_alloc)) < prot->sysctl_wmem(sock_net(sk));
}

int sk_unused_reserved_mem(const sock *sk) {
    if (sk->sk_reserved_mem == 0) return 0;
    return std::max(0, static_cast<int>(sk->sk_reserved_mem) - sk->sk_wmem_queued - atomic_read(&sk->sk_rmem_alloc));
}

} // namespace

// Linux 6.1: net/core/sock.c
void sk_leave_memory_pressure(sock *sk) {
    TRACE_FN();
    if (sk->sk_prot->leave_memory_pressure)
        sk->sk_prot->leave_memory_pressure(sk);
    else if (sk_under_global_memory_pressure(sk))
        memory_of(sk).memory_pressure = 0;
}

void sk_enter_memory_pressure(sock *sk) {
    TRACE_FN();
    if (sk->sk_prot->enter_memory_pressure) sk->sk_prot->enter_memory_pressure(sk);
}

// amt: pages. 1: granted, 0: over the limit. Linux 6.1: net/core/sock.c
//
// Left out: memory cgroups; what a protocol with a state of pressure (TCP) grants under it.
int __sk_mem_raise_allocated(sock *sk, int, int amt, int kind) {
    TRACE_FN();
    sk_memory_allocated_add(sk, amt);
    const long allocated = sk_memory_allocated(sk);
    if (allocated <= sk_prot_mem_limits(sk, 0)) {
        sk_leave_memory_pressure(sk);
        return TRACE_RET(1);
    }
    if (allocated > sk_prot_mem_limits(sk, 1)) sk_enter_memory_pressure(sk);
    if (allocated <= sk_prot_mem_limits(sk, 2) && has_minimum(sk, kind)) return TRACE_RET(1);
    sk_memory_allocated_sub(sk, amt);
    return TRACE_RET(0);
}

// size: bytes. Linux 6.1: net/core/sock.c
int __sk_mem_schedule(sock *sk, int size, int kind) {
    TRACE_FN();
    const int amt = sk_mem_pages(size);
    sk_forward_alloc_add(sk, amt << PAGE_SHIFT);
    const int ret = __sk_mem_raise_allocated(sk, size, amt, kind);
    if (ret == 0) sk_forward_alloc_add(sk, -(amt << PAGE_SHIFT));
    return TRACE_RET(ret);
}

// amount: pages. Linux 6.1: net/core/sock.c
void __sk_mem_reduce_allocated(sock *sk, int amount) {
    TRACE_FN();
    sk_memory_allocated_sub(sk, amount);
    if (sk_under_global_memory_pressure(sk) && sk_memory_allocated(sk) < sk_prot_mem_limits(sk, 0))
        sk_leave_memory_pressure(sk);
}

// amount: bytes, of which whole pages are given back. Linux 6.1: net/core/sock.c
void __sk_mem_reclaim(sock *sk, int amount) {
    TRACE_FN();
    amount >>= PAGE_SHIFT;
    sk_forward_alloc_add(sk, -(amount << PAGE_SHIFT));
    __sk_mem_reduce_allocated(sk, amount);
}

void sk_mem_reclaim(sock *sk) {
    if (!sk_has_account(sk)) return;
    const int reclaimable = sk->sk_forward_alloc - sk_unused_reserved_mem(sk);
    if (reclaimable >= static_cast<int>(PAGE_SIZE)) __sk_mem_reclaim(sk, reclaimable);
}

void sk_mem_reclaim_final(sock *sk) {
    sk->sk_reserved_mem = 0;
    sk_mem_reclaim(sk);
}

void sk_mem_charge(sock *sk, int size) {
    if (sk_has_account(sk)) sk_forward_alloc_add(sk, -size);
}

void sk_mem_uncharge(sock *sk, int size) {
    if (!sk_has_account(sk)) return;
    sk_forward_alloc_add(sk, size);
    sk_mem_reclaim(sk);
}

bool sk_rmem_schedule(sock *sk, sk_buff *skb, int size) {
    if (!sk_has_account(sk)) return true;
    const int delta = size - sk->sk_forward_alloc;
    return delta <= 0 || __sk_mem_schedule(sk, delta, SK_MEM_RECV) != 0 || skb_pfmemalloc(skb);
}

bool sk_wmem_schedule(sock *sk, int size) {
    if (!sk_has_account(sk)) return true;
    const int delta = size - sk->sk_forward_alloc;
    return delta <= 0 || __sk_mem_schedule(sk, delta, SK_MEM_SEND) != 0;
}

} // namespace skbscope::stack
