// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4 routes as destinations: making one, keeping it on the nexthop it came from, and what the generic layer asks of
// it. Finding one is in route_output.cpp and route_input.cpp. Linux 6.1: net/ipv4/route.c
#include "net/route.h"

#include "linux/icmp.h"
#include "linux/inetdevice.h"
#include "linux/random.h"
#include "linux/socket.h"
#include "net/icmp.h"
#include "net/inetpeer.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/ipv4/route_internal.h"
#include "net/l3mdev.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace skbscope::stack {

// Type of service to priority: interactive, bulk, filler. Linux 6.1: net/ipv4/route.c
const u8 ip_tos2prio[16] = {0, 0, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4};

void rt_cache_flush(net *ns) {
    TRACE_FN();
    ++ns->ipv4.rt_genid;
}

namespace {

bool rt_is_expired(const rtable *rth) {
    return rth->rt_genid != dev_net(rth->dst.dev)->ipv4.rt_genid;
}

// --- what the generic layer asks (ipv4_dst_ops)
// -----------------------------------------------------------------------

dst_entry *ipv4_dst_check(dst_entry *dst, u32) {
    TRACE_FN();
    if (dst->obsolete != DST_OBSOLETE_FORCE_CHK || rt_is_expired(dst_rtable(dst))) return nullptr;
    return TRACE_RET(dst);
}

unsigned ipv4_default_advmss(const dst_entry *dst) {
    TRACE_FN();
    constexpr unsigned header_size = 20 + sizeof(iphdr);
    const unsigned advmss =
        std::max(ipv4_mtu(dst) - header_size, static_cast<unsigned>(dev_net(dst->dev)->ipv4.ip_rt_min_advmss));
    return TRACE_RET(std::min(advmss, IPV4_MAX_PMTU - header_size));
}

struct uncached_list {
    spinlock_t lock;
    list_head head;
    list_head quarantine; // their device is gone
};
machine_global<uncached_list> rt_uncached_list; // one a CPU in the kernel

void ipv4_dst_destroy(dst_entry *dst) {
    TRACE_FN();
    rt_del_uncached_list(dst_rtable(dst));
}

void ipv4_negative_advice(sock *sk, dst_entry *dst) {
    TRACE_FN();
    if (dst->obsolete > 0 || (dst_rtable(dst)->rt_flags & RTCF_REDIRECTED) || dst->expires) sk_dst_reset(sk);
}

void ipv4_send_dest_unreach(sk_buff *skb) {
    TRACE_FN(skb);
    if (!pskb_network_may_pull(skb, sizeof(iphdr)) || ip_hdr(skb)->version != 4 || ip_hdr(skb)->ihl < 5) return;
    // Who held the packet last may have used its control buffer: read the options again.
    ip_options opt;
    if (ip_hdr(skb)->ihl > 5) {
        if (!pskb_network_may_pull(skb, ip_hdr(skb)->ihl * 4U)) return;
        opt.optlen = static_cast<u8>(ip_hdr(skb)->ihl * 4 - static_cast<int>(sizeof(iphdr)));
        net_device *dev = skb->dev ? skb->dev : skb_rtable(skb)->dst.dev;
        if (__ip_options_compile(dev_net(dev), &opt, skb, nullptr)) return;
    }
    __icmp_send(skb, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, be32{}, &opt);
}

void ipv4_link_failure(sk_buff *skb) {
    TRACE_FN(skb);
    ipv4_send_dest_unreach(skb);
    if (rtable *rt = skb_rtable(skb)) dst_set_expires(&rt->dst, 0);
}

neighbour *ipv4_neigh_lookup(const dst_entry *dst, sk_buff *skb, const void *daddr) {
    TRACE_FN(skb);
    const rtable *rt = dst_rtable(dst);
    be32 key = rt->rt_gw4;
    if (rt->rt_gw_family != AF_INET) {
        if (skb)
            key = ip_hdr(skb)->daddr;
        else
            std::memcpy(&key, daddr, sizeof(key));
    }
    rcu_read_lock();
    neighbour *n = ip_neigh_gw4(dst->dev, key);
    if (!IS_ERR(n) && !refcount_inc_not_zero(&n->refcnt)) n = nullptr;
    rcu_read_unlock();
    return TRACE_RET(n);
}

void ipv4_confirm_neigh(const dst_entry *dst, const void *daddr) {
    TRACE_FN();
    const rtable *rt = dst_rtable(dst);
    be32 key = rt->rt_gw4;
    if (rt->rt_gw_family != AF_INET) {
        if (!daddr || (rt->rt_flags & (RTCF_MULTICAST | RTCF_BROADCAST | RTCF_LOCAL))) return;
        std::memcpy(&key, daddr, sizeof(key));
    }
    __ipv4_confirm_neigh(dst->dev, key);
}

dst_entry *ipv4_dst_new() {
    return &knew<rtable>()->dst;
}

void ipv4_dst_free(dst_entry *dst) {
    kdelete(dst_rtable(dst));
}

dst_ops make_ipv4_dst_ops() {
    dst_ops ops;
    ops.family = AF_INET;
    ops.gc_thresh = ~0U;
    ops.alloc = ipv4_dst_new;
    ops.free = ipv4_dst_free;
    ops.check = ipv4_dst_check;
    ops.default_advmss = ipv4_default_advmss;
    ops.mtu = ipv4_mtu;
    ops.destroy = ipv4_dst_destroy;
    ops.negative_advice = ipv4_negative_advice;
    ops.link_failure = ipv4_link_failure;
    ops.update_pmtu = ip_rt_update_pmtu;
    ops.redirect = ip_do_redirect;
    ops.local_out = __ip_local_out;
    ops.neigh_lookup = ipv4_neigh_lookup;
    ops.confirm_neigh = ipv4_confirm_neigh;
    return ops;
}
struct ipv4_dst_ops_holder {
    dst_ops ops = make_ipv4_dst_ops();
};
machine_global<ipv4_dst_ops_holder> ipv4_dst_ops;

} // namespace

unsigned ipv4_mtu(const dst_entry *dst) {
    TRACE_FN();
    return TRACE_RET(ip_dst_mtu_maybe_forward(dst, false));
}

// --- making and keeping
// -----------------------------------------------------------------------------------------------

rtable *rt_dst_alloc(net_device *dev, u32 flags, u16 type, bool noxfrm) {
    TRACE_FN();
    auto *rt = static_cast<rtable *>(
        dst_alloc(&ipv4_dst_ops->ops, dev, 1, DST_OBSOLETE_FORCE_CHK, noxfrm ? DST_NOXFRM : u16{0}));
    if (!rt) return nullptr;
    rt->rt_genid = dev_net(dev)->ipv4.rt_genid;
    rt->rt_flags = flags;
    rt->rt_type = type;
    rt->dst.output = ip_output;
    if (flags & RTCF_LOCAL) rt->dst.input = ip_local_deliver;
    return TRACE_RET(rt);
}

rtable *rt_dst_clone(net_device *dev, rtable *rt) {
    TRACE_FN();
    auto *new_rt = static_cast<rtable *>(dst_alloc(&ipv4_dst_ops->ops, dev, 1, DST_OBSOLETE_FORCE_CHK, rt->dst.flags));
    if (!new_rt) return nullptr;
    new_rt->rt_genid = dev_net(dev)->ipv4.rt_genid;
    new_rt->rt_flags = rt->rt_flags;
    new_rt->rt_type = rt->rt_type;
    new_rt->rt_is_input = rt->rt_is_input;
    new_rt->rt_iif = rt->rt_iif;
    new_rt->rt_pmtu = rt->rt_pmtu;
    new_rt->rt_mtu_locked = rt->rt_mtu_locked;
    new_rt->rt_gw_family = rt->rt_gw_family;
    new_rt->rt_gw4 = rt->rt_gw4;
    new_rt->dst.input = rt->dst.input;
    new_rt->dst.output = rt->dst.output;
    new_rt->dst.error = rt->dst.error;
    return TRACE_RET(new_rt);
}

bool rt_cache_valid(const rtable *rt) {
    return rt && rt->dst.obsolete == DST_OBSOLETE_FORCE_CHK && !rt_is_expired(rt);
}

// The nexthop keeps it for the next packet; what it kept before is let go.
bool rt_cache_route(fib_nh_common *nhc, rtable *rt) {
    TRACE_FN();
    rtable **p = rt_is_input_route(rt) ? &nhc->nhc_rth_input : &nhc->nhc_pcpu_rth_output[this_machine().cpu];
    rtable *orig = *p;
    dst_hold(&rt->dst);
    *p = rt;
    if (orig) {
        rt_add_uncached_list(orig);
        dst_release(&orig->dst);
    }
    return TRACE_RET(true);
}

void rt_add_uncached_list(rtable *rt) {
    TRACE_FN();
    rt->rt_on_uncached_list = true;
    spin_lock_bh(&rt_uncached_list->lock);
    list_add_tail(&rt->rt_uncached, &rt_uncached_list->head);
    spin_unlock_bh(&rt_uncached_list->lock);
}

void rt_del_uncached_list(rtable *rt) {
    TRACE_FN();
    if (!rt->rt_on_uncached_list) return;
    spin_lock_bh(&rt_uncached_list->lock);
    list_del_init(&rt->rt_uncached);
    spin_unlock_bh(&rt_uncached_list->lock);
}

void rt_flush_dev(net_device *dev) {
    TRACE_FN();
    uncached_list &ul = *rt_uncached_list;
    if (list_empty(&ul.head)) return;
    spin_lock_bh(&ul.lock);
    for (rtable *rt : list_entries(&ul.head, &rtable::rt_uncached)) {
        if (rt->dst.dev != dev) continue;
        dev_put(dev);
        rt->dst.dev = blackhole_netdev();
        dev_hold(rt->dst.dev);
        list_move_tail(&rt->rt_uncached, &ul.quarantine);
    }
    spin_unlock_bh(&ul.lock);
}

void rt_set_nexthop(rtable *rt, be32 daddr, const fib_result *res, fib_nh_exception *fnhe, fib_info *fi,
                    bool do_cache) {
    TRACE_FN();
    if (!fi) return rt_add_uncached_list(rt);
    fib_nh_common *nhc = FIB_RES_NHC(*res);
    if (nhc->nhc_gw_family && nhc->nhc_scope == RT_SCOPE_LINK) {
        rt->rt_uses_gateway = 1;
        rt->rt_gw_family = nhc->nhc_gw_family;
        rt->rt_gw4 = nhc->nhc_gw4;
    }
    rt->dst._metrics = fi->fib_metrics;
    bool cached = false;
    if (fnhe)
        cached = rt_bind_exception(rt, fnhe, daddr, do_cache);
    else if (do_cache)
        cached = rt_cache_route(nhc, rt);
    if (cached) return;
    if (!rt->rt_gw4) {
        rt->rt_gw_family = AF_INET;
        rt->rt_gw4 = daddr;
    }
    rt_add_uncached_list(rt);
}

// --- small helpers of the header
// --------------------------------------------------------------------------------------

int inet_iif(const sk_buff *skb) {
    const rtable *rt = skb_rtable(skb);
    return rt && rt->rt_iif ? rt->rt_iif : skb->skb_iif;
}

int ip4_dst_hoplimit(const dst_entry *dst) {
    const u32 hoplimit = dst_metric_raw(dst, RTAX_HOPLIMIT);
    return hoplimit != 0 ? static_cast<int>(hoplimit) : dev_net(dst->dev)->ipv4.sysctl_ip_default_ttl;
}

neighbour *ip_neigh_gw4(net_device *dev, be32 daddr) {
    TRACE_FN();
    neighbour *neigh = __ipv4_neigh_lookup_noref(dev, daddr);
    if (!neigh) neigh = __neigh_create(&arp_tbl(), &daddr, dev, false);
    return TRACE_RET(neigh);
}

neighbour *ip_neigh_for_gw(rtable *rt, sk_buff *skb, bool *) {
    TRACE_FN(skb);
    const be32 next = rt->rt_gw_family == AF_INET ? rt->rt_gw4 : ip_hdr(skb)->daddr;
    return TRACE_RET(ip_neigh_gw4(rt->dst.dev, next));
}

// --- identification field
// ---------------------------------------------------------------------------------------------

namespace {

struct ip_ident {
    u32 id;
    u32 tstamp = 0; // jiffies of the last use
};
// The kernel draws all buckets at boot; here each is drawn when it is first used.
machine_global<std::map<u32, ip_ident>> ip_idents;
constexpr u32 ip_idents_mask = 16384 - 1; // one bucket per 64 KB of memory: 1 GB

// Reserves segs ids of a bucket. Idle time adds a random part, so that an id tells nothing about traffic.
u32 ip_idents_reserve(u32 hash, int segs) {
    TRACE_FN();
    auto [it, fresh] = ip_idents->try_emplace(hash & ip_idents_mask);
    if (fresh) it->second.id = get_random_u32();
    const auto now = static_cast<u32>(jiffies_now());
    u32 delta = 0;
    if (it->second.tstamp != now) delta = prandom_u32_max(now - it->second.tstamp);
    it->second.tstamp = now;
    it->second.id += static_cast<u32>(segs) + delta;
    return TRACE_RET(it->second.id - static_cast<u32>(segs));
}

u32 ip_ident_hash(be32 daddr, be32 saddr, u8 protocol, const std::array<u64, 2> &key) {
    // A keyed mix; the kernel uses siphash.
    u64 h = key[0] ^ (static_cast<u64>(daddr.raw) << 32 | saddr.raw);
    for (u64 word : {key[1], u64{protocol}}) {
        h ^= word;
        h *= 0x9e3779b97f4a7c15ULL;
        h ^= h >> 32;
    }
    return static_cast<u32>(h);
}

} // namespace

void __ip_select_ident(net *ns, iphdr *iph, int segs) {
    TRACE_FN();
    auto &key = ns->ipv4.ip_id_key;
    if (key[0] == 0 && key[1] == 0) get_random_bytes(key.data(), sizeof(key));
    const u32 hash = ip_ident_hash(iph->daddr, iph->saddr, iph->protocol, key);
    iph->id = cpu_to_be16(static_cast<u16>(ip_idents_reserve(hash, segs)));
}

// --- routes that lead nowhere
// -----------------------------------------------------------------------------------------

int ip_rt_bug(net *, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    kfree_skb(skb);
    panic("a packet left through an input route");
}

namespace {

// Errors to one peer: five at once, then one a second.
bool ip_error_allowed(inet_peer *peer) {
    constexpr u32 ip_rt_error_cost = HZ, ip_rt_error_burst = 5 * HZ;
    if (!peer) return true;
    const unsigned long now = jiffies_now();
    peer->rate_tokens = std::min(peer->rate_tokens + static_cast<u32>(now - peer->rate_last), ip_rt_error_burst);
    peer->rate_last = now;
    if (peer->rate_tokens < ip_rt_error_cost) return false;
    peer->rate_tokens -= ip_rt_error_cost;
    return true;
}

} // namespace

// The input of a route that refuses: tell the sender if we are a router, and drop.
int ip_error(sk_buff *skb) {
    TRACE_FN(skb);
    const rtable *rt = skb_rtable(skb);
    skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
    const in_device *in_dev = __in_dev_get_rcu(skb->dev);
    net *ns = dev_net(rt->dst.dev);
    int code = -1;
    if (in_dev && !IN_DEV_FORWARD(in_dev)) {
        if (rt->dst.error == EHOSTUNREACH) {
            reason = SKB_DROP_REASON_IP_INADDRERRORS;
            __IP_INC_STATS(ns, IPSTATS_MIB_INADDRERRORS);
        } else if (rt->dst.error == ENETUNREACH) {
            reason = SKB_DROP_REASON_IP_INNOROUTES;
            __IP_INC_STATS(ns, IPSTATS_MIB_INNOROUTES);
        }
    } else if (in_dev) {
        if (rt->dst.error == EHOSTUNREACH) code = ICMP_HOST_UNREACH;
        if (rt->dst.error == EACCES) code = ICMP_PKT_FILTERED;
        if (rt->dst.error == ENETUNREACH) {
            code = ICMP_NET_UNREACH;
            reason = SKB_DROP_REASON_IP_INNOROUTES;
            __IP_INC_STATS(ns, IPSTATS_MIB_INNOROUTES);
        }
    }
    if (code >= 0) {
        rcu_read_lock();
        inet_peer *peer = inet_getpeer_v4(ns->ipv4.peers, ip_hdr(skb)->saddr, l3mdev_master_ifindex_rcu(skb->dev));
        const bool send = ip_error_allowed(peer);
        rcu_read_unlock();
        if (send) icmp_send(skb, ICMP_DEST_UNREACH, code, be32{});
    }
    kfree_skb_reason(skb, reason);
    return TRACE_RET(0);
}

// Tells a sender of the same link that another gateway of it is nearer; with backoff, since it may not listen.
void ip_rt_send_redirect(sk_buff *skb) {
    TRACE_FN(skb);
    constexpr u32 ip_rt_redirect_number = 9;
    constexpr unsigned long ip_rt_redirect_load = HZ / 50;
    constexpr unsigned long ip_rt_redirect_silence = (HZ / 50) << (ip_rt_redirect_number + 1);
    const rtable *rt = skb_rtable(skb);
    rcu_read_lock();
    const in_device *in_dev = __in_dev_get_rcu(rt->dst.dev);
    inet_peer *peer = nullptr;
    if (in_dev && IN_DEV_TX_REDIRECTS(in_dev))
        peer = inet_getpeer_v4(dev_net(rt->dst.dev)->ipv4.peers, ip_hdr(skb)->saddr,
                               l3mdev_master_ifindex_rcu(rt->dst.dev));
    if (peer) {
        if (time_after(jiffies_now(), peer->rate_last + ip_rt_redirect_silence)) {
            peer->rate_tokens = 0;
            peer->n_redirects = 0;
        }
        if (peer->n_redirects >= ip_rt_redirect_number) {
            peer->rate_last = jiffies_now();
        } else if (peer->n_redirects == 0 ||
                   time_after(jiffies_now(), peer->rate_last + (ip_rt_redirect_load << peer->n_redirects))) {
            icmp_send(skb, ICMP_REDIRECT, ICMP_REDIR_HOST, rt_nexthop(rt, ip_hdr(skb)->daddr));
            peer->rate_last = jiffies_now();
            ++peer->n_redirects;
        }
    }
    rcu_read_unlock();
}

// The address an option of a forwarded packet is stamped with.
void ip_rt_get_source(u8 *addr, sk_buff *skb, rtable *rt) {
    TRACE_FN(skb);
    be32 src = ip_hdr(skb)->saddr;
    if (!rt_is_output_route(rt)) {
        const iphdr *iph = ip_hdr(skb);
        flowi4 fl4;
        fl4.daddr = iph->daddr;
        fl4.saddr = iph->saddr;
        fl4.flowi4_tos = iph->tos & IPTOS_RT_MASK;
        fl4.flowi4_oif = rt->dst.dev->ifindex;
        fl4.flowi4_iif = skb->dev->ifindex;
        fl4.flowi4_mark = skb->mark;
        fib_result res;
        net *ns = dev_net(rt->dst.dev);
        src = fib_lookup(ns, &fl4, &res, 0) == 0
                  ? fib_result_prefsrc(ns, &res)
                  : inet_select_addr(rt->dst.dev, rt_nexthop(rt, iph->daddr), RT_SCOPE_UNIVERSE);
    }
    std::memcpy(addr, &src, sizeof(src));
}

// --- init
// -------------------------------------------------------------------------------------------------------------

namespace {

machine_global<pernet_operations> ip_rt_ops;

int ip_rt_net_init(net *ns) {
    ns->ipv4.rt_genid = 0;
    atomic_set(&ns->fnhe_genid, 0);
    ns->ipv4.dev_addr_genid = static_cast<int>(get_random_u32());
    ns->ipv4.peers = new inet_peer_base;
    inet_peer_base_init(ns->ipv4.peers);
    return 0;
}

void ip_rt_net_exit(net *ns) {
    inetpeer_invalidate_tree(ns->ipv4.peers);
    delete ns->ipv4.peers;
    ns->ipv4.peers = nullptr;
}

} // namespace

int ip_rt_init() {
    TRACE_FN();
    ip_rt_ops->init = ip_rt_net_init;
    ip_rt_ops->exit = ip_rt_net_exit;
    register_pernet_subsys(&ip_rt_ops.get());
    devinet_init();
    ip_fib_init();
    return TRACE_RET(0);
}

} // namespace skbscope::stack
