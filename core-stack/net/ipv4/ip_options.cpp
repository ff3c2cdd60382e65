// SPDX-License-Identifier: GPL-2.0-or-later
// Writing options: into a packet of ours, into the fragments of one, into one that passes through, and into the reply
// to one that had some. Reading them is in ip_options_compile.cpp. Linux 6.1: net/ipv4/ip_options.c
#include "net/icmp.h"
#include "net/ipv4/ip_options_internal.h"
#include "net/route.h"

namespace skbscope::stack {

void ip_options_build(sk_buff *skb, ip_options *opt, be32 daddr, rtable *rt) {
    TRACE_FN(skb);
    u8 *iph = skb_network_header(skb);
    IPCB(skb)->opt = *opt;
    std::memcpy(iph + sizeof(iphdr), ip_options_data_of(opt), opt->optlen);
    if (opt->srr) store_be32(iph + opt->srr + iph[opt->srr + 1] - 4, daddr); // the real destination is the last hop
    if (opt->rr_needaddr) ip_rt_get_source(iph + opt->rr + iph[opt->rr + 2] - 5, skb, rt);
    if (opt->ts_needaddr) ip_rt_get_source(iph + opt->ts + iph[opt->ts + 2] - 9, skb, rt);
    if (opt->ts_needtime) store_be32(iph + opt->ts + iph[opt->ts + 2] - 5, inet_current_timestamp());
}

namespace {

// Builds the options of a reply, one after the other.
struct echo_builder {
    net *ns;
    const u8 *sptr; // header of the packet that is answered
    ip_options *dopt;
    u8 *dptr; // where the next option goes

    u8 start() const { return static_cast<u8>(dopt->optlen + sizeof(iphdr)); }
    void advance(int len) {
        dptr += len;
        dopt->optlen = static_cast<u8>(dopt->optlen + len);
    }
    int record_route(const ip_options *sopt);
    int timestamp(const ip_options *sopt);
    void source_route(const ip_options *sopt, be32 saddr);
};

int echo_builder::record_route(const ip_options *sopt) {
    const u8 *src = sptr + sopt->rr;
    const int len = src[1], ptr = src[2];
    dopt->rr = start();
    std::memcpy(dptr, src, static_cast<size_t>(len));
    if (sopt->rr_needaddr && ptr <= len) {
        if (ptr + 3 > len) return -EINVAL;
        dptr[2] = static_cast<u8>(ptr + 4);
        dopt->rr_needaddr = true;
    }
    advance(len);
    return 0;
}

int echo_builder::timestamp(const ip_options *sopt) {
    const u8 *src = sptr + sopt->ts;
    const int len = src[1];
    int ptr = src[2];
    dopt->ts = start();
    std::memcpy(dptr, src, static_cast<size_t>(len));
    if (ptr <= len) {
        if (sopt->ts_needaddr) {
            if (ptr + 3 > len) return -EINVAL;
            dopt->ts_needaddr = true;
            ptr += 4;
        }
        if (sopt->ts_needtime) {
            if (ptr + 3 > len) return -EINVAL;
            if ((dptr[3] & 0xf) != IPOPT_TS_PRESPEC) {
                dopt->ts_needtime = true;
                ptr += 4;
            } else if (ptr + 7 <= len && inet_addr_type(ns, load_be32(dptr + ptr - 1)) != RTN_UNICAST) {
                dopt->ts_needtime = true;
                ptr += 8;
            }
        }
        dptr[2] = static_cast<u8>(ptr);
    }
    advance(len);
    return 0;
}

// The way back is the way here, from its end.
void echo_builder::source_route(const ip_options *sopt, be32 saddr) {
    const u8 *src = sptr + sopt->srr;
    const int len = src[1];
    int soffset = (src[2] > len ? len + 1 : src[2]) - 4, doffset = 0;
    be32 faddr;
    if (soffset > 3) {
        faddr = load_be32(src + soffset - 1);
        for (soffset -= 4, doffset = 4; soffset > 3; soffset -= 4, doffset += 4)
            std::memcpy(dptr + doffset - 1, src + soffset - 1, 4);
        if (load_be32(src + soffset + 3) == saddr) doffset -= 4; // the sender listed himself (RFC 1812)
    }
    if (doffset <= 3) return;
    dopt->faddr = faddr;
    dptr[0] = src[0];
    dptr[1] = static_cast<u8>(doffset + 3);
    dptr[2] = 4;
    dopt->srr = start();
    dopt->is_strictroute = sopt->is_strictroute;
    advance(doffset + 3);
}

} // namespace

int __ip_options_echo(net *ns, ip_options *dopt, sk_buff *skb, const ip_options *sopt) {
    TRACE_FN(skb);
    *dopt = ip_options{};
    if (sopt->optlen == 0) return TRACE_RET(0);
    echo_builder b{ns, skb_network_header(skb), dopt, ip_options_data_of(dopt)};
    if (sopt->rr && b.record_route(sopt)) return TRACE_RET(-EINVAL);
    if (sopt->ts && b.timestamp(sopt)) return TRACE_RET(-EINVAL);
    if (sopt->srr) b.source_route(sopt, ip_hdr(skb)->saddr);
    if (sopt->cipso) {
        const int len = b.sptr[sopt->cipso + 1];
        dopt->cipso = b.start();
        std::memcpy(b.dptr, b.sptr + sopt->cipso, static_cast<size_t>(len));
        b.advance(len);
    }
    while (dopt->optlen & 3) {
        *b.dptr = IPOPT_END;
        b.advance(1);
    }
    return TRACE_RET(0);
}

// What is not copied into every fragment becomes NOOPs after the first.
void ip_options_fragment(sk_buff *skb) {
    TRACE_FN(skb);
    u8 *p = skb_network_header(skb) + sizeof(iphdr);
    ip_options *opt = &IPCB(skb)->opt;
    for (int left = opt->optlen; left > 0;) {
        if (*p == IPOPT_END) return;
        if (*p == IPOPT_NOOP) {
            --left;
            ++p;
            continue;
        }
        const int len = p[1];
        if (len < 2 || len > left) return;
        if (!IPOPT_COPIED(*p)) std::memset(p, IPOPT_NOOP, static_cast<size_t>(len));
        left -= len;
        p += len;
    }
    opt->ts = 0;
    opt->rr = 0;
    opt->rr_needaddr = false;
    opt->ts_needaddr = false;
    opt->ts_needtime = false;
}

namespace {

// We are a hop of the source route: the next one becomes the destination, our address takes its place.
void forward_source_route(sk_buff *skb, ip_options *opt, rtable *rt) {
    u8 *raw = skb_network_header(skb);
    u8 *p = raw + opt->srr;
    int ptr = p[2];
    for (; ptr + 3 <= p[1]; ptr += 4)
        if (load_be32(p + ptr - 1) == opt->nexthop) break;
    if (ptr + 3 <= p[1]) {
        opt->is_changed = true;
        ip_hdr(skb)->daddr = opt->nexthop;
        ip_rt_get_source(p + ptr - 1, skb, rt);
        p[2] = static_cast<u8>(ptr + 4);
    }
    if (!opt->ts_needaddr) return;
    p = raw + opt->ts;
    ip_rt_get_source(p + p[2] - 9, skb, rt);
    opt->is_changed = true;
}

} // namespace

void ip_forward_options(sk_buff *skb) {
    TRACE_FN(skb);
    ip_options *opt = &IPCB(skb)->opt;
    rtable *rt = skb_rtable(skb);
    if (opt->rr_needaddr) {
        u8 *p = skb_network_header(skb) + opt->rr;
        ip_rt_get_source(p + p[2] - 5, skb, rt);
        opt->is_changed = true;
    }
    if (opt->srr_is_hit) forward_source_route(skb, opt, rt);
    if (!opt->is_changed) return;
    opt->is_changed = false;
    ip_send_check(ip_hdr(skb));
}

// A packet for us that is to go on by source route. 0, or -EINVAL: drop it.
int ip_options_rcv_srr(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    ip_options *opt = &IPCB(skb)->opt;
    iphdr *iph = ip_hdr(skb);
    const u8 *p = skb_network_header(skb) + opt->srr;
    const rtable *rt = skb_rtable(skb);
    if (!rt) return TRACE_RET(0);
    if (skb->pkt_type != PACKET_HOST) return TRACE_RET(-EINVAL);
    if (rt->rt_type == RTN_UNICAST) {
        if (!opt->is_strictroute) return TRACE_RET(0);
        icmp_send(skb, ICMP_PARAMETERPROB, 0, cpu_to_be32(16U << 24));
        return TRACE_RET(-EINVAL);
    }
    if (rt->rt_type != RTN_LOCAL) return TRACE_RET(-EINVAL);

    be32 nexthop;
    int ptr = p[2];
    for (; ptr <= p[1]; ptr += 4) {
        if (ptr + 3 > p[1]) {
            icmp_send(skb, ICMP_PARAMETERPROB, 0, cpu_to_be32((opt->srr + 2U) << 24));
            return TRACE_RET(-EINVAL);
        }
        nexthop = load_be32(p + ptr - 1);
        const std::uintptr_t orefdst = skb->_skb_refdst;
        skb->_skb_refdst = 0;
        const int err = ip_route_input(skb, nexthop, iph->saddr, iph->tos, dev);
        const rtable *rt2 = skb_rtable(skb);
        if (err || (rt2->rt_type != RTN_UNICAST && rt2->rt_type != RTN_LOCAL)) {
            skb_dst_drop(skb);
            skb->_skb_refdst = orefdst;
            return TRACE_RET(-EINVAL);
        }
        refdst_drop(orefdst);
        if (rt2->rt_type != RTN_LOCAL) break;
        iph->daddr = nexthop; // ours too: on to the next one
        opt->is_changed = true;
    }
    if (ptr <= p[1]) {
        opt->srr_is_hit = true;
        opt->nexthop = nexthop;
        opt->is_changed = true;
    }
    return TRACE_RET(0);
}

} // namespace skbscope::stack
