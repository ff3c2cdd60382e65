// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses of devices: the list of each device, the hash over all, and what a device's life means for them.
// Left out: lifetimes (every address is permanent) and the netlink messages that announce changes.
// Linux 6.1: net/ipv4/devinet.c
#include "linux/inetdevice.h"

#include "linux/err.h"
#include "linux/igmp.h"
#include "linux/rtnetlink.h"
#include "linux/slab.h"
#include "linux/trace_fn.h"
#include "net/arp.h"
#include "net/ip_fib.h"
#include "net/ipv4/devinet_internal.h"
#include "net/route.h"
#include "sim/machine_state.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

constexpr unsigned IN4_ADDR_HSIZE_SHIFT = 8;
machine_global<std::array<hlist_head, 1U << IN4_ADDR_HSIZE_SHIFT>> inet_addr_lst;
machine_global<blocking_notifier_head> inetaddr_chain;

hlist_head *inet_addr_bucket(const net *ns, be32 addr) {
    const u32 val = addr.raw ^ net_hash_mix(ns);
    return &(*inet_addr_lst)[(val * 0x61c88647U) >> (32 - IN4_ADDR_HSIZE_SHIFT)];
}

} // namespace

int register_inetaddr_notifier(notifier_block *nb) {
    return raw_notifier_chain_register(&inetaddr_chain.get(), nb);
}

in_ifaddr *inet_lookup_ifaddr_rcu(net *ns, be32 addr) {
    TRACE_FN();
    for (in_ifaddr *ifa : hlist_entries(inet_addr_bucket(ns, addr), &in_ifaddr::hash))
        if (ifa->ifa_local == addr && net_eq(dev_net(ifa->ifa_dev->dev), ns)) return TRACE_RET(ifa);
    return nullptr;
}

net_device *__ip_dev_find(net *ns, be32 addr, bool devref) {
    TRACE_FN();
    net_device *result = nullptr;
    rcu_read_lock();
    if (const in_ifaddr *ifa = inet_lookup_ifaddr_rcu(ns, addr)) {
        result = ifa->ifa_dev->dev;
    } else {
        // 127.0.0.2 is nobody's address, yet local.
        flowi4 fl4;
        fl4.daddr = addr;
        fib_result res;
        fib_table *local = fib_get_table(ns, RT_TABLE_LOCAL);
        if (local && !fib_table_lookup(local, &fl4, &res, FIB_LOOKUP_NOREF) && res.type == RTN_LOCAL)
            result = FIB_RES_DEV(res);
    }
    if (result && devref) dev_hold(result);
    rcu_read_unlock();
    return TRACE_RET(result);
}

// --- in_device ------------------------------------------------------------------------------------------------------

in_device *in_dev_get(const net_device *dev) {
    in_device *in_dev = dev->ip_ptr;
    if (in_dev) refcount_inc(&in_dev->refcnt);
    return in_dev;
}

void in_dev_finish_destroy(in_device *idev) {
    TRACE_FN();
    BUG_ON(idev->ifa_list || idev->mc_list || !idev->dead);
    dev_put(idev->dev);
    kdelete(idev);
}

void in_dev_put(in_device *idev) {
    if (refcount_dec_and_test(&idev->refcnt)) in_dev_finish_destroy(idev);
}

int in_dev_conf_all(const in_device *in_dev, ipv4_devconf_index i) {
    return dev_net(in_dev->dev)->ipv4.devconf_all->get(i);
}

bool IN_DEV_NET_ROUTE_LOCALNET(const in_device *d, const net *ns) {
    return ns->ipv4.devconf_all->get(IPV4_DEVCONF_ROUTE_LOCALNET) != 0 || d->cnf.get(IPV4_DEVCONF_ROUTE_LOCALNET) != 0;
}

bool ip_ignore_linkdown(const net_device *dev) {
    const in_device *in_dev = dev->ip_ptr;
    return in_dev && IN_DEV_IGNORE_ROUTES_WITH_LINKDOWN(in_dev);
}

namespace {

void inet_rcu_free_ifa(rcu_head *head) {
    in_ifaddr *ifa = container_of(head, &in_ifaddr::rcu_head);
    if (ifa->ifa_dev) in_dev_put(ifa->ifa_dev);
    kdelete(ifa);
}

void inet_free_ifa(in_ifaddr *ifa) {
    call_rcu(&ifa->rcu_head, inet_rcu_free_ifa);
}

in_device *inetdev_init(net_device *dev) {
    TRACE_FN();
    auto *in_dev = knew<in_device>();
    in_dev->cnf = *dev_net(dev)->ipv4.devconf_dflt;
    in_dev->cnf.state.reset();
    in_dev->dev = dev;
    in_dev->arp_parms = neigh_parms_alloc(dev, &arp_tbl());
    dev_hold(dev);
    refcount_set(&in_dev->refcnt, 1); // dev->ip_ptr
    devinet_sysctl_register(in_dev);
    ip_mc_init_dev(in_dev);
    if (dev->flags & IFF_UP) ip_mc_up(in_dev);
    dev->ip_ptr = in_dev; // last: packets are taken from here on
    return TRACE_RET(in_dev);
}

// Takes one address out of its list and tells.
void inet_unlink_ifa(in_ifaddr **ifap) {
    in_ifaddr *ifa = *ifap;
    *ifap = ifa->ifa_next;
    hlist_del_init_rcu(&ifa->hash);
    blocking_notifier_call_chain(&inetaddr_chain.get(), NETDEV_DOWN, ifa);
}

bool same_subnet(const in_ifaddr *a, const in_ifaddr *b) {
    return a->ifa_mask == b->ifa_mask && inet_ifa_match(a->ifa_address, b);
}

// The secondary that would take over when a primary goes; the others of the subnet go with it, unless one does.
in_ifaddr *inet_drop_or_promote_secondaries(in_device *in_dev, in_ifaddr *primary) {
    in_ifaddr **ifap = &primary->ifa_next;
    while (in_ifaddr *ifa = *ifap) {
        if (!(ifa->ifa_flags & IFA_F_SECONDARY) || !same_subnet(primary, ifa)) {
            ifap = &ifa->ifa_next;
            continue;
        }
        if (IN_DEV_PROMOTE_SECONDARIES(in_dev)) return ifa;
        inet_unlink_ifa(ifap);
        inet_free_ifa(ifa);
    }
    return nullptr;
}

// Puts it among the primaries and gives the rest of its subnet their routes back.
void inet_promote(in_device *in_dev, in_ifaddr *promote, const in_ifaddr *gone) {
    in_ifaddr *next_sec = promote->ifa_next;
    in_ifaddr **last_primary = &in_dev->ifa_list;
    for (in_ifaddr **p = &in_dev->ifa_list; *p;) {
        if (*p == promote) {
            *p = promote->ifa_next;
            continue;
        }
        if (!((*p)->ifa_flags & IFA_F_SECONDARY) && gone->ifa_scope <= (*p)->ifa_scope) last_primary = &(*p)->ifa_next;
        p = &(*p)->ifa_next;
    }
    promote->ifa_next = *last_primary;
    *last_primary = promote;
    promote->ifa_flags &= ~IFA_F_SECONDARY;
    blocking_notifier_call_chain(&inetaddr_chain.get(), NETDEV_UP, promote);
    for (in_ifaddr *ifa = next_sec; ifa; ifa = ifa->ifa_next)
        if (same_subnet(gone, ifa)) fib_add_ifaddr(ifa);
}

void inet_del_ifa(in_device *in_dev, in_ifaddr **ifap) {
    TRACE_FN();
    in_ifaddr *ifa1 = *ifap;
    in_ifaddr *promote = nullptr;
    if (!in_dev->dead && !(ifa1->ifa_flags & IFA_F_SECONDARY)) {
        promote = inet_drop_or_promote_secondaries(in_dev, ifa1);
        // Their routes name the old primary as source: away with them while it is still on the list.
        for (in_ifaddr *ifa = promote; ifa; ifa = ifa->ifa_next)
            if (same_subnet(ifa1, ifa)) fib_del_ifaddr(ifa, ifa1);
    }
    inet_unlink_ifa(ifap);
    if (promote) inet_promote(in_dev, promote, ifa1);
    inet_free_ifa(ifa1);
}

void inetdev_destroy(in_device *in_dev) {
    TRACE_FN();
    net_device *dev = in_dev->dev;
    in_dev->dead = true;
    ip_mc_destroy_dev(in_dev);
    while (in_dev->ifa_list)
        inet_del_ifa(in_dev, &in_dev->ifa_list);
    dev->ip_ptr = nullptr;
    devinet_sysctl_unregister(in_dev);
    neigh_parms_release(&arp_tbl(), in_dev->arp_parms);
    arp_ifdown(dev);
    call_rcu(&in_dev->rcu_head, [](rcu_head *head) { in_dev_put(container_of(head, &in_device::rcu_head)); });
}

// Takes ifa over. 0 or a negative errno.
int inet_insert_ifa(in_ifaddr *ifa) {
    TRACE_FN();
    in_device *in_dev = ifa->ifa_dev;
    if (!ifa->ifa_local) {
        inet_free_ifa(ifa);
        return TRACE_RET(0);
    }
    ifa->ifa_flags &= ~IFA_F_SECONDARY;
    in_ifaddr **last_primary = &in_dev->ifa_list, **ifap = &in_dev->ifa_list;
    for (; *ifap; ifap = &(*ifap)->ifa_next) {
        in_ifaddr *ifa1 = *ifap;
        if (!(ifa1->ifa_flags & IFA_F_SECONDARY) && ifa->ifa_scope <= ifa1->ifa_scope) last_primary = &ifa1->ifa_next;
        if (ifa1->ifa_mask != ifa->ifa_mask || !inet_ifa_match(ifa1->ifa_address, ifa)) continue;
        const int err = ifa1->ifa_local == ifa->ifa_local ? -EEXIST : ifa1->ifa_scope != ifa->ifa_scope ? -EINVAL : 0;
        if (err) {
            inet_free_ifa(ifa);
            return TRACE_RET(err);
        }
        ifa->ifa_flags |= IFA_F_SECONDARY; // the second of its subnet
    }
    if (!(ifa->ifa_flags & IFA_F_SECONDARY)) ifap = last_primary;
    ifa->ifa_next = *ifap;
    *ifap = ifa;
    hlist_add_head_rcu(&ifa->hash, inet_addr_bucket(dev_net(in_dev->dev), ifa->ifa_local));
    blocking_notifier_call_chain(&inetaddr_chain.get(), NETDEV_UP, ifa);
    return TRACE_RET(0);
}

in_ifaddr *inet_alloc_ifa(in_device *in_dev, be32 local, u8 prefix_len, u8 scope) {
    auto *ifa = knew<in_ifaddr>();
    ifa->ifa_local = ifa->ifa_address = local;
    ifa->ifa_prefixlen = prefix_len;
    ifa->ifa_mask = inet_make_mask(prefix_len);
    ifa->ifa_scope = scope;
    ifa->ifa_flags = IFA_F_PERMANENT;
    ifa->ifa_label = in_dev->dev->name;
    refcount_inc(&in_dev->refcnt);
    ifa->ifa_dev = in_dev;
    return ifa;
}

bool inetdev_valid_mtu(unsigned mtu) {
    return mtu >= 68;
}

void inetdev_send_gratuitous_arp(net_device *dev, in_device *in_dev) {
    TRACE_FN();
    for (const in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next)
        arp_send(ARPOP_REQUEST, ETH_P_ARP, ifa->ifa_local, dev, ifa->ifa_local, nullptr, dev->dev_addr, nullptr);
}

void inetdev_up(net_device *dev, in_device *in_dev) {
    if (!inetdev_valid_mtu(dev->mtu)) return;
    if (dev->flags & IFF_LOOPBACK) {
        in_dev->cnf.state.set();
        inet_insert_ifa(inet_alloc_ifa(in_dev, INADDR_LOOPBACK, 8, RT_SCOPE_HOST));
    }
    ip_mc_up(in_dev);
    if (IN_DEV_ARP_NOTIFY(in_dev)) inetdev_send_gratuitous_arp(dev, in_dev);
}

// A device without IPv4 yet.
void inetdev_maybe_init(net_device *dev, unsigned long event) {
    if (event == NETDEV_REGISTER) {
        in_device *in_dev = inetdev_init(dev);
        if (!(dev->flags & IFF_LOOPBACK)) return;
        in_dev->cnf.set(IPV4_DEVCONF_NOXFRM, 1);
        in_dev->cnf.set(IPV4_DEVCONF_NOPOLICY, 1);
    } else if (event == NETDEV_CHANGEMTU && inetdev_valid_mtu(dev->mtu)) {
        inetdev_init(dev);
    }
}

int inetdev_event(notifier_block *, unsigned long event, void *ptr) {
    TRACE_FN();
    net_device *dev = netdev_notifier_info_to_dev(ptr);
    in_device *in_dev = __in_dev_get_rtnl(dev);
    if (!in_dev) {
        inetdev_maybe_init(dev, event);
        return TRACE_RET(NOTIFY_DONE);
    }
    switch (event) {
    case NETDEV_UP:
        inetdev_up(dev, in_dev);
        break;
    case NETDEV_CHANGEADDR:
        if (IN_DEV_ARP_NOTIFY(in_dev)) inetdev_send_gratuitous_arp(dev, in_dev);
        break;
    case NETDEV_NOTIFY_PEERS:
        inetdev_send_gratuitous_arp(dev, in_dev);
        break;
    case NETDEV_DOWN:
        ip_mc_down(in_dev);
        break;
    case NETDEV_CHANGEMTU:
        if (!inetdev_valid_mtu(dev->mtu)) inetdev_destroy(in_dev); // too small for IPv4
        break;
    case NETDEV_UNREGISTER:
        inetdev_destroy(in_dev);
        break;
    default:
        break;
    }
    return TRACE_RET(NOTIFY_DONE);
}

machine_global<notifier_block> ip_netdev_notifier;
machine_global<pernet_operations> devinet_ops;

} // namespace

// --- adding and removing, as rtnetlink does -------------------------------------------------------------------------

// Linux 6.1: inet_rtm_newaddr()
int inet_addr_add(net_device *dev, be32 local, u8 prefix_len) {
    if (prefix_len > 32) return -EINVAL;
    in_device *in_dev = __in_dev_get_rtnl(dev);
    if (!in_dev) return -ENOBUFS;
    in_dev->cnf.state.set(); // from now on "default" does not change this device
    in_dev->arp_parms->data_state.set();
    return inet_insert_ifa(inet_alloc_ifa(in_dev, local, prefix_len, RT_SCOPE_UNIVERSE));
}

// Linux 6.1: inet_rtm_deladdr()
int inet_addr_del(net_device *dev, be32 local, u8 prefix_len) {
    in_device *in_dev = __in_dev_get_rtnl(dev);
    if (!in_dev) return -ENODEV;
    for (in_ifaddr **ifap = &in_dev->ifa_list; *ifap; ifap = &(*ifap)->ifa_next) {
        if ((*ifap)->ifa_local != local || (*ifap)->ifa_prefixlen != prefix_len) continue;
        inet_del_ifa(in_dev, ifap);
        return 0;
    }
    return -EADDRNOTAVAIL;
}

void devinet_init() {
    TRACE_FN();
    devinet_ops->init = devinet_init_net;
    devinet_ops->exit = devinet_exit_net;
    register_pernet_subsys(&devinet_ops.get());
    ip_netdev_notifier->notifier_call = inetdev_event;
    register_netdevice_notifier(&ip_netdev_notifier.get());
}

} // namespace skbscope::stack
