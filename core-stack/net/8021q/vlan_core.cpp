// SPDX-License-Identifier: GPL-2.0-or-later
// What the stack itself needs of VLANs: a packet's VLAN device, GRO behind a tag, and the ids in use on a device.
// Linux 6.1: net/8021q/vlan_core.c
//
// Not modelled: cards that filter by VLAN id (ndo_vlan_rx_add_vid); VLANs of a master device's lower ones.
#include "linux/errno.h"
#include "linux/sched.h"
#include "net/8021q/vlan.h"
#include "net/gro.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {

// The user wants to see the tag in the packet: it goes back in. False: the packet is gone, *skbp null.
bool put_tag_back(sk_buff **skbp) {
    sk_buff *skb = *skbp;
    const auto offset = static_cast<unsigned>(skb->data - skb_mac_header(skb));
    skb_push(skb, offset);
    skb = *skbp = vlan_insert_inner_tag(skb, skb->vlan_proto, skb->vlan_tci, skb->mac_len);
    if (!skb) return false;
    skb_pull(skb, offset + VLAN_HLEN);
    skb_reset_mac_len(skb);
    return true;
}

void count_received(const net_device *vlan_dev, const sk_buff *skb) {
    vlan_pcpu_stats &stats = vlan_dev_priv_of(vlan_dev)->vlan_pcpu_stats_[smp_processor_id()];
    ++stats.rx_packets;
    stats.rx_bytes += skb->len;
    if (skb->pkt_type == PACKET_MULTICAST) ++stats.rx_multicast;
}

} // namespace

// Linux 6.1: net/8021q/vlan_core.c
bool vlan_do_receive(sk_buff **skbp) {
    sk_buff *skb = *skbp;
    TRACE_FN(skb);
    net_device *vlan_dev = vlan_find_dev(skb->dev, skb->vlan_proto, skb_vlan_tag_get_id(skb));
    if (!vlan_dev) return TRACE_RET(false);
    skb = *skbp = skb_share_check(skb, GFP_ATOMIC);
    if (!skb) return TRACE_RET(false);
    if ((vlan_dev->flags & IFF_UP) == 0) {
        kfree_skb(skb);
        *skbp = nullptr;
        return TRACE_RET(false);
    }
    skb->dev = vlan_dev;
    // To the real device it was someone else's; the VLAN device may have an address of its own.
    if (skb->pkt_type == PACKET_OTHERHOST && ether_addr_equal_64bits(eth_hdr(skb)->h_dest, vlan_dev->dev_addr))
        skb->pkt_type = PACKET_HOST;
    if ((vlan_dev_priv_of(vlan_dev)->flags & VLAN_FLAG_REORDER_HDR) == 0 && !put_tag_back(skbp))
        return TRACE_RET(false);
    skb = *skbp;
    skb->priority = vlan_get_ingress_priority(vlan_dev, skb->vlan_tci);
    __vlan_hwaccel_clear_tag(skb);
    count_received(vlan_dev, skb);
    return TRACE_RET(true);
}

// The one at the bottom, with no VLAN below it. Linux 6.1: net/8021q/vlan_core.c
net_device *vlan_dev_real_dev(const net_device *dev) {
    TRACE_FN();
    net_device *ret = vlan_dev_priv_of(dev)->real_dev;
    while (is_vlan_dev(ret))
        ret = vlan_dev_priv_of(ret)->real_dev;
    return ret;
}
u16 vlan_dev_vlan_id(const net_device *dev) {
    TRACE_FN();
    return TRACE_RET(vlan_dev_priv_of(dev)->vlan_id);
}

// --- devices by id

namespace {

const std::unique_ptr<vlan_group::part> &part_of(const vlan_group *vg, be16 proto, u16 id) {
    return vg->vlan_devices_arrays[vlan_proto_idx(proto)][id / VLAN_GROUP_ARRAY_PART_LEN];
}

} // namespace

net_device *vlan_group_get_device(const vlan_group *vg, be16 vlan_proto, u16 vlan_id) {
    const auto &part = part_of(vg, vlan_proto, vlan_id);
    return part ? (*part)[vlan_id % VLAN_GROUP_ARRAY_PART_LEN] : nullptr;
}

void vlan_group_prealloc_vid(vlan_group *vg, be16 vlan_proto, u16 vlan_id) {
    auto &part = vg->vlan_devices_arrays[vlan_proto_idx(vlan_proto)][vlan_id / VLAN_GROUP_ARRAY_PART_LEN];
    if (!part) part = std::make_unique<vlan_group::part>();
}

void vlan_group_set_device(vlan_group *vg, be16 vlan_proto, u16 vlan_id, net_device *dev) {
    (*part_of(vg, vlan_proto, vlan_id))[vlan_id % VLAN_GROUP_ARRAY_PART_LEN] = dev;
}

net_device *vlan_find_dev(const net_device *real_dev, be16 vlan_proto, u16 vlan_id) {
    return real_dev->vlan_info_ ? vlan_group_get_device(&real_dev->vlan_info_->grp, vlan_proto, vlan_id) : nullptr;
}

std::vector<net_device *> vlan_group_devices(const vlan_group *vg) {
    std::vector<net_device *> all;
    for (const auto &parts : vg->vlan_devices_arrays)
        for (const auto &part : parts)
            if (part) std::ranges::copy_if(*part, std::back_inserter(all), [](const net_device *d) { return d; });
    return all;
}

// --- ids in use

namespace {

void vlan_info_rcu_free(rcu_head *rcu) {
    delete container_of(rcu, &vlan_info::rcu);
}

auto vlan_vid_info_get(vlan_info *info, be16 proto, u16 vid) {
    return std::ranges::find_if(info->vid_list,
                                [&](const vlan_vid_info &v) { return v.proto == proto && v.vid == vid; });
}

} // namespace

// Linux 6.1: net/8021q/vlan_core.c
int vlan_vid_add(net_device *dev, be16 proto, u16 vid) {
    TRACE_FN();
    if (!dev->vlan_info_) {
        dev->vlan_info_ = new vlan_info;
        dev->vlan_info_->real_dev = dev;
    }
    vlan_info *info = dev->vlan_info_;
    const auto at = vlan_vid_info_get(info, proto, vid);
    if (at != info->vid_list.end())
        ++at->refcount;
    else
        info->vid_list.push_back({proto, vid, 1});
    return TRACE_RET(0);
}

// Linux 6.1: net/8021q/vlan_core.c
void vlan_vid_del(net_device *dev, be16 proto, u16 vid) {
    TRACE_FN();
    vlan_info *info = dev->vlan_info_;
    if (!info) return;
    const auto at = vlan_vid_info_get(info, proto, vid);
    if (at == info->vid_list.end() || --at->refcount != 0) return;
    info->vid_list.erase(at);
    if (!info->vid_list.empty()) return;
    dev->vlan_info_ = nullptr;
    call_rcu(&info->rcu, vlan_info_rcu_free);
}

// Linux 6.1: net/8021q/vlan_core.c
bool vlan_uses_dev(const net_device *dev) {
    TRACE_FN();
    return TRACE_RET(dev->vlan_info_ && dev->vlan_info_->grp.nr_vlan_devs != 0);
}

// --- GRO

namespace {

machine_global<packet_offload> ctag_offload, stag_offload;

// Held packets of other VLANs, or with something else behind the tag, are other flows.
void compare_tags(list_head *head, const vlan_hdr *vhdr, unsigned off_vlan) {
    for (sk_buff *p : gro_packets(head))
        if (NAPI_GRO_CB(p)->same_flow && std::memcmp(p->data + off_vlan, vhdr, sizeof(*vhdr)) != 0)
            NAPI_GRO_CB(p)->same_flow = 0;
}

// Linux 6.1: net/8021q/vlan_core.c
sk_buff *vlan_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    const unsigned off_vlan = skb_gro_offset(skb);
    const auto *vhdr = reinterpret_cast<const vlan_hdr *>(skb_gro_header(skb, off_vlan + VLAN_HLEN, off_vlan));
    const packet_offload *ptype = vhdr ? gro_find_receive_by_type(vhdr->h_vlan_encapsulated_proto) : nullptr;
    if (!ptype) {
        NAPI_GRO_CB(skb)->flush |= 1;
        return nullptr;
    }
    compare_tags(head, vhdr, off_vlan);
    skb_gro_pull(skb, VLAN_HLEN);
    skb_gro_postpull_rcsum(skb, vhdr, VLAN_HLEN);
    return call_gro_receive(ptype->gro_receive, head, skb);
}

// Linux 6.1: net/8021q/vlan_core.c
int vlan_gro_complete(sk_buff *skb, int nhoff) {
    TRACE_FN(skb);
    const auto *vhdr = reinterpret_cast<const vlan_hdr *>(skb->data + nhoff);
    const packet_offload *ptype = gro_find_complete_by_type(vhdr->h_vlan_encapsulated_proto);
    return TRACE_RET(ptype ? ptype->gro_complete(skb, nhoff + VLAN_HLEN) : -ENOENT);
}

} // namespace

void vlan_offload_init() {
    ctag_offload->type = cpu_to_be16(ETH_P_8021Q);
    stag_offload->type = cpu_to_be16(ETH_P_8021AD);
    for (packet_offload *po : {&*ctag_offload, &*stag_offload}) {
        po->priority = 10;
        po->gro_receive = vlan_gro_receive;
        po->gro_complete = vlan_gro_complete;
        dev_add_offload(po);
    }
}

} // namespace skbscope::stack
