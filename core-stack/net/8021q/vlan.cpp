// SPDX-License-Identifier: GPL-2.0-or-later
// VLAN devices registered and gone, and what they do when something happens to the real device below them.
// Linux 6.1: net/8021q/vlan.c
#include "net/8021q/vlan.h"

#include "linux/bug.h"
#include "linux/errno.h"
#include "net/core/dev_internal.h"
#include "sim/machine_state.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

machine_global<notifier_block> vlan_notifier_block;

bool is_up(const net_device *dev) {
    return (dev->flags & IFF_UP) != 0;
}
bool is_bound(const net_device *vlandev) {
    return (vlan_dev_priv_of(vlandev)->flags & VLAN_FLAG_LOOSE_BINDING) == 0;
}

void vlan_stacked_transfer_operstate(const net_device *rootdev, net_device *vlandev) {
    if ((vlan_dev_priv_of(vlandev)->flags & VLAN_FLAG_BRIDGE_BINDING) == 0)
        netif_stacked_transfer_operstate(rootdev, vlandev);
}

// The real device has another address now. Linux 6.1: net/8021q/vlan.c
void vlan_sync_address(net_device *dev, net_device *vlandev) {
    TRACE_FN();
    vlan_dev_priv *vlan = vlan_dev_priv_of(vlandev);
    if (ether_addr_equal(vlan->real_dev_addr, dev->dev_addr)) return;
    if (!vlan_dev_inherit_address(vlandev, dev)) {
        const bool was_its = ether_addr_equal(vlandev->dev_addr, vlan->real_dev_addr);
        const bool is_its = ether_addr_equal(vlandev->dev_addr, dev->dev_addr);
        if (!was_its && is_its) dev_uc_del(dev, vlandev->dev_addr);
        if (was_its && !is_its) dev_uc_add(dev, vlandev->dev_addr);
    }
    ether_addr_copy(vlan->real_dev_addr, dev->dev_addr);
}

// Linux 6.1: net/8021q/vlan.c
void vlan_transfer_features(net_device *dev, net_device *vlandev) {
    TRACE_FN();
    netif_inherit_tso_max(vlandev, dev);
    vlandev->needed_headroom = static_cast<u16>(dev->needed_headroom + VLAN_HLEN);
    vlandev->needed_tailroom = dev->needed_tailroom;
    vlandev->hard_header_len = dev->hard_header_len;
    vlandev->priv_flags &= ~IFF_XMIT_DST_RELEASE;
    vlandev->priv_flags |= dev->priv_flags & IFF_XMIT_DST_RELEASE;
    vlandev->hw_enc_features = vlan_tnl_features(dev);
    netdev_update_features(vlandev);
}

// All together, so that what waits for readers is waited for once.
void go_down(net_device *dev, const std::vector<net_device *> &vlans) {
    list_head close_list;
    for (net_device *vlandev : vlans)
        if (is_up(vlandev) && is_bound(vlandev)) list_add(&vlandev->close_list, &close_list);
    dev_close_many(&close_list, false);
    for (net_device *vlandev : list_entries(&close_list, &net_device::close_list)) {
        vlan_stacked_transfer_operstate(dev, vlandev);
        list_del_init(&vlandev->close_list);
    }
}

void come_up(net_device *dev, const std::vector<net_device *> &vlans) {
    for (net_device *vlandev : vlans) {
        const unsigned flags = dev_get_flags(vlandev);
        if ((flags & IFF_UP) != 0) continue;
        if (is_bound(vlandev)) dev_change_flags(vlandev, flags | IFF_UP);
        vlan_stacked_transfer_operstate(dev, vlandev);
    }
}

void go_away(const std::vector<net_device *> &vlans) {
    list_head list;
    for (net_device *vlandev : vlans)
        unregister_vlan_dev(vlandev, &list);
    unregister_netdevice_many(&list);
}

// Linux 6.1: net/8021q/vlan.c
int vlan_device_event(notifier_block *, unsigned long event, void *ptr) {
    net_device *dev = netdev_notifier_info_to_dev(ptr);
    if (!dev->vlan_info_) return NOTIFY_DONE;
    TRACE_FN();
    const std::vector<net_device *> vlans = vlan_group_devices(&dev->vlan_info_->grp);
    const auto each = [&](auto &&what) { std::ranges::for_each(vlans, what); };
    switch (event) {
    case NETDEV_CHANGE:
        each([&](net_device *vlandev) { vlan_stacked_transfer_operstate(dev, vlandev); });
        break;
    case NETDEV_CHANGEADDR:
        each([&](net_device *vlandev) {
            if (is_up(vlandev)) vlan_sync_address(dev, vlandev);
        });
        break;
    case NETDEV_CHANGEMTU:
        each([&](net_device *vlandev) {
            if (vlandev->mtu > dev->mtu) dev_set_mtu(vlandev, static_cast<int>(dev->mtu));
        });
        break;
    case NETDEV_FEAT_CHANGE:
        each([&](net_device *vlandev) { vlan_transfer_features(dev, vlandev); });
        break;
    case NETDEV_DOWN:
        go_down(dev, vlans);
        break;
    case NETDEV_UP:
        come_up(dev, vlans);
        break;
    case NETDEV_UNREGISTER:
        if (dev->reg_state == NETREG_UNREGISTERING) go_away(vlans);
        break;
    case NETDEV_PRE_TYPE_CHANGE:
        return TRACE_RET(vlan_uses_dev(dev) ? NOTIFY_BAD : NOTIFY_DONE);
    case NETDEV_NOTIFY_PEERS:
    case NETDEV_BONDING_FAILOVER:
    case NETDEV_RESEND_IGMP:
        each([&](net_device *vlandev) { call_netdevice_notifiers(event, vlandev); });
        break;
    default:
        break;
    }
    return TRACE_RET(NOTIFY_DONE);
}

} // namespace

// Linux 6.1: net/8021q/vlan.c
int vlan_check_real_dev(net_device *real_dev, be16 protocol, u16 vlan_id) {
    TRACE_FN();
    if ((real_dev->features & NETIF_F_VLAN_CHALLENGED) != 0 || real_dev->type != ARPHRD_ETHER)
        return TRACE_RET(-EOPNOTSUPP);
    return TRACE_RET(vlan_find_dev(real_dev, protocol, vlan_id) ? -EEXIST : 0);
}

// Linux 6.1: net/8021q/vlan.c
int register_vlan_dev(net_device *dev) {
    TRACE_FN();
    const vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    net_device *real_dev = vlan->real_dev;
    int err = vlan_vid_add(real_dev, vlan->vlan_proto, vlan->vlan_id);
    if (err != 0) return TRACE_RET(err);
    vlan_group *grp = &real_dev->vlan_info_->grp;
    vlan_group_prealloc_vid(grp, vlan->vlan_proto, vlan->vlan_id);
    err = register_netdevice(dev);
    if (err == 0) {
        err = netdev_upper_dev_link(real_dev, dev);
        if (err != 0) unregister_netdevice(dev);
    }
    if (err != 0) {
        vlan_vid_del(real_dev, vlan->vlan_proto, vlan->vlan_id);
        return TRACE_RET(err);
    }
    vlan_stacked_transfer_operstate(real_dev, dev);
    linkwatch_fire_event(dev);
    vlan_group_set_device(grp, vlan->vlan_proto, vlan->vlan_id, dev);
    ++grp->nr_vlan_devs;
    netdev_update_features(dev);
    return TRACE_RET(0);
}

// Linux 6.1: net/8021q/vlan.c
void unregister_vlan_dev(net_device *dev, list_head *head) {
    TRACE_FN();
    const vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    net_device *real_dev = vlan->real_dev;
    BUG_ON(!real_dev->vlan_info_);
    vlan_group *grp = &real_dev->vlan_info_->grp;
    --grp->nr_vlan_devs;
    vlan_group_set_device(grp, vlan->vlan_proto, vlan->vlan_id, nullptr);
    netdev_upper_dev_unlink(real_dev, dev);
    unregister_netdevice_queue(dev, head);
    vlan_vid_del(real_dev, vlan->vlan_proto, vlan->vlan_id);
}

int vlan_proto_init() {
    vlan_notifier_block->notifier_call = vlan_device_event;
    return register_netdevice_notifier(&vlan_notifier_block.get());
}

} // namespace skbscope::stack
