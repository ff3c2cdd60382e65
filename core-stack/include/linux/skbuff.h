// SPDX-License-Identifier: GPL-2.0-or-later
// The sk_buff: one packet on its way through the stack. The struct says where things are; the bytes lie in a buffer of
// their own, with room in front for headers that are still to come and a skb_shared_info behind.
//
//     head          data                tail              end
//      |  headroom   |   linear data     |    tailroom     | skb_shared_info: frags, frag_list, gso, dataref
//      +-------------+-------------------+-----------------+--------------------------------------------
//                     <- push   pull ->   put ->
//
// len counts linear data and fragments, data_len the fragments only. tail, end and the header offsets count bytes from
// head. A clone is a second struct on the same buffer (dataref counts them). Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/err.h"
#include "linux/jiffies.h"
#include "linux/kernel.h"
#include "linux/list.h"
#include "linux/refcount.h"
#include "linux/socket.h"
#include "linux/spinlock.h"
#include "linux/trace_fn.h"
#include "linux/types.h"
#include "net/checksum.h"
#include "net/dropreason.h"

#include <type_traits>

namespace skbscope::stack {

struct dst_entry;
struct net_device;
struct sk_buff;
struct sock;
struct flow_keys;

using gfp_t = unsigned;
inline constexpr gfp_t GFP_ATOMIC = 0xa20, GFP_KERNEL = 0xcc0, __GFP_NOWARN = 0x2000, __GFP_MEMALLOC = 0x20000;

inline constexpr unsigned SMP_CACHE_BYTES = 64;
inline constexpr unsigned PAGE_SIZE = 4096;
inline constexpr unsigned MAX_SKB_FRAGS = 17;
inline constexpr unsigned NET_IP_ALIGN = 0; // x86
inline constexpr unsigned NET_SKB_PAD = 64;

enum pkt_type : u8 {
    PACKET_HOST = 0, // to us
    PACKET_BROADCAST,
    PACKET_MULTICAST,
    PACKET_OTHERHOST, // to someone else
    PACKET_OUTGOING,
    PACKET_LOOPBACK,
};
enum ip_summed : u8 {
    CHECKSUM_NONE = 0,    // rx: must be checked; tx: already computed
    CHECKSUM_UNNECESSARY, // rx: the device vouches for it
    CHECKSUM_COMPLETE,    // rx: csum holds the sum over the packet
    CHECKSUM_PARTIAL,     // tx: whoever sends it out must still store it at csum_start + csum_offset
};
enum skb_fclone_state : u8 { SKB_FCLONE_UNAVAILABLE, SKB_FCLONE_ORIG, SKB_FCLONE_CLONE };
enum skb_tx_flags : u8 {
    SKBTX_HW_TSTAMP = 1 << 0,
    SKBTX_SW_TSTAMP = 1 << 1,
    SKBTX_IN_PROGRESS = 1 << 2,
    SKBTX_HW_TSTAMP_USE_CYCLES = 1 << 3,
    SKBTX_WIFI_STATUS = 1 << 4,
    SKBTX_HW_TSTAMP_NETDEV = 1 << 5,
    SKBTX_SCHED_TSTAMP = 1 << 6,
};
inline constexpr u8 SKBTX_ANY_SW_TSTAMP = SKBTX_SW_TSTAMP | SKBTX_SCHED_TSTAMP;
inline constexpr u8 SKBTX_ANY_TSTAMP = SKBTX_HW_TSTAMP | SKBTX_HW_TSTAMP_USE_CYCLES | SKBTX_ANY_SW_TSTAMP;
enum skb_shinfo_flags : u8 { // skb_shared_info::flags
    SKBFL_ZEROCOPY_ENABLE = 1 << 0,
    SKBFL_SHARED_FRAG = 1 << 1,
    SKBFL_PURE_ZEROCOPY = 1 << 2,
    SKBFL_DONT_ORPHAN = 1 << 3,
    SKBFL_MANAGED_FRAG_REFS = 1 << 4,
};
enum skb_gso_type : u32 {
    SKB_GSO_TCPV4 = 1 << 0,
    SKB_GSO_DODGY = 1 << 1,
    SKB_GSO_TCP_ECN = 1 << 2,
    SKB_GSO_TCP_FIXEDID = 1 << 3,
    SKB_GSO_TCPV6 = 1 << 4,
    SKB_GSO_FCOE = 1 << 5,
    SKB_GSO_GRE = 1 << 6,
    SKB_GSO_GRE_CSUM = 1 << 7,
    SKB_GSO_IPXIP4 = 1 << 8,
    SKB_GSO_IPXIP6 = 1 << 9,
    SKB_GSO_UDP_TUNNEL = 1 << 10,
    SKB_GSO_UDP_TUNNEL_CSUM = 1 << 11,
    SKB_GSO_PARTIAL = 1 << 12,
    SKB_GSO_TUNNEL_REMCSUM = 1 << 13,
    SKB_GSO_SCTP = 1 << 14,
    SKB_GSO_ESP = 1 << 15,
    SKB_GSO_UDP = 1 << 16,
    SKB_GSO_UDP_L4 = 1 << 17,
    SKB_GSO_FRAGLIST = 1 << 18,
};

// A page of memory that fragments point into. page_address() is where its bytes lie.
struct page {
    u8 *virt = nullptr;
    refcount_t count;
    unsigned order = 0; // 2^order * PAGE_SIZE bytes
};
[[nodiscard]] page *alloc_pages(unsigned order); // one reference
void get_page(page *p);
void put_page(page *p);
[[nodiscard]] inline u8 *page_address(const page *p) {
    return p->virt;
}

struct page_frag {
    struct page *page = nullptr;
    u32 offset = 0;
    u32 size = 0;
};

struct skb_frag_t {
    page *bv_page;
    u32 bv_len;
    u32 bv_offset;
};
[[nodiscard]] inline u32 skb_frag_size(const skb_frag_t *frag) {
    return frag->bv_len;
}
inline void skb_frag_size_set(skb_frag_t *frag, u32 size) {
    frag->bv_len = size;
}
inline void skb_frag_size_add(skb_frag_t *frag, u32 delta) {
    frag->bv_len += delta;
}
inline void skb_frag_size_sub(skb_frag_t *frag, u32 delta) {
    frag->bv_len -= delta;
}
[[nodiscard]] inline u32 skb_frag_off(const skb_frag_t *frag) {
    return frag->bv_offset;
}
inline void skb_frag_off_add(skb_frag_t *frag, u32 delta) {
    frag->bv_offset += delta;
}
[[nodiscard]] inline page *skb_frag_page(const skb_frag_t *frag) {
    return frag->bv_page;
}
[[nodiscard]] inline u8 *skb_frag_address(const skb_frag_t *frag) {
    return page_address(frag->bv_page) + frag->bv_offset;
}

struct skb_shared_hwtstamps {
    ktime_t hwtstamp;
};

// Behind `end`: what all clones of one buffer share.
struct skb_shared_info {
    u8 flags; // SKBFL_*
    u8 meta_len;
    u8 nr_frags;
    u8 tx_flags; // SKBTX_*
    u16 gso_size;
    u16 gso_segs;
    sk_buff *frag_list;
    skb_shared_hwtstamps hwtstamps;
    u32 gso_type; // SKB_GSO_*
    u32 tskey;
    atomic_t dataref; // low 16 bits: structs on this buffer; high 16: of those, payload only
    u32 xdp_frags_size;
    void *destructor_arg;
    skb_frag_t frags[MAX_SKB_FRAGS];
};
static_assert(sizeof(skb_shared_info) == 320, "decides truesize: must be the kernel's");
inline constexpr unsigned SKB_DATAREF_SHIFT = 16;
inline constexpr int SKB_DATAREF_MASK = (1 << SKB_DATAREF_SHIFT) - 1;

// What sizes count as. sizeof(struct sk_buff) is 232 in Debian's 6.1, 256 in its cache.
inline constexpr unsigned SKB_STRUCT_SIZE = 232;
template <class T> [[nodiscard]] constexpr T SKB_DATA_ALIGN(T x) {
    return ALIGN(x, SMP_CACHE_BYTES);
}
inline constexpr unsigned SKB_SHINFO_SIZE = SKB_DATA_ALIGN(unsigned{sizeof(skb_shared_info)});
template <class T> [[nodiscard]] constexpr T SKB_WITH_OVERHEAD(T x) {
    return static_cast<T>(x - SKB_SHINFO_SIZE);
}
template <class T> [[nodiscard]] constexpr T SKB_TRUESIZE(T x) {
    return static_cast<T>(x + SKB_DATA_ALIGN(SKB_STRUCT_SIZE) + SKB_SHINFO_SIZE);
}

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

// --- allocation and freeing ---------------------------------------------------------------------------------------
void skb_init();
inline constexpr int SKB_ALLOC_FCLONE = 0x01, SKB_ALLOC_RX = 0x02, SKB_ALLOC_NAPI = 0x04;
inline constexpr int NUMA_NO_NODE = -1;
[[nodiscard]] sk_buff *__alloc_skb(unsigned size, gfp_t priority, int flags, int node);
[[nodiscard]] sk_buff *alloc_skb(unsigned size, gfp_t priority);
[[nodiscard]] sk_buff *alloc_skb_fclone(unsigned size, gfp_t priority);
[[nodiscard]] sk_buff *alloc_skb_with_frags(unsigned long header_len, unsigned long data_len, int max_page_order,
                                            int *errcode, gfp_t gfp_mask);
[[nodiscard]] sk_buff *__netdev_alloc_skb(net_device *dev, unsigned length, gfp_t gfp_mask);
[[nodiscard]] inline sk_buff *netdev_alloc_skb(net_device *dev, unsigned length) {
    return __netdev_alloc_skb(dev, length, GFP_ATOMIC);
}
[[nodiscard]] sk_buff *build_skb(void *data, unsigned frag_size);
// The same from a poll function, with what its CPU keeps at hand.
[[nodiscard]] sk_buff *napi_build_skb(void *data, unsigned frag_size);
[[nodiscard]] sk_buff *__napi_alloc_skb(struct napi_struct *napi, unsigned len, gfp_t gfp_mask);
[[nodiscard]] inline sk_buff *napi_alloc_skb(struct napi_struct *napi, unsigned len) {
    return __napi_alloc_skb(napi, len, GFP_ATOMIC);
}
void kfree_skb_reason(sk_buff *skb, skb_drop_reason reason);
inline void kfree_skb(sk_buff *skb) {
    kfree_skb_reason(skb, SKB_DROP_REASON_NOT_SPECIFIED);
}
void kfree_skb_list_reason(sk_buff *segs, skb_drop_reason reason);
inline void kfree_skb_list(sk_buff *segs) {
    kfree_skb_list_reason(segs, SKB_DROP_REASON_NOT_SPECIFIED);
}
void consume_skb(sk_buff *skb); // freed after use, not dropped
void __consume_stateless_skb(sk_buff *skb);
void __kfree_skb(sk_buff *skb);
void napi_consume_skb(sk_buff *skb, int budget);
void __kfree_skb_defer(sk_buff *skb);
void skb_release_head_state(sk_buff *skb);
void kfree_skb_partial(sk_buff *skb, bool head_stolen);
void skb_tx_error(sk_buff *skb);
void skb_attempt_defer_free(sk_buff *skb);
bool skb_unref(sk_buff *skb); // true: the last reference is gone
[[nodiscard]] inline sk_buff *skb_get(sk_buff *skb) {
    refcount_inc(&skb->users);
    return skb;
}
[[nodiscard]] sk_buff *skb_clone(sk_buff *skb, gfp_t gfp_mask);
sk_buff *skb_morph(sk_buff *dst, sk_buff *src);
[[nodiscard]] sk_buff *skb_copy(const sk_buff *skb, gfp_t gfp_mask);
[[nodiscard]] sk_buff *__pskb_copy_fclone(sk_buff *skb, int headroom, gfp_t gfp_mask, bool fclone);
[[nodiscard]] inline sk_buff *pskb_copy(sk_buff *skb, gfp_t gfp_mask);
[[nodiscard]] sk_buff *skb_copy_expand(const sk_buff *skb, int newheadroom, int newtailroom, gfp_t gfp_mask);
[[nodiscard]] sk_buff *skb_realloc_headroom(sk_buff *skb, unsigned headroom);
[[nodiscard]] sk_buff *skb_expand_head(sk_buff *skb, unsigned headroom);
int pskb_expand_head(sk_buff *skb, int nhead, int ntail, gfp_t gfp_mask);
void skb_copy_header(sk_buff *dst, const sk_buff *src);
void skb_headers_offset_update(sk_buff *skb, int off);

// --- questions ----------------------------------------------------------------------------------------------------
[[nodiscard]] inline u8 *skb_end_pointer(const sk_buff *skb) {
    return skb->head + skb->end;
}
[[nodiscard]] inline u32 skb_end_offset(const sk_buff *skb) {
    return skb->end;
}
[[nodiscard]] inline u8 *skb_tail_pointer(const sk_buff *skb) {
    return skb->head + skb->tail;
}
[[nodiscard]] inline skb_shared_info *skb_shinfo(const sk_buff *skb) {
    return reinterpret_cast<skb_shared_info *>(skb_end_pointer(skb));
}
[[nodiscard]] inline unsigned skb_headroom(const sk_buff *skb) {
    return static_cast<unsigned>(skb->data - skb->head);
}
[[nodiscard]] inline bool skb_is_nonlinear(const sk_buff *skb) {
    return skb->data_len != 0;
}
[[nodiscard]] inline unsigned skb_headlen(const sk_buff *skb) {
    return skb->len - skb->data_len;
}
[[nodiscard]] inline int skb_tailroom(const sk_buff *skb) {
    return skb_is_nonlinear(skb) ? 0 : static_cast<int>(skb->end - skb->tail);
}
[[nodiscard]] inline int skb_availroom(const sk_buff *skb) {
    return skb_tailroom(skb);
}
[[nodiscard]] unsigned __skb_pagelen(const sk_buff *skb);
[[nodiscard]] inline unsigned skb_pagelen(const sk_buff *skb) {
    return skb_headlen(skb) + __skb_pagelen(skb);
}
[[nodiscard]] inline bool skb_has_frag_list(const sk_buff *skb) {
    return skb_shinfo(skb)->frag_list != nullptr;
}
[[nodiscard]] inline bool skb_is_gso(const sk_buff *skb) {
    return skb_shinfo(skb)->gso_size != 0;
}
[[nodiscard]] inline bool skb_is_gso_tcp(const sk_buff *skb) {
    return (skb_shinfo(skb)->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) != 0;
}
inline void skb_gso_reset(sk_buff *skb) {
    skb_shinfo(skb)->gso_size = 0;
    skb_shinfo(skb)->gso_segs = 0;
    skb_shinfo(skb)->gso_type = 0;
}
[[nodiscard]] inline bool skb_cloned(const sk_buff *skb) {
    return skb->cloned && (atomic_read(&skb_shinfo(skb)->dataref) & SKB_DATAREF_MASK) != 1;
}
[[nodiscard]] inline bool skb_header_cloned(const sk_buff *skb) {
    if (!skb->cloned) return false;
    const int dataref = atomic_read(&skb_shinfo(skb)->dataref);
    return (dataref & SKB_DATAREF_MASK) - (dataref >> SKB_DATAREF_SHIFT) != 1;
}
[[nodiscard]] inline bool skb_shared(const sk_buff *skb) {
    return refcount_read(&skb->users) != 1;
}
[[nodiscard]] inline bool skb_clone_writable(const sk_buff *skb, unsigned len) {
    return !skb_header_cloned(skb) && skb_headroom(skb) + len <= skb->hdr_len;
}
[[nodiscard]] inline bool skb_unclone(sk_buff *skb, gfp_t pri) {
    return skb_cloned(skb) ? pskb_expand_head(skb, 0, 0, pri) != 0 : false;
}
[[nodiscard]] sk_buff *skb_share_check(sk_buff *skb, gfp_t pri); // consumes a shared one and gives a clone
[[nodiscard]] sk_buff *skb_unshare(sk_buff *skb, gfp_t pri);
int skb_cow(sk_buff *skb, unsigned headroom);      // headroom bytes before data, and the buffer is ours alone
int skb_cow_head(sk_buff *skb, unsigned headroom); // the same for the headers only

// --- moving data and tail -----------------------------------------------------------------------------------------
// Each emits its own buffer operation. Beyond the buffer's bounds the kernel panics: kernel_panic is thrown.
void *skb_put(sk_buff *skb, unsigned len);
void *__skb_put(sk_buff *skb, unsigned len);
void *skb_put_zero(sk_buff *skb, unsigned len);
void *skb_put_data(sk_buff *skb, const void *data, unsigned len);
void *skb_push(sk_buff *skb, unsigned len);
void *__skb_push(sk_buff *skb, unsigned len);
void *skb_pull(sk_buff *skb, unsigned len); // null: not enough data
void *__skb_pull(sk_buff *skb, unsigned len);
void *skb_pull_inline(sk_buff *skb, unsigned len);
void *skb_pull_data(sk_buff *skb, std::size_t len);
void *skb_pull_rcsum(sk_buff *skb, unsigned len);
void *skb_push_rcsum(sk_buff *skb, unsigned len);
void skb_reserve(sk_buff *skb, int len);
void skb_trim(sk_buff *skb, unsigned len);
void __skb_trim(sk_buff *skb, unsigned len);
int ___pskb_trim(sk_buff *skb, unsigned len);
int __pskb_trim(sk_buff *skb, unsigned len);
int pskb_trim(sk_buff *skb, unsigned len);
int pskb_trim_rcsum(sk_buff *skb, unsigned len);
int pskb_trim_rcsum_slow(sk_buff *skb, unsigned len);
void pskb_trim_unique(sk_buff *skb, unsigned len);
void *__pskb_pull_tail(sk_buff *skb, int delta);
bool pskb_may_pull(sk_buff *skb, unsigned len); // makes the first len bytes linear; false: the packet is shorter
skb_drop_reason pskb_may_pull_reason(sk_buff *skb, unsigned len);
bool pskb_network_may_pull(sk_buff *skb, unsigned len);
void *pskb_pull(sk_buff *skb, unsigned len);
void skb_condense(sk_buff *skb);
[[nodiscard]] int __skb_linearize(sk_buff *skb);
[[nodiscard]] inline int skb_linearize(sk_buff *skb) {
    return skb_is_nonlinear(skb) ? __skb_linearize(skb) : 0;
}
inline void __skb_set_length(sk_buff *skb, unsigned len) {
    skb->len = len;
    skb->tail = skb_headroom(skb) + len;
}
int skb_pad(sk_buff *skb, int pad);
int skb_put_padto(sk_buff *skb, unsigned len);

// --- header offsets -----------------------------------------------------------------------------------------------
[[nodiscard]] inline u16 skb_data_offset(const sk_buff *skb) {
    return static_cast<u16>(skb->data - skb->head);
}
[[nodiscard]] inline u8 *skb_transport_header(const sk_buff *skb) {
    return skb->head + skb->transport_header;
}
inline void skb_reset_transport_header(sk_buff *skb) {
    skb->transport_header = skb_data_offset(skb);
}
inline void skb_set_transport_header(sk_buff *skb, int offset) {
    skb->transport_header = static_cast<u16>(skb_data_offset(skb) + offset);
}
[[nodiscard]] inline bool skb_transport_header_was_set(const sk_buff *skb) {
    return skb->transport_header != SKB_HEADER_UNSET;
}
[[nodiscard]] inline int skb_transport_offset(const sk_buff *skb) {
    return static_cast<int>(skb_transport_header(skb) - skb->data);
}
[[nodiscard]] inline u8 *skb_network_header(const sk_buff *skb) {
    return skb->head + skb->network_header;
}
inline void skb_reset_network_header(sk_buff *skb) {
    skb->network_header = skb_data_offset(skb);
}
inline void skb_set_network_header(sk_buff *skb, int offset) {
    skb->network_header = static_cast<u16>(skb_data_offset(skb) + offset);
}
[[nodiscard]] inline int skb_network_offset(const sk_buff *skb) {
    return static_cast<int>(skb_network_header(skb) - skb->data);
}
[[nodiscard]] inline u32 skb_network_header_len(const sk_buff *skb) {
    return static_cast<u32>(skb->transport_header - skb->network_header);
}
[[nodiscard]] inline u8 *skb_mac_header(const sk_buff *skb) {
    return skb->head + skb->mac_header;
}
[[nodiscard]] inline bool skb_mac_header_was_set(const sk_buff *skb) {
    return skb->mac_header != SKB_HEADER_UNSET;
}
inline void skb_reset_mac_header(sk_buff *skb) {
    skb->mac_header = skb_data_offset(skb);
}
inline void skb_set_mac_header(sk_buff *skb, int offset) {
    skb->mac_header = static_cast<u16>(skb_data_offset(skb) + offset);
}
inline void skb_unset_mac_header(sk_buff *skb) {
    skb->mac_header = SKB_HEADER_UNSET;
}
[[nodiscard]] inline int skb_mac_offset(const sk_buff *skb) {
    return static_cast<int>(skb_mac_header(skb) - skb->data);
}
inline void skb_reset_mac_len(sk_buff *skb) {
    skb->mac_len = static_cast<u16>(skb->network_header - skb->mac_header);
}
void skb_probe_transport_header(sk_buff *skb);
[[nodiscard]] inline int skb_checksum_start_offset(const sk_buff *skb) {
    return skb->csum_start - static_cast<int>(skb_headroom(skb));
}
[[nodiscard]] inline u8 *skb_checksum_start(const sk_buff *skb) {
    return skb->head + skb->csum_start;
}

// --- owner, route, marks ------------------------------------------------------------------------------------------
[[nodiscard]] inline dst_entry *skb_dst(const sk_buff *skb) {
    return reinterpret_cast<dst_entry *>(skb->_skb_refdst & SKB_DST_PTRMASK);
}
inline void skb_dst_set(sk_buff *skb, dst_entry *dst) {
    if (dst) skb->slow_gro = 1;
    skb->_skb_refdst = reinterpret_cast<std::uintptr_t>(dst);
}
inline void skb_dst_set_noref(sk_buff *skb, dst_entry *dst) {
    if (dst) skb->slow_gro = 1;
    skb->_skb_refdst = reinterpret_cast<std::uintptr_t>(dst) | SKB_DST_NOREF;
}
[[nodiscard]] inline bool skb_dst_is_noref(const sk_buff *skb) {
    return (skb->_skb_refdst & SKB_DST_NOREF) != 0 && skb_dst(skb) != nullptr;
}
[[nodiscard]] inline bool skb_valid_dst_ptr(const sk_buff *skb) {
    return skb_dst(skb) != nullptr;
}
void skb_orphan(sk_buff *skb); // runs the destructor: the owner gets its memory back now
inline void skb_mark_not_on_list(sk_buff *skb) {
    skb->next = nullptr;
}
inline void nf_reset_ct(sk_buff *skb) {
    skb->_nfct = 0;
}
inline void nf_reset_trace(sk_buff *skb) {
    skb->nf_trace = 0;
}
inline void ipvs_reset(sk_buff *) {}
inline void skb_ext_reset(sk_buff *skb) {
    skb->active_extensions = 0;
}
inline void secpath_reset(sk_buff *) {}
void skb_scrub_packet(sk_buff *skb, bool xnet); // forgets what must not cross into another device or namespace
inline void skb_clear_hash(sk_buff *skb) {
    skb->hash = 0;
    skb->sw_hash = 0;
    skb->l4_hash = 0;
}
inline void skb_set_queue_mapping(sk_buff *skb, u16 queue) {
    skb->queue_mapping = queue;
}
[[nodiscard]] inline u16 skb_get_queue_mapping(const sk_buff *skb) {
    return skb->queue_mapping;
}
inline void skb_record_rx_queue(sk_buff *skb, u16 queue) {
    skb->queue_mapping = static_cast<u16>(queue + 1);
}
[[nodiscard]] inline u16 skb_get_rx_queue(const sk_buff *skb) {
    return static_cast<u16>(skb->queue_mapping - 1);
}
[[nodiscard]] inline bool skb_rx_queue_recorded(const sk_buff *skb) {
    return skb->queue_mapping != 0;
}
[[nodiscard]] inline bool skb_get_dst_pending_confirm(const sk_buff *skb) {
    return skb->dst_pending_confirm != 0;
}
inline void skb_set_dst_pending_confirm(sk_buff *skb, u32 val) {
    skb->dst_pending_confirm = val & 1;
}
[[nodiscard]] inline bool skb_vlan_tag_present(const sk_buff *skb) {
    return skb->vlan_present != 0;
}
[[nodiscard]] inline bool skb_zcopy(const sk_buff *skb) {
    return (skb_shinfo(skb)->flags & SKBFL_ZEROCOPY_ENABLE) != 0;
}
[[nodiscard]] inline int skb_orphan_frags(sk_buff *, gfp_t) {
    return 0;
} // zero-copy sends are not modelled
[[nodiscard]] inline int skb_orphan_frags_rx(sk_buff *, gfp_t) {
    return 0;
}
[[nodiscard]] inline bool skb_pfmemalloc(const sk_buff *skb) {
    return skb->pfmemalloc != 0;
}

// --- frags --------------------------------------------------------------------------------------------------------
void skb_fill_page_desc(sk_buff *skb, int i, page *page, int off, int size);
void skb_add_rx_frag(sk_buff *skb, int i, page *page, int off, int size, unsigned truesize);
[[nodiscard]] bool skb_can_coalesce(const sk_buff *skb, int i, const page *page, int off);
int skb_append_pagefrags(sk_buff *skb, page *page, int offset, std::size_t size);
[[nodiscard]] bool skb_try_coalesce(sk_buff *to, sk_buff *from, bool *fragstolen, int *delta_truesize);
inline void skb_frag_ref(sk_buff *skb, int f) {
    get_page(skb_shinfo(skb)->frags[f].bv_page);
}
inline void skb_frag_unref(sk_buff *skb, int f) {
    put_page(skb_shinfo(skb)->frags[f].bv_page);
}
inline void skb_len_add(sk_buff *skb, int delta) {
    skb->len += static_cast<u32>(delta);
    skb->data_len += static_cast<u32>(delta);
    skb->truesize += static_cast<u32>(delta);
}

// --- copying and checksums ----------------------------------------------------------------------------------------
int skb_copy_bits(const sk_buff *skb, int offset, void *to, int len); // 0 or -EFAULT; offset from data
int skb_store_bits(sk_buff *skb, int offset, const void *from, int len);
[[nodiscard]] void *skb_header_pointer(const sk_buff *skb, int offset, int len, void *buffer);
[[nodiscard]] wsum skb_checksum(const sk_buff *skb, int offset, int len, wsum csum);
wsum skb_copy_and_csum_bits(const sk_buff *skb, int offset, u8 *to, int len);
void skb_copy_and_csum_dev(const sk_buff *skb, u8 *to);
sum16 __skb_checksum_complete_head(sk_buff *skb, int len);
sum16 __skb_checksum_complete(sk_buff *skb);
[[nodiscard]] inline bool skb_csum_unnecessary(const sk_buff *skb) {
    return skb->ip_summed == CHECKSUM_UNNECESSARY || skb->csum_valid ||
           (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) >= 0);
}
sum16 skb_checksum_complete(sk_buff *skb);
void skb_postpull_rcsum(sk_buff *skb, const void *start, unsigned len);
void skb_postpush_rcsum(sk_buff *skb, const void *start, unsigned len);
void __skb_incr_checksum_unnecessary(sk_buff *skb);
void __skb_decr_checksum_unnecessary(sk_buff *skb);
bool skb_partial_csum_set(sk_buff *skb, u16 start, u16 off);
int skb_checksum_help(sk_buff *skb);
inline void skb_forward_csum(sk_buff *skb) {
    if (skb->ip_summed == CHECKSUM_COMPLETE) skb->ip_summed = CHECKSUM_NONE;
}
inline void skb_checksum_none_assert(const sk_buff *) {}

// --- queues -------------------------------------------------------------------------------------------------------
// The __ forms want the lock held. Operations on a named queue are recorded.
inline void __skb_queue_head_init(sk_buff_head *list) {
    list->next = list->prev = static_cast<sk_buff *>(static_cast<sk_buff_links *>(list));
    list->qlen = 0;
}
inline void skb_queue_head_init(sk_buff_head *list) {
    spin_lock_init(&list->lock);
    __skb_queue_head_init(list);
}
inline sk_buff_head::sk_buff_head(const char *queue_name) : name(queue_name) {
    __skb_queue_head_init(this);
}
[[nodiscard]] inline bool skb_queue_empty(const sk_buff_head *list) {
    return static_cast<const sk_buff_links *>(list->next) == list;
}
[[nodiscard]] inline bool skb_queue_empty_lockless(const sk_buff_head *list) {
    return skb_queue_empty(list);
}
[[nodiscard]] inline u32 skb_queue_len(const sk_buff_head *list) {
    return list->qlen;
}
[[nodiscard]] inline u32 skb_queue_len_lockless(const sk_buff_head *list) {
    return list->qlen;
}
[[nodiscard]] inline bool skb_queue_is_last(const sk_buff_head *list, const sk_buff *skb) {
    return static_cast<const sk_buff_links *>(skb->next) == list;
}
[[nodiscard]] inline sk_buff *skb_peek(const sk_buff_head *list) {
    return skb_queue_empty(list) ? nullptr : list->next;
}
[[nodiscard]] inline sk_buff *skb_peek_tail(const sk_buff_head *list) {
    return skb_queue_empty(list) ? nullptr : list->prev;
}
[[nodiscard]] inline sk_buff *skb_peek_next(sk_buff *skb, const sk_buff_head *list) {
    return skb_queue_is_last(list, skb) ? nullptr : skb->next;
}
void __skb_queue_after(sk_buff_head *list, sk_buff *prev, sk_buff *newsk);
void __skb_queue_before(sk_buff_head *list, sk_buff *next, sk_buff *newsk);
void __skb_queue_head(sk_buff_head *list, sk_buff *newsk);
void __skb_queue_tail(sk_buff_head *list, sk_buff *newsk);
void skb_queue_head(sk_buff_head *list, sk_buff *newsk);
void skb_queue_tail(sk_buff_head *list, sk_buff *newsk);
void __skb_unlink(sk_buff *skb, sk_buff_head *list);
void skb_unlink(sk_buff *skb, sk_buff_head *list);
[[nodiscard]] sk_buff *__skb_dequeue(sk_buff_head *list);
[[nodiscard]] sk_buff *skb_dequeue(sk_buff_head *list);
[[nodiscard]] sk_buff *__skb_dequeue_tail(sk_buff_head *list);
[[nodiscard]] sk_buff *skb_dequeue_tail(sk_buff_head *list);
void __skb_queue_purge(sk_buff_head *list);
void skb_queue_purge(sk_buff_head *list);
void skb_queue_splice_tail_init(sk_buff_head *list, sk_buff_head *head);
void skb_queue_splice_init(sk_buff_head *list, sk_buff_head *head);

// --- hash, time ---------------------------------------------------------------------------------------------------
void __skb_get_hash(sk_buff *skb);
[[nodiscard]] u32 skb_get_hash(sk_buff *skb);
inline void skb_clear_delivery_time(sk_buff *skb) {
    if (skb->mono_delivery_time) {
        skb->mono_delivery_time = 0;
        skb->tstamp = 0;
    }
}
inline void skb_clear_tstamp(sk_buff *skb) {
    if (skb->mono_delivery_time) return;
    skb->tstamp = 0;
}
[[nodiscard]] inline ktime_t skb_tstamp(const sk_buff *skb) {
    return skb->mono_delivery_time ? 0 : skb->tstamp;
}
inline void __net_timestamp(sk_buff *skb) {
    skb->tstamp = ktime_get_real();
    skb->mono_delivery_time = 0;
}
void skb_clone_tx_timestamp(sk_buff *skb);
[[nodiscard]] bool skb_defer_rx_timestamp(sk_buff *skb);
void skb_tx_timestamp(sk_buff *skb); // by drivers, just before the packet leaves

inline sk_buff *pskb_copy(sk_buff *skb, gfp_t gfp_mask) {
    return __pskb_copy_fclone(skb, static_cast<int>(skb_headroom(skb)), gfp_mask, false);
}

} // namespace skbscope::stack
