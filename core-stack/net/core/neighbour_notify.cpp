// SPDX-License-Identifier: GPL-2.0-or-later
// Telling listeners that an entry changed: a netlink message is built for each change, whoever listens.
// Linux 6.1: net/core/neighbour.c
#include "linux/netlink.h"
#include "linux/rtnetlink.h"
#include "net/core/neighbour_internal.h"
#include "net/netevent.h"

namespace skbscope::stack {

namespace {

size_t neigh_nlmsg_size() {
    return static_cast<size_t>(NLMSG_ALIGN(sizeof(ndmsg)) + 2 * nla_total_size(MAX_ADDR_LEN) + // NDA_DST, NDA_LLADDR
                               nla_total_size(sizeof(nda_cacheinfo)) + nla_total_size(4) +     // NDA_PROBES
                               nla_total_size(4) + nla_total_size(1)); // NDA_FLAGS_EXT, NDA_PROTOCOL
}

nda_cacheinfo neigh_cacheinfo(const neighbour *n, unsigned long now) {
    return {static_cast<u32>(jiffies_to_clock_t(now - n->confirmed)),
            static_cast<u32>(jiffies_to_clock_t(now - n->used)), static_cast<u32>(jiffies_to_clock_t(now - n->updated)),
            refcount_read(&n->refcnt) - 1};
}

int neigh_fill_info(sk_buff *skb, neighbour *neigh, u32 pid, u32 seq, int type, int flags) {
    TRACE_FN(skb);
    nlmsghdr *nlh = nlmsg_put(skb, pid, seq, type, sizeof(ndmsg), flags);
    if (!nlh) return TRACE_RET(-EMSGSIZE);
    auto *ndm = static_cast<ndmsg *>(nlmsg_data(nlh));
    *ndm = {.ndm_family = static_cast<u8>(neigh->ops->family),
            .ndm_pad1 = 0,
            .ndm_pad2 = 0,
            .ndm_ifindex = neigh->dev->ifindex,
            .ndm_state = 0,
            .ndm_flags = static_cast<u8>(neigh->flags & 0xff),
            .ndm_type = neigh->type};
    if (nla_put(skb, NDA_DST, static_cast<int>(neigh->tbl->key_len), neigh->primary_key.data()))
        return TRACE_RET(-EMSGSIZE);

    read_lock_bh(&neigh->lock);
    ndm->ndm_state = neigh->nud_state;
    int err = 0;
    if (neigh->nud_state & NUD_VALID) {
        u8 haddr[MAX_ADDR_LEN];
        neigh_ha_snapshot(haddr, neigh, neigh->dev);
        err = nla_put(skb, NDA_LLADDR, neigh->dev->addr_len, haddr);
    }
    const nda_cacheinfo ci = neigh_cacheinfo(neigh, jiffies_now());
    read_unlock_bh(&neigh->lock);

    if (err || nla_put_u32(skb, NDA_PROBES, static_cast<u32>(neigh->probes)) ||
        nla_put(skb, NDA_CACHEINFO, sizeof(ci), &ci))
        return TRACE_RET(-EMSGSIZE);
    nlmsg_end(skb, nlh);
    return TRACE_RET(0);
}

} // namespace

void __neigh_notify(neighbour *n, int type, int flags, u32 pid) {
    TRACE_FN();
    rcu_read_lock();
    net *ns = dev_net(n->dev);
    sk_buff *skb = nlmsg_new(neigh_nlmsg_size());
    const int err = neigh_fill_info(skb, n, pid, 0, type, flags);
    if (err < 0) {
        kfree_skb(skb);
        rtnl_set_sk_err(ns, RTNLGRP_NEIGH, err);
    } else {
        rtnl_notify(skb, ns, 0, RTNLGRP_NEIGH, nullptr);
    }
    rcu_read_unlock();
}

void neigh_update_notify(neighbour *neigh, u32 nlmsg_pid) {
    TRACE_FN();
    call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, neigh);
    __neigh_notify(neigh, RTM_NEWNEIGH, 0, nlmsg_pid);
}

void neigh_app_ns(neighbour *n) {
    TRACE_FN();
    constexpr int NLM_F_REQUEST = 1;
    __neigh_notify(n, RTM_GETNEIGH, NLM_F_REQUEST, 0);
}

} // namespace skbscope::stack
