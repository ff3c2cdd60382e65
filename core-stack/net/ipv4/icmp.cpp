// SPDX-License-Identifier: GPL-2.0-or-later
// ICMP: answers to echo and time stamp requests, and errors handed to the socket whose packet they are about. Sending
// of errors stands in icmp_send.cpp. Linux 6.1: net/ipv4/icmp.c
//
// Left out: PROBE (RFC 8335), off by default.
#include "net/icmp.h"

#include "linux/errno.h"
#include "linux/skbuff_csum.h"
#include "linux/trace_fn.h"
#include "net/inet_common.h"
#include "net/inet_globals.h"
#include "net/ip_fib.h"
#include "net/ipv4/icmp_internal.h"
#include "net/l3mdev.h"
#include "net/ping.h"
#include "net/protocol.h"
#include "net/route.h"
#include "net/xfrm.h"

#include <array>

namespace skbscope::stack {

// By code of ICMP_DEST_UNREACH. A host or net that is unreachable now may be there in a moment: not final (RFC 1122).
const icmp_error icmp_err_convert[NR_ICMP_UNREACH + 1] = {
    {ENETUNREACH, false},  // ICMP_NET_UNREACH
    {EHOSTUNREACH, false}, // ICMP_HOST_UNREACH
    {ENOPROTOOPT, true},   // ICMP_PROT_UNREACH
    {ECONNREFUSED, true},  // ICMP_PORT_UNREACH
    {EMSGSIZE, false},     // ICMP_FRAG_NEEDED
    {EOPNOTSUPP, false},   // ICMP_SR_FAILED
    {ENETUNREACH, true},   // ICMP_NET_UNKNOWN
    {EHOSTDOWN, true},     // ICMP_HOST_UNKNOWN
    {ENONET, true},        // ICMP_HOST_ISOLATED
    {ENETUNREACH, true},   // ICMP_NET_ANO
    {EHOSTUNREACH, true},  // ICMP_HOST_ANO
    {ENETUNREACH, false},  // ICMP_NET_UNR_TOS
    {EHOSTUNREACH, false}, // ICMP_HOST_UNR_TOS
    {EHOSTUNREACH, true},  // ICMP_PKT_FILTERED
    {EHOSTUNREACH, true},  // ICMP_PREC_VIOLATION
    {EHOSTUNREACH, true},  // ICMP_PREC_CUTOFF
};

// --- errors that arrive ---------------------------------------------------------------------------------------------

namespace {

// skb->data: the header of our own packet. Linux 6.1: net/ipv4/icmp.c
void icmp_socket_deliver(sk_buff *skb, u32 info) {
    TRACE_FN(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb->data);
    const u8 protocol = iph->protocol;
    // Eight bytes of the protocol come back at least: they hold the ports.
    if (!pskb_may_pull(skb, iph->ihl * 4U + 8) || protocol == IPPROTO_RAW) {
        ICMP_INC_STATS(dev_net(skb->dev), ICMP_MIB_INERRORS);
        return;
    }
    raw_icmp_error(skb, protocol, info);
    const net_protocol *ipprot = inet_protos(protocol);
    if (ipprot && ipprot->err_handler) ipprot->err_handler(skb, info);
}

bool icmp_tag_validation(u8 proto) {
    TRACE_FN();
    const net_protocol *ipprot = inet_protos(proto);
    return TRACE_RET(ipprot ? ipprot->icmp_strict_tag_validation : false);
}

// False: not to be passed on. *info: what goes with the error (an MTU, a pointer).
bool icmp_unreach_info(const net *ns, const icmphdr *icmph, const iphdr *iph, u32 *info) {
    switch (icmph->type) {
    case ICMP_DEST_UNREACH:
        if ((icmph->code & 15) == ICMP_FRAG_NEEDED) {
            const u8 mode = ns->ipv4.sysctl_ip_no_pmtu_disc;
            if (mode == 2 || (mode == 3 && !icmp_tag_validation(iph->protocol))) return false;
            if (mode == 0 || mode == 3) *info = be16_to_cpu(icmph->un.frag.mtu);
        }
        return icmph->code <= NR_ICMP_UNREACH;
    case ICMP_PARAMETERPROB:
        *info = be32_to_cpu(icmph->un.gateway) >> 24;
        return true;
    case ICMP_TIME_EXCEEDED:
        return icmph->code != ICMP_EXC_FRAGTIME;
    default:
        return true;
    }
}

// Linux 6.1: net/ipv4/icmp.c
skb_drop_reason icmp_unreach(sk_buff *skb) {
    TRACE_FN(skb);
    net *ns = dev_net(skb_dst(skb)->dev);
    if (!pskb_may_pull(skb, sizeof(iphdr))) {
        ICMP_INC_STATS(ns, ICMP_MIB_INERRORS);
        return TRACE_RET(SKB_DROP_REASON_NOT_SPECIFIED);
    }
    const icmphdr *icmph = icmp_hdr(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb->data);
    if (iph->ihl < 5) {
        ICMP_INC_STATS(ns, ICMP_MIB_INERRORS);
        return TRACE_RET(SKB_DROP_REASON_IP_INHDR);
    }
    if (icmph->type == ICMP_TIME_EXCEEDED) ICMP_INC_STATS(ns, ICMP_MIB_INTIMEEXCDS);
    u32 info = 0;
    if (!icmp_unreach_info(ns, icmph, iph, &info)) return TRACE_RET(SKB_NOT_DROPPED_YET);
    // Some routers answer broadcasts, which no one may.
    if (ns->ipv4.sysctl_icmp_ignore_bogus_error_responses == 0 &&
        inet_addr_type_dev_table(ns, skb->dev, iph->daddr) == RTN_BROADCAST)
        return TRACE_RET(SKB_NOT_DROPPED_YET);
    icmp_socket_deliver(skb, info);
    return TRACE_RET(SKB_NOT_DROPPED_YET);
}

// Linux 6.1: net/ipv4/icmp.c
skb_drop_reason icmp_redirect(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->len < sizeof(iphdr)) {
        ICMP_INC_STATS(dev_net(skb->dev), ICMP_MIB_INERRORS);
        return TRACE_RET(SKB_DROP_REASON_PKT_TOO_SMALL);
    }
    if (!pskb_may_pull(skb, sizeof(iphdr))) return TRACE_RET(SKB_DROP_REASON_NOMEM);
    icmp_socket_deliver(skb, be32_to_cpu(icmp_hdr(skb)->un.gateway));
    return TRACE_RET(SKB_NOT_DROPPED_YET);
}

// --- requests -------------------------------------------------------------------------------------------------------

// Linux 6.1: net/ipv4/icmp.c
skb_drop_reason icmp_echo(sk_buff *skb) {
    TRACE_FN(skb);
    if (dev_net(skb_dst(skb)->dev)->ipv4.sysctl_icmp_echo_ignore_all != 0) return TRACE_RET(SKB_NOT_DROPPED_YET);
    icmp_bxm icmp_param;
    icmp_param.data.icmph = *icmp_hdr(skb);
    if (icmp_param.data.icmph.type != ICMP_ECHO) return TRACE_RET(SKB_NOT_DROPPED_YET); // PROBE
    icmp_param.data.icmph.type = ICMP_ECHOREPLY;
    icmp_param.skb = skb;
    icmp_param.offset = 0;
    icmp_param.data_len = static_cast<int>(skb->len);
    icmp_param.head_len = sizeof(icmphdr);
    icmp_reply(&icmp_param, skb);
    return TRACE_RET(SKB_NOT_DROPPED_YET);
}

// Milliseconds since midnight, in network order. Linux 6.1: net/ipv4/af_inet.c
be32 inet_current_timestamp() {
    TRACE_FN();
    const u64 ms = static_cast<u64>(ktime_get_real()) / NSEC_PER_MSEC;
    return be32::from_raw(TRACE_RET((cpu_to_be32(static_cast<u32>(ms % (u64{24} * 60 * 60 * 1000)))).raw));
}

// Linux 6.1: net/ipv4/icmp.c
skb_drop_reason icmp_timestamp(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->len < 4) {
        ICMP_INC_STATS(dev_net(skb_dst(skb)->dev), ICMP_MIB_INERRORS);
        return TRACE_RET(SKB_DROP_REASON_PKT_TOO_SMALL);
    }
    icmp_bxm icmp_param;
    icmp_param.data.times[1] = icmp_param.data.times[2] = inet_current_timestamp();
    BUG_ON(skb_copy_bits(skb, 0, &icmp_param.data.times[0], 4) != 0);
    icmp_param.data.icmph = *icmp_hdr(skb);
    icmp_param.data.icmph.type = ICMP_TIMESTAMPREPLY;
    icmp_param.data.icmph.code = 0;
    icmp_param.skb = skb;
    icmp_param.offset = 0;
    icmp_param.data_len = 0;
    icmp_param.head_len = sizeof(icmphdr) + 12;
    icmp_reply(&icmp_param, skb);
    return TRACE_RET(SKB_NOT_DROPPED_YET);
}

// Linux 6.1: net/ipv4/icmp.c
skb_drop_reason icmp_discard(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(SKB_NOT_DROPPED_YET); // as if it had been a success
}

struct icmp_control {
    skb_drop_reason (*handler)(sk_buff *skb) = icmp_discard;
    bool error = false; // never answered by another error
};

constexpr std::array<icmp_control, NR_ICMP_TYPES + 1> make_icmp_pointers() {
    std::array<icmp_control, NR_ICMP_TYPES + 1> p{};
    for (const unsigned type : {1U, 2U, 6U, 7U, 9U, 10U})
        p[type].error = true;
    p[ICMP_ECHOREPLY] = {ping_rcv, false};
    p[ICMP_DEST_UNREACH] = {icmp_unreach, true};
    p[ICMP_SOURCE_QUENCH] = {icmp_unreach, true};
    p[ICMP_REDIRECT] = {icmp_redirect, true};
    p[ICMP_ECHO] = {icmp_echo, false};
    p[ICMP_TIME_EXCEEDED] = {icmp_unreach, true};
    p[ICMP_PARAMETERPROB] = {icmp_unreach, true};
    p[ICMP_TIMESTAMP] = {icmp_timestamp, false};
    return p;
}
constexpr auto icmp_pointers = make_icmp_pointers();

} // namespace

bool icmp_type_is_error(int type) {
    return type > NR_ICMP_TYPES || icmp_pointers[static_cast<std::size_t>(type)].error;
}

namespace {

int icmp_drop(net *ns, sk_buff *skb, skb_drop_reason reason, bool count) {
    if (reason == SKB_DROP_REASON_ICMP_CSUM) ICMP_INC_STATS(ns, ICMP_MIB_CSUMERRORS);
    if (count) ICMP_INC_STATS(ns, ICMP_MIB_INERRORS);
    kfree_skb_reason(skb, reason);
    return NET_RX_DROP;
}

// A message to everybody: most are not answered.
bool icmp_broadcast_refused(const net *ns, u8 type) {
    if (type == ICMP_ECHO || type == ICMP_TIMESTAMP) return ns->ipv4.sysctl_icmp_echo_ignore_broadcasts != 0;
    return type != ICMP_ADDRESS && type != ICMP_ADDRESSREPLY;
}

skb_drop_reason icmp_handle(sk_buff *skb, u8 type) {
    if (type == ICMP_EXT_ECHO) return icmp_echo(skb);
    if (type == ICMP_EXT_ECHOREPLY) return ping_rcv(skb);
    return icmp_pointers[type].handler(skb);
}

} // namespace

// Linux 6.1: net/ipv4/icmp.c
int icmp_rcv(sk_buff *skb) {
    TRACE_FN(skb);
    const rtable *rt = skb_rtable(skb);
    net *ns = dev_net(rt->dst.dev);
    if (xfrm4_policy_check(nullptr, XFRM_POLICY_IN, skb) == 0)
        return TRACE_RET(icmp_drop(ns, skb, SKB_DROP_REASON_XFRM_POLICY, false));
    ICMP_INC_STATS(ns, ICMP_MIB_INMSGS);
    if (skb_checksum_simple_validate(skb) != 0) return TRACE_RET(icmp_drop(ns, skb, SKB_DROP_REASON_ICMP_CSUM, true));
    if (!pskb_pull(skb, sizeof(icmphdr))) return TRACE_RET(icmp_drop(ns, skb, SKB_DROP_REASON_NOT_SPECIFIED, true));

    const u8 type = icmp_hdr(skb)->type;
    ++ns->mib.icmpmsg_statistics.mibs[type];
    const bool extended = type == ICMP_EXT_ECHO || type == ICMP_EXT_ECHOREPLY;
    if (!extended && type > NR_ICMP_TYPES) return TRACE_RET(icmp_drop(ns, skb, SKB_DROP_REASON_UNHANDLED_PROTO, true));
    if (!extended && (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) != 0 && icmp_broadcast_refused(ns, type))
        return TRACE_RET(icmp_drop(ns, skb, SKB_DROP_REASON_INVALID_PROTO, true));

    const skb_drop_reason reason = icmp_handle(skb, type);
    if (reason != SKB_NOT_DROPPED_YET) return TRACE_RET(icmp_drop(ns, skb, reason, false));
    consume_skb(skb);
    return TRACE_RET(NET_RX_SUCCESS);
}

// An ICMP error about an ICMP packet of ours: an echo request of a ping socket, or a reply of the kernel.
// Linux 6.1: net/ipv4/icmp.c
int icmp_err(sk_buff *skb, u32 info) {
    TRACE_FN(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb->data);
    const int offset = iph->ihl * 4;
    const auto *inner = reinterpret_cast<const icmphdr *>(skb->data + offset);
    if (inner->type != ICMP_ECHOREPLY) {
        ping_err(skb, offset, info);
        return TRACE_RET(0);
    }
    const icmphdr *icmph = icmp_hdr(skb);
    net *ns = dev_net(skb->dev);
    if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED)
        ipv4_update_pmtu(skb, ns, info, 0, IPPROTO_ICMP);
    else if (icmph->type == ICMP_REDIRECT)
        ipv4_redirect(skb, ns, 0, IPPROTO_ICMP);
    return TRACE_RET(0);
}

// One socket a CPU to send through, so that no reply waits for another CPU's. Linux 6.1: net/ipv4/icmp.c
int icmp_init() {
    TRACE_FN();
    for (unsigned i = 0; i < nr_cpu_ids(); ++i) {
        sock *sk = nullptr;
        const int err = inet_ctl_sock_create(&sk, PF_INET, SOCK_RAW, IPPROTO_ICMP, init_net());
        if (err < 0) return TRACE_RET(err);
        inet_global().ipv4_icmp_sk.push_back(sk);
        sk->sk_sndbuf = static_cast<int>(2 * SKB_TRUESIZE(64U * 1024)); // two of the largest messages
        sock_set_flag(sk, SOCK_USE_WRITE_QUEUE);
        inet_sk(sk)->pmtudisc = IP_PMTUDISC_DONT;
    }
    return TRACE_RET(0);
}

} // namespace skbscope::stack
