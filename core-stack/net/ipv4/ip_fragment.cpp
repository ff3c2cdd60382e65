// SPDX-License-Identifier: GPL-2.0-or-later
// Reassembly of IPv4 datagrams. Linux 6.1: net/ipv4/ip_fragment.c
#include "linux/jhash.h"
#include "linux/random.h"
#include "net/icmp.h"
#include "net/inet_frag.h"
#include "net/inetpeer.h"
#include "net/ip.h"
#include "net/ipv4/sysctl_value.h"
#include "net/l3mdev.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {

// A datagram that is not whole yet.
struct ipq : inet_frag_queue {
    u8 ecn = 0;          // which ECN codes came (RFC 3168)
    u16 max_df_size = 0; // largest fragment that must not be cut
    int iif = 0;
    u32 rid = 0;               // the peer's fragment counter when our last one came
    inet_peer *peer = nullptr; // a reference
};

struct frag_globals {
    inet_frags ip4_frags;
    u32 hashrnd = 0;
};
machine_global<frag_globals> globals;

u8 ip4_frag_ecn(u8 tos) {
    return static_cast<u8>(1 << (tos & 3));
}

void ip4_frag_init(inet_frag_queue *q, const void *a) {
    TRACE_FN();
    auto *qp = static_cast<ipq *>(q);
    const auto *key = static_cast<const frag_v4_compare_key *>(a);
    q->key = *key;
    if (!q->fqdir->max_dist) return;
    rcu_read_lock();
    inet_peer *p = inet_getpeer_v4(q->fqdir->net->ipv4.peers, key->saddr, static_cast<int>(key->vif));
    if (p && !refcount_inc_not_zero(&p->refcnt)) p = nullptr;
    rcu_read_unlock();
    qp->peer = p;
}

void ip4_frag_free(inet_frag_queue *q) {
    TRACE_FN();
    if (inet_peer *p = static_cast<ipq *>(q)->peer) inet_putpeer(p);
}

u32 hash_key(const frag_v4_compare_key *key) {
    u32 words[sizeof(*key) / sizeof(u32)];
    static_assert(sizeof(words) == sizeof(*key));
    std::memcpy(words, key, sizeof(words));
    const u32 h = jhash_3words(words[0], words[1], words[2], globals->hashrnd);
    return jhash_3words(h, words[3], words[4], globals->hashrnd);
}

u32 ip4_key_hashfn(const void *data) {
    TRACE_FN();
    return TRACE_RET(hash_key(static_cast<const frag_v4_compare_key *>(data)));
}

u32 ip4_obj_hashfn(const inet_frag_queue *q) {
    TRACE_FN();
    return TRACE_RET(hash_key(&q->key));
}

bool ip4_obj_cmpfn(const void *key, const inet_frag_queue *q) {
    TRACE_FN();
    return TRACE_RET(!(*static_cast<const frag_v4_compare_key *>(key) == q->key));
}

bool frag_expire_skip_icmp(u32 user) {
    return user == IP_DEFRAG_AF_PACKET;
}

// What the sender is told when the time is up: the first fragment, if it came. q->lock is held.
sk_buff *expired_head(ipq *qp) {
    net *ns = qp->fqdir->net;
    inet_frag_kill(qp);
    __IP_INC_STATS(ns, IPSTATS_MIB_REASMFAILS);
    __IP_INC_STATS(ns, IPSTATS_MIB_REASMTIMEOUT);
    if (!(qp->flags & INET_FRAG_FIRST_IN)) return nullptr;
    sk_buff *head = inet_frag_pull_head(qp);
    if (head) head->dev = dev_get_by_index_rcu(ns, qp->iif);
    return head;
}

bool expire_may_report(const ipq *qp, sk_buff *head) {
    if (!head || !head->dev) return false;
    const iphdr *iph = ip_hdr(head);
    if (ip_route_input_noref(head, iph->daddr, iph->saddr, iph->tos, head->dev)) return false;
    // Only the host it was for reports; a router that peeked does not.
    return !frag_expire_skip_icmp(qp->key.user) || skb_rtable(head)->rt_type == RTN_LOCAL;
}

void ip_expire(timer_list *t) {
    TRACE_FN();
    auto *qp = static_cast<ipq *>(container_of(t, &inet_frag_queue::timer));
    sk_buff *head = nullptr;
    rcu_read_lock();
    if (!qp->fqdir->dead) {
        spin_lock(&qp->lock);
        if (!(qp->flags & INET_FRAG_COMPLETE)) head = expired_head(qp);
        const bool report = expire_may_report(qp, head);
        spin_unlock(&qp->lock);
        if (report) icmp_send(head, ICMP_TIME_EXCEEDED, ICMP_EXC_FRAGTIME, be32{});
    }
    rcu_read_unlock();
    kfree_skb(head);
    inet_frag_put(qp);
}

ipq *ip_find(net *ns, const iphdr *iph, u32 user, int vif) {
    TRACE_FN();
    frag_v4_compare_key key{iph->saddr, iph->daddr, user, static_cast<u32>(vif), iph->id, iph->protocol};
    return TRACE_RET(static_cast<ipq *>(inet_frag_find(ns->ipv4.fqdir, &key)));
}

// So many fragments of the same peer came in between that the id may have come round.
bool ip_frag_too_far(ipq *qp) {
    TRACE_FN();
    const auto max = static_cast<u32>(qp->fqdir->max_dist);
    if (!qp->peer || !max) return TRACE_RET(false);
    const u32 start = qp->rid;
    const auto end = static_cast<u32>(atomic_inc_return(&qp->peer->rid));
    qp->rid = end;
    const bool rc = qp->fragments_tail && end - start > max;
    if (rc) __IP_INC_STATS(qp->fqdir->net, IPSTATS_MIB_REASMFAILS);
    return TRACE_RET(rc);
}

int ip_frag_reinit(ipq *qp) {
    TRACE_FN();
    if (!mod_timer(&qp->timer, jiffies_now() + static_cast<unsigned long>(qp->fqdir->timeout))) {
        refcount_inc(&qp->refcnt);
        return TRACE_RET(-ETIMEDOUT);
    }
    sub_frag_mem_limit(qp->fqdir, static_cast<long>(inet_frag_rbtree_purge(&qp->rb_fragments)));
    qp->flags = 0;
    qp->len = 0;
    qp->meat = 0;
    qp->fragments_tail = nullptr;
    qp->last_run_head = nullptr;
    qp->iif = 0;
    qp->ecn = 0;
    return TRACE_RET(0);
}

// skb, the fragment that completed it, becomes the datagram. 0 or a negative errno.
int ip_frag_reasm(ipq *qp, sk_buff *skb, sk_buff *prev_tail, net_device *dev) {
    TRACE_FN(skb);
    net *ns = qp->fqdir->net;
    inet_frag_kill(qp);
    const u8 ecn = ip_frag_ecn_table[qp->ecn];
    int err = ecn == 0xff ? -EINVAL : 0;
    void *reasm_data = err ? nullptr : inet_frag_reasm_prepare(qp, skb, prev_tail);
    if (!err && !reasm_data) err = -ENOMEM;
    const int len = static_cast<int>(ip_hdrlen(skb)) + qp->len;
    if (!err && len > 65535) err = -E2BIG;
    if (err) {
        __IP_INC_STATS(ns, IPSTATS_MIB_REASMFAILS);
        return TRACE_RET(err);
    }
    inet_frag_reasm_finish(qp, skb, reasm_data, qp->key.user == IP_DEFRAG_LOCAL_DELIVER);
    skb->dev = dev;
    IPCB(skb)->frag_max_size = std::max(qp->max_df_size, qp->max_size);
    iphdr *iph = ip_hdr(skb);
    iph->tot_len = cpu_to_be16(static_cast<u16>(len));
    iph->tos |= ecn;
    // The largest fragment had DF: whoever sends this on must cut it as small again.
    const bool df = qp->max_df_size == qp->max_size;
    if (df) IPCB(skb)->flags |= IPSKB_FRAG_PMTU;
    iph->frag_off = df ? cpu_to_be16(IP_DF) : be16{};
    ip_send_check(iph);
    __IP_INC_STATS(ns, IPSTATS_MIB_REASMOKS);
    qp->rb_fragments.clear();
    qp->fragments_tail = nullptr;
    qp->last_run_head = nullptr;
    return TRACE_RET(0);
}

int queue_drop(sk_buff *skb, int err) {
    kfree_skb(skb);
    return err;
}

// The fragments cannot be parts of one datagram.
int discard_queue(ipq *qp, sk_buff *skb, int err) {
    inet_frag_kill(qp);
    __IP_INC_STATS(qp->fqdir->net, IPSTATS_MIB_REASMFAILS);
    return queue_drop(skb, err);
}

// What the fragment says about the whole length. *end may be cut to a multiple of 8. False: it contradicts.
bool frag_check_length(ipq *qp, sk_buff *skb, bool more, int *end) {
    const bool last_in = (qp->flags & INET_FRAG_LAST_IN) != 0;
    if (!more) {
        if (*end < qp->len || (last_in && *end != qp->len)) return false;
        qp->flags |= INET_FRAG_LAST_IN;
        qp->len = *end;
        return true;
    }
    if (*end & 7) {
        *end &= ~7;
        if (skb->ip_summed != CHECKSUM_UNNECESSARY) skb->ip_summed = CHECKSUM_NONE;
    }
    if (*end > qp->len) {
        if (last_in) return false;
        qp->len = *end;
    }
    return true;
}

void frag_account(ipq *qp, const sk_buff *skb, const net_device *dev, int offset, int ihl, u8 ecn, bool df) {
    if (dev) qp->iif = dev->ifindex;
    qp->stamp = skb->tstamp;
    qp->mono_delivery_time = skb->mono_delivery_time;
    qp->meat += static_cast<int>(skb->len);
    qp->ecn |= ecn;
    add_frag_mem_limit(qp->fqdir, static_cast<long>(skb->truesize));
    if (offset == 0) qp->flags |= INET_FRAG_FIRST_IN;
    const auto fragsize = static_cast<u16>(static_cast<int>(skb->len) + ihl);
    qp->max_size = std::max(qp->max_size, fragsize);
    if (df) qp->max_df_size = std::max(qp->max_df_size, fragsize);
}

// Takes skb over. 0: it is the whole datagram now; -EINPROGRESS: it waits; else it is gone.
int ip_frag_queue(ipq *qp, sk_buff *skb) {
    TRACE_FN(skb);
    if (qp->flags & INET_FRAG_COMPLETE) return TRACE_RET(queue_drop(skb, -ENOENT));
    if (!(IPCB(skb)->flags & IPSKB_FRAG_COMPLETE) && ip_frag_too_far(qp)) {
        if (const int err = ip_frag_reinit(qp)) {
            inet_frag_kill(qp);
            return TRACE_RET(queue_drop(skb, err));
        }
    }
    const u8 ecn = ip4_frag_ecn(ip_hdr(skb)->tos);
    const u16 frag_off = be16_to_cpu(ip_hdr(skb)->frag_off);
    const int offset = (frag_off & IP_OFFSET) << 3;
    const auto ihl = static_cast<int>(ip_hdrlen(skb));
    int end = offset + static_cast<int>(skb->len) - skb_network_offset(skb) - ihl;
    if (!frag_check_length(qp, skb, (frag_off & IP_MF) != 0, &end) || end == offset)
        return TRACE_RET(discard_queue(qp, skb, -EINVAL));
    if (!pskb_pull(skb, static_cast<unsigned>(skb_network_offset(skb) + ihl)))
        return TRACE_RET(discard_queue(qp, skb, -ENOMEM));
    if (const int err = pskb_trim_rcsum(skb, static_cast<unsigned>(end - offset)))
        return TRACE_RET(discard_queue(qp, skb, err));

    net_device *dev = skb->dev;
    sk_buff *prev_tail = qp->fragments_tail;
    switch (inet_frag_queue_insert(qp, skb, offset, end)) {
    case IPFRAG_DUP:
        return TRACE_RET(queue_drop(skb, -EINVAL));
    case IPFRAG_OVERLAP:
        __IP_INC_STATS(qp->fqdir->net, IPSTATS_MIB_REASM_OVERLAPS);
        return TRACE_RET(discard_queue(qp, skb, -EINVAL));
    default:
        break;
    }
    frag_account(qp, skb, dev, offset, ihl, ecn, (frag_off & IP_DF) != 0);
    if (qp->flags == (INET_FRAG_FIRST_IN | INET_FRAG_LAST_IN) && qp->meat == qp->len) {
        const std::uintptr_t orefdst = skb->_skb_refdst;
        skb->_skb_refdst = 0;
        const int err = ip_frag_reasm(qp, skb, prev_tail, dev);
        skb->_skb_refdst = orefdst;
        if (err) inet_frag_kill(qp);
        return TRACE_RET(err);
    }
    skb_dst_drop(skb); // it may wait long
    skb_orphan(skb);
    return TRACE_RET(-EINPROGRESS);
}

} // namespace

int ip_defrag(net *ns, sk_buff *skb, u32 user) {
    TRACE_FN(skb);
    __IP_INC_STATS(ns, IPSTATS_MIB_REASMREQDS);
    rcu_read_lock();
    const net_device *dev = skb->dev ? skb->dev : skb_dst(skb)->dev;
    const int vif = l3mdev_master_ifindex_rcu(dev);
    ipq *qp = ip_find(ns, ip_hdr(skb), user, vif);
    if (!qp) {
        rcu_read_unlock();
        __IP_INC_STATS(ns, IPSTATS_MIB_REASMFAILS);
        kfree_skb(skb);
        return TRACE_RET(-ENOMEM);
    }
    spin_lock(&qp->lock);
    const int ret = ip_frag_queue(qp, skb);
    spin_unlock(&qp->lock);
    rcu_read_unlock();
    inet_frag_put(qp);
    return TRACE_RET(ret);
}

namespace {

machine_global<pernet_operations> ip4_frags_ops;

ctl_entry long_entry(long *value) {
    return {[value] { return std::to_string(*value); },
            [value](std::string_view text) { return sysctl_parse(text, value) && *value >= 0 ? 0 : -EINVAL; }};
}

int ipv4_frags_init_net(net *ns) {
    fqdir_init(&ns->ipv4.fqdir, &globals->ip4_frags, ns);
    fqdir *dir = ns->ipv4.fqdir;
    dir->high_thresh = 4 * 1024 * 1024;
    dir->low_thresh = 3 * 1024 * 1024;
    dir->timeout = static_cast<int>(IP_FRAG_TIME);
    dir->max_dist = 64;
    register_net_sysctl(ns, "net.ipv4.ipfrag_high_thresh", long_entry(&dir->high_thresh));
    register_net_sysctl(ns, "net.ipv4.ipfrag_low_thresh", long_entry(&dir->low_thresh));
    register_net_sysctl_int(ns, "net.ipv4.ipfrag_max_dist", &dir->max_dist, 0, 0x7fffffff);
    constexpr int hz = HZ;
    register_net_sysctl(ns, "net.ipv4.ipfrag_time",
                        {[dir] { return std::to_string(dir->timeout / hz); },
                         [dir](std::string_view text) {
                             int seconds = 0;
                             if (!sysctl_parse(text, &seconds) || seconds < 0) return -EINVAL;
                             dir->timeout = seconds * hz;
                             return 0;
                         }});
    return 0;
}

} // namespace

void ipfrag_init() {
    TRACE_FN();
    globals->hashrnd = get_random_u32();
    inet_frags &f = globals->ip4_frags;
    f.alloc = []() -> inet_frag_queue * { return new ipq; };
    f.constructor = ip4_frag_init;
    f.destructor = ip4_frag_free;
    f.frag_expire = ip_expire;
    f.hashfn = ip4_key_hashfn;
    f.obj_hashfn = ip4_obj_hashfn;
    f.obj_cmpfn = ip4_obj_cmpfn;
    ip4_frags_ops->init = ipv4_frags_init_net;
    ip4_frags_ops->pre_exit = [](net *ns) { fqdir_pre_exit(ns->ipv4.fqdir); };
    ip4_frags_ops->exit = [](net *ns) {
        fqdir_exit(ns->ipv4.fqdir);
        ns->ipv4.fqdir = nullptr;
    };
    register_pernet_subsys(&ip4_frags_ops.get());
}

} // namespace skbscope::stack
