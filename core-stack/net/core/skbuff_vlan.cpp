// SPDX-License-Identifier: GPL-2.0-or-later
// VLAN tags: from the packet to beside it and back. The bytes that move are the link addresses, by four.
// Linux 6.1: net/core/skbuff.c, include/linux/if_vlan.h
#include "linux/errno.h"
#include "linux/if_vlan.h"
#include "linux/skbuff.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// The tag behind the link addresses is cut out, by moving these back. Null: the packet is gone.
// Linux 6.1: net/core/skbuff.c
sk_buff *skb_reorder_vlan_header(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb_cow(skb, skb_headroom(skb)) < 0) {
        kfree_skb(skb);
        return nullptr;
    }
    const auto mac_len = static_cast<int>(skb->data - skb_mac_header(skb));
    if (mac_len > VLAN_HLEN + ETH_TLEN) {
        const auto addresses = static_cast<std::size_t>(mac_len - VLAN_HLEN - ETH_TLEN);
        std::memmove(skb_mac_header(skb) + VLAN_HLEN, skb_mac_header(skb), addresses);
    }
    skb->mac_header = static_cast<u16>(skb->mac_header + VLAN_HLEN);
    return skb;
}

// data is at the link header. Linux 6.1: include/linux/if_vlan.h
void vlan_remove_tag(sk_buff *skb, u16 *vlan_tci) {
    TRACE_FN(skb);
    const auto *vhdr = reinterpret_cast<const vlan_hdr *>(skb->data + ETH_HLEN);
    *vlan_tci = be16_to_cpu(vhdr->h_vlan_TCI);
    std::memmove(skb->data + VLAN_HLEN, skb->data, std::size_t{2} * ETH_ALEN); // leaves the protocol behind the TCI
    vlan_set_encap_proto(skb, vhdr);
    __skb_pull(skb, VLAN_HLEN);
}

bool at_mac_header(const sk_buff *skb) {
    return skb->data == skb_mac_header(skb);
}

} // namespace

void vlan_set_encap_proto(sk_buff *skb, const vlan_hdr *vhdr) {
    const be16 proto = vhdr->h_vlan_encapsulated_proto;
    if (eth_proto_is_802_3(proto)) {
        skb->protocol = proto;
        return;
    }
    u16 sap = 0;
    std::memcpy(&sap, vhdr + 1, sizeof(sap));
    constexpr u16 ipx_raw = 0xffff;
    skb->protocol = cpu_to_be16(sap == ipx_raw ? ETH_P_802_3 : ETH_P_802_2);
}

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_vlan_untag(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb_vlan_tag_present(skb)) return skb; // one at a time
    skb = skb_share_check(skb, GFP_ATOMIC);
    if (!skb) return nullptr;
    if (!pskb_may_pull(skb, VLAN_HLEN + sizeof(u16))) {
        kfree_skb(skb);
        return nullptr;
    }
    const auto *vhdr = reinterpret_cast<const vlan_hdr *>(skb->data);
    __vlan_hwaccel_put_tag(skb, skb->protocol, be16_to_cpu(vhdr->h_vlan_TCI));
    skb_pull_rcsum(skb, VLAN_HLEN);
    vlan_set_encap_proto(skb, vhdr);
    skb = skb_reorder_vlan_header(skb);
    if (!skb) return nullptr;
    skb_reset_network_header(skb);
    if (!skb_transport_header_was_set(skb)) skb_reset_transport_header(skb);
    skb_reset_mac_len(skb);
    return skb;
}

// Linux 6.1: net/core/skbuff.c
int skb_ensure_writable(sk_buff *skb, unsigned write_len) {
    TRACE_FN(skb);
    if (!pskb_may_pull(skb, write_len)) return TRACE_RET(-ENOMEM);
    if (!skb_cloned(skb) || skb_clone_writable(skb, write_len)) return TRACE_RET(0);
    return TRACE_RET(pskb_expand_head(skb, 0, 0, GFP_ATOMIC));
}

// Linux 6.1: net/core/skbuff.c
int __skb_vlan_pop(sk_buff *skb, u16 *vlan_tci) {
    TRACE_FN(skb);
    if (!at_mac_header(skb)) return TRACE_RET(-EINVAL);
    if (const int err = skb_ensure_writable(skb, VLAN_ETH_HLEN); err != 0) return TRACE_RET(err);
    skb_postpull_rcsum(skb, skb->data + std::ptrdiff_t{2} * ETH_ALEN, VLAN_HLEN);
    vlan_remove_tag(skb, vlan_tci);
    skb->mac_header = static_cast<u16>(skb->mac_header + VLAN_HLEN);
    if (skb_network_offset(skb) < ETH_HLEN) skb_set_network_header(skb, ETH_HLEN);
    skb_reset_mac_len(skb);
    return TRACE_RET(0);
}

// The outermost tag goes; one behind it in the packet takes its place. Linux 6.1: net/core/skbuff.c
int skb_vlan_pop(sk_buff *skb) {
    TRACE_FN(skb);
    u16 vlan_tci = 0;
    if (skb_vlan_tag_present(skb))
        __vlan_hwaccel_clear_tag(skb);
    else if (!eth_type_vlan(skb->protocol))
        return TRACE_RET(0);
    else if (const int err = __skb_vlan_pop(skb, &vlan_tci); err != 0)
        return TRACE_RET(err);
    if (!eth_type_vlan(skb->protocol)) return TRACE_RET(0);
    const be16 vlan_proto = skb->protocol;
    if (const int err = __skb_vlan_pop(skb, &vlan_tci); err != 0) return TRACE_RET(err);
    __vlan_hwaccel_put_tag(skb, vlan_proto, vlan_tci);
    return TRACE_RET(0);
}

// A tag that is there already goes into the packet. Linux 6.1: net/core/skbuff.c
int skb_vlan_push(sk_buff *skb, be16 vlan_proto, u16 vlan_tci) {
    TRACE_FN(skb);
    if (skb_vlan_tag_present(skb)) {
        if (!at_mac_header(skb)) return TRACE_RET(-EINVAL);
        if (const int err = __vlan_insert_tag(skb, skb->vlan_proto, skb_vlan_tag_get(skb)); err != 0)
            return TRACE_RET(err);
        skb->protocol = skb->vlan_proto;
        skb->mac_len = static_cast<u16>(skb->mac_len + VLAN_HLEN);
        skb_postpush_rcsum(skb, skb->data + std::ptrdiff_t{2} * ETH_ALEN, VLAN_HLEN);
    }
    __vlan_hwaccel_put_tag(skb, vlan_proto, vlan_tci);
    return TRACE_RET(0);
}

// Linux 6.1: include/linux/if_vlan.h
int __vlan_insert_inner_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci, unsigned mac_len) {
    TRACE_FN(skb);
    constexpr unsigned type_len = ETH_TLEN;
    if (!pskb_may_pull(skb, mac_len)) return TRACE_RET(-EINVAL);
    if (skb_cow_head(skb, VLAN_HLEN) < 0) return TRACE_RET(-ENOMEM);
    skb_push(skb, VLAN_HLEN);
    if (mac_len > type_len) std::memmove(skb->data, skb->data + VLAN_HLEN, mac_len - type_len);
    skb->mac_header = static_cast<u16>(skb->mac_header - VLAN_HLEN);
    auto *veth = reinterpret_cast<vlan_ethhdr *>(skb->data + mac_len - ETH_HLEN);
    if (mac_len >= type_len)
        veth->h_vlan_proto = vlan_proto; // the EtherType of what follows stays where it is
    else
        veth->h_vlan_encapsulated_proto = skb->protocol;
    veth->h_vlan_TCI = cpu_to_be16(vlan_tci);
    return TRACE_RET(0);
}

// Linux 6.1: include/linux/if_vlan.h
int __vlan_insert_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci) {
    TRACE_FN(skb);
    return TRACE_RET(__vlan_insert_inner_tag(skb, vlan_proto, vlan_tci, ETH_HLEN));
}

// Linux 6.1: include/linux/if_vlan.h
sk_buff *vlan_insert_inner_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci, unsigned mac_len) {
    TRACE_FN(skb);
    if (__vlan_insert_inner_tag(skb, vlan_proto, vlan_tci, mac_len) == 0) return skb;
    kfree_skb(skb);
    return nullptr;
}

// Linux 6.1: include/linux/if_vlan.h
static sk_buff *vlan_insert_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci) {
    TRACE_FN(skb);
    return vlan_insert_inner_tag(skb, vlan_proto, vlan_tci, ETH_HLEN);
}

// Linux 6.1: include/linux/if_vlan.h
sk_buff *vlan_insert_tag_set_proto(sk_buff *skb, be16 vlan_proto, u16 vlan_tci) {
    TRACE_FN(skb);
    skb = vlan_insert_tag(skb, vlan_proto, vlan_tci);
    if (skb) skb->protocol = vlan_proto;
    return skb;
}

// Linux 6.1: include/linux/if_vlan.h
sk_buff *__vlan_hwaccel_push_inside(sk_buff *skb) {
    TRACE_FN(skb);
    skb = vlan_insert_tag_set_proto(skb, skb->vlan_proto, skb_vlan_tag_get(skb));
    if (skb) __vlan_hwaccel_clear_tag(skb);
    return skb;
}

// --- what stands behind the tags

namespace {

// Length of the link header with all its tags, and *type: what follows. 0: the packet ends before.
unsigned behind_tags(const sk_buff *skb, be16 *type) {
    unsigned depth = skb->mac_len;
    if (!eth_type_vlan(*type)) return depth;
    depth = depth != 0 ? depth - VLAN_HLEN : unsigned{ETH_HLEN};
    for (unsigned tags = 1; eth_type_vlan(*type); ++tags) {
        vlan_hdr buffer;
        const auto *vh =
            static_cast<const vlan_hdr *>(skb_header_pointer(skb, static_cast<int>(depth), sizeof(buffer), &buffer));
        if (!vh || tags == VLAN_MAX_DEPTH) return 0;
        *type = vh->h_vlan_encapsulated_proto;
        depth += VLAN_HLEN;
    }
    return depth;
}

} // namespace

be16 __vlan_get_protocol(const sk_buff *skb, be16 type, int *depth) {
    const bool tagged = eth_type_vlan(type);
    const unsigned bytes = behind_tags(skb, &type);
    if (tagged && bytes == 0) return be16{};
    if (depth) *depth = static_cast<int>(bytes);
    return type;
}

be16 vlan_get_protocol(const sk_buff *skb) {
    return __vlan_get_protocol(skb, skb->protocol, nullptr);
}

be16 vlan_get_protocol_and_depth(sk_buff *skb, be16 type, int *depth) {
    int maclen = 0;
    type = __vlan_get_protocol(skb, type, &maclen);
    if (!type) return type;
    if (!pskb_may_pull(skb, static_cast<unsigned>(maclen))) return be16{};
    if (depth) *depth = maclen;
    return type;
}

// More than one tag, whether beside the packet or in it. Linux 6.1: include/linux/if_vlan.h
bool skb_vlan_tagged_multi(sk_buff *skb) {
    be16 proto = skb->protocol;
    if (!skb_vlan_tag_present(skb)) {
        if (!eth_type_vlan(proto) || !pskb_may_pull(skb, VLAN_ETH_HLEN)) return false;
        proto = reinterpret_cast<const vlan_ethhdr *>(skb->data)->h_vlan_encapsulated_proto;
    }
    return eth_type_vlan(proto);
}

// What cards promise for one tag need not hold for two. Linux 6.1: include/linux/if_vlan.h
netdev_features_t vlan_features_check(sk_buff *skb, netdev_features_t features) {
    if (!skb_vlan_tagged_multi(skb)) return features;
    return features & (NETIF_F_SG | NETIF_F_HIGHDMA | NETIF_F_HW_CSUM | NETIF_F_FRAGLIST | NETIF_F_HW_VLAN_CTAG_TX |
                       NETIF_F_HW_VLAN_STAG_TX);
}

} // namespace skbscope::stack
