// SPDX-License-Identifier: GPL-2.0-or-later
// The checksum of a datagram that is sent: left to the device as far as it can be.
// Linux 6.1: net/ipv4/udp.c
#include "linux/trace_fn.h"
#include "net/udp.h"

namespace skbscope::stack {

// Leaves the sum to the device, which only needs the pseudo header's part; a chain of fragments is summed here.
// uh->check is 0 on entry. Linux 6.1: net/ipv4/udp.c
void udp4_hwcsum(sk_buff *skb, be32 src, be32 dst) {
    TRACE_FN(skb);
    udphdr *uh = udp_hdr(skb);
    const int offset = skb_transport_offset(skb);
    const u32 len = skb->len - static_cast<u32>(offset);
    if (!skb_has_frag_list(skb)) {
        skb->csum_start = skb->transport_header;
        skb->csum_offset = offsetof(udphdr, check);
        uh->check = static_cast<sum16>(~csum_tcpudp_magic(src, dst, len, IPPROTO_UDP, 0));
        return;
    }
    wsum csum = 0;
    u32 hlen = len;
    for (const sk_buff *frags = skb_shinfo(skb)->frag_list; frags; frags = frags->next) {
        csum = csum_add(csum, frags->csum);
        hlen -= frags->len;
    }
    csum = skb_checksum(skb, offset, static_cast<int>(hlen), csum);
    skb->ip_summed = CHECKSUM_NONE;
    uh->check = csum_tcpudp_magic(src, dst, len, IPPROTO_UDP, csum);
    if (uh->check == 0) uh->check = CSUM_MANGLED_0;
}

namespace {

sum16 udp_v4_check(u32 len, be32 saddr, be32 daddr, wsum base) {
    return csum_tcpudp_magic(saddr, daddr, len, IPPROTO_UDP, base);
}

} // namespace

// For tunnels. Linux 6.1: net/ipv4/udp.c
void udp_set_csum(bool nocheck, sk_buff *skb, be32 saddr, be32 daddr, int len) {
    TRACE_FN(skb);
    udphdr *uh = udp_hdr(skb);
    const u32 ulen = static_cast<u32>(len);
    if (nocheck) {
        uh->check = 0;
    } else if (skb_is_gso(skb)) {
        uh->check = static_cast<sum16>(~udp_v4_check(ulen, saddr, daddr, 0));
    } else if (skb->ip_summed == CHECKSUM_PARTIAL) {
        // The inner packet sums to its own pseudo header (local checksum offload): only what stands before it counts.
        const u8 *start = skb_checksum_start(skb);
        const u8 *inner = start + skb->csum_offset;
        const wsum partial = ~csum_unfold(*reinterpret_cast<const sum16 *>(inner));
        const u8 *header = skb_transport_header(skb);
        uh->check = 0;
        const wsum sum = csum_partial(header, static_cast<std::size_t>(start - header), partial);
        uh->check = udp_v4_check(ulen, saddr, daddr, sum);
        if (uh->check == 0) uh->check = CSUM_MANGLED_0;
    } else {
        skb->ip_summed = CHECKSUM_PARTIAL;
        skb->csum_start = skb->transport_header;
        skb->csum_offset = offsetof(udphdr, check);
        uh->check = static_cast<sum16>(~udp_v4_check(ulen, saddr, daddr, 0));
    }
}

} // namespace skbscope::stack
