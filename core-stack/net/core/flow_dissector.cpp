// SPDX-License-Identifier: GPL-2.0-or-later
// Reading headers without touching the packet, to know its flow. Linux 6.1: net/core/flow_dissector.c
//
// Not modelled: tunnels, IPv6 and the other protocols the kernel looks into; BPF dissectors.
#include "net/flow_dissector.h"

#include "linux/if_vlan.h"
#include "linux/in.h"
#include "linux/ip.h"
#include "linux/netdevice.h"
#include "linux/random.h"
#include "linux/trace_fn.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

namespace skbscope::stack {

namespace {

struct hash_secret {
    std::array<u64, 2> key{};
    hash_secret() { get_random_bytes(key.data(), sizeof(key)); }
};
machine_global<hash_secret> hashrnd;

// SipHash-2-4 over whole words.
struct siphash_state {
    u64 v0, v1, v2, v3;

    void round() {
        v0 += v1;
        v2 += v3;
        v1 = std::rotl(v1, 13) ^ v0;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 = std::rotl(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = std::rotl(v1, 17) ^ v2;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 = std::rotl(v2, 32);
    }
    void word(u64 m) {
        v3 ^= m;
        round();
        round();
        v0 ^= m;
    }
};

u64 siphash(std::span<const u64> words, const std::array<u64, 2> &key) {
    siphash_state s{0x736f6d6570736575 ^ key[0], 0x646f72616e646f6d ^ key[1], 0x6c7967656e657261 ^ key[0],
                    0x7465646279746573 ^ key[1]};
    for (const u64 word : words)
        s.word(word);
    s.word(u64{words.size_bytes()} << 56);
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; ++i)
        s.round();
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

// Smaller address and port first, each for itself: requests and answers hash alike.
// Linux 6.1: net/core/flow_dissector.c
void __flow_hash_consistentify(flow_keys *keys) {
    if (keys->addr_type != FLOW_DISSECTOR_KEY_IPV4_ADDRS) return;
    if (keys->daddr.raw < keys->saddr.raw) std::swap(keys->saddr, keys->daddr);
    if (keys->dport.raw < keys->sport.raw) std::swap(keys->sport, keys->dport);
}

[[nodiscard]] bool has_ports(u8 protocol) {
    return protocol == IPPROTO_UDP || protocol == IPPROTO_TCP;
}

// Linux 6.1: include/linux/skbuff.h
const void *__skb_header_pointer(const sk_buff *skb, int offset, int len, const flow_data *raw, void *buffer) {
    if (!raw) return skb_header_pointer(skb, offset, len, buffer);
    return offset >= 0 && raw->hlen - offset >= len ? static_cast<const u8 *>(raw->data) + offset : nullptr;
}

// Both as in memory, the source's first; 0: the protocol has none, or the packet ends before. Linux 6.1:
// net/core/flow_dissector.c
u32 __skb_flow_get_ports(const sk_buff *skb, const flow_data *raw, int thoff, u8 ip_proto) {
    TRACE_FN(skb);
    u32 buffer = 0;
    const void *ports = has_ports(ip_proto) ? __skb_header_pointer(skb, thoff, sizeof(buffer), raw, &buffer) : nullptr;
    if (ports) std::memcpy(&buffer, ports, sizeof(buffer));
    return TRACE_RET(buffer);
}

void dissect_ports(const sk_buff *skb, const flow_data *raw, int thoff, flow_keys *keys) {
    const u32 ports = __skb_flow_get_ports(skb, raw, thoff, keys->ip_proto);
    keys->sport = be16::from_raw(static_cast<u16>(ports));
    keys->dport = be16::from_raw(static_cast<u16>(ports >> 16));
}

bool finish(int end, int thoff, flow_keys *keys, bool ret) {
    keys->thoff = static_cast<u16>(std::min(thoff, std::min(end, 0xffff)));
    return ret;
}

// Linux 6.1: net/core/flow_dissector.c (the ETH_P_IP case). *more: the transport header is there to be read
bool dissect_ipv4(const sk_buff *skb, const flow_data *raw, int *nhoff, unsigned flags, flow_keys *keys, bool *more) {
    iphdr buffer, copy;
    const void *header = __skb_header_pointer(skb, *nhoff, sizeof(buffer), raw, &buffer);
    if (!header) return false;
    std::memcpy(&copy, header, sizeof(copy)); // `raw` need not be aligned
    const iphdr *iph = &copy;
    if (iph->ihl < 5) return false;
    *nhoff += iph->ihl * 4;
    keys->ip_proto = iph->protocol;
    keys->saddr = iph->saddr;
    keys->daddr = iph->daddr;
    keys->addr_type = FLOW_DISSECTOR_KEY_IPV4_ADDRS;
    const u16 frag_off = be16_to_cpu(iph->frag_off);
    constexpr u16 MORE_FRAGMENTS = 0x2000, OFFSET = 0x1fff;
    *more = true;
    if ((frag_off & (MORE_FRAGMENTS | OFFSET)) == 0) return true;
    keys->flags |= FLOW_DIS_IS_FRAGMENT;
    *more = (frag_off & OFFSET) == 0 && (flags & FLOW_DISSECTOR_F_PARSE_1ST_FRAG) != 0;
    if ((frag_off & OFFSET) == 0) keys->flags |= FLOW_DIS_FIRST_FRAG;
    return true;
}

// The tags: the one beside the packet, then those in it. False: it ends before. (The ETH_P_8021Q case.)
bool dissect_vlan(const sk_buff *skb, const flow_data *raw, int *nhoff, be16 *proto, flow_keys *keys) {
    for (unsigned n = 0; eth_type_vlan(*proto); ++n) {
        const be16 tpid = *proto;
        u16 tci = 0;
        if (n == 0 && !raw && skb_vlan_tag_present(skb)) {
            tci = skb->vlan_tci;
            *proto = skb->protocol;
        } else {
            vlan_hdr buffer;
            const void *vlan = __skb_header_pointer(skb, *nhoff, sizeof(buffer), raw, &buffer);
            if (!vlan) return false;
            std::memcpy(&buffer, vlan, sizeof(buffer));
            tci = be16_to_cpu(buffer.h_vlan_TCI);
            *proto = buffer.h_vlan_encapsulated_proto;
            *nhoff += VLAN_HLEN;
        }
        if (n >= 2) continue;
        keys->vlan_tpid[n] = tpid;
        keys->vlan_tci[n] = tci & (VLAN_VID_MASK | VLAN_PRIO_MASK);
    }
    return true;
}

} // namespace

// Linux 6.1: net/core/flow_dissector.c
bool __skb_flow_dissect(const net *, const sk_buff *skb, flow_dissector wanted, flow_keys *keys, unsigned flags,
                        const flow_data *raw) {
    TRACE_FN(skb);
    int nhoff = raw ? raw->nhoff : skb_network_offset(skb);
    const int end = raw ? raw->hlen : static_cast<int>(skb->len);
    be16 proto = raw ? raw->proto : skb_vlan_tag_present(skb) ? skb->vlan_proto : skb->protocol;
    const bool whole = dissect_vlan(skb, raw, &nhoff, &proto, keys);
    keys->n_proto = proto;
    if (whole && proto == cpu_to_be16(ETH_P_ARP)) return TRACE_RET(finish(end, nhoff, keys, true)); // nothing to hash
    if (!whole || proto != cpu_to_be16(ETH_P_IP)) return TRACE_RET(finish(end, nhoff, keys, false));
    bool more = false;
    if (!dissect_ipv4(skb, raw, &nhoff, flags, keys, &more)) return TRACE_RET(finish(end, nhoff, keys, false));
    if (more && wanted == flow_dissector::keys) dissect_ports(skb, raw, nhoff, keys);
    return TRACE_RET(finish(end, nhoff, keys, true));
}

// Linux 6.1: net/core/flow_dissector.c. Of the protocols that no dissector here knows, only where they start
u32 __skb_get_poff(const sk_buff *skb, const void *data, const flow_keys *keys, int hlen) {
    TRACE_FN(skb);
    const u32 poff = keys->thoff;
    const bool later = (keys->flags & FLOW_DIS_IS_FRAGMENT) != 0 && (keys->flags & FLOW_DIS_FIRST_FRAG) == 0;
    if (later) return TRACE_RET(poff); // a fragment after the first has no header of layer 4
    constexpr u32 TCP_MIN = 20, UDP_OR_ICMP = 8, TCP_OFFSET_BYTE = 12;
    switch (keys->ip_proto) {
    case IPPROTO_TCP: {
        const flow_data raw{data, {}, 0, hlen};
        u8 buffer = 0;
        const void *doff = __skb_header_pointer(skb, static_cast<int>(poff + TCP_OFFSET_BYTE), 1, &raw, &buffer);
        if (!doff) return TRACE_RET(poff);
        return TRACE_RET(poff + std::max(TCP_MIN, u32{*static_cast<const u8 *>(doff)} >> 4 << 2));
    }
    case IPPROTO_UDP:
    case IPPROTO_ICMP:
        return TRACE_RET(poff + UDP_OR_ICMP);
    default:
        return TRACE_RET(poff);
    }
}

// Linux 6.1: net/core/flow_dissector.c
u32 flow_hash_from_keys(flow_keys *keys) {
    TRACE_FN();
    __flow_hash_consistentify(keys);
    const std::array<u64, 4> words = {u64{keys->n_proto.raw} | u64{keys->ip_proto} << 16,
                                      u64{keys->sport.raw} | u64{keys->dport.raw} << 16,
                                      u64{keys->saddr.raw} | u64{keys->daddr.raw} << 32,
                                      u64{keys->vlan_tpid[0].raw} | u64{keys->vlan_tci[0]} << 16 |
                                          u64{keys->vlan_tpid[1].raw} << 32 | u64{keys->vlan_tci[1]} << 48};
    // Flows without a tag hash as they did before there were any.
    const std::size_t used = keys->vlan_tpid[0] ? words.size() : words.size() - 1;
    const auto hash = static_cast<u32>(siphash(std::span(words).first(used), hashrnd->key));
    return TRACE_RET(hash != 0 ? hash : 1);
}

// Linux 6.1: net/core/flow_dissector.c
void __skb_get_hash_net(const net *ns, sk_buff *skb) {
    TRACE_FN(skb);
    flow_keys keys;
    __skb_flow_dissect(ns, skb, flow_dissector::keys, &keys, FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL);
    skb->hash = flow_hash_from_keys(&keys);
    skb->sw_hash = 1;
    skb->l4_hash = keys.sport || keys.dport ? 1 : 0;
}

// Linux 6.1: include/linux/skbuff.h
u32 skb_get_hash(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->l4_hash == 0 && skb->sw_hash == 0) __skb_get_hash_net(nullptr, skb);
    return skb->hash;
}

// A driver that knows only Ethernet finds out where the transport header is. Linux 6.1: include/linux/skbuff.h
void skb_probe_transport_header(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb_transport_header_was_set(skb)) return;
    flow_keys keys;
    if (__skb_flow_dissect(nullptr, skb, flow_dissector::keys_basic, &keys, 0))
        skb_set_transport_header(skb, keys.thoff);
}

} // namespace skbscope::stack
