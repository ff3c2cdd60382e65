// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4's part of GRO: may this packet be merged with one of its flow that is held? Then its transport is asked. And of
// GSO: the transport cuts, then every segment gets its length, id and checksum. Linux 6.1: net/ipv4/af_inet.c
//
// Left out: IP in IP.
#include "linux/ip.h"
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "net/checksum.h"
#include "net/gro.h"
#include "net/inet_globals.h"
#include "net/ip.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

const machine_global<packet_offload> ip_packet_offload;

// 0: nothing about the packet forbids merging. Its length and its IP header's must agree, and it is no fragment.
u16 why_not_merged(const iphdr *iph, unsigned gro_len) {
    const u32 frag = be16_to_cpu(iph->frag_off) & ~u32{IP_DF};
    return static_cast<u16>((be16_to_cpu(iph->tot_len) ^ gro_len) | frag);
}

const net_offload *offload_of(const iphdr *iph) {
    const net_offload *ops = inet_global().inet_offloads[iph->protocol];
    if (!ops || !ops->gro_receive) return nullptr;
    if (iph->version != IPVERSION || iph->ihl != sizeof(*iph) / 4) return nullptr; // no options
    if (ip_is_fragment(iph) || ip_fast_csum(iph, iph->ihl) != 0) return nullptr;
    return ops;
}

bool has_df(const iphdr *iph) {
    return (be16_to_cpu(iph->frag_off) & IP_DF) != 0;
}

// Everything but length, checksum and id must be the same.
u16 headers_differ(const iphdr *iph, const iphdr *held) {
    const bool df = has_df(iph) != has_df(held);
    return static_cast<u16>((iph->ttl ^ held->ttl) | (iph->tos ^ held->tos) | (df ? IP_DF : 0));
}

// How the id fits behind that of the held packet's first. Packets that may be fragmented count up by one each; those
// with DF may keep their id, which the transport judges when it knows more.
u16 id_distance(const iphdr *iph, const iphdr *held, const napi_gro_cb *held_cb) {
    const auto distance = static_cast<u16>(be16_to_cpu(iph->id) - be16_to_cpu(held->id));
    if (held_cb->is_atomic && has_df(iph)) return distance;
    return distance == held_cb->count ? 0 : 0xffff;
}

// Which of the held packets can it follow? Their flush and flush_id tell the transport.
void compare_with_held(list_head *head, sk_buff *skb, const iphdr *iph, unsigned off, u16 flush) {
    for (sk_buff *p : gro_packets(head)) {
        napi_gro_cb *held_cb = NAPI_GRO_CB(p);
        if (!held_cb->same_flow) continue;
        const auto *held = reinterpret_cast<const iphdr *>(p->data + off);
        if (iph->protocol != held->protocol || iph->saddr != held->saddr || iph->daddr != held->daddr) {
            held_cb->same_flow = 0;
            continue;
        }
        held_cb->flush |= headers_differ(iph, held);
        held_cb->flush |= flush;
        const u16 flush_id = id_distance(iph, held, held_cb);
        if (NAPI_GRO_CB(skb)->is_atomic)
            held_cb->flush_id = flush_id;
        else
            held_cb->flush_id |= flush_id; // an outer header said so, too
    }
}

} // namespace

// Linux 6.1: net/ipv4/af_inet.c
sk_buff *inet_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    const unsigned off = skb_gro_offset(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb_gro_header(skb, off + sizeof(iphdr), off));
    const net_offload *ops = iph ? offload_of(iph) : nullptr;
    if (!ops) {
        cb->flush |= 1;
        return nullptr;
    }
    const u16 flush = why_not_merged(iph, skb_gro_len(skb));
    compare_with_held(head, skb, iph, off, flush);
    cb->is_atomic = has_df(iph);
    cb->flush |= flush;
    skb_set_network_header(skb, static_cast<int>(off));
    skb_gro_pull(skb, sizeof(*iph));
    skb_set_transport_header(skb, static_cast<int>(skb_gro_offset(skb)));
    sk_buff *pp = call_gro_receive(ops->gro_receive, head, skb);
    cb->flush |= flush;
    return pp;
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_gro_complete(sk_buff *skb, int nhoff) {
    TRACE_FN(skb);
    auto *iph = reinterpret_cast<iphdr *>(skb->data + nhoff);
    const be16 newlen = cpu_to_be16(static_cast<u16>(skb->len - static_cast<u32>(nhoff)));
    csum_replace2(&iph->check, iph->tot_len, newlen);
    iph->tot_len = newlen;
    const net_offload *ops = inet_global().inet_offloads[iph->protocol];
    if (!ops || !ops->gro_complete) return TRACE_RET(-ENOSYS);
    return TRACE_RET(ops->gro_complete(skb, nhoff + static_cast<int>(sizeof(*iph)))); // merged: it has no options
}

// --- segmentation ---------------------------------------------------------------------------------------------------

namespace {

// What the headers of all segments have in common.
struct ip_segments {
    int nhoff; // from the mac header
    int ihl;
    u32 id;
    bool udpfrag; // the segments are fragments of one datagram (UFO)
    bool fixedid; // all keep the id: they have DF
    bool partial;
    u32 offset = 0; // of the next fragment
};

u16 segment_tot_len(sk_buff *skb, const iphdr *iph, const ip_segments &all) {
    if (skb_is_gso(skb) && all.partial)
        return static_cast<u16>(skb_shinfo(skb)->gso_size + SKB_GSO_CB(skb)->data_offset +
                                (skb->head - reinterpret_cast<const u8 *>(iph)));
    return static_cast<u16>(static_cast<int>(skb->len) - all.nhoff);
}

void mend_ip_header(sk_buff *skb, ip_segments *all) {
    auto *iph = reinterpret_cast<iphdr *>(skb_mac_header(skb) + all->nhoff);
    if (all->udpfrag) {
        iph->frag_off = cpu_to_be16(static_cast<u16>((all->offset >> 3) | (skb->next ? IP_MF : 0)));
        all->offset += skb->len - static_cast<u32>(all->nhoff + all->ihl);
    } else if (!all->fixedid) {
        iph->id = cpu_to_be16(static_cast<u16>(all->id));
        all->id += skb_is_gso(skb) ? u32{skb_shinfo(skb)->gso_segs} : 1U;
    }
    iph->tot_len = cpu_to_be16(segment_tot_len(skb, iph, *all));
    ip_send_check(iph);
    skb->network_header = static_cast<u16>(reinterpret_cast<u8 *>(iph) - skb->head);
    skb_reset_mac_len(skb);
}

// The header is there, whole, and pulled. 0 or a negative errno.
int pull_ip_header(sk_buff *skb, ip_segments *all) {
    skb_reset_network_header(skb);
    all->nhoff = skb->network_header - skb->mac_header;
    if (!pskb_may_pull(skb, sizeof(iphdr))) return -EINVAL;
    all->ihl = ip_hdr(skb)->ihl * 4;
    if (all->ihl < int{sizeof(iphdr)}) return -EINVAL;
    all->id = be16_to_cpu(ip_hdr(skb)->id);
    if (!pskb_may_pull(skb, static_cast<unsigned>(all->ihl))) return -EINVAL;
    __skb_pull(skb, static_cast<unsigned>(all->ihl));
    SKB_GSO_CB(skb)->encap_level += all->ihl;
    skb_reset_transport_header(skb);
    return 0;
}

} // namespace

// Linux 6.1: net/ipv4/af_inet.c
sk_buff *inet_gso_segment(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    ip_segments all{};
    if (const int err = pull_ip_header(skb, &all)) return ERR_PTR(err);
    const u32 type = skb_shinfo(skb)->gso_type;
    all.udpfrag = (type & SKB_GSO_UDP) != 0;
    all.fixedid = (type & SKB_GSO_TCP_FIXEDID) != 0;
    if (all.fixedid && !has_df(ip_hdr(skb))) return ERR_PTR(-EPROTONOSUPPORT); // who cuts it could not tell them apart
    const net_offload *ops = inet_global().inet_offloads[ip_hdr(skb)->protocol];
    if (!ops || !ops->gso_segment) return ERR_PTR(-EPROTONOSUPPORT);
    sk_buff *segs = ops->gso_segment(skb, features);
    if (!segs) skb->network_header = static_cast<u16>(skb->mac_header + all.nhoff);
    if (IS_ERR_OR_NULL(segs)) return TRACE_RET(segs);
    all.partial = (skb_shinfo(segs)->gso_type & SKB_GSO_PARTIAL) != 0;
    for (sk_buff *seg = segs; seg; seg = seg->next)
        mend_ip_header(seg, &all);
    return TRACE_RET(segs);
}

// Linux 6.1: net/ipv4/af_inet.c
void ipv4_offload_init() {
    udpv4_offload_init();
    tcpv4_offload_init();
    ip_packet_offload->type = cpu_to_be16(ETH_P_IP);
    ip_packet_offload->gso_segment = inet_gso_segment;
    ip_packet_offload->gro_receive = inet_gro_receive;
    ip_packet_offload->gro_complete = inet_gro_complete;
    dev_add_offload(&ip_packet_offload.get());
}

} // namespace skbscope::stack
