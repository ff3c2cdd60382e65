// SPDX-License-Identifier: GPL-2.0-or-later
// Putting a datagram together. What a process hands over in one or several calls is laid out at once as the fragments
// it will leave in: each sk_buff of the queue holds room for the IP header and a piece of data as large as the path
// takes.
//
//   __ip_append_data:  skb 1 [hh_len | IP | UDP | data]   skb 2 [hh_len | IP | data] ...
//   __ip_make_skb:     skb 1 with the others on its frag_list; the IP header written into the first only
//
// Linux 6.1: net/ipv4/ip_output.c
#include "net/checksum.h"
#include "net/icmp.h"
#include "net/ip.h"
#include "net/ipv4/ip_output_internal.h"
#include "net/page_frag.h"
#include "net/route.h"

#include <cstring>

namespace skbscope::stack {

int ip_generic_getfrag(void *from, u8 *to, int, int len, int odd, sk_buff *skb) {
    TRACE_FN(skb);
    auto *msg = static_cast<msghdr *>(from);
    const auto bytes = static_cast<size_t>(len);
    if (skb->ip_summed == CHECKSUM_PARTIAL)
        return TRACE_RET(copy_from_iter_full(to, bytes, &msg->msg_iter) ? 0 : -EFAULT);
    wsum csum = 0;
    if (!csum_and_copy_from_iter_full(to, bytes, &csum, &msg->msg_iter)) return TRACE_RET(-EFAULT);
    skb->csum = csum_block_add(skb->csum, csum, static_cast<size_t>(odd));
    return TRACE_RET(0);
}

namespace {

// One call of __ip_append_data: what it was given, and how far it is.
struct append_state {
    sock *sk;
    sk_buff_head *queue;
    inet_cork *cork;
    page_frag *pfrag;
    getfrag_fn *getfrag;
    void *from;
    int length;      // bytes still to come, transport header included
    int transhdrlen; // of the first piece: room for it, its bytes come later
    unsigned flags;  // MSG_...

    net_device *dev;
    int hh_len, exthdrlen, mtu;
    int fragheaderlen, maxfraglen; // IP header; a piece that another one follows: payload a multiple of 8
    u8 csummode;
    int offset = 0; // bytes taken from `from`
    int wmem_alloc_delta = 0;
};

int take(append_state *s, u8 *to, int copy, int odd, sk_buff *skb) {
    return s->getfrag(s->from, to, s->offset, copy, odd, skb);
}

// How much of the next piece lies in the head, and how much room around it.
int append_alloclen(const append_state &s, int datalen, int fraggap, int *pagedlen) {
    const bool paged = s.cork->gso_size != 0, sg = (s.dev->features & NETIF_F_SG) != 0;
    constexpr int SKB_MAX_ALLOC = (4096 << 2) - static_cast<int>(SKB_SHINFO_SIZE);
    int alloc_extra = s.hh_len + 15 + s.exthdrlen;
    if (datalen == s.length + fraggap) alloc_extra += s.cork->dst->trailer_len;
    const int fraglen = datalen + s.fragheaderlen;
    *pagedlen = 0;
    int alloclen = fraglen;
    if ((s.flags & MSG_MORE) && !sg) {
        alloclen = s.mtu;
    } else if (paged || (fraglen + alloc_extra >= SKB_MAX_ALLOC && sg)) {
        alloclen = s.fragheaderlen + s.transhdrlen + fraggap;
        *pagedlen = datalen - s.transhdrlen - fraggap;
    }
    return alloclen + alloc_extra;
}

sk_buff *append_alloc(append_state *s, int alloclen, int *err) {
    const auto size = static_cast<unsigned>(alloclen);
    if (s->transhdrlen) return sock_alloc_send_skb(s->sk, size, (s->flags & MSG_DONTWAIT) != 0, err);
    // Further pieces do not wait: half of twice the buffer is enough for one datagram.
    const int used = static_cast<int>(refcount_read(&s->sk->sk_wmem_alloc)) + s->wmem_alloc_delta;
    sk_buff *skb = used <= 2 * s->sk->sk_sndbuf ? alloc_skb(size, s->sk->sk_allocation) : nullptr;
    if (!skb) *err = -ENOBUFS;
    return skb;
}

// Starts the next piece. skb_prev: the one before, whose bytes beyond maxfraglen move over. 0 or a negative errno.
int append_new_skb(append_state *s, sk_buff *skb_prev) {
    const int fraggap = skb_prev ? static_cast<int>(skb_prev->len) - s->maxfraglen : 0;
    int datalen = s->length + fraggap;
    if (datalen > s->mtu - s->fragheaderlen) datalen = s->maxfraglen - s->fragheaderlen;
    const int fraglen = datalen + s->fragheaderlen;
    int pagedlen, err = 0;
    const int alloclen = append_alloclen(*s, datalen, fraggap, &pagedlen);
    sk_buff *skb = append_alloc(s, alloclen, &err);
    if (!skb) return err;

    skb->ip_summed = s->csummode & 3;
    skb->csum = 0;
    skb_reserve(skb, s->hh_len);
    auto *data = static_cast<u8 *>(skb_put(skb, static_cast<unsigned>(fraglen + s->exthdrlen - pagedlen)));
    skb_set_network_header(skb, s->exthdrlen);
    skb->transport_header = static_cast<u16>(skb->network_header + s->fragheaderlen);
    data += s->fragheaderlen + s->exthdrlen;
    if (fraggap) {
        skb->csum = skb_copy_and_csum_bits(skb_prev, s->maxfraglen, data + s->transhdrlen, fraggap);
        skb_prev->csum = csum_sub(skb_prev->csum, skb->csum);
        data += fraggap;
        pskb_trim_unique(skb_prev, static_cast<unsigned>(s->maxfraglen));
    }
    const int copy = datalen - s->transhdrlen - fraggap - pagedlen;
    if (copy > 0 && take(s, data + s->transhdrlen, copy, fraggap, skb) < 0) {
        kfree_skb(skb);
        return -EFAULT;
    }
    s->offset += copy;
    s->length -= copy + s->transhdrlen;
    s->transhdrlen = 0;
    s->exthdrlen = 0;
    s->csummode = CHECKSUM_NONE;
    skb_shinfo(skb)->tx_flags = s->cork->tx_flags;
    s->cork->tx_flags = 0; // only the first piece is time stamped
    if ((s->flags & MSG_CONFIRM) && !skb_prev) skb_set_dst_pending_confirm(skb, 1);
    if (!skb->destructor) { // accounted for all pieces together, at the end
        skb->destructor = sock_wfree;
        skb->sk = s->sk;
        s->wmem_alloc_delta += static_cast<int>(skb->truesize);
    }
    __skb_queue_tail(s->queue, skb);
    return 0;
}

// Adds `copy` bytes at most to the last piece: behind its data, or in pages where the device can gather.
int append_to_skb(append_state *s, sk_buff *skb, int copy) {
    if (!(s->dev->features & NETIF_F_SG) && skb_tailroom(skb) >= copy) {
        const unsigned off = skb->len;
        auto *to = static_cast<u8 *>(skb_put(skb, static_cast<unsigned>(copy)));
        if (take(s, to, copy, static_cast<int>(off), skb) < 0) {
            __skb_trim(skb, off);
            return -EFAULT;
        }
    } else {
        page_frag *pfrag = s->pfrag;
        int i = skb_shinfo(skb)->nr_frags;
        if (!sk_page_frag_refill(s->sk, pfrag)) return -ENOMEM;
        if (!skb_can_coalesce(skb, i, pfrag->page, static_cast<int>(pfrag->offset))) {
            if (i == static_cast<int>(MAX_SKB_FRAGS)) return -EMSGSIZE;
            skb_fill_page_desc(skb, i, pfrag->page, static_cast<int>(pfrag->offset), 0);
            ++i;
            get_page(pfrag->page);
        }
        copy = std::min(copy, static_cast<int>(pfrag->size - pfrag->offset));
        if (take(s, page_address(pfrag->page) + pfrag->offset, copy, static_cast<int>(skb->len), skb) < 0)
            return -EFAULT;
        pfrag->offset += static_cast<u32>(copy);
        skb_frag_size_add(&skb_shinfo(skb)->frags[i - 1], static_cast<u32>(copy));
        skb_len_add(skb, copy);
        s->wmem_alloc_delta += copy;
    }
    s->offset += copy;
    s->length -= copy;
    return 0;
}

int append_all(append_state *s, sk_buff *skb) {
    if (!skb) {
        if (const int err = append_new_skb(s, nullptr)) return err;
    }
    while (s->length > 0) {
        skb = skb_peek_tail(s->queue);
        int copy = s->mtu - static_cast<int>(skb->len);
        if (copy < s->length) copy = s->maxfraglen - static_cast<int>(skb->len);
        const int err = copy <= 0 ? append_new_skb(s, skb) : append_to_skb(s, skb, std::min(copy, s->length));
        if (err) return err;
    }
    return 0;
}

int __ip_append_data(sock *sk, flowi4 *fl4, sk_buff_head *queue, inet_cork *cork, page_frag *pfrag, getfrag_fn *getfrag,
                     void *from, int length, int transhdrlen, unsigned flags) {
    TRACE_FN();
    const ip_options *opt = cork->opt ? &cork->opt->opt : nullptr;
    const int optlen = opt ? opt->optlen : 0;
    sk_buff *skb = skb_peek_tail(queue);
    net_device *dev = cork->dst->dev;
    const int mtu = static_cast<int>(cork->gso_size ? IP_MAX_MTU : cork->fragsize);
    const int fragheaderlen = static_cast<int>(sizeof(iphdr)) + optlen;
    const int maxnonfragsize = ip_sk_ignore_df(sk) ? static_cast<int>(IP_MAX_MTU) : mtu;
    if (cork->length + length > maxnonfragsize - fragheaderlen) {
        ip_local_error(sk, EMSGSIZE, fl4->daddr, inet_sk(sk)->inet_dport, static_cast<u32>(mtu - optlen));
        return TRACE_RET(-EMSGSIZE);
    }
    append_state s{.sk = sk,
                   .queue = queue,
                   .cork = cork,
                   .pfrag = pfrag,
                   .getfrag = getfrag,
                   .from = from,
                   .length = length,
                   .transhdrlen = transhdrlen,
                   .flags = flags,
                   .dev = dev,
                   .hh_len = static_cast<int>(LL_RESERVED_SPACE(dev)),
                   .exthdrlen = skb ? 0 : cork->dst->header_len,
                   .mtu = mtu,
                   .fragheaderlen = fragheaderlen,
                   .maxfraglen = ((mtu - fragheaderlen) & ~7) + fragheaderlen,
                   .csummode = CHECKSUM_NONE};
    // One piece, and the device computes checksums: leave it to the device.
    if (transhdrlen && length + fragheaderlen <= mtu && (dev->features & (NETIF_F_HW_CSUM | NETIF_F_IP_CSUM)) &&
        (!(flags & MSG_MORE) || cork->gso_size) && !s.exthdrlen)
        s.csummode = CHECKSUM_PARTIAL;
    cork->length += length;

    const int err = append_all(&s, skb);
    if (err) {
        cork->length -= s.length;
        IP_INC_STATS(sock_net(sk), IPSTATS_MIB_OUTDISCARDS);
    }
    if (s.wmem_alloc_delta) refcount_add(s.wmem_alloc_delta, &sk->sk_wmem_alloc);
    return TRACE_RET(err);
}

int ip_setup_cork(sock *sk, inet_cork *cork, ipcm_cookie *ipc, rtable **rtp) {
    TRACE_FN();
    rtable *rt = *rtp;
    if (!rt) return TRACE_RET(-EFAULT);
    cork->fragsize = ip_sk_use_pmtu(sk) ? dst_mtu(&rt->dst) : rt->dst.dev->mtu;
    if (cork->fragsize < IPV4_MIN_MTU) return TRACE_RET(-ENETUNREACH);
    if (const ip_options_rcu *opt = ipc->opt) {
        if (!cork->opt) cork->opt = new ip_options_rcu;
        *cork->opt = *opt;
        cork->flags |= IPCORK_OPT;
        cork->addr = ipc->addr;
    }
    cork->gso_size = ipc->gso_size;
    cork->dst = &rt->dst;
    *rtp = nullptr; // the cork holds the reference now
    cork->length = 0;
    cork->ttl = ipc->ttl;
    cork->tos = ipc->tos;
    cork->mark = ipc->sockc.mark;
    cork->priority = ipc->priority;
    cork->transmit_time = ipc->sockc.transmit_time;
    cork->tx_flags = 0; // SO_TIMESTAMPING is not modelled
    return TRACE_RET(0);
}

void ip_cork_release(inet_cork *cork) {
    cork->flags &= ~static_cast<unsigned>(IPCORK_OPT);
    delete cork->opt;
    cork->opt = nullptr;
    dst_release(cork->dst);
    cork->dst = nullptr;
}

} // namespace

int ip_append_data(sock *sk, flowi4 *fl4, getfrag_fn *getfrag, void *from, int length, int transhdrlen,
                   ipcm_cookie *ipc, rtable **rtp, unsigned flags) {
    TRACE_FN();
    inet_cork *cork = &inet_sk(sk)->cork.base;
    if (flags & MSG_PROBE) return TRACE_RET(0);
    if (skb_queue_empty(&sk->sk_write_queue)) {
        if (const int err = ip_setup_cork(sk, cork, ipc, rtp)) return TRACE_RET(err);
    } else {
        transhdrlen = 0;
    }
    return TRACE_RET(__ip_append_data(sk, fl4, &sk->sk_write_queue, cork, sk_page_frag(sk), getfrag, from, length,
                                      transhdrlen, flags));
}

namespace {

// The other pieces hang on the first one's frag_list; it answers for the memory of all.
void ip_join_pieces(sk_buff *skb, sk_buff_head *queue) {
    sk_buff **tail_skb = &skb_shinfo(skb)->frag_list;
    if (skb->data < skb_network_header(skb)) __skb_pull(skb, static_cast<unsigned>(skb_network_offset(skb)));
    while (sk_buff *piece = __skb_dequeue(queue)) {
        __skb_pull(piece, skb_network_header_len(skb));
        *tail_skb = piece;
        tail_skb = &piece->next;
        skb->len += piece->len;
        skb->data_len += piece->len;
        skb->truesize += piece->truesize;
        piece->destructor = nullptr;
        piece->sk = nullptr;
    }
}

u8 ip_cork_ttl(const inet_cork *cork, const inet_sock *inet, const rtable *rt) {
    if (cork->ttl != 0) return cork->ttl;
    return rt->rt_type == RTN_MULTICAST ? inet->mc_ttl : ip_select_ttl(inet, &rt->dst);
}

be16 ip_cork_df(const sock *sk, const sk_buff *skb, const rtable *rt) {
    const u8 pmtudisc = inet_sk(sk)->pmtudisc;
    const bool df = pmtudisc == IP_PMTUDISC_DO || pmtudisc == IP_PMTUDISC_PROBE ||
                    (skb->len <= dst_mtu(&rt->dst) && ip_dont_fragment(sk, &rt->dst));
    return df ? cpu_to_be16(IP_DF) : be16{};
}

// The type an ICMP message is counted under; a raw socket's own header may not be in the linear part.
u8 cork_icmp_type(const sock *sk, const flowi4 *fl4, const sk_buff *skb) {
    if (sk->sk_type == SOCK_RAW && !(fl4->flowi4_flags & FLOWI_FLAG_KNOWN_NH)) return fl4->fl4_icmp_type;
    return icmp_hdr(skb)->type;
}

} // namespace

sk_buff *__ip_make_skb(sock *sk, flowi4 *fl4, sk_buff_head *queue, inet_cork *cork) {
    TRACE_FN();
    inet_sock *inet = inet_sk(sk);
    net *ns = sock_net(sk);
    rtable *rt = dst_rtable(cork->dst);
    sk_buff *skb = __skb_dequeue(queue);
    if (!skb) return nullptr;
    ip_join_pieces(skb, queue);
    // Unless the user wants to learn the path MTU himself, we may cut it, whatever DF says to routers.
    skb->ignore_df = ip_sk_ignore_df(sk);
    const be16 df = ip_cork_df(sk, skb, rt);

    iphdr *iph = ip_hdr(skb);
    iph->version = 4;
    iph->ihl = 5;
    iph->tos = cork->tos != -1 ? static_cast<u8>(cork->tos) : inet->tos;
    iph->frag_off = df;
    iph->ttl = ip_cork_ttl(cork, inet, rt);
    iph->protocol = static_cast<u8>(sk->sk_protocol);
    iph->saddr = fl4->saddr;
    iph->daddr = fl4->daddr;
    ip_select_ident(ns, skb, sk);
    if (cork->flags & IPCORK_OPT) {
        iph->ihl = (iph->ihl + (cork->opt->opt.optlen >> 2)) & 0xf;
        ip_options_build(skb, &cork->opt->opt, cork->addr, rt);
    }
    skb->priority = cork->tos != -1 ? static_cast<u32>(cork->priority) : sk->sk_priority;
    skb->mark = cork->mark;
    skb->tstamp = static_cast<ktime_t>(cork->transmit_time);
    cork->dst = nullptr; // the packet takes the cork's reference
    skb_dst_set(skb, &rt->dst);
    if (iph->protocol == IPPROTO_ICMP) icmp_out_count(ns, cork_icmp_type(sk, fl4, skb));
    ip_cork_release(cork);
    return TRACE_RET(skb);
}

sk_buff *ip_finish_skb(sock *sk, flowi4 *fl4) {
    return __ip_make_skb(sk, fl4, &sk->sk_write_queue, &inet_sk(sk)->cork.base);
}

int ip_push_pending_frames(sock *sk, flowi4 *fl4) {
    TRACE_FN();
    sk_buff *skb = ip_finish_skb(sk, fl4);
    return TRACE_RET(skb ? ip_send_skb(sock_net(sk), skb) : 0);
}

namespace {

void __ip_flush_pending_frames(sk_buff_head *queue, inet_cork *cork) {
    TRACE_FN();
    while (sk_buff *skb = __skb_dequeue_tail(queue))
        kfree_skb(skb);
    ip_cork_release(cork);
}

} // namespace

void ip_flush_pending_frames(sock *sk) {
    TRACE_FN();
    __ip_flush_pending_frames(&sk->sk_write_queue, &inet_sk(sk)->cork.base);
}

sk_buff *ip_make_skb(sock *sk, flowi4 *fl4, getfrag_fn *getfrag, void *from, int length, int transhdrlen,
                     ipcm_cookie *ipc, rtable **rtp, inet_cork *cork, unsigned flags) {
    TRACE_FN();
    if (flags & MSG_PROBE) return nullptr;
    sk_buff_head queue;
    cork->flags = 0;
    cork->addr = be32{};
    cork->opt = nullptr;
    int err = ip_setup_cork(sk, cork, ipc, rtp);
    if (err) return ERR_PTR(err);
    err = __ip_append_data(sk, fl4, &queue, cork, sk_page_frag(sk), getfrag, from, length, transhdrlen, flags);
    if (err) {
        __ip_flush_pending_frames(&queue, cork);
        return ERR_PTR(err);
    }
    return TRACE_RET(__ip_make_skb(sk, fl4, &queue, cork));
}

u8 get_rttos(const ipcm_cookie *ipc, const inet_sock *inet) {
    return RT_TOS(ipc->tos != -1 ? static_cast<unsigned>(ipc->tos) : inet->tos);
}

u8 get_rtconn_flags(const ipcm_cookie *ipc, const sock *sk) {
    return ipc->tos != -1 ? RT_CONN_FLAGS_TOS(sk, static_cast<u8>(ipc->tos)) : RT_CONN_FLAGS(sk);
}

// --- a reply without a user's socket
// ----------------------------------------------------------------------------------

namespace {

int ip_reply_glue_bits(void *dptr, u8 *to, int offset, int len, int odd, sk_buff *skb) {
    TRACE_FN(skb);
    const wsum csum = csum_partial_copy_nocheck(static_cast<u8 *>(dptr) + offset, to, static_cast<size_t>(len));
    skb->csum = csum_block_add(skb->csum, csum, static_cast<size_t>(odd));
    return TRACE_RET(0);
}

} // namespace

void ip_send_unicast_reply(sock *sk, sk_buff *skb, const ip_options *sopt, be32 daddr, be32 saddr,
                           const ip_reply_arg *arg, unsigned len, u64 transmit_time, u32 txhash) {
    TRACE_FN(skb);
    net *ns = sock_net(sk);
    ip_options_data replyopts;
    if (__ip_options_echo(ns, &replyopts.opt.opt, skb, sopt)) return;
    ipcm_cookie ipc;
    ipc.addr = daddr;
    ipc.sockc.transmit_time = transmit_time;
    if (replyopts.opt.opt.optlen) {
        ipc.opt = &replyopts.opt;
        if (replyopts.opt.opt.srr) daddr = replyopts.opt.opt.faddr;
    }
    const u32 reply_mark = IP4_REPLY_MARK(ns, skb->mark);
    const auto *ports = reinterpret_cast<const be16 *>(skb_transport_header(skb)); // source, destination
    flowi4 fl4;
    flowi4_init_output(&fl4, arg->bound_dev_if, reply_mark ? reply_mark : sk->sk_mark, RT_TOS(arg->tos),
                       RT_SCOPE_UNIVERSE, ip_hdr(skb)->protocol,
                       arg->flags & IP_REPLY_ARG_NOSRCCHECK ? FLOWI_FLAG_ANYSRC : u8{0}, daddr, saddr, ports[0],
                       ports[1], arg->uid);
    rtable *rt = ip_route_output_flow(ns, &fl4, sk);
    if (IS_ERR(rt)) return;
    inet_sk(sk)->tos = arg->tos & static_cast<u8>(~3);
    sk->sk_protocol = ip_hdr(skb)->protocol;
    sk->sk_bound_dev_if = arg->bound_dev_if;
    ipc.sockc.mark = fl4.flowi4_mark;
    const int err = ip_append_data(sk, &fl4, ip_reply_glue_bits, const_cast<void *>(arg->iov_base),
                                   static_cast<int>(len), 0, &ipc, &rt, MSG_DONTWAIT);
    if (err) {
        ip_flush_pending_frames(sk);
    } else if (sk_buff *nskb = skb_peek(&sk->sk_write_queue)) {
        if (arg->csumoffset >= 0) {
            const sum16 sum = csum_fold(csum_add(nskb->csum, arg->csum));
            std::memcpy(skb_transport_header(nskb) + 2 * arg->csumoffset, &sum, sizeof(sum));
        }
        nskb->ip_summed = CHECKSUM_NONE;
        nskb->mono_delivery_time = transmit_time != 0;
        if (txhash) {
            nskb->hash = txhash;
            nskb->l4_hash = 1;
        }
        ip_push_pending_frames(sk, &fl4);
    }
    ip_rt_put(rt);
}

} // namespace skbscope::stack
