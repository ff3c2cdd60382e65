// SPDX-License-Identifier: GPL-2.0-or-later
// Choosing: among several nexthops, among several default routes, and the source address that goes with the choice.
// Linux 6.1: net/ipv4/fib_semantics.c, net/ipv4/route.c (fib_multipath_hash)
#include "linux/inetdevice.h"
#include "linux/jhash.h"
#include "linux/random.h"
#include "linux/socket.h"
#include "linux/trace_fn.h"
#include "net/arp.h"
#include "net/ip_fib.h"
#include "net/l3mdev.h"
#include "net/route.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

be32 fib_info_update_nhc_saddr(net *ns, fib_nh_common *nhc, u8 scope) {
    TRACE_FN();
    struct fib_nh *nh = container_of(nhc, &fib_nh::nh_common);
    nh->nh_saddr = inet_select_addr(nhc->nhc_dev, nhc->nhc_gw4, scope);
    nh->nh_saddr_genid = ns->ipv4.dev_addr_genid;
    return be32::from_raw(TRACE_RET(nh->nh_saddr.raw));
}

be32 fib_result_prefsrc(net *ns, fib_result *res) {
    TRACE_FN();
    if (res->fi->fib_prefsrc) return be32::from_raw(TRACE_RET(res->fi->fib_prefsrc.raw));
    const struct fib_nh *nh = container_of(res->nhc, &fib_nh::nh_common);
    if (nh->nh_saddr_genid == ns->ipv4.dev_addr_genid) return be32::from_raw(TRACE_RET(nh->nh_saddr.raw));
    return be32::from_raw(TRACE_RET(fib_info_update_nhc_saddr(ns, res->nhc, res->fi->fib_scope).raw));
}

namespace {

struct death_watch {
    fib_info *last_resort = nullptr;
    int last_idx = -1;
};

// Is the gateway of a default route not answering?
bool fib_detect_death(fib_info *fi, int order, death_watch *w, int dflt) {
    TRACE_FN();
    fib_nh_common *nhc = fib_info_nhc(fi, 0);
    neighbour *n = nhc->nhc_gw_family == AF_INET ? neigh_lookup(&arp_tbl(), &nhc->nhc_gw4, nhc->nhc_dev) : nullptr;
    if (!n) return TRACE_RET(false);
    const u8 state = n->nud_state;
    neigh_release(n);
    if (state == NUD_REACHABLE || ((state & NUD_VALID) && order != dflt)) return TRACE_RET(false);
    if ((state & NUD_VALID) || (w->last_idx < 0 && order > dflt && state != NUD_INCOMPLETE)) {
        w->last_resort = fi;
        w->last_idx = order;
    }
    return TRACE_RET(true);
}

void fib_result_assign(fib_result *res, fib_info *fi) {
    res->fi = fi;
    res->nhc = fib_info_nhc(fi, 0);
}

bool fib_good_nh(const struct fib_nh *nh) {
    if (nh->nh_common.nhc_scope != RT_SCOPE_LINK || nh->nh_common.nhc_gw_family != AF_INET) return true;
    const neighbour *n = __ipv4_neigh_lookup_noref(nh->nh_common.nhc_dev, nh->nh_common.nhc_gw4);
    return !n || (n->nud_state & NUD_VALID);
}

} // namespace

// Of several default routes of one priority, one whose gateway answers.
void fib_select_default(const flowi4 *flp, fib_result *res) {
    TRACE_FN();
    fib_info *fi = nullptr;
    fib_alias *fa1 = nullptr;
    death_watch watch;
    int order = -1;
    u32 last_prio = res->fi->fib_priority;
    u8 last_tos = 0;
    for (fib_alias *fa : hlist_entries(res->fa_head, &fib_alias::fa_list)) {
        fib_info *next_fi = fa->fa_info;
        if ((fa->fa_tos && fa->fa_tos != flp->flowi4_tos) || fa->tb_id != res->table->tb_id) continue;
        if (next_fi->fib_priority > last_prio && fa->fa_tos == last_tos) {
            if (last_tos) continue;
            break;
        }
        if (next_fi->fib_flags & RTNH_F_DEAD) continue;
        last_tos = fa->fa_tos;
        last_prio = next_fi->fib_priority;
        if (next_fi->fib_scope != res->scope || fa->fa_type != RTN_UNICAST) continue;
        const fib_nh_common *nhc = fib_info_nhc(next_fi, 0);
        if (!nhc->nhc_gw_family || nhc->nhc_scope != RT_SCOPE_LINK) continue;
        fa->fa_state |= FA_S_ACCESSED;
        if (!fi) {
            if (next_fi != res->fi) break;
            fa1 = fa;
        } else if (!fib_detect_death(fi, order, &watch, fa1->fa_default)) {
            fib_result_assign(res, fi);
            fa1->fa_default = order;
            return;
        }
        fi = next_fi;
        ++order;
    }
    if (order <= 0 || !fi) {
        if (fa1) fa1->fa_default = -1;
        return;
    }
    if (!fib_detect_death(fi, order, &watch, fa1->fa_default)) {
        fib_result_assign(res, fi);
        fa1->fa_default = order;
        return;
    }
    if (watch.last_idx >= 0) fib_result_assign(res, watch.last_resort);
    fa1->fa_default = watch.last_idx;
}

// 31 bits from the flow: by addresses (policy 0), or with protocol and ports (policy 1). Seeded, so that no two
// machines agree; the kernel's own function differs.
int fib_multipath_hash(const net *ns, const flowi4 *fl4, const sk_buff *) {
    TRACE_FN();
    static machine_global<u32> seed;
    if (*seed == 0) *seed = get_random_u32() | 1;
    u32 ports = 0;
    if (ns->ipv4.sysctl_fib_multipath_hash_policy == 1)
        ports = ((static_cast<u32>(fl4->fl4_sport.raw) << 16) | fl4->fl4_dport.raw) ^ fl4->flowi4_proto;
    return TRACE_RET(static_cast<int>(jhash_3words(fl4->saddr.raw, fl4->daddr.raw, ports, *seed) >> 1));
}

void fib_select_multipath(fib_result *res, int hash) {
    TRACE_FN();
    fib_info *fi = res->fi;
    bool first = false;
    for (int nhsel = 0; nhsel < fib_info_num_path(fi); ++nhsel) {
        struct fib_nh *nh = &fi->fib_nh[static_cast<size_t>(nhsel)];
        const auto take = [&] {
            res->nh_sel = static_cast<u8>(nhsel);
            res->nhc = &nh->nh_common;
        };
        if (fi->fib_net->ipv4.sysctl_fib_multipath_use_neigh) {
            if (!fib_good_nh(nh)) continue;
            if (!first) take();
            first = true;
        }
        if (hash > nh->nh_common.nhc_upper_bound) continue;
        take();
        return;
    }
}

void fib_select_path(net *ns, fib_result *res, flowi4 *fl4, const sk_buff *skb) {
    TRACE_FN();
    if (fl4->flowi4_oif == 0) {
        if (fib_info_num_path(res->fi) > 1)
            fib_select_multipath(res, fib_multipath_hash(ns, fl4, skb));
        else if (res->prefixlen == 0 && res->table->tb_num_default > 1 && res->type == RTN_UNICAST)
            fib_select_default(fl4, res);
    }
    if (fl4->saddr) return;
    const net_device *l3mdev = dev_get_by_index_rcu(ns, fl4->flowi4_l3mdev);
    fl4->saddr = l3mdev ? inet_select_addr(l3mdev, be32{}, RT_SCOPE_LINK) : fib_result_prefsrc(ns, res);
}

} // namespace skbscope::stack
