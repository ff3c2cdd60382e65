// SPDX-License-Identifier: GPL-2.0-or-later
// A VLAN device's way out: the real device's header, and the tag, which goes beside the packet for the real device to
// insert. With REORDER_HDR off it stands in the header from the start. Linux 6.1: net/8021q/vlan_dev.c
#include "linux/errno.h"
#include "linux/sched.h"
#include "net/8021q/vlan.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

u16 vlan_dev_get_egress_qos_mask(const net_device *dev, u32 skprio) {
    const auto &map = vlan_dev_priv_of(dev)->egress_priority_map[skprio & 0xf];
    const auto at = std::ranges::find(map, skprio, &vlan_priority_tci_mapping::priority);
    return at == map.end() ? u16{0} : at->vlan_qos;
}

u16 tci_of(const net_device *dev, const sk_buff *skb) {
    return vlan_dev_priv_of(dev)->vlan_id | vlan_dev_get_egress_qos_mask(dev, skb->priority);
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_hard_header(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr, unsigned len) {
    TRACE_FN(skb);
    const vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    unsigned vhdrlen = 0;
    if ((vlan->flags & VLAN_FLAG_REORDER_HDR) == 0) {
        if (skb_cow_head(skb, unsigned{dev->hard_header_len} + dev->needed_headroom) < 0) return TRACE_RET(-ENOMEM);
        auto *vhdr = static_cast<vlan_hdr *>(skb_push(skb, VLAN_HLEN));
        vhdr->h_vlan_TCI = cpu_to_be16(tci_of(dev, skb));
        const bool has_type = type != ETH_P_802_3 && type != ETH_P_802_2;
        vhdr->h_vlan_encapsulated_proto = cpu_to_be16(has_type ? type : static_cast<u16>(len));
        skb->protocol = vlan->vlan_proto;
        type = be16_to_cpu(vlan->vlan_proto);
        vhdrlen = VLAN_HLEN;
    }
    int rc = dev_hard_header(skb, vlan->real_dev, type, daddr, saddr ? saddr : dev->dev_addr, len + vhdrlen);
    if (rc > 0) rc += static_cast<int>(vhdrlen);
    return TRACE_RET(rc);
}

// Linux 6.1: net/8021q/vlan_dev.c
be16 vlan_parse_protocol(const sk_buff *skb) {
    TRACE_FN(skb);
    const auto *veth = reinterpret_cast<const vlan_ethhdr *>(skb->data);
    return __vlan_get_protocol(skb, veth->h_vlan_proto, nullptr);
}

// The tag stands in the packet already; can the real device insert it instead? Some cannot compute checksums or segment
// behind a tag that they did not insert.
bool better_beside(const sk_buff *skb, const vlan_dev_priv *vlan) {
    return skb_headlen(skb) >= VLAN_ETH_HLEN + sizeof(be16) && !skb_shared(skb) && !skb_vlan_tag_present(skb) &&
           (skb->ip_summed != CHECKSUM_PARTIAL || skb_checksum_start_offset(skb) >= VLAN_ETH_HLEN) &&
           vlan_hw_offload_capable(vlan->real_dev->features, vlan->vlan_proto);
}

} // namespace

// Linux 6.1: net/8021q/vlan_dev.c
netdev_tx_t vlan_dev_hard_start_xmit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    vlan_pcpu_stats &stats = vlan->vlan_pcpu_stats_[smp_processor_id()];
    const unsigned len = skb->len;
    const auto *veth = reinterpret_cast<const vlan_ethhdr *>(skb->data);
    if ((vlan->flags & VLAN_FLAG_REORDER_HDR) != 0 || veth->h_vlan_proto != vlan->vlan_proto) {
        __vlan_hwaccel_put_tag(skb, vlan->vlan_proto, tci_of(dev, skb));
    } else if (better_beside(skb, vlan)) {
        u16 vlan_tci = 0;
        skb_reset_mac_header(skb);
        if (__skb_vlan_pop(skb, &vlan_tci) != 0) {
            kfree_skb(skb);
            ++stats.tx_dropped;
            return TRACE_RET(NETDEV_TX_OK);
        }
        __vlan_hwaccel_put_tag(skb, vlan->vlan_proto, vlan_tci);
    }
    skb->dev = vlan->real_dev;
    const int ret = dev_queue_xmit(skb);
    if (ret == NET_XMIT_SUCCESS || ret == NET_XMIT_CN) {
        ++stats.tx_packets;
        stats.tx_bytes += len;
    } else {
        ++stats.tx_dropped;
    }
    return TRACE_RET(netdev_tx_t{ret});
}

// No cache: a cached header would be the real device's, without what is said here.
const header_ops vlan_header_ops = {
    .create = vlan_dev_hard_header,
    .parse = eth_header_parse,
    .parse_protocol = vlan_parse_protocol,
};

} // namespace skbscope::stack
