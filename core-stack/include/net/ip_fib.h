// SPDX-License-Identifier: GPL-2.0-or-later
// The forwarding information base: prefixes (fib_alias in a trie, one trie a table) that point to fib_info, which many
// prefixes may share: type, scope, preferred source, metrics and the nexthops. A nexthop caches the routes made from
// it.
//
//   fib_table --trie--> fib_alias (prefix, type) --> fib_info --> fib_nh[] --> rtable (cached output, input)
//
// Linux 6.1: include/net/ip_fib.h, net/ipv4/fib_lookup.h
#pragma once

#include "linux/list.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/rtnetlink.h"
#include "linux/types.h"
#include "net/dst.h"
#include "net/fib_rules.h"
#include "net/flow.h"
#include "net/net_namespace.h"

#include <memory>
#include <vector>

namespace skbscope::stack {

struct in_device;
struct in_ifaddr;
struct rtable;
struct fib_info;

// What a request for a route says (RTM_NEWROUTE, or an address that comes up).
struct fib_config {
    u8 fc_dst_len = 0; // 0 .. 32
    u8 fc_tos = 0;
    u8 fc_protocol = 0;
    u8 fc_scope = RT_SCOPE_NOWHERE;
    u8 fc_type = RTN_UNICAST;
    u8 fc_gw_family = 0;
    u32 fc_table = RT_TABLE_MAIN;
    be32 fc_dst;
    be32 fc_gw4;
    int fc_oif = 0;
    u32 fc_flags = 0;
    u32 fc_priority = 0;
    be32 fc_prefsrc;
    u32 fc_nlflags = 0; // NLM_F_...
    // further nexthops of a multipath route, the first one included; empty: one nexthop, from fc_gw4 and fc_oif
    struct hop {
        be32 gateway;
        int oif = 0;
        int weight = 1;
    };
    std::vector<hop> fc_mp;
};
inline constexpr u32 NLM_F_REPLACE = 0x100, NLM_F_EXCL = 0x200, NLM_F_CREATE = 0x400, NLM_F_APPEND = 0x800;

// Something learned about one destination behind a nexthop: a smaller MTU, a better gateway.
struct fib_nh_exception {
    fib_nh_exception *fnhe_next = nullptr;
    int fnhe_genid = 0;
    be32 fnhe_daddr;
    u32 fnhe_pmtu = 0;
    bool fnhe_mtu_locked = false;
    be32 fnhe_gw;
    unsigned long fnhe_expires = 0; // jiffies, 0 = never
    rtable *fnhe_rth_input = nullptr;
    rtable *fnhe_rth_output = nullptr;
    unsigned long fnhe_stamp = 0;
    struct rcu_head rcu;
};
inline constexpr unsigned FNHE_HASH_SHIFT = 11, FNHE_HASH_SIZE = 1U << FNHE_HASH_SHIFT;
inline constexpr int FNHE_RECLAIM_DEPTH = 5;

struct fib_nh_common {
    net_device *nhc_dev = nullptr; // a reference
    int nhc_oif = 0;
    u8 nhc_scope = 0;
    u8 nhc_family = 0;
    u8 nhc_gw_family = 0; // 0: on the link
    u8 nhc_flags = 0;     // RTNH_F_...
    lwtunnel_state *nhc_lwtstate = nullptr;
    be32 nhc_gw4;
    int nhc_weight = 1;
    int nhc_upper_bound = 0;                   // of the hash range this path takes, 0 .. 2^31 - 1
    std::vector<rtable *> nhc_pcpu_rth_output; // by CPU
    rtable *nhc_rth_input = nullptr;
    std::unique_ptr<std::vector<fib_nh_exception *>> nhc_exceptions; // FNHE_HASH_SIZE chains; null: none yet
};

struct fib_nh {
    fib_nh_common nh_common;
    fib_info *nh_parent = nullptr;
    be32 nh_saddr;
    int nh_saddr_genid = 0;
};

struct fib_info {
    struct net *fib_net = nullptr;
    refcount_t fib_treeref; // aliases that point here
    refcount_t fib_clntref;
    u32 fib_flags = 0;
    bool fib_dead = false;
    u8 fib_protocol = 0; // RTPROT_...
    u8 fib_scope = 0;
    u8 fib_type = 0; // RTN_...
    be32 fib_prefsrc;
    u32 fib_tb_id = 0;
    u32 fib_priority = 0;
    const dst_metrics *fib_metrics = &dst_default_metrics;
    int fib_nhs = 0;
    bool pfsrc_removed = false;
    struct rcu_head rcu;
    std::vector<struct fib_nh> fib_nh; // fib_nhs of them, never resized
};

struct fib_table;
struct fib_result {
    be32 prefix;
    u8 prefixlen = 0;
    u8 nh_sel = 0; // index of nhc in fi
    u8 type = 0;
    u8 scope = 0;
    u32 tclassid = 0;
    fib_nh_common *nhc = nullptr;
    fib_info *fi = nullptr;
    fib_table *table = nullptr;
    hlist_head *fa_head = nullptr; // the aliases of the prefix, best first
};
inline fib_nh_common *FIB_RES_NHC(const fib_result &res) {
    return res.nhc;
}
inline net_device *FIB_RES_DEV(const fib_result &res) {
    return res.nhc->nhc_dev;
}
inline int FIB_RES_OIF(const fib_result &res) {
    return res.nhc->nhc_oif;
}

struct fib_alias {
    hlist_node fa_list; // of its prefix, in the order a lookup tries them
    struct rcu_head rcu;
    fib_info *fa_info = nullptr;
    u8 fa_tos = 0;
    u8 fa_type = 0;
    u8 fa_state = 0; // FA_S_ACCESSED
    u8 fa_slen = 0;  // 32 - prefix length
    u32 tb_id = 0;
    int fa_default = -1; // which of several default routes was chosen last
};
inline constexpr u8 FA_S_ACCESSED = 0x01;

struct trie;
struct fib_table {
    u32 tb_id = 0;
    int tb_num_default = 0;
    std::shared_ptr<trie> tb_data; // local and main share one while no rule keeps them apart
};

// What each route type means to a lookup: the errno it ends with (0: go on) and the scope it lives in.
struct fib_prop {
    int error;
    u8 scope;
};
extern const fib_prop fib_props[RTN_MAX + 1];

// fib_frontend.cpp
void ip_fib_init();
fib_table *fib_new_table(net *ns, u32 id);
fib_table *fib_get_table(net *ns, u32 id); // null: no such table
int fib_lookup(net *ns, flowi4 *flp, fib_result *res, unsigned flags);
bool fib4_has_custom_rules(const net *ns);
be32 fib_compute_spec_dst(sk_buff *skb);
bool fib_info_nh_uses_dev(fib_info *fi, const net_device *dev);
int fib_validate_source(sk_buff *skb, be32 src, be32 dst, u8 tos, int oif, net_device *dev, in_device *idev, u32 *itag);
void fib_add_ifaddr(in_ifaddr *ifa);
void fib_del_ifaddr(in_ifaddr *ifa, in_ifaddr *iprim);
void fib_flush(net *ns);
int ip_fib_route(net *ns, bool add, fib_config *cfg); // RTM_NEWROUTE, RTM_DELROUTE: 0 or a negative errno
inline int fib_num_tclassid_users(const net *) {
    return 0;
}
inline void fib_combine_itag(u32 *, const fib_result *) {}
bool nhc_l3mdev_matches_dev(const fib_nh_common *nhc, const net_device *dev);

// fib_semantics.cpp
fib_info *fib_create_info(net *ns, fib_config *cfg); // or ERR_PTR; one tree reference
void fib_release_info(fib_info *fi);
void free_fib_info(fib_info *fi);
int fib_nh_match(net *ns, fib_config *cfg, fib_info *fi); // 0: the same nexthops
int fib_check_nh(net *ns, struct fib_nh *nh, u32 table, u8 scope);
int fib_sync_down_dev(net_device *dev, unsigned long event, bool force);
int fib_sync_down_addr(net_device *dev, be32 local);
int fib_sync_up(net_device *dev, u8 nh_flags);
void fib_sync_mtu(net_device *dev, u32 orig_mtu);
void fib_nhc_update_mtu(fib_nh_common *nhc, u32 new_mtu, u32 orig);
void fib_select_multipath(fib_result *res, int hash);
void fib_select_path(net *ns, fib_result *res, flowi4 *fl4, const sk_buff *skb);
void fib_select_default(const flowi4 *flp, fib_result *res);
be32 fib_info_update_nhc_saddr(net *ns, fib_nh_common *nhc, u8 scope);
be32 fib_result_prefsrc(net *ns, fib_result *res);
u32 ip_mtu_from_fib_result(fib_result *res, be32 daddr);
int ip_fib_check_default(be32 gw, net_device *dev);
int fib_multipath_hash(const net *ns, const flowi4 *fl4, const sk_buff *skb);
inline void fib_info_hold(fib_info *fi) {
    refcount_inc(&fi->fib_clntref);
}
inline void fib_info_put(fib_info *fi) {
    if (refcount_dec_and_test(&fi->fib_clntref)) free_fib_info(fi);
}
inline fib_nh_common *fib_info_nhc(fib_info *fi, int nhsel) {
    return &fi->fib_nh[static_cast<size_t>(nhsel)].nh_common;
}
inline int fib_info_num_path(const fib_info *fi) {
    return fi->fib_nhs;
}

// fib_trie.cpp
fib_table *fib_trie_table(u32 id, fib_table *alias); // alias: the table whose trie it shares, or null
int fib_table_lookup(fib_table *tb, const flowi4 *flp, fib_result *res, int fib_flags); // -EAGAIN: nothing found
bool fib_lookup_good_nhc(const fib_nh_common *nhc, int fib_flags, const flowi4 *flp);
int fib_table_insert(net *ns, fib_table *tb, fib_config *cfg);
int fib_table_delete(net *ns, fib_table *tb, fib_config *cfg);
int fib_table_flush(net *ns, fib_table *tb, bool flush_all);
void fib_free_table(fib_table *tb);

} // namespace skbscope::stack
