// SPDX-License-Identifier: GPL-2.0-or-later
// ARP as a neighbour table: how an entry is set up, how one asks. What arrives is in arp_rcv.cpp.
// Linux 6.1: net/ipv4/arp.c, include/net/arp.h
#include "net/arp.h"

#include "linux/err.h"
#include "linux/if_ether.h"
#include "linux/inetdevice.h"
#include "linux/netfilter.h"
#include "linux/rtnetlink.h"
#include "net/dst.h"
#include "net/ip.h"
#include "net/ipv4/arp_internal.h"
#include "net/net_namespace.h"
#include "net/route.h"
#include "sim/machine_state.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// Cleared while the machine still runs: entries hold timers and devices.
struct arp_table : neigh_table {
    ~arp_table() {
        if (nht) neigh_table_clear(this);
    }
};
machine_global<arp_table> arp_table_;

be32 key_of(const neighbour *neigh) {
    be32 key;
    std::memcpy(&key, neigh->primary_key.data(), sizeof(key));
    return key;
}

void arp_solicit(neighbour *neigh, sk_buff *skb);

void arp_error_report(neighbour *, sk_buff *skb) {
    TRACE_FN(skb);
    dst_link_failure(skb);
    kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
}

constexpr neigh_ops arp_generic_ops = {2, arp_solicit, arp_error_report, neigh_resolve_output, neigh_connected_output};
constexpr neigh_ops arp_hh_ops = {2, arp_solicit, arp_error_report, neigh_resolve_output, neigh_resolve_output};
constexpr neigh_ops arp_direct_ops = {2, nullptr, nullptr, neigh_direct_output, neigh_direct_output};

// Addresses that need no asking.
void arp_known_address(neighbour *neigh, be32 addr) {
    const net_device *dev = neigh->dev;
    const u8 *ha = nullptr;
    if (neigh->type == RTN_MULTICAST) {
        neigh->nud_state = NUD_NOARP;
        arp_mc_map(addr, neigh->ha.data(), neigh->dev, 1);
        return;
    }
    if (dev->flags & (IFF_NOARP | IFF_LOOPBACK))
        ha = dev->dev_addr;
    else if (neigh->type == RTN_BROADCAST || (dev->flags & IFF_POINTOPOINT))
        ha = dev->broadcast;
    if (!ha) return;
    neigh->nud_state = NUD_NOARP;
    std::memcpy(neigh->ha.data(), ha, dev->addr_len);
}

int arp_constructor(neighbour *neigh) {
    TRACE_FN();
    net_device *dev = neigh->dev;
    if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) neigh->primary_key = {}; // one entry serves all
    const be32 addr = key_of(neigh);

    rcu_read_lock();
    in_device *in_dev = __in_dev_get_rcu(dev);
    if (!in_dev) {
        rcu_read_unlock();
        return TRACE_RET(-EINVAL);
    }
    neigh->type = static_cast<u8>(inet_addr_type_dev_table(dev_net(dev), dev, addr));
    refcount_dec(&neigh->parms->refcnt); // the table's
    neigh->parms = neigh_parms_clone(in_dev->arp_parms);
    rcu_read_unlock();

    if (!dev->header_ops) {
        neigh->nud_state = NUD_NOARP;
        neigh->ops = &arp_direct_ops;
        neigh->output = neigh_direct_output;
        return TRACE_RET(0);
    }
    arp_known_address(neigh, addr);
    neigh->ops = dev->header_ops->cache ? &arp_hh_ops : &arp_generic_ops;
    neigh->output = neigh->nud_state & NUD_VALID ? neigh->ops->connected_output : neigh->ops->output;
    return TRACE_RET(0);
}

// The address to ask from.
be32 arp_solicit_saddr(const in_device *in_dev, const sk_buff *skb, be32 target) {
    net_device *dev = in_dev->dev;
    if (!skb) return {};
    const be32 saddr = ip_hdr(skb)->saddr;
    switch (IN_DEV_ARP_ANNOUNCE(in_dev)) {
    case 2: // the best one for the target, not the packet's
        return {};
    case 1: // the packet's, if the target can know it
        if (inet_addr_type_dev_table(dev_net(dev), dev, saddr) != RTN_LOCAL) return {};
        return inet_addr_onlink(const_cast<in_device *>(in_dev), target, saddr) ? saddr : be32{};
    default: // the packet's, if it is ours
        return inet_addr_type_dev_table(dev_net(dev), dev, saddr) == RTN_LOCAL ? saddr : be32{};
    }
}

// Asks: unicast while an old address is worth a try, then through user space, then all.
void arp_solicit(neighbour *neigh, sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = neigh->dev;
    const be32 target = key_of(neigh);
    u8 dst_ha[MAX_ADDR_LEN];
    const u8 *dst_hw = nullptr;

    rcu_read_lock();
    in_device *in_dev = __in_dev_get_rcu(dev);
    if (!in_dev) {
        rcu_read_unlock();
        return;
    }
    be32 saddr = arp_solicit_saddr(in_dev, skb, target);
    rcu_read_unlock();
    if (!saddr) saddr = inet_select_addr(dev, target, RT_SCOPE_LINK);

    int probes = neigh->probes - NEIGH_VAR(neigh->parms, NEIGH_VAR_UCAST_PROBES);
    if (probes < 0) {
        neigh_ha_snapshot(dst_ha, neigh, dev);
        dst_hw = dst_ha;
    } else if (probes < NEIGH_VAR(neigh->parms, NEIGH_VAR_APP_PROBES)) {
        neigh_app_ns(neigh);
        return;
    }
    dst_entry *dst = skb && !(dev->priv_flags & IFF_XMIT_DST_RELEASE) ? skb_dst(skb) : nullptr;
    arp_send_dst(ARPOP_REQUEST, ETH_P_ARP, target, dev, saddr, dst_hw, dev->dev_addr, nullptr, dst);
}

u32 arp_hash(const void *pkey, const net_device *dev, const u32 *hash_rnd) {
    TRACE_FN();
    return TRACE_RET(arp_hashfn(pkey, dev, hash_rnd));
}

bool arp_key_eq(const neighbour *neigh, const void *pkey) {
    TRACE_FN();
    return TRACE_RET(neigh_key_eq32(neigh, pkey));
}

bool arp_is_multicast(const void *pkey) {
    TRACE_FN();
    be32 addr;
    std::memcpy(&addr, pkey, sizeof(addr));
    return TRACE_RET(ipv4_is_multicast(addr));
}

void arp_table_defaults(neigh_table *tbl) {
    constexpr int hz = HZ;
    tbl->family = 2;
    tbl->key_len = 4;
    tbl->protocol = cpu_to_be16(ETH_P_IP);
    tbl->hash = arp_hash;
    tbl->key_eq = arp_key_eq;
    tbl->constructor = arp_constructor;
    tbl->is_multicast = arp_is_multicast;
    tbl->proxy_redo = parp_redo;
    tbl->id = "arp_cache";
    tbl->parms.tbl = tbl;
    auto &d = tbl->parms.data;
    d[NEIGH_VAR_MCAST_PROBES] = 3;
    d[NEIGH_VAR_UCAST_PROBES] = 3;
    d[NEIGH_VAR_RETRANS_TIME] = hz;
    d[NEIGH_VAR_BASE_REACHABLE_TIME] = 30 * hz;
    d[NEIGH_VAR_DELAY_PROBE_TIME] = 5 * hz;
    d[NEIGH_VAR_INTERVAL_PROBE_TIME_MS] = 5 * hz;
    d[NEIGH_VAR_GC_STALETIME] = 60 * hz;
    d[NEIGH_VAR_QUEUE_LEN_BYTES] = 256 * static_cast<int>(SKB_TRUESIZE(256U)); // SK_WMEM_MAX
    d[NEIGH_VAR_PROXY_QLEN] = 64;
    d[NEIGH_VAR_ANYCAST_DELAY] = hz;
    d[NEIGH_VAR_PROXY_DELAY] = 8 * hz / 10;
    d[NEIGH_VAR_LOCKTIME] = hz;
    tbl->gc_interval = 30 * hz;
    tbl->gc_thresh1 = 128;
    tbl->gc_thresh2 = 512;
    tbl->gc_thresh3 = 1024;
}

int arp_netdev_event(notifier_block *, unsigned long event, void *ptr) {
    TRACE_FN();
    net_device *dev = netdev_notifier_info_to_dev(ptr);
    if (event == NETDEV_CHANGEADDR) {
        neigh_changeaddr(&arp_tbl(), dev);
        rt_cache_flush(dev_net(dev));
    } else if (event == NETDEV_CHANGE) {
        const auto *info = static_cast<const netdev_notifier_change_info *>(ptr);
        if (info->flags_changed & IFF_NOARP) neigh_changeaddr(&arp_tbl(), dev);
        const in_device *in_dev = __in_dev_get_rtnl(dev);
        const bool evict = !in_dev || in_dev_andconf(in_dev, IPV4_DEVCONF_ARP_EVICT_NOCARRIER);
        if (evict && !netif_carrier_ok(dev)) neigh_carrier_down(&arp_tbl(), dev);
    }
    return TRACE_RET(NOTIFY_DONE);
}

machine_global<notifier_block> arp_netdev_notifier;
machine_global<packet_type> arp_packet_type;

} // namespace

neigh_table &arp_tbl() {
    return *arp_table_;
}

// The kernel mixes the device's address in; the model its index, so that runs do not depend on where memory lies.
u32 arp_hashfn(const void *pkey, const net_device *dev, const u32 *hash_rnd) {
    u32 key;
    std::memcpy(&key, pkey, sizeof(key));
    return (key ^ (static_cast<u32>(dev->ifindex) * 0x61c88647U)) * hash_rnd[0];
}

neighbour *__ipv4_neigh_lookup_noref(net_device *dev, be32 key) {
    TRACE_FN();
    if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) key = INADDR_ANY;
    return TRACE_RET(___neigh_lookup_noref(&arp_tbl(), neigh_key_eq32, arp_hashfn, &key, dev));
}

neighbour *__ipv4_neigh_lookup(net_device *dev, be32 key) {
    rcu_read_lock();
    neighbour *n = __ipv4_neigh_lookup_noref(dev, key);
    if (n && !refcount_inc_not_zero(&n->refcnt)) n = nullptr;
    rcu_read_unlock();
    return n;
}

void __ipv4_confirm_neigh(net_device *dev, be32 key) {
    rcu_read_lock();
    neigh_confirm(__ipv4_neigh_lookup_noref(dev, key));
    rcu_read_unlock();
}

int arp_mc_map(be32 addr, u8 *haddr, net_device *dev, int dir) {
    TRACE_FN();
    if (dev->type == ARPHRD_ETHER) {
        ip_eth_mc_map(addr, haddr);
        return TRACE_RET(0);
    }
    if (!dir) return TRACE_RET(-EINVAL);
    std::memcpy(haddr, dev->broadcast, dev->addr_len);
    return TRACE_RET(0);
}

void arp_ifdown(net_device *dev) {
    TRACE_FN();
    neigh_ifdown(&arp_tbl(), dev);
}

int arp_invalidate(net_device *dev, be32 ip, bool force) {
    TRACE_FN();
    neigh_table *tbl = &arp_tbl();
    neighbour *neigh = neigh_lookup(tbl, &ip, dev);
    if (!neigh) return TRACE_RET(-ENXIO);
    int err = -ENXIO;
    if ((neigh->nud_state & NUD_VALID) && !force) {
        neigh_release(neigh);
        return TRACE_RET(0);
    }
    if (neigh->nud_state & ~NUD_NOARP)
        err = neigh_update(neigh, nullptr, NUD_FAILED, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN, 0);
    write_lock_bh(&tbl->lock);
    neigh_release(neigh);
    neigh_remove_one(neigh, tbl);
    write_unlock_bh(&tbl->lock);
    return TRACE_RET(err);
}

void arp_init() {
    TRACE_FN();
    arp_table_defaults(&arp_tbl());
    neigh_table_init(&arp_tbl());
    arp_packet_type->type = cpu_to_be16(ETH_P_ARP);
    arp_packet_type->func = arp_rcv;
    dev_add_pack(&arp_packet_type.get());
    arp_netdev_notifier->notifier_call = arp_netdev_event;
    register_netdevice_notifier(&arp_netdev_notifier.get());
}

} // namespace skbscope::stack
