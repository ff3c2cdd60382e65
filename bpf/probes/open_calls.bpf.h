/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With a filter, which calls are in the trace? Those that were given a wanted packet, and what they call in turn that
 * takes no packet. A return belongs to the trace when its call does: so each context keeps the calls that are open.
 * Without a filter all of it is dead code, which the verifier throws away.
 */
#ifndef SKBSCOPE_OPEN_CALLS_BPF_H
#define SKBSCOPE_OPEN_CALLS_BPF_H

#include "filter.bpf.h"

#define OPEN_CALLS_MAX 64
#define OPEN_CALLS_SEARCH 8 /* how far down a return looks for its call: some calls' own return was missed */

struct open_calls {
    __u32 depth; /* may exceed OPEN_CALLS_MAX: then the deepest have no entry */
    __u16 fn[OPEN_CALLS_MAX];
    __u8 skipped[OPEN_CALLS_MAX]; /* calls of the same function since, that are not in the trace */
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 1024);
    __type(key, __u64);
    __type(value, struct open_calls);
} open_calls SEC(".maps");

static const struct open_calls no_open_calls;

/* A task may sleep and go on elsewhere; what interrupts it stays where it is. */
static __always_inline __u64 context_key(__u32 pid, __u8 context) {
    if (context == SKBSCOPE_CTX_PROCESS) return pid;
    return 1ULL << 63 | (__u64)context << 32 | bpf_get_smp_processor_id();
}

/* `wanted`: its packet is. Plain calls (no packet) are when something is open around them. True: it is traced. */
static __always_inline bool open_call(__u32 pid, __u8 context, __u16 fn, bool plain, bool wanted) {
    const __u64 key = context_key(pid, context);
    struct open_calls *calls = bpf_map_lookup_elem(&open_calls, &key);
    if (!calls) {
        if (!wanted) return false;
        bpf_map_update_elem(&open_calls, &key, &no_open_calls, BPF_NOEXIST);
        calls = bpf_map_lookup_elem(&open_calls, &key);
        if (!calls) return true;
    }
    const __u32 depth = calls->depth;
    if (plain && depth > 0) wanted = true;
    if (wanted) {
        if (depth < OPEN_CALLS_MAX) {
            calls->fn[depth] = fn;
            calls->skipped[depth] = 0;
        }
        calls->depth = depth + 1;
        return true;
    }
    if (depth > 0 && depth <= OPEN_CALLS_MAX && calls->fn[depth - 1] == fn) calls->skipped[depth - 1]++;
    return false;
}

/* True: the call that returns is traced. */
static __always_inline bool close_call(__u32 pid, __u8 context, __u16 fn) {
    const __u64 key = context_key(pid, context);
    struct open_calls *calls = bpf_map_lookup_elem(&open_calls, &key);
    if (!calls) return false;
    const __u32 depth = calls->depth;
    if (depth > OPEN_CALLS_MAX) { /* cannot be told from another of the same name */
        calls->depth = depth - 1;
        return true;
    }
#pragma unroll
    for (__u32 down = 1; down <= OPEN_CALLS_SEARCH; down++) {
        const __u32 at = depth - down;
        if (at >= OPEN_CALLS_MAX) return false;
        if (calls->fn[at] != fn) continue;
        if (calls->skipped[at] > 0) {
            calls->skipped[at]--;
            return false;
        }
        calls->depth = at;
        return true;
    }
    return false;
}

#endif
