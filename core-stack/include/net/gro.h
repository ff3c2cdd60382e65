// SPDX-License-Identifier: GPL-2.0-or-later
// GRO: packets of one flow that arrive together are merged into one before the stack sees them. Each protocol decides
// for its layer whether a packet belongs to one that is held. Linux 6.1: include/net/gro.h, include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"

namespace skbscope::stack {

struct napi_gro_cb {
    void *frag0; // headers, when they lie in a page
    u32 frag0_len;
    int data_offset; // how far the headers are parsed, from data
    u16 flush;       // not 0: cannot be merged
    u16 flush_id;
    u16 count; // packets merged into this one
    u16 gro_remcsum_start;
    u32 age; // low half of jiffies: when the first one came
    u8 same_flow : 1;
    u8 csum_valid : 1;
    u8 free : 2;
    u8 is_ipv6 : 1;
    u8 is_fou : 1;
    u8 is_atomic : 1;
    u8 is_flist : 1;
    u8 csum_cnt : 3;
    u8 recursion_counter : 4;
    u8 encap_mark : 1;
    wsum csum;
};
[[nodiscard]] inline napi_gro_cb *NAPI_GRO_CB(sk_buff *skb) {
    return SKB_CB<napi_gro_cb>(skb);
}

// Registered for an EtherType. gro_receive returns the held packet that must be flushed now, or null.
struct packet_offload {
    be16 type;
    u16 priority = 0;
    sk_buff *(*gro_receive)(list_head *head, sk_buff *skb) = nullptr;
    int (*gro_complete)(sk_buff *skb, int nhoff) = nullptr;
    list_head list;
};
void dev_add_offload(packet_offload *po);

[[nodiscard]] inline unsigned skb_gro_offset(sk_buff *skb) {
    return static_cast<unsigned>(NAPI_GRO_CB(skb)->data_offset);
}
[[nodiscard]] inline unsigned skb_gro_len(sk_buff *skb) {
    return skb->len - skb_gro_offset(skb);
}
inline void skb_gro_pull(sk_buff *skb, unsigned len) {
    NAPI_GRO_CB(skb)->data_offset += static_cast<int>(len);
}
// The header of `hlen` bytes at `offset`, linear; null: the packet is shorter.
[[nodiscard]] inline u8 *skb_gro_header(sk_buff *skb, unsigned hlen, unsigned offset) {
    return pskb_may_pull(skb, hlen) ? skb->data + offset : nullptr;
}
[[nodiscard]] inline u8 *skb_gro_network_header(sk_buff *skb) {
    return skb->data + skb_network_offset(skb);
}
// The checksum of the transport at the parsed offset: 0 = right, or no need to look. `check`: as in the packet; 0 means
// that its sender computed none.
sum16 __skb_gro_checksum_complete(sk_buff *skb);
[[nodiscard]] sum16 skb_gro_checksum_validate_zero_check(sk_buff *skb, u8 proto, u16 check);
void skb_gro_checksum_try_convert(sk_buff *skb, u8 proto);
sk_buff *inet_gro_receive(list_head *head, sk_buff *skb); // net/ipv4/af_inet.c
void ipv4_offload_init();
int udpv4_offload_init();
// What must not be carried into a merged packet. Linux 6.1: include/linux/skbuff.h
void skb_prepare_for_gro(sk_buff *skb);
void gro_normal_one(napi_struct *napi, sk_buff *skb, int segs);

} // namespace skbscope::stack
