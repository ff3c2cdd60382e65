// SPDX-License-Identifier: GPL-2.0-or-later
// The door to the routing tables: looking up, asking what an address is, and whether a packet's source is one that
// could have come in here. Linux 6.1: net/ipv4/fib_frontend.c
#include "linux/inetdevice.h"
#include "linux/rcupdate.h"
#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/l3mdev.h"

namespace skbscope::stack {

fib_table *fib_get_table(net *ns, u32 id) {
    TRACE_FN();
    if (id == 0) id = RT_TABLE_MAIN;
    for (fib_table *tb : ns->ipv4.fib_tables)
        if (tb->tb_id == id) return TRACE_RET(tb);
    return nullptr;
}

fib_table *fib_new_table(net *ns, u32 id) {
    TRACE_FN();
    if (id == 0) id = RT_TABLE_MAIN;
    if (fib_table *tb = fib_get_table(ns, id)) return TRACE_RET(tb);
    // While nobody makes rules, one lookup serves both: local's routes live in main's trie.
    fib_table *alias =
        id == RT_TABLE_LOCAL && !ns->ipv4.fib_has_custom_rules ? fib_new_table(ns, RT_TABLE_MAIN) : nullptr;
    fib_table *tb = fib_trie_table(id, alias);
    if (id == RT_TABLE_MAIN) ns->ipv4.fib_main = tb;
    if (id == RT_TABLE_DEFAULT) ns->ipv4.fib_default = tb;
    ns->ipv4.fib_tables.push_back(tb);
    return TRACE_RET(tb);
}

bool fib4_has_custom_rules(const net *ns) {
    return ns->ipv4.fib_has_custom_rules;
}

// Linux 6.1: include/net/ip_fib.h
int fib_lookup(net *ns, flowi4 *flp, fib_result *res, unsigned flags) {
    TRACE_FN();
    flags |= FIB_LOOKUP_NOREF;
    int err = -EAGAIN;
    rcu_read_lock();
    res->tclassid = 0;
    if (ns->ipv4.fib_main) err = fib_table_lookup(ns->ipv4.fib_main, flp, res, static_cast<int>(flags));
    if (err == -EAGAIN && ns->ipv4.fib_default)
        err = fib_table_lookup(ns->ipv4.fib_default, flp, res, static_cast<int>(flags));
    if (err == -EAGAIN) err = -ENETUNREACH;
    rcu_read_unlock();
    return TRACE_RET(err);
}

void fib_flush(net *ns) {
    TRACE_FN();
    int flushed = 0;
    for (fib_table *tb : ns->ipv4.fib_tables)
        flushed += fib_table_flush(ns, tb, false);
    if (flushed) rt_cache_flush(ns);
}

// --- what kind of address is this?
// ------------------------------------------------------------------------------------

namespace {

unsigned __inet_dev_addr_type(net *ns, const net_device *dev, be32 addr, u32 tb_id) {
    TRACE_FN();
    if (ipv4_is_zeronet(addr) || ipv4_is_lbcast(addr)) return TRACE_RET(unsigned{RTN_BROADCAST});
    if (ipv4_is_multicast(addr)) return TRACE_RET(unsigned{RTN_MULTICAST});
    unsigned ret = RTN_BROADCAST;
    rcu_read_lock();
    if (fib_table *table = fib_get_table(ns, tb_id)) {
        flowi4 fl4;
        fl4.daddr = addr;
        fib_result res;
        ret = RTN_UNICAST;
        if (!fib_table_lookup(table, &fl4, &res, FIB_LOOKUP_NOREF)) {
            const fib_nh_common *nhc = fib_info_nhc(res.fi, 0);
            if (!dev || dev == nhc->nhc_dev) ret = res.type;
        }
    }
    rcu_read_unlock();
    return TRACE_RET(ret);
}

u32 addr_type_table(const net_device *dev) {
    const u32 tb_id = l3mdev_fib_table_rcu(dev);
    return tb_id != 0 ? tb_id : RT_TABLE_LOCAL;
}

} // namespace

unsigned inet_addr_type_table(net *ns, be32 addr, u32 tb_id) {
    TRACE_FN();
    return TRACE_RET(__inet_dev_addr_type(ns, nullptr, addr, tb_id));
}

unsigned inet_addr_type(net *ns, be32 addr) {
    TRACE_FN();
    return TRACE_RET(__inet_dev_addr_type(ns, nullptr, addr, RT_TABLE_LOCAL));
}

unsigned inet_dev_addr_type(net *ns, const net_device *dev, be32 addr) {
    TRACE_FN();
    return TRACE_RET(__inet_dev_addr_type(ns, dev, addr, addr_type_table(dev)));
}

unsigned inet_addr_type_dev_table(net *ns, const net_device *dev, be32 addr) {
    TRACE_FN();
    return TRACE_RET(__inet_dev_addr_type(ns, nullptr, addr, addr_type_table(dev)));
}

// The address of ours that a packet was really sent to, also where it was broadcast.
be32 fib_compute_spec_dst(sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = skb->dev;
    const rtable *rt = skb_rtable(skb);
    if ((rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST | RTCF_LOCAL)) == RTCF_LOCAL)
        return be32::from_raw(TRACE_RET(ip_hdr(skb)->daddr.raw));
    const in_device *in_dev = __in_dev_get_rcu(dev);
    net *ns = dev_net(dev);
    int scope = RT_SCOPE_LINK;
    if (!ipv4_is_zeronet(ip_hdr(skb)->saddr)) {
        scope = RT_SCOPE_UNIVERSE;
        flowi4 fl4;
        fl4.flowi4_iif = LOOPBACK_IFINDEX;
        fl4.flowi4_l3mdev = l3mdev_master_ifindex_rcu(dev);
        fl4.daddr = ip_hdr(skb)->saddr;
        fl4.flowi4_tos = ip_hdr(skb)->tos & IPTOS_RT_MASK;
        fl4.flowi4_mark = in_dev && IN_DEV_SRC_VMARK(in_dev) ? skb->mark : 0;
        fib_result res;
        if (!fib_lookup(ns, &fl4, &res, 0)) return be32::from_raw(TRACE_RET(fib_result_prefsrc(ns, &res).raw));
    }
    return be32::from_raw(TRACE_RET(inet_select_addr(dev, ip_hdr(skb)->saddr, scope).raw));
}

// --- could this source have come in here?
// -----------------------------------------------------------------------------

bool nhc_l3mdev_matches_dev(const fib_nh_common *nhc, const net_device *dev) {
    return nhc->nhc_dev == dev || l3mdev_master_ifindex_rcu(nhc->nhc_dev) == dev->ifindex;
}

bool fib_info_nh_uses_dev(fib_info *fi, const net_device *dev) {
    TRACE_FN();
    for (int i = 0; i < fib_info_num_path(fi); ++i)
        if (nhc_l3mdev_matches_dev(fib_info_nhc(fi, i), dev)) return TRACE_RET(true);
    return TRACE_RET(false);
}

namespace {

// The full check: routes the reply and looks whether it would leave where the packet came in.
// rpf: 0 off, 1 strict, 2 loose. 0: fine; 1: fine, and the sender is on the link; < 0: -EINVAL, -EXDEV (rp_filter).
int __fib_validate_source(sk_buff *skb, be32 src, be32 dst, u8 tos, int oif, net_device *dev, int rpf, in_device *idev,
                          u32 *itag) {
    TRACE_FN(skb);
    net *ns = dev_net(dev);
    flowi4 fl4;
    fl4.flowi4_l3mdev = l3mdev_master_ifindex_rcu(dev);
    fl4.flowi4_iif = oif ? oif : LOOPBACK_IFINDEX;
    fl4.daddr = src;
    fl4.saddr = dst;
    fl4.flowi4_tos = tos;
    fl4.flowi4_mark = IN_DEV_SRC_VMARK(idev) ? skb->mark : 0;
    const bool no_addr = idev->ifa_list == nullptr;
    const auto last_resort = [&] {
        if (rpf) return -EXDEV;
        *itag = 0;
        return 0;
    };

    fib_result res;
    if (fib_lookup(ns, &fl4, &res, 0)) return TRACE_RET(last_resort());
    if (res.type != RTN_UNICAST && (res.type != RTN_LOCAL || !IN_DEV_ACCEPT_LOCAL(idev))) return TRACE_RET(-EINVAL);
    fib_combine_itag(itag, &res);
    if (fib_info_nh_uses_dev(res.fi, dev) || (res.type == RTN_LOCAL && dev == ns->loopback_dev))
        return TRACE_RET(res.nhc->nhc_scope >= RT_SCOPE_HOST ? 1 : 0);
    if (no_addr) return TRACE_RET(last_resort());
    if (rpf == 1) return TRACE_RET(-EXDEV);

    fl4.flowi4_oif = dev->ifindex;
    int ret = 0;
    if (fib_lookup(ns, &fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE) == 0 && res.type == RTN_UNICAST)
        ret = res.nhc->nhc_scope >= RT_SCOPE_HOST ? 1 : 0;
    return TRACE_RET(ret);
}

} // namespace

int fib_validate_source(sk_buff *skb, be32 src, be32 dst, u8 tos, int oif, net_device *dev, in_device *idev,
                        u32 *itag) {
    TRACE_FN(skb);
    const int r = IN_DEV_RPFILTER(idev);
    net *ns = dev_net(dev);
    const bool short_check = !r && !fib_num_tclassid_users(ns) && (dev->ifindex != oif || !IN_DEV_TX_REDIRECTS(idev));
    if (short_check) {
        bool ok = IN_DEV_ACCEPT_LOCAL(idev);
        if (!ok && !ns->ipv4.fib_has_custom_local_routes && !fib4_has_custom_rules(ns)) {
            // From one of our own addresses: a martian.
            if (inet_lookup_ifaddr_rcu(ns, src)) return TRACE_RET(-EINVAL);
            ok = true;
        }
        if (ok) {
            *itag = 0;
            return TRACE_RET(0);
        }
    }
    return TRACE_RET(__fib_validate_source(skb, src, dst, tos, oif, dev, r, idev, itag));
}

} // namespace skbscope::stack
