// SPDX-License-Identifier: GPL-2.0-or-later
// Multicast groups: what sockets have joined, and what devices therefore listen to. Linux 6.1: net/ipv4/igmp.c
//
// Left out: the IGMP protocol itself (reports to and queries from routers), source filters. A group joined in the model
// is known to this host only.
#include "linux/igmp.h"

#include "linux/errno.h"
#include "linux/slab.h"
#include "linux/trace_fn.h"
#include "net/arp.h"
#include "net/ip.h"
#include "net/route.h"

#include <array>

namespace skbscope::stack {

namespace {

inline constexpr be32 IGMP_ALL_HOSTS = INADDR_ALLHOSTS_GROUP;

// The device's address filter. Linux 6.1: net/ipv4/igmp.c
void ip_mc_filter_add(const in_device *in_dev, be32 addr) {
    TRACE_FN();
    std::array<u8, MAX_ADDR_LEN> buf{};
    if (arp_mc_map(addr, buf.data(), in_dev->dev, 0) == 0) dev_mc_add(in_dev->dev, buf.data());
}

void ip_mc_filter_del(const in_device *in_dev, be32 addr) {
    TRACE_FN();
    std::array<u8, MAX_ADDR_LEN> buf{};
    if (arp_mc_map(addr, buf.data(), in_dev->dev, 0) == 0) dev_mc_del(in_dev->dev, buf.data());
}

ip_mc_list *find_group(const in_device *in_dev, be32 addr) {
    ip_mc_list *im = in_dev->mc_list;
    while (im && im->multiaddr != addr)
        im = im->next_rcu;
    return im;
}

// By index, by address of the device, or by the route to the group. Linux 6.1: net/ipv4/igmp.c
in_device *ip_mc_find_dev(net *ns, ip_mreqn *imr) {
    TRACE_FN();
    net_device *dev = nullptr;
    if (imr->imr_ifindex != 0) {
        dev = dev_get_by_index_rcu(ns, imr->imr_ifindex);
        return dev ? __in_dev_get_rtnl(dev) : nullptr;
    }
    if (imr->imr_address) {
        dev = __ip_dev_find(ns, imr->imr_address, false);
        if (!dev) return nullptr;
    }
    if (!dev) {
        flowi4 fl4;
        fl4.daddr = imr->imr_multiaddr;
        rtable *rt = ip_route_output_key(ns, &fl4);
        if (!IS_ERR(rt)) {
            dev = rt->dst.dev;
            ip_rt_put(rt);
        }
    }
    if (!dev) return nullptr;
    imr->imr_ifindex = dev->ifindex;
    return __in_dev_get_rtnl(dev);
}

} // namespace

// Linux 6.1: net/ipv4/igmp.c
void ip_mc_inc_group(in_device *in_dev, be32 addr) {
    TRACE_FN();
    if (ip_mc_list *im = find_group(in_dev, addr)) {
        ++im->users;
        return;
    }
    auto *im = knew<ip_mc_list>();
    im->interface = in_dev;
    im->multiaddr = addr;
    im->users = 1;
    im->next_rcu = in_dev->mc_list;
    in_dev->mc_list = im;
    ++in_dev->mc_count;
    if (!in_dev->dead) ip_mc_filter_add(in_dev, addr);
}

// Linux 6.1: net/ipv4/igmp.c
void ip_mc_dec_group(in_device *in_dev, be32 addr) {
    TRACE_FN();
    for (ip_mc_list **at = &in_dev->mc_list; *at; at = &(*at)->next_rcu) {
        ip_mc_list *im = *at;
        if (im->multiaddr != addr) continue;
        if (--im->users != 0) return;
        *at = im->next_rcu;
        --in_dev->mc_count;
        if (!in_dev->dead) ip_mc_filter_del(in_dev, addr);
        kdelete(im);
        return;
    }
}

// Every host listens to 224.0.0.1. Linux 6.1: net/ipv4/igmp.c
void ip_mc_up(in_device *in_dev) {
    TRACE_FN();
    ip_mc_inc_group(in_dev, IGMP_ALL_HOSTS);
}

void ip_mc_down(in_device *in_dev) {
    TRACE_FN();
    ip_mc_dec_group(in_dev, IGMP_ALL_HOSTS);
}

void ip_mc_init_dev(in_device *) {
    TRACE_FN();
}

void ip_mc_destroy_dev(in_device *in_dev) {
    TRACE_FN();
    ip_mc_down(in_dev);
    while (ip_mc_list *im = in_dev->mc_list) {
        in_dev->mc_list = im->next_rcu;
        --in_dev->mc_count;
        kdelete(im);
    }
}

// Linux 6.1: net/ipv4/igmp.c
int ip_check_mc_rcu(in_device *in_dev, be32 mc_addr, be32 src_addr, u8 proto) {
    TRACE_FN();
    ip_mc_list *im = find_group(in_dev, mc_addr);
    if (!im) return TRACE_RET(0);
    if (proto == IPPROTO_IGMP || !src_addr) return TRACE_RET(1);
    spin_lock_bh(&im->lock); // of the sources that are wanted; the model wants all
    spin_unlock_bh(&im->lock);
    return TRACE_RET(1);
}

// Linux 6.1: net/ipv4/igmp.c
int ip_mc_join_group(sock *sk, ip_mreqn *imr) {
    TRACE_FN();
    inet_sock *inet = inet_sk(sk);
    if (!ipv4_is_multicast(imr->imr_multiaddr)) return TRACE_RET(-EINVAL);
    in_device *in_dev = ip_mc_find_dev(sock_net(sk), imr);
    if (!in_dev) return TRACE_RET(-ENODEV);
    int count = 0;
    for (const ip_mc_socklist *i = inet->mc_list; i; i = i->next_rcu, ++count)
        if (i->multi.imr_multiaddr == imr->imr_multiaddr && i->multi.imr_ifindex == imr->imr_ifindex)
            return TRACE_RET(-EADDRINUSE);
    if (count >= sock_net(sk)->ipv4.sysctl_igmp_max_memberships) return TRACE_RET(-ENOBUFS);
    auto *iml = knew<ip_mc_socklist>();
    iml->multi = *imr;
    iml->next_rcu = inet->mc_list;
    inet->mc_list = iml;
    ip_mc_inc_group(in_dev, imr->imr_multiaddr);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/igmp.c
int ip_mc_leave_group(sock *sk, ip_mreqn *imr) {
    TRACE_FN();
    in_device *in_dev = ip_mc_find_dev(sock_net(sk), imr);
    if (imr->imr_ifindex == 0 && !imr->imr_address && !in_dev) return TRACE_RET(-ENODEV);
    for (ip_mc_socklist **at = &inet_sk(sk)->mc_list; *at; at = &(*at)->next_rcu) {
        ip_mc_socklist *iml = *at;
        if (iml->multi.imr_multiaddr != imr->imr_multiaddr) continue;
        if (imr->imr_ifindex != 0 ? iml->multi.imr_ifindex != imr->imr_ifindex
                                  : imr->imr_address && iml->multi.imr_address != imr->imr_address)
            continue;
        *at = iml->next_rcu;
        if (in_dev) ip_mc_dec_group(in_dev, imr->imr_multiaddr);
        kdelete(iml);
        return TRACE_RET(0);
    }
    return TRACE_RET(in_dev ? -EADDRNOTAVAIL : -ENODEV);
}

// Linux 6.1: net/ipv4/igmp.c
void ip_mc_drop_socket(sock *sk) {
    TRACE_FN();
    inet_sock *inet = inet_sk(sk);
    while (ip_mc_socklist *iml = inet->mc_list) {
        inet->mc_list = iml->next_rcu;
        const net_device *dev = dev_get_by_index_rcu(sock_net(sk), iml->multi.imr_ifindex);
        if (dev && dev->ip_ptr) ip_mc_dec_group(dev->ip_ptr, iml->multi.imr_multiaddr);
        kdelete(iml);
    }
}

// Without a membership of its own a socket takes every group the host listens to, unless it said otherwise (mc_all).
// Linux 6.1: net/ipv4/igmp.c
int ip_mc_sf_allow(const sock *sk, be32 loc_addr, be32, int dif, int sdif) {
    TRACE_FN();
    if (!ipv4_is_multicast(loc_addr)) return TRACE_RET(1);
    for (const ip_mc_socklist *pmc = inet_sk(sk)->mc_list; pmc; pmc = pmc->next_rcu)
        if (pmc->multi.imr_multiaddr == loc_addr &&
            (pmc->multi.imr_ifindex == dif || (sdif != 0 && pmc->multi.imr_ifindex == sdif)))
            return TRACE_RET(1);
    return TRACE_RET(inet_sk(sk)->mc_all ? 1 : 0);
}

// Queries and reports of others: nobody answers. Linux 6.1: net/ipv4/igmp.c
int igmp_rcv(sk_buff *skb) {
    TRACE_FN(skb);
    consume_skb(skb);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
