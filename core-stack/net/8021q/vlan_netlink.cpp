// SPDX-License-Identifier: GPL-2.0-or-later
// `ip link add ... type vlan`. Linux 6.1: net/8021q/vlan_netlink.c
#include "linux/errno.h"
#include "net/8021q/vlan.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: net/8021q/vlan_netlink.c
int vlan_validate(const vlan_request &request) {
    TRACE_FN();
    if (!eth_type_vlan(request.proto)) return TRACE_RET(-EPROTONOSUPPORT);
    return TRACE_RET(request.id >= VLAN_VID_MASK ? -ERANGE : 0);
}

void vlan_dellink(net_device *dev) {
    unregister_vlan_dev(dev, nullptr);
}

} // namespace

const rtnl_link_ops vlan_link_ops = {.kind = "vlan", .setup = vlan_setup, .dellink = vlan_dellink};

// Linux 6.1: net/8021q/vlan_netlink.c
int vlan_newlink(net_device *real_dev, const vlan_request &request) {
    TRACE_FN();
    int err = vlan_validate(request);
    if (err != 0) return TRACE_RET(err);
    net_device *dev = alloc_netdev<vlan_dev_priv>(request.name, vlan_setup);
    if (!dev) return TRACE_RET(-EINVAL);
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    vlan->vlan_proto = request.proto;
    vlan->vlan_id = request.id;
    vlan->real_dev = real_dev;
    vlan->flags = VLAN_FLAG_REORDER_HDR;
    dev_net_set(dev, dev_net(real_dev));
    dev->ifindex = request.ifindex;
    dev->rtnl_link_ops = &vlan_link_ops;
    dev->priv_flags |= real_dev->priv_flags & IFF_XMIT_DST_RELEASE;
    dev->mtu = real_dev->mtu;
    err = vlan_check_real_dev(real_dev, request.proto, request.id);
    if (err == 0) err = vlan_dev_change_flags(dev, request.flags, VLAN_FLAG_REORDER_HDR | VLAN_FLAG_LOOSE_BINDING);
    if (err == 0) err = register_vlan_dev(dev);
    if (err == 0) return TRACE_RET(0);
    vlan_dev_free_egress_priority(dev);
    free_netdev(dev);
    return TRACE_RET(err);
}

} // namespace skbscope::stack
