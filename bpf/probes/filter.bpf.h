/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which packets are wanted: decided by the user's filter where a packet is first seen with headers to look at, and from
 * there on by who the packet is: the struct's address and the address of its buffer. Whoever includes this switches it
 * on by loading programs through with_filter() (bpf/filter_jit.h); as compiled, every packet is wanted, and the
 * verifier throws all of it away.
 */
#ifndef SKBSCOPE_FILTER_BPF_H
#define SKBSCOPE_FILTER_BPF_H

#include "filter_abi.h"
#include "filter_marks.h"
#include "read_skb.bpf.h"

/* Packets that are followed: address of the struct -> address of its buffer. Given back or not, an address that comes
 * with another buffer is another packet. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, SKBSCOPE_FOLLOW_DEFAULT);
    __type(key, __u64);
    __type(value, __u64);
} followed SEC(".maps");

/* Written by the agent before it switches tracing on */
struct skbscope_want want;

static __always_inline bool filtering(void) {
#ifdef SKBSCOPE_UNFILTERED
    return false; /* never to be switched on: the programs stay small, and hundreds of them load in less time */
#else
    __u64 is;
    asm volatile("r0 = %[mark]\n%[is] = r0" : [is] "=r"(is) : [mark] "i"(SKBSCOPE_MARK_FILTERING) : "r0");
    return is == SKBSCOPE_MARK_FILTERING_ON;
#endif
}

/* The mark becomes a call, with the arguments where calls have them. */
#define ASK_FILTER(which, from, length, have)                                                                          \
    ({                                                                                                                 \
        __u64 verdict;                                                                                                 \
        asm volatile("r1 = %[a]\nr2 = %[b]\nr3 = %[c]\nr0 = %[mark]\n%[verdict] = r0"                                  \
                     : [verdict] "=r"(verdict)                                                                         \
                     : [a] "r"((__u64)(from)), [b] "r"((__u64)(length)), [c] "r"((__u64)(have)), [mark] "i"(which)     \
                     : "r0", "r1", "r2", "r3", "r4", "r5", "memory");                                                  \
        (__u32) verdict != 0;                                                                                          \
    })

#define ETHERNET_HEADER 14
/* linux/if_arp.h */
#define DEVICE_ETHERNET 1
#define DEVICE_LOOPBACK 772

/* In the namespace and on the device that the user named. A socket's queue keeps other things where a packet had its
 * device: what cannot be read is 0. */
static __always_inline bool in_place(struct sk_buff *skb) {
    if (!want.net) return true;
    __u32 net = BPF_CORE_READ(skb, dev, nd_net.net, ns.inum);
    if (!net) net = BPF_CORE_READ(skb, sk, __sk_common.skc_net.net, ns.inum);
    if (net != want.net) return false;
    return !want.ifindex || (__u32)BPF_CORE_READ(skb, dev, ifindex) == want.ifindex;
}

/* Does the packet begin with an Ethernet header at `mac`? An offset that was never set, or that an earlier device left
 * behind, says no. */
static __always_inline bool has_ethernet(struct sk_buff *skb, __u32 mac, __u32 network, __u32 tail) {
    if (mac == SKBSCOPE_OFFSET_UNSET || mac + ETHERNET_HEADER > tail) return false;
    const __u16 type = BPF_CORE_READ(skb, dev, type);
    const bool device = type == DEVICE_ETHERNET || type == DEVICE_LOOPBACK;
    if (network == SKBSCOPE_OFFSET_UNSET || network <= mac) return device && network != mac;
    return network == mac + ETHERNET_HEADER || (device && network > mac + ETHERNET_HEADER);
}

static __always_inline bool matches(struct sk_buff *skb, __u64 head) {
    if (!in_place(skb)) return false;
    if (!want.expression) return true;
    const __u32 data = (__u32)((__u64)BPF_CORE_READ(skb, data) - head);
    const __u32 len = BPF_CORE_READ(skb, len), data_len = BPF_CORE_READ(skb, data_len);
    const __u32 mac = BPF_CORE_READ(skb, mac_header), network = BPF_CORE_READ(skb, network_header);
    const __u32 tail = data + len - data_len; /* what lies in pages is not looked at */
    if (!head || data_len > len) return false;
    if (has_ethernet(skb, mac, network, tail))
        return ASK_FILTER(SKBSCOPE_MARK_ETHERNET, head + mac, data + len - mac, tail - mac);
    if (network == 0 || network == SKBSCOPE_OFFSET_UNSET || network >= tail) return false; /* nothing is there yet */
    return ASK_FILTER(SKBSCOPE_MARK_RAW, head + network, data + len - network, tail - network);
}

static __always_inline void follow(__u64 skb, __u64 head) {
    if (bpf_map_update_elem(&followed, &skb, &head, BPF_ANY)) __sync_fetch_and_add(&want.overflow, 1);
}

/* The agent's own doing. What interrupts it is somebody else's. */
static __always_inline bool is_self(__u8 context) {
    return filtering() && context == SKBSCOPE_CTX_PROCESS && (__u32)(bpf_get_current_pid_tgid() >> 32) == want.self;
}

/* Asked at every sight of a packet. */
static __always_inline bool packet_wanted(struct sk_buff *skb) {
    if (!filtering()) return true;
    const __u64 key = (__u64)skb, head = (__u64)BPF_CORE_READ(skb, head);
    const __u64 *known = bpf_map_lookup_elem(&followed, &key);
    if (known && *known == head) return true;
    if (matches(skb, head)) {
        follow(key, head);
        return true;
    }
    if (known) bpf_map_delete_elem(&followed, &key);
    return false;
}

static __always_inline bool packet_followed(__u64 skb) {
    return bpf_map_lookup_elem(&followed, &skb) != 0;
}

/* The struct is given back: whoever has this address next is another packet. */
static __always_inline void packet_gone(__u64 skb) {
    if (filtering()) bpf_map_delete_elem(&followed, &skb);
}

/* A clone, a copy or a segment of `from`, or `from` itself with a new buffer. */
static __always_inline void packet_inherits(__u64 from, struct sk_buff *skb) {
    if (!filtering() || !packet_followed(from)) return;
    follow((__u64)skb, (__u64)BPF_CORE_READ(skb, head));
}

#endif
