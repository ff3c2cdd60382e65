// SPDX-License-Identifier: GPL-2.0-or-later
// Segmentation in software (GSO): a packet larger than the device takes is cut up as late as possible, so that the
// stack was walked once for all its segments. Every layer cuts by way of the next one, then mends its own header in
// each segment:
//
//     skb_gso_segment() -> skb_mac_gso_segment() -> inet_gso_segment() -> udp4_ufo_fragment() / tcp4_gso_segment()
//                                                                              -> skb_segment(), skb_segment_list()
//
// All of them return a list of segments (next), the first one's prev being the last; null: it may stay whole; or an
// error pointer. The packet stays the caller's. Linux 6.1: include/linux/skbuff.h, include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"

namespace skbscope::stack {

inline constexpr u16 GSO_BY_FRAGS = 0xffff; // gso_size: every member of the frag_list is a segment

// While a packet is being cut, at the end of skb->cb: the layer that cuts keeps what it has in front.
inline constexpr unsigned SKB_GSO_CB_OFFSET = 32;
struct skb_gso_cb {
    union {
        int mac_offset;  // of the packet, before: from head
        int data_offset; // of a segment that is still several: from head to its payload
    };
    int encap_level;
    wsum csum;      // of a segment: the sum from csum_start (from head) to its end
    u16 csum_start; // SKB_GSO_CB(skb)->csum_start, not skb->csum_start
};
static_assert(SKB_GSO_CB_OFFSET + sizeof(skb_gso_cb) <= sizeof(sk_buff::cb));
[[nodiscard]] inline skb_gso_cb *SKB_GSO_CB(sk_buff *skb) {
    return reinterpret_cast<skb_gso_cb *>(skb->cb + SKB_GSO_CB_OFFSET);
}

// --- net/core/gso.cpp: in the kernel in net/core/dev.c, gro.c and skbuff.c ------------------------------------------
// tx_path: what leaves; else what came in and is delivered piece by piece.
[[nodiscard]] sk_buff *__skb_gso_segment(sk_buff *skb, netdev_features_t features, bool tx_path);
[[nodiscard]] inline sk_buff *skb_gso_segment(sk_buff *skb, netdev_features_t features) {
    return __skb_gso_segment(skb, features, true);
}
[[nodiscard]] sk_buff *skb_mac_gso_segment(sk_buff *skb, netdev_features_t features);
// Does each segment, from its network (mac) header on, have at most this many bytes?
[[nodiscard]] bool skb_gso_validate_network_len(const sk_buff *skb, unsigned mtu);
[[nodiscard]] bool skb_gso_validate_mac_len(const sk_buff *skb, unsigned len);
void skb_warn_bad_offload(const sk_buff *skb);

// --- net/core/skb_segment.cpp, skb_segment_list.cpp: in the kernel in net/core/skbuff.c -----------------------------
// skb->data is the payload to cut; what stands between it and the mac header is put before each segment.
[[nodiscard]] sk_buff *skb_segment(sk_buff *head_skb, netdev_features_t features);
// For packets that GRO merged whole: each member of the frag_list gets the first `offset` bytes of the packet, which
// becomes the first segment itself.
[[nodiscard]] sk_buff *skb_segment_list(sk_buff *skb, netdev_features_t features, unsigned offset);
int skb_zerocopy_clone(sk_buff *nskb, sk_buff *orig, gfp_t gfp_mask);
// --- net/core/skb_split.cpp: in the kernel in net/core/skbuff.c -----------------------------------------------------
// What follows the first `len` bytes goes to skb1, which is empty and has room for skb's linear part. skb must be alone
// on its buffer and without a frag_list; truesize is the caller's to share out.
void skb_split(sk_buff *skb, sk_buff *skb1, u32 len);

[[nodiscard]] inline u32 skb_mac_header_len(const sk_buff *skb) {
    return static_cast<u32>(skb->network_header - skb->mac_header);
}
// What stands before the mac header that was found when cutting began: a tunnel's headers.
[[nodiscard]] inline int skb_tnl_header_len(sk_buff *skb) {
    return skb->mac_header - SKB_GSO_CB(skb)->mac_offset;
}
[[nodiscard]] inline bool skb_has_shared_frag(const sk_buff *skb) {
    return skb_is_nonlinear(skb) && (skb_shinfo(skb)->flags & SKBFL_SHARED_FRAG) != 0;
}
[[nodiscard]] inline bool skb_needs_linearize(const sk_buff *skb, netdev_features_t features) {
    return skb_is_nonlinear(skb) && ((skb_has_frag_list(skb) && (features & NETIF_F_FRAGLIST) == 0) ||
                                     (skb_shinfo(skb)->nr_frags != 0 && (features & NETIF_F_SG) == 0));
}
[[nodiscard]] inline bool can_checksum_protocol(netdev_features_t features, be16 protocol) {
    if ((features & NETIF_F_HW_CSUM) != 0) return true;
    return protocol == cpu_to_be16(ETH_P_IP) && (features & NETIF_F_IP_CSUM) != 0;
}

// --- checksums of segments ------------------------------------------------------------------------------------------
// res: what the header of the layer that just mended its checksum counts for, seen from the layer below.
inline void gso_reset_checksum(sk_buff *skb, wsum res) {
    if (skb->remcsum_offload) return;
    SKB_GSO_CB(skb)->csum = res;
    SKB_GSO_CB(skb)->csum_start = static_cast<u16>(skb_checksum_start(skb) - skb->head);
}
// The checksum over transport header and payload, when skb_segment() summed the payload.
[[nodiscard]] inline sum16 gso_make_checksum(sk_buff *skb, wsum res) {
    const u8 *start = skb_transport_header(skb);
    const auto header_len = static_cast<std::size_t>(skb->head + SKB_GSO_CB(skb)->csum_start - start);
    const wsum partial = SKB_GSO_CB(skb)->csum;
    SKB_GSO_CB(skb)->csum = res;
    SKB_GSO_CB(skb)->csum_start = static_cast<u16>(start - skb->head);
    return csum_fold(csum_partial(start, header_len, partial));
}

// A header that was changed, and with it the transport's checksum, whether that is computed already or not. pseudohdr:
// what changed is an address. (net/core/utils.cpp; in the kernel declared in include/net/checksum.h)
void inet_proto_csum_replace4(sum16 *sum, sk_buff *skb, be32 from, be32 to, bool pseudohdr);
inline void inet_proto_csum_replace2(sum16 *sum, sk_buff *skb, be16 from, be16 to, bool pseudohdr) {
    inet_proto_csum_replace4(sum, skb, be32::from_raw(from.raw), be32::from_raw(to.raw), pseudohdr);
}

} // namespace skbscope::stack
