// SPDX-License-Identifier: GPL-2.0-or-later
// struct sk_buff itself, the head of a queue of them, and what its fields are read as. What they mean: linux/skbuff.h.
// Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/jiffies.h"
#include "linux/list.h"
#include "linux/refcount.h"
#include "linux/skbuff_shared.h"
#include "linux/spinlock.h"
#include "linux/types.h"
#include "net/checksum.h"

#include <cstdint>

namespace skbscope::stack {

struct net_device;
struct sk_buff;
struct sock;

// Links first, so that a queue's head can stand in a ring of packets.
struct sk_buff_links {
    sk_buff *next;
    sk_buff *prev;
};
struct sk_buff_head : sk_buff_links {
    u32 qlen = 0;
    spinlock_t lock;
    // model: what the trace calls this queue ("sk_receive_queue"); null: its operations are not recorded
    const char *name = nullptr;
    u32 trace_queue = 0;
    explicit sk_buff_head(const char *queue_name = nullptr);
    sk_buff_head(const sk_buff_head &) = delete;
    sk_buff_head &operator=(const sk_buff_head &) = delete;
};

// The group that a clone or copy takes over as it is (__copy_skb_header).
struct sk_buff_headers {
    u8 pkt_type : 3;
    u8 ignore_df : 1;
    u8 nf_trace : 1;
    u8 ip_summed : 2;
    u8 ooo_okay : 1;

    u8 l4_hash : 1;
    u8 sw_hash : 1;
    u8 wifi_acked_valid : 1;
    u8 wifi_acked : 1;
    u8 no_fcs : 1;
    u8 encapsulation : 1;
    u8 encap_hdr_csum : 1;
    u8 csum_valid : 1;

    u8 vlan_present : 1;
    u8 csum_complete_sw : 1;
    u8 csum_level : 2;
    u8 dst_pending_confirm : 1;
    u8 mono_delivery_time : 1;
    u8 tc_skip_classify : 1;
    u8 tc_at_ingress : 1;

    u8 redirected : 1;
    u8 from_ingress : 1;
    u8 nf_skip_egress : 1;
    u8 slow_gro : 1;
    u8 csum_not_inet : 1;
    u8 remcsum_offload : 1;
    u8 inner_protocol_type : 1;
    u8 scm_io_uring : 1;

    u16 tc_index;
    u16 alloc_cpu;
    // A union in the kernel: csum for COMPLETE and while a packet is built, the two offsets for PARTIAL.
    wsum csum;
    u16 csum_start; // from head
    u16 csum_offset;
    u32 priority;
    int skb_iif;
    u32 hash;
    be16 vlan_proto;
    u16 vlan_tci;
    u32 napi_id; // a union with sender_cpu in the kernel
    u32 secmark;
    u32 mark; // a union with reserved_tailroom in the kernel
    be16 inner_protocol;
    u16 inner_transport_header;
    u16 inner_network_header;
    u16 inner_mac_header;
    be16 protocol;
    u16 transport_header; // from head; 0xffff: not set
    u16 network_header;   // from head
    u16 mac_header;       // from head; 0xffff: not set
};

struct sk_buff : sk_buff_links, sk_buff_headers {
    net_device *dev; // where it arrived or leaves. The kernel overlays dev_scratch on it: who sets that must clear dev
    unsigned long dev_scratch;
    sock *sk;
    ktime_t tstamp;
    alignas(8) u8 cb[48]; // free for the layer that holds the packet now
    std::uintptr_t _skb_refdst;
    void (*destructor)(sk_buff *skb);
    std::uintptr_t _nfct;
    u32 len, data_len;
    u16 mac_len, hdr_len;
    u16 queue_mapping;
    u8 cloned : 1;
    u8 nohdr : 1;
    u8 fclone : 2;
    u8 peeked : 1;
    u8 head_frag : 1;
    u8 pfmemalloc : 1;
    u8 pp_recycle : 1;
    u8 active_extensions;
    // From here on __alloc_skb() sets each itself; what stands before is zeroed.
    u32 tail; // from head
    u32 end;  // from head
    u8 *head;
    u8 *data;
    u32 truesize;
    refcount_t users;
    // model: what the tracer keeps
    u32 trace_packet;     // this life's id in the trace, 0 = not seen yet
    const sock *trace_sk; // the owner recorded last
    u16 trace_reason;     // why it is being dropped, 0 = it is not
    u8 head_released;     // head still points to the buffer, which is no longer this one's to read
};
static_assert(sizeof(sk_buff) <= 256, "fits the slot of skbuff_head_cache");
static_assert(sizeof(sk_buff_links) == sizeof(list_head));

inline constexpr std::uintptr_t SKB_DST_NOREF = 1, SKB_DST_PTRMASK = ~SKB_DST_NOREF;
inline constexpr u16 SKB_HEADER_UNSET = 0xffff;

// The control buffer as a layer's own struct: SKB_CB<inet_skb_parm>(skb).
template <class T> [[nodiscard]] inline T *SKB_CB(sk_buff *skb) {
    static_assert(sizeof(T) <= sizeof(skb->cb));
    return reinterpret_cast<T *>(skb->cb);
}
template <class T> [[nodiscard]] inline const T *SKB_CB(const sk_buff *skb) {
    static_assert(sizeof(T) <= sizeof(skb->cb));
    return reinterpret_cast<const T *>(skb->cb);
}
// skb->list: the links as a list_head, for lists of packets (a union in the kernel).
[[nodiscard]] inline list_head *skb_list(sk_buff *skb) {
    return reinterpret_cast<list_head *>(static_cast<sk_buff_links *>(skb));
}
[[nodiscard]] inline sk_buff *skb_of_list(list_head *l) {
    return static_cast<sk_buff *>(reinterpret_cast<sk_buff_links *>(l));
}

} // namespace skbscope::stack
