// SPDX-License-Identifier: GPL-2.0-or-later
// The routing table: a trie of prefixes, searched for the longest one that contains an address.
//
// The kernel's is an LC-trie, whose nodes take many bits at once and change their size; this one takes one bit a node
// and skips the bits that all below have in common. The answers are the same, in the same order: prefixes from long to
// short, the routes of one prefix by table, tos and priority.
//
//            0.0.0.0/0                a node without routes only joins two branches
//            /       \.
//      10.9.0.0/23   127.0.0.0/8
//       /        \.
//  10.9.0.0/24  10.9.1.0/24
//
// Linux 6.1: net/ipv4/fib_trie.c
#include "linux/err.h"
#include "linux/inetdevice.h"
#include "linux/trace_fn.h"
#include "net/ip_fib.h"
#include "net/route.h"

#include <bit>
#include <cstdint>

namespace skbscope::stack {

struct trie_node {
    u32 key = 0; // host order, 0 beyond plen
    u8 plen = 0;
    trie_node *parent = nullptr;
    std::unique_ptr<trie_node> child[2];
    hlist_head leaf; // fib_alias
};

struct trie {
    std::unique_ptr<trie_node> root;
};

namespace {

constexpr u32 KEYLENGTH = 32;

u32 prefix_mask(unsigned plen) {
    return plen == 0 ? 0 : ~0U << (KEYLENGTH - plen);
}

bool contains(const trie_node *n, u32 key) {
    return ((key ^ n->key) & prefix_mask(n->plen)) == 0;
}

unsigned branch(u32 key, unsigned plen) {
    return (key >> (KEYLENGTH - 1 - plen)) & 1;
}

std::unique_ptr<trie_node> make_node(u32 key, unsigned plen, trie_node *parent) {
    auto n = std::make_unique<trie_node>();
    n->key = key & prefix_mask(plen);
    n->plen = static_cast<u8>(plen);
    n->parent = parent;
    return n;
}

// The deepest node on the way to key; best: only where routes are.
trie_node *trie_descend(const trie *t, u32 key, unsigned plen) {
    trie_node *found = nullptr;
    for (trie_node *n = t->root.get(); n && n->plen <= plen && contains(n, key);) {
        found = n;
        if (n->plen == KEYLENGTH) break;
        n = n->child[branch(key, n->plen)].get();
    }
    return found;
}

trie_node *fib_find_node(const trie *t, u32 key, unsigned plen) {
    trie_node *n = trie_descend(t, key, plen);
    return n && n->plen == plen ? n : nullptr;
}

trie_node *fib_insert_node(trie *t, u32 key, unsigned plen) {
    trie_node *above = trie_descend(t, key, plen);
    if (above && above->plen == plen) return above;
    std::unique_ptr<trie_node> &slot = above ? above->child[branch(key, above->plen)] : t->root;
    if (!slot) {
        slot = make_node(key, plen, above);
        return slot.get();
    }
    // Something else stands there: the new prefix goes above it, or both go below a joint.
    std::unique_ptr<trie_node> other = std::move(slot);
    const auto common = static_cast<unsigned>(std::countl_zero((key ^ other->key) | 1U));
    const unsigned joint_len = std::min({common, plen, unsigned{other->plen}});
    slot = make_node(key, joint_len, above);
    trie_node *joint = slot.get();
    other->parent = joint;
    joint->child[branch(other->key, joint_len)] = std::move(other);
    if (joint_len == plen) return joint;
    auto &place = joint->child[branch(key, joint_len)];
    place = make_node(key, plen, joint);
    return place.get();
}

// Takes away a node without routes that no longer joins two branches, and its parents for the same reason.
void trie_prune(trie *t, trie_node *n) {
    while (n && hlist_empty(&n->leaf) && !(n->child[0] && n->child[1])) {
        trie_node *parent = n->parent;
        std::unique_ptr<trie_node> &slot = parent ? parent->child[parent->child[1].get() == n] : t->root;
        std::unique_ptr<trie_node> below = std::move(n->child[0] ? n->child[0] : n->child[1]);
        if (below) below->parent = parent;
        slot = std::move(below);
        n = parent;
    }
}

void alias_free_mem_rcu(fib_alias *fa) {
    call_rcu(&fa->rcu, [](rcu_head *head) { kdelete(container_of(head, &fib_alias::rcu)); });
}

// The first route of a table that a new one of this tos and priority goes before. first: the first one at all.
fib_alias *fib_find_alias(trie_node *n, u8 tos, u32 prio, u32 tb_id) {
    if (!n) return nullptr;
    for (fib_alias *fa : hlist_entries(&n->leaf, &fib_alias::fa_list)) {
        if (fa->tb_id > tb_id) continue;
        if (fa->tb_id != tb_id) break;
        if (fa->fa_tos > tos) continue;
        if (fa->fa_info->fib_priority >= prio || fa->fa_tos < tos) return fa;
    }
    return nullptr;
}

fib_alias *next_alias(fib_alias *fa) {
    return fa->fa_list.next ? container_of(fa->fa_list.next, &fib_alias::fa_list) : nullptr;
}

// Puts it before `fa`, or behind the last one of its table.
void fib_insert_alias(trie_node *n, fib_alias *new_fa, fib_alias *fa) {
    if (fa) return hlist_add_before(&new_fa->fa_list, &fa->fa_list);
    fib_alias *behind = nullptr;
    for (fib_alias *last : hlist_entries(&n->leaf, &fib_alias::fa_list)) {
        if (new_fa->tb_id > last->tb_id) break;
        behind = last;
    }
    if (behind)
        hlist_add_behind(&new_fa->fa_list, &behind->fa_list);
    else
        hlist_add_head(&new_fa->fa_list, &n->leaf);
}

fib_alias *new_alias(const fib_table *tb, const fib_config *cfg, fib_info *fi) {
    auto *fa = knew<fib_alias>();
    fa->fa_info = fi;
    fa->fa_tos = cfg->fc_tos;
    fa->fa_type = cfg->fc_type;
    fa->fa_slen = static_cast<u8>(KEYLENGTH - cfg->fc_dst_len);
    fa->tb_id = tb->tb_id;
    return fa;
}

void fib_replace_alias(net *ns, fib_alias *old, fib_alias *fresh) {
    const bool used = (old->fa_state & FA_S_ACCESSED) != 0;
    hlist_add_before(&fresh->fa_list, &old->fa_list);
    hlist_del(&old->fa_list);
    fib_release_info(old->fa_info);
    alias_free_mem_rcu(old);
    if (used) rt_cache_flush(ns);
}

// Among the routes of fa's prefix, tos and priority: the very same one; last: where an appended one goes before.
fib_alias *fib_find_same(fib_alias *fa, const fib_table *tb, const fib_config *cfg, const fib_info *fi,
                         fib_alias **last) {
    for (; fa; fa = next_alias(fa)) {
        *last = fa;
        if (fa->tb_id != tb->tb_id || fa->fa_tos != cfg->fc_tos || fa->fa_info->fib_priority != fi->fib_priority)
            return nullptr;
        if (fa->fa_type == cfg->fc_type && fa->fa_info == fi) return fa;
    }
    *last = nullptr;
    return nullptr;
}

} // namespace

int fib_table_insert(net *ns, fib_table *tb, fib_config *cfg) {
    TRACE_FN();
    trie *t = tb->tb_data.get();
    const u32 key = be32_to_cpu(cfg->fc_dst);
    fib_info *fi = fib_create_info(ns, cfg);
    if (IS_ERR(fi)) return TRACE_RET(PTR_ERR(fi));

    fib_alias *fa = fib_find_alias(fib_find_node(t, key, cfg->fc_dst_len), cfg->fc_tos, fi->fib_priority, tb->tb_id);
    int err = 0;
    if (fa && fa->fa_tos == cfg->fc_tos && fa->fa_info->fib_priority == fi->fib_priority) {
        fib_alias *const first = fa, *last = nullptr;
        const fib_alias *same = nullptr;
        if (cfg->fc_nlflags & NLM_F_EXCL)
            err = -EEXIST;
        else
            same = fib_find_same(fa, tb, cfg, fi, &last);
        if (!err && (cfg->fc_nlflags & NLM_F_REPLACE)) {
            if (same) {
                err = same == first ? 0 : -EEXIST;
                fib_release_info(fi);
                return TRACE_RET(err);
            }
            fib_replace_alias(ns, first, new_alias(tb, cfg, fi));
            return TRACE_RET(0);
        }
        if (same) err = -EEXIST;
        fa = cfg->fc_nlflags & NLM_F_APPEND ? last : first;
    }
    if (!err && !(cfg->fc_nlflags & NLM_F_CREATE)) err = -ENOENT;
    if (err) {
        fib_release_info(fi);
        return TRACE_RET(err);
    }
    fib_insert_alias(fib_insert_node(t, key, cfg->fc_dst_len), new_alias(tb, cfg, fi), fa);
    if (cfg->fc_dst_len == 0) ++tb->tb_num_default;
    rt_cache_flush(ns);
    return TRACE_RET(0);
}

int fib_table_delete(net *ns, fib_table *tb, fib_config *cfg) {
    TRACE_FN();
    trie *t = tb->tb_data.get();
    trie_node *n = fib_find_node(t, be32_to_cpu(cfg->fc_dst), cfg->fc_dst_len);
    for (fib_alias *fa = fib_find_alias(n, cfg->fc_tos, 0, tb->tb_id); fa; fa = next_alias(fa)) {
        fib_info *fi = fa->fa_info;
        if (fa->tb_id != tb->tb_id || fa->fa_tos != cfg->fc_tos) break;
        const bool match = (!cfg->fc_type || fa->fa_type == cfg->fc_type) &&
                           (cfg->fc_scope == RT_SCOPE_NOWHERE || fi->fib_scope == cfg->fc_scope) &&
                           (!cfg->fc_prefsrc || fi->fib_prefsrc == cfg->fc_prefsrc) &&
                           (!cfg->fc_protocol || fi->fib_protocol == cfg->fc_protocol) &&
                           fib_nh_match(ns, cfg, fi) == 0;
        if (!match) continue;
        if (cfg->fc_dst_len == 0) --tb->tb_num_default;
        hlist_del(&fa->fa_list);
        trie_prune(t, n);
        if (fa->fa_state & FA_S_ACCESSED) rt_cache_flush(ns);
        fib_release_info(fi);
        alias_free_mem_rcu(fa);
        return TRACE_RET(0);
    }
    return TRACE_RET(-ESRCH);
}

bool fib_lookup_good_nhc(const fib_nh_common *nhc, int fib_flags, const flowi4 *flp) {
    TRACE_FN();
    if (nhc->nhc_flags & RTNH_F_DEAD) return TRACE_RET(false);
    if (ip_ignore_linkdown(nhc->nhc_dev) && (nhc->nhc_flags & RTNH_F_LINKDOWN) &&
        !(fib_flags & FIB_LOOKUP_IGNORE_LINKSTATE))
        return TRACE_RET(false);
    return TRACE_RET(flp->flowi4_oif == 0 || flp->flowi4_oif == nhc->nhc_oif);
}

namespace {

// One route of a prefix that contains the address. 1: not this one; 0: it is in res; < 0: the route says so.
int fib_try_alias(fib_table *tb, trie_node *n, fib_alias *fa, const flowi4 *flp, fib_result *res, int fib_flags) {
    fib_info *fi = fa->fa_info;
    if (fa->fa_tos && fa->fa_tos != flp->flowi4_tos) return 1;
    if (fi->fib_dead || fi->fib_scope < flp->flowi4_scope) return 1;
    fa->fa_state |= FA_S_ACCESSED;
    const int err = fib_props[fa->fa_type].error;
    if (err < 0) return err;
    if (fi->fib_flags & RTNH_F_DEAD) return 1;
    for (int nhsel = 0; nhsel < fib_info_num_path(fi); ++nhsel) {
        fib_nh_common *nhc = fib_info_nhc(fi, nhsel);
        if (!fib_lookup_good_nhc(nhc, fib_flags, flp)) continue;
        if (!(fib_flags & FIB_LOOKUP_NOREF)) fib_info_hold(fi);
        res->prefix = cpu_to_be32(n->key);
        res->prefixlen = n->plen;
        res->nh_sel = static_cast<u8>(nhsel);
        res->nhc = nhc;
        res->type = fa->fa_type;
        res->scope = fi->fib_scope;
        res->fi = fi;
        res->table = tb;
        res->fa_head = &n->leaf;
        return 0;
    }
    return 1;
}

} // namespace

int fib_table_lookup(fib_table *tb, const flowi4 *flp, fib_result *res, int fib_flags) {
    TRACE_FN();
    for (trie_node *n = trie_descend(tb->tb_data.get(), be32_to_cpu(flp->daddr), KEYLENGTH); n; n = n->parent) {
        for (fib_alias *fa : hlist_entries(&n->leaf, &fib_alias::fa_list)) {
            const int err = fib_try_alias(tb, n, fa, flp, res, fib_flags);
            if (err <= 0) return TRACE_RET(err);
        }
    }
    return TRACE_RET(-EAGAIN);
}

namespace {

// Every route of the subtree for which `gone` says so is taken out.
template <class Gone> int trie_remove_if(trie_node *n, const Gone &gone) {
    if (!n) return 0;
    int found = trie_remove_if(n->child[0].get(), gone) + trie_remove_if(n->child[1].get(), gone);
    for (fib_alias *fa : hlist_entries(&n->leaf, &fib_alias::fa_list)) {
        if (!gone(fa)) continue;
        hlist_del(&fa->fa_list);
        fib_release_info(fa->fa_info);
        alias_free_mem_rcu(fa);
        ++found;
    }
    return found;
}

void trie_prune_all(trie *t, trie_node *n) {
    if (!n) return;
    trie_node *left = n->child[0].get(), *right = n->child[1].get();
    trie_prune_all(t, left);
    trie_prune_all(t, right);
    if (hlist_empty(&n->leaf) && !(n->child[0] && n->child[1])) {
        trie_node *parent = n->parent;
        std::unique_ptr<trie_node> &slot = parent ? parent->child[parent->child[1].get() == n] : t->root;
        std::unique_ptr<trie_node> below = std::move(n->child[0] ? n->child[0] : n->child[1]);
        if (below) below->parent = parent;
        slot = std::move(below);
    }
}

} // namespace

int fib_table_flush(net *, fib_table *tb, bool flush_all) {
    TRACE_FN();
    trie *t = tb->tb_data.get();
    const int found = trie_remove_if(t->root.get(), [&](const fib_alias *fa) {
        if (fa->tb_id != tb->tb_id) return false;
        const bool dead = (fa->fa_info->fib_flags & RTNH_F_DEAD) != 0;
        return dead || (flush_all && fib_props[fa->fa_type].error != 0);
    });
    trie_prune_all(t, t->root.get());
    return TRACE_RET(found);
}

void fib_free_table(fib_table *tb) {
    TRACE_FN();
    trie *t = tb->tb_data.get();
    trie_remove_if(t->root.get(), [&](const fib_alias *fa) { return fa->tb_id == tb->tb_id; });
    trie_prune_all(t, t->root.get());
    delete tb; // the trie goes with the last table that shares it
}

fib_table *fib_trie_table(u32 id, fib_table *alias) {
    TRACE_FN();
    auto *tb = new fib_table;
    tb->tb_id = id;
    tb->tb_data = alias ? alias->tb_data : std::make_shared<trie>();
    return TRACE_RET(tb);
}

} // namespace skbscope::stack
