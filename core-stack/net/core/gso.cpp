// SPDX-License-Identifier: GPL-2.0-or-later
// Segmentation, the part that knows no protocol: who is asked to cut, and how long the segments will be. Cutting itself
// stands in skb_segment.cpp. Linux 6.1: net/core/dev.c, net/core/gro.c, net/core/skbuff.c
#include "linux/skbuff_gso.h"
#include "linux/tcp.h"
#include "linux/udp.h"
#include "net/core/dev_internal.h"
#include "net/gro.h"
#include "net/ip.h"

namespace skbscope::stack {

namespace {

// Must a header's checksum be written although nobody asked for it? Then the headers must be ours alone.
bool skb_needs_check(const sk_buff *skb, bool tx_path) {
    if (!tx_path) return skb->ip_summed == CHECKSUM_NONE;
    return skb->ip_summed != CHECKSUM_PARTIAL && skb->ip_summed != CHECKSUM_UNNECESSARY;
}

// Partial segmentation is of use only when the device can then do all the rest.
netdev_features_t without_useless_partial(const sk_buff *skb, netdev_features_t features) {
    if ((features & NETIF_F_GSO_PARTIAL) == 0) return features;
    const net_device *dev = skb->dev;
    const netdev_features_t partial = NETIF_F_GSO_ROBUST | (dev->features & dev->gso_partial_features);
    return skb_gso_ok(skb, features | partial) ? features : features & ~NETIF_F_GSO_PARTIAL;
}

} // namespace

// The kernel dumps the packet to its log, rate limited; the model has none. Linux 6.1: net/core/dev.c
void skb_warn_bad_offload(const sk_buff *skb) {
    TRACE_FN(skb);
}

// Linux 6.1: net/core/dev.c
sk_buff *__skb_gso_segment(sk_buff *skb, netdev_features_t features, bool tx_path) {
    TRACE_FN(skb);
    if (skb_needs_check(skb, tx_path)) {
        if (const int err = skb_cow_head(skb, 0); err < 0) return ERR_PTR(err);
    }
    features = without_useless_partial(skb, features);
    SKB_GSO_CB(skb)->mac_offset = static_cast<int>(skb_headroom(skb));
    SKB_GSO_CB(skb)->encap_level = 0;
    skb_reset_mac_header(skb);
    skb_reset_mac_len(skb);
    sk_buff *segs = skb_mac_gso_segment(skb, features);
    if (segs != skb && skb_needs_check(skb, tx_path) && !IS_ERR(segs)) skb_warn_bad_offload(skb);
    return TRACE_RET(segs);
}

// Linux 6.1: net/core/gro.c
sk_buff *skb_mac_gso_segment(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    int vlan_depth = skb->mac_len;
    const be16 type = skb_network_protocol(skb, &vlan_depth);
    if (!type) return ERR_PTR(-EINVAL);
    __skb_pull(skb, static_cast<unsigned>(vlan_depth));
    rcu_read_lock();
    const packet_offload *ptype = gso_find_segment_by_type(type);
    sk_buff *segs = ERR_PTR(-EPROTONOSUPPORT);
    if (ptype) segs = ptype->gso_segment(skb, features);
    rcu_read_unlock();
    __skb_push(skb, static_cast<unsigned>(skb->data - skb_mac_header(skb)));
    return TRACE_RET(segs);
}

// --- how long will the segments be? ---------------------------------------------------------------------------------

namespace {

// From the transport header on. Linux 6.1: net/core/skbuff.c
unsigned skb_gso_transport_seglen(const sk_buff *skb) {
    TRACE_FN(skb);
    const skb_shared_info *shinfo = skb_shinfo(skb);
    unsigned thlen = 0;
    if ((shinfo->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) != 0)
        thlen = tcp_hdr(skb)->doff * 4U;
    else if ((shinfo->gso_type & SKB_GSO_UDP_L4) != 0)
        thlen = sizeof(udphdr);
    return TRACE_RET(thlen + shinfo->gso_size); // UFO's gso_size counts its header already
}

unsigned skb_gso_network_seglen(const sk_buff *skb) {
    return static_cast<unsigned>(skb->transport_header - skb->network_header) + skb_gso_transport_seglen(skb);
}

unsigned skb_gso_mac_seglen(const sk_buff *skb) {
    return static_cast<unsigned>(skb->transport_header - skb->mac_header) + skb_gso_transport_seglen(skb);
}

bool skb_gso_size_check(const sk_buff *skb, unsigned seg_len, unsigned max_len) {
    if (skb_shinfo(skb)->gso_size != GSO_BY_FRAGS) return seg_len <= max_len;
    seg_len -= GSO_BY_FRAGS; // the headers alone
    for (const sk_buff *member = skb_shinfo(skb)->frag_list; member; member = member->next)
        if (seg_len + skb_headlen(member) > max_len) return false;
    return true;
}

} // namespace

// Linux 6.1: net/core/skbuff.c
bool skb_gso_validate_network_len(const sk_buff *skb, unsigned mtu) {
    TRACE_FN(skb);
    return TRACE_RET(skb_gso_size_check(skb, skb_gso_network_seglen(skb), mtu));
}

// Linux 6.1: net/core/skbuff.c
bool skb_gso_validate_mac_len(const sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return TRACE_RET(skb_gso_size_check(skb, skb_gso_mac_seglen(skb), len));
}

} // namespace skbscope::stack
