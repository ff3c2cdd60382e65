/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading an sk_buff and a sock. Programs on fentry and fexit hold pointers the verifier knows the type of: they can
 * load fields directly. Kprobe programs hold numbers: every load is a bpf_probe_read_kernel. `typed` is a constant
 * wherever these are called, so that each program keeps only its own half.
 */
#ifndef SKBSCOPE_READ_SKB_BPF_H
#define SKBSCOPE_READ_SKB_BPF_H

#include "kernel_types.bpf.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "probe_abi.h"

#define READ(typed, p, field) ((typed) ? (p)->field : BPF_CORE_READ(p, field))

/*
 * skb_shared_info begins where the buffer ends. Its address is never a typed pointer, and a read by address costs the
 * same for two bytes as for sixty: so its beginning is read at once, and the fields are taken out at relocated offsets.
 */
#define INFO_BYTES 64
#define INFO_AT(copy, type, field) (*(type *)((copy) + bpf_core_field_offset(struct skb_shared_info, field)))
#define INFO_IN(field) (bpf_core_field_offset(struct skb_shared_info, field) + 8 <= INFO_BYTES)

#define FRAG_BYTES 16 /* sizeof(struct bio_vec), checked against the kernel's */
struct bio_vec_bytes {
    __u64 word[SKBSCOPE_PROBE_FRAGS * FRAG_BYTES / 8];
};
#define FRAG_AT(frags, i, field)                                                                                       \
    (*(__u32 *)((char *)(frags).word + (i)*FRAG_BYTES + bpf_core_field_offset(struct bio_vec, field)))

static __always_inline void read_shared_info(struct skbscope_snapshot *s, struct skbscope_raw_skb *raw,
                                             const struct skb_shared_info *info) {
    __u64 words[INFO_BYTES / 8] = {};
    char *copy = (char *)words;
    if (!INFO_IN(nr_frags) || !INFO_IN(gso_size) || !INFO_IN(gso_segs) || !INFO_IN(dataref)) {
        raw->raw.event.state |= SKBSCOPE_STATE_PARTIAL;
        return;
    }
    bpf_probe_read_kernel(words, sizeof words, info);
    s->nr_frags = INFO_AT(copy, __u8, nr_frags);
    s->gso_size = INFO_AT(copy, __u16, gso_size);
    s->gso_segs = INFO_AT(copy, __u16, gso_segs);
    s->dataref = INFO_AT(copy, __u16, dataref);
    if (s->nr_frags == 0 || bpf_core_type_size(struct bio_vec) != FRAG_BYTES) return;
    struct bio_vec_bytes frags = {};
    bpf_probe_read_kernel(&frags, sizeof frags, (char *)info + bpf_core_field_offset(struct skb_shared_info, frags));
    raw->frag_offset = FRAG_AT(frags, 0, bv_offset);
#pragma unroll
    for (int i = 0; i < SKBSCOPE_PROBE_FRAGS; i++)
        raw->frag_size[i] = FRAG_AT(frags, i, bv_len);
}

/* The linear part from data on. A buffer that holds nothing has nothing worth reading: its memory is not set yet. */
static __always_inline void read_bytes(struct skbscope_raw_skb *raw, const struct skbscope_snapshot *s) {
    __u32 count = s->len - s->data_len;
    if (s->data_len > s->len || count == 0) return;
    if (count > SKBSCOPE_PROBE_BYTES) count = SKBSCOPE_PROBE_BYTES;
    if (bpf_probe_read_kernel(raw->bytes, count, (const void *)(raw->head + s->headroom))) return;
    raw->bytes_from = s->headroom;
    raw->bytes_count = (__u16)count;
}

static __always_inline void read_device(struct skbscope_raw_skb *raw, struct sk_buff *skb, const bool typed) {
    if (typed) {
        raw->ifindex = (__u32)skb->dev->ifindex;
        raw->dev_net = skb->dev->nd_net.net->ns.inum;
    } else {
        raw->ifindex = (__u32)BPF_CORE_READ(skb, dev, ifindex);
        raw->dev_net = BPF_CORE_READ(skb, dev, nd_net.net, ns.inum);
    }
}

static __always_inline void read_fields(struct skbscope_raw_skb *raw, const struct sk_buff *copy) {
    struct skbscope_snapshot *s = &raw->raw.event.skb;
    raw->head = (__u64)copy->head;
    raw->sk = (__u64)copy->sk;
    raw->dev = (__u64)copy->dev;
    s->len = copy->len;
    s->data_len = copy->data_len;
    s->end = copy->end;
    s->truesize = copy->truesize;
    s->headroom = (__u16)((__u64)copy->data - raw->head);
    s->mac = copy->mac_header;
    s->network = copy->network_header;
    s->transport = copy->transport_header;
    s->protocol = copy->protocol;
    s->users = (__u16)copy->users.refs.counter;
    s->flags = (__u8)(BPF_CORE_READ_BITFIELD(copy, cloned) |
                      BPF_CORE_READ_BITFIELD(copy, ip_summed) << SKBSCOPE_SKB_IP_SUMMED_SHIFT |
                      BPF_CORE_READ_BITFIELD(copy, pkt_type) << SKBSCOPE_SKB_PKT_TYPE_SHIFT);
}

/*
 * The struct is read at once, into the place that the packet's bytes take afterwards: a load through a typed pointer
 * costs the verifier a walk through the struct's members, in each of hundreds of programs.
 */
static __always_inline void read_skb(struct skbscope_raw_skb *raw, struct sk_buff *skb, const bool typed) {
    const __u32 size = bpf_core_type_size(struct sk_buff);
    raw->skb = (__u64)skb;
    raw->raw.event.state |= SKBSCOPE_STATE_HAS_SKB;
    if (size > sizeof raw->bytes || bpf_probe_read_kernel(raw->bytes, size, skb)) {
        raw->raw.event.state |= SKBSCOPE_STATE_PARTIAL;
        return;
    }
    read_fields(raw, (const struct sk_buff *)raw->bytes);
    read_device(raw, skb, typed);
    if (!raw->head) {
        raw->raw.event.state |= SKBSCOPE_STATE_PARTIAL;
        return;
    }
    const struct skbscope_snapshot *s = &raw->raw.event.skb;
    read_shared_info(&raw->raw.event.skb, raw, (const struct skb_shared_info *)(raw->head + s->end));
    read_bytes(raw, s);
}

static __always_inline void read_sock(struct skbscope_raw *raw, struct sock *sk, const bool typed) {
    raw->socket.sk = (__u64)sk;
    raw->socket.saddr = READ(typed, sk, __sk_common.skc_rcv_saddr);
    raw->socket.daddr = READ(typed, sk, __sk_common.skc_daddr);
    raw->socket.sport = READ(typed, sk, __sk_common.skc_num);
    raw->socket.dport = __builtin_bswap16(READ(typed, sk, __sk_common.skc_dport));
    raw->socket.family = READ(typed, sk, __sk_common.skc_family);
    raw->socket.state = READ(typed, sk, __sk_common.skc_state);
    raw->socket.protocol = (__u8)READ(typed, sk, sk_protocol);
    raw->socket.rmem = (__u32)READ(typed, sk, sk_backlog.rmem_alloc.counter);
    raw->socket.wmem = (__u32)READ(typed, sk, sk_wmem_alloc.refs.counter);
    raw->sk_queue = READ(typed, sk, sk_receive_queue.qlen);
    raw->sk_net = typed ? sk->__sk_common.skc_net.net->ns.inum : BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
}

#endif
