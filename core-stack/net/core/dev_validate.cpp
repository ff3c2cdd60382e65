// SPDX-License-Identifier: GPL-2.0-or-later
// What the device cannot do for itself is done before it gets the packet: putting the VLAN tag in, cutting a
// super-packet up, making the packet linear, computing its checksum. Linux 6.1: net/core/dev.c
//
// Not modelled: hardware that wants SCTP's checksum.
#include "linux/if_vlan.h"
#include "linux/ip.h"
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "net/core/dev_internal.h"
#include "net/ip.h"
#include "net/xfrm.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: net/core/dev.c
netdev_features_t harmonize_features(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    const be16 type = skb_network_protocol(skb, nullptr);
    if (skb->ip_summed != CHECKSUM_NONE && !can_checksum_protocol(features, type))
        features &= ~(NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK);
    return TRACE_RET(features);
}

// For drivers without ndo_features_check. Linux 6.1: net/core/dev.c
netdev_features_t dflt_features_check(sk_buff *skb, net_device *, netdev_features_t features) {
    TRACE_FN(skb);
    return TRACE_RET(vlan_features_check(skb, features));
}

// May be fragmented on its way: each segment needs an IP id of its own.
bool may_be_fragmented(const sk_buff *skb) {
    iphdr buffer;
    const auto *iph =
        static_cast<const iphdr *>(skb_header_pointer(skb, skb_network_offset(skb), int{sizeof(buffer)}, &buffer));
    return !iph || (be16_to_cpu(iph->frag_off) & IP_DF) == 0;
}

// Linux 6.1: net/core/dev.c
netdev_features_t gso_features_check(const sk_buff *skb, const net_device *dev, netdev_features_t features) {
    TRACE_FN(skb);
    const skb_shared_info *shinfo = skb_shinfo(skb);
    if (shinfo->gso_segs > dev->gso_max_segs || skb->len >= dev->gso_max_size)
        return TRACE_RET(features & ~NETIF_F_GSO_MASK);
    if (shinfo->gso_type == 0) {
        skb_warn_bad_offload(skb);
        return TRACE_RET(features & ~NETIF_F_GSO_MASK);
    }
    if ((shinfo->gso_type & SKB_GSO_PARTIAL) == 0) features &= ~dev->gso_partial_features;
    if ((shinfo->gso_type & SKB_GSO_TCPV4) != 0 && may_be_fragmented(skb)) features &= ~NETIF_F_TSO_MANGLEID;
    return TRACE_RET(features);
}

// Linux 6.1: include/linux/netdevice.h
bool netif_needs_gso(const sk_buff *skb, netdev_features_t features) {
    return skb_is_gso(skb) && (!skb_gso_ok(skb, features) ||
                               (skb->ip_summed != CHECKSUM_PARTIAL && skb->ip_summed != CHECKSUM_UNNECESSARY));
}

sk_buff *drop_invalid(sk_buff *skb, net_device *dev) {
    kfree_skb(skb);
    dev_core_stats_tx_dropped_inc(dev);
    return nullptr;
}

// The device does not put the tag in: then the stack does. Null: the packet is gone. Linux 6.1: net/core/dev.c
sk_buff *validate_xmit_vlan(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    const bool push = skb_vlan_tag_present(skb) && !vlan_hw_offload_capable(features, skb->vlan_proto);
    return push ? __vlan_hwaccel_push_inside(skb) : skb;
}

} // namespace

// Behind all VLAN tags; *depth: where it begins, from the link header on. Linux 6.1: net/core/dev.c
be16 skb_network_protocol(sk_buff *skb, int *depth) {
    TRACE_FN(skb);
    be16 type = skb->protocol;
    if (type == cpu_to_be16(ETH_P_TEB)) {
        if (!pskb_may_pull(skb, sizeof(ethhdr))) return be16::from_raw(TRACE_RET(u16{0}));
        type = reinterpret_cast<const ethhdr *>(skb->data)->h_proto;
    }
    return be16::from_raw(TRACE_RET(vlan_get_protocol_and_depth(skb, type, depth).raw));
}

// Linux 6.1: net/core/dev.c
netdev_features_t passthru_features_check(sk_buff *skb, net_device *, netdev_features_t features) {
    TRACE_FN(skb);
    return TRACE_RET(features);
}

// What the device can do for this very packet. Linux 6.1: net/core/dev.c
netdev_features_t netif_skb_features(sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = skb->dev;
    netdev_features_t features = dev->features;
    if (skb_is_gso(skb)) features = gso_features_check(skb, dev, features);
    if (skb->encapsulation) features &= dev->hw_enc_features;
    if (skb_vlan_tagged(skb))
        features =
            netdev_intersect_features(features, dev->vlan_features | NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX);
    if (dev->netdev_ops->ndo_features_check)
        features &= dev->netdev_ops->ndo_features_check(skb, dev, features);
    else
        features &= dflt_features_check(skb, dev, features);
    return TRACE_RET(harmonize_features(skb, features));
}

bool skb_gso_ok(const sk_buff *skb, netdev_features_t features) {
    return net_gso_ok(features, skb_shinfo(skb)->gso_type) &&
           (!skb_has_frag_list(skb) || (features & NETIF_F_FRAGLIST) != 0);
}

// 0: the device will compute it, or it has been computed now. Linux 6.1: net/core/dev.c
int skb_csum_hwoffload_help(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    if ((features & NETIF_F_HW_CSUM) != 0) return TRACE_RET(0);
    constexpr u16 TCP_CHECK = 16, UDP_CHECK = 6;
    if ((features & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM)) != 0 &&
        (skb->csum_offset == TCP_CHECK || skb->csum_offset == UDP_CHECK))
        return TRACE_RET(0);
    return TRACE_RET(skb_checksum_help(skb));
}

// A packet, or the list of its segments; null: it was dropped. Linux 6.1: net/core/dev.c
sk_buff *validate_xmit_skb(sk_buff *skb, net_device *dev, bool *again) {
    TRACE_FN(skb);
    const netdev_features_t features = netif_skb_features(skb);
    skb = validate_xmit_vlan(skb, features);
    if (!skb) {
        dev_core_stats_tx_dropped_inc(dev);
        return nullptr;
    }
    if (netif_needs_gso(skb, features)) {
        sk_buff *segs = skb_gso_segment(skb, features);
        if (IS_ERR(segs)) return drop_invalid(skb, dev);
        if (segs) {
            consume_skb(skb);
            skb = segs;
        }
        return validate_xmit_xfrm(skb, features, again);
    }
    if (skb_needs_linearize(skb, features) && __skb_linearize(skb) != 0) return drop_invalid(skb, dev);
    if (skb->ip_summed == CHECKSUM_PARTIAL) {
        if (!skb->encapsulation) skb_set_transport_header(skb, skb_checksum_start_offset(skb));
        if (skb_csum_hwoffload_help(skb, features) != 0) return drop_invalid(skb, dev);
    }
    return validate_xmit_xfrm(skb, features, again);
}

// Linux 6.1: net/core/dev.c
sk_buff *validate_xmit_skb_list(sk_buff *skb, net_device *dev, bool *again) {
    TRACE_FN(skb);
    sk_buff *head = nullptr, *tail = nullptr;
    while (skb) {
        sk_buff *next = skb->next;
        skb_mark_not_on_list(skb);
        skb->prev = skb; // where a list of segments would say its last
        skb = validate_xmit_skb(skb, dev, again);
        if (skb) {
            (head ? tail->next : head) = skb;
            tail = skb->prev;
        }
        skb = next;
    }
    return head;
}

} // namespace skbscope::stack
