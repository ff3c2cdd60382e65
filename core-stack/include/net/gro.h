// SPDX-License-Identifier: GPL-2.0-or-later
// GRO: packets of one flow that arrive together are merged into one before the stack sees them. Each protocol decides
// for its layer whether a packet belongs to one that is held. Linux 6.1: include/net/gro.h, include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"

namespace skbscope::stack {

inline constexpr u8 NAPI_GRO_FREE = 1;             // napi_gro_cb::free: nothing of the packet is needed any more
inline constexpr u8 NAPI_GRO_FREE_STOLEN_HEAD = 2; // only the struct is left: its head became a fragment

// While GRO has a packet, skb->cb is this.
struct napi_gro_cb {
    u8 *frag0; // headers, when they lie in a page
    u32 frag0_len;
    int data_offset; // how far the headers are parsed, from data
    u16 flush;       // not 0: cannot be merged; in a held packet: not with the one that is looked at
    u16 flush_id;    // held: how far the looked-at packet's IP id is from the one expected; 0 = just that
    u16 count;       // packets merged into this one, itself included
    u16 proto;
    unsigned long age; // jiffies when the first one came
    // Set to zero for every packet.
    u16 gro_remcsum_start;
    u8 same_flow : 1; // held: the looked-at packet may be its successor; looked-at: was merged
    u8 encap_mark : 1;
    u8 csum_valid : 1;
    u8 csum_cnt : 3; // checksums the device vouches for that are not used up yet
    u8 free : 2;     // NAPI_GRO_FREE*
    u8 is_ipv6 : 1;
    u8 is_fou : 1;
    u8 is_atomic : 1; // no fragmentation (DF): its IP id says nothing
    u8 recursion_counter : 4;
    u8 is_flist : 1; // merged by frag_list, each packet staying whole
    wsum csum;       // of what is not parsed yet
    sk_buff *last;   // held: the packet at the end of the frag_list, or itself
};
static_assert(sizeof(napi_gro_cb) == 48, "fills skb->cb, as the kernel's");
[[nodiscard]] inline napi_gro_cb *NAPI_GRO_CB(sk_buff *skb) {
    return SKB_CB<napi_gro_cb>(skb);
}

// Registered for an EtherType. gro_receive returns the held packet that must be flushed now, or null. gso_segment cuts
// a packet up: a list of segments whose first one's prev is the last, null when it may stay whole, or an error pointer;
// the packet stays the caller's.
struct packet_offload {
    be16 type;
    u16 priority = 0;
    sk_buff *(*gso_segment)(sk_buff *skb, netdev_features_t features) = nullptr;
    sk_buff *(*gro_receive)(list_head *head, sk_buff *skb) = nullptr;
    int (*gro_complete)(sk_buff *skb, int nhoff) = nullptr;
    list_head list;
};
void dev_add_offload(packet_offload *po);

[[nodiscard]] packet_offload *gro_find_receive_by_type(be16 type); // null: none
[[nodiscard]] packet_offload *gro_find_complete_by_type(be16 type);
[[nodiscard]] packet_offload *gso_find_segment_by_type(be16 type); // model: the kernel's callers search by themselves

// The packets on a list of GRO, youngest first. None may be taken off meanwhile.
class gro_packets {
public:
    explicit gro_packets(list_head *head) : head_(head) {}
    class iterator {
    public:
        explicit iterator(list_head *at) : at_(at) {}
        sk_buff *operator*() const { return skb_of_list(at_); }
        iterator &operator++() {
            at_ = at_->next;
            return *this;
        }
        bool operator!=(const iterator &o) const { return at_ != o.at_; }

    private:
        list_head *at_;
    };
    [[nodiscard]] iterator begin() const { return iterator(head_->next); }
    [[nodiscard]] iterator end() const { return iterator(head_); }

private:
    list_head *head_;
};

[[nodiscard]] inline unsigned skb_gro_offset(sk_buff *skb) {
    return static_cast<unsigned>(NAPI_GRO_CB(skb)->data_offset);
}
[[nodiscard]] inline unsigned skb_gro_len(sk_buff *skb) {
    return skb->len - skb_gro_offset(skb);
}
inline void skb_gro_pull(sk_buff *skb, unsigned len) {
    NAPI_GRO_CB(skb)->data_offset += static_cast<int>(len);
}
// Are the first hlen bytes beyond what frag0 shows?
[[nodiscard]] inline bool skb_gro_header_hard(sk_buff *skb, unsigned hlen) {
    return NAPI_GRO_CB(skb)->frag0_len < hlen;
}
inline void skb_gro_frag0_invalidate(sk_buff *skb) {
    NAPI_GRO_CB(skb)->frag0 = nullptr;
    NAPI_GRO_CB(skb)->frag0_len = 0;
}
[[nodiscard]] inline u8 *skb_gro_header_slow(sk_buff *skb, unsigned hlen, unsigned offset) {
    if (!pskb_may_pull(skb, hlen)) return nullptr;
    skb_gro_frag0_invalidate(skb);
    return skb->data + offset;
}
// The first hlen bytes are there to be read: from `offset`, in the page or, pulled, in the linear part. Null: the
// packet is shorter.
[[nodiscard]] inline u8 *skb_gro_header(sk_buff *skb, unsigned hlen, unsigned offset) {
    if (skb_gro_header_hard(skb, hlen)) return skb_gro_header_slow(skb, hlen, offset);
    return NAPI_GRO_CB(skb)->frag0 + offset;
}
[[nodiscard]] inline u8 *skb_gro_network_header(sk_buff *skb) {
    u8 *start = NAPI_GRO_CB(skb)->frag0;
    return (start ? start : skb->data) + skb_network_offset(skb);
}
// Parsed bytes no longer count in csum.
inline void skb_gro_postpull_rcsum(sk_buff *skb, const void *start, unsigned len) {
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_valid) cb->csum = ~csum_partial(start, len, ~cb->csum);
}
// The checksum of the transport at the parsed offset: 0 = right, or no need to look. `check`: as in the packet; 0 means
// that its sender computed none.
sum16 __skb_gro_checksum_complete(sk_buff *skb);
[[nodiscard]] sum16 skb_gro_checksum_validate(sk_buff *skb, u8 proto); // 0 in the packet is a checksum like another
[[nodiscard]] sum16 skb_gro_checksum_validate_zero_check(sk_buff *skb, u8 proto, u16 check);
void skb_gro_checksum_try_convert(sk_buff *skb, u8 proto);
// Calls the next layer's gro_receive, unless there are too many layers.
[[nodiscard]] inline sk_buff *call_gro_receive(sk_buff *(*cb)(list_head *, sk_buff *), list_head *head, sk_buff *skb) {
    constexpr unsigned recursion_limit = 15;
    if (++NAPI_GRO_CB(skb)->recursion_counter == recursion_limit) {
        NAPI_GRO_CB(skb)->flush |= 1;
        return nullptr;
    }
    return cb(head, skb);
}

// Appends what follows the parsed headers of skb to the held packet p. 0, or why not: -E2BIG, -ETOOMANYREFS.
// Linux 6.1: net/core/gro.c
int skb_gro_receive(sk_buff *p, sk_buff *skb);
int skb_gro_receive_list(sk_buff *p, sk_buff *skb); // the whole packet, as a member of p's frag_list

// net/ipv4: af_inet.c, udp_offload.c, tcp_offload.c. Each gro_receive returns the held packet that must go on now, or
// null; each gro_complete mends the headers of a merged one, which start at data + nhoff (thoff), and returns 0.
sk_buff *inet_gro_receive(list_head *head, sk_buff *skb);
int inet_gro_complete(sk_buff *skb, int nhoff);
sk_buff *udp4_gro_receive(list_head *head, sk_buff *skb);
int udp4_gro_complete(sk_buff *skb, int nhoff);
sk_buff *tcp4_gro_receive(list_head *head, sk_buff *skb);
sk_buff *tcp_gro_receive(list_head *head, sk_buff *skb);
int tcp4_gro_complete(sk_buff *skb, int thoff);
int tcp_gro_complete(sk_buff *skb);
// The same files' gso_segment: skb->data is the layer's own header.
sk_buff *inet_gso_segment(sk_buff *skb, netdev_features_t features);
sk_buff *udp4_ufo_fragment(sk_buff *skb, netdev_features_t features);
sk_buff *__udp_gso_segment(sk_buff *gso_skb, netdev_features_t features, bool is_ipv6);
sk_buff *tcp4_gso_segment(sk_buff *skb, netdev_features_t features);
sk_buff *tcp_gso_segment(sk_buff *skb, netdev_features_t features);
void ipv4_offload_init();
int udpv4_offload_init();
int tcpv4_offload_init();
// What must not be carried into a merged packet. Linux 6.1: include/linux/skbuff.h
void skb_prepare_for_gro(sk_buff *skb);
void gro_normal_one(napi_struct *napi, sk_buff *skb, int segs);

} // namespace skbscope::stack
