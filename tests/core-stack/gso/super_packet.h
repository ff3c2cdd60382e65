// SPDX-License-Identifier: GPL-2.0-or-later
// Super-packets to cut, laid out in memory in every way they come; and the segments that must come out, each built by
// itself, byte by byte, with checksums computed from scratch.
#pragma once

#include "../gro/gro_frames.h"
#include "linux/skbuff_gso.h"

#include <algorithm>
#include <memory>

namespace skbscope::stack {

// Where the payload lies.
enum class Layout {
    linear,
    paged,         // ten bytes behind the headers, the rest in pages of 300
    list_of_pages, // one segment behind the headers, each further one a member of the frag_list, in a page
    list_of_heads, // the same, in heads that lie in pages themselves
    list_of_slabs, // the same, in heads that cannot be shared
    uneven_pages,  // members of 70 bytes each, in pages: segments end in the middle of members
    uneven_slabs,  // the same, in heads that cannot be shared: only a packet from outside comes so
};
inline constexpr Layout all_layouts[] = {Layout::linear,        Layout::paged,         Layout::list_of_pages,
                                         Layout::list_of_heads, Layout::list_of_slabs, Layout::uneven_pages,
                                         Layout::uneven_slabs};
[[nodiscard]] constexpr bool uneven(Layout l) {
    return l == Layout::uneven_pages || l == Layout::uneven_slabs;
}

struct Super {
    u8 protocol = IPPROTO_UDP;
    u16 mss = 100;
    std::size_t payload = 250;
    u16 id = 7;
    u32 seq = 1000;
    u8 flags = 0x10; // ACK
    u32 more_type = 0;
    u16 frag = 0x4000; // DF
};

class Supers : public GroFrames {
protected:
    using Bytes = std::vector<u8>;

    static std::size_t headers(const Super &s) { return s.protocol == IPPROTO_TCP ? 54 : 42; }
    // Nothing in it repeats with the length of a segment.
    static Bytes payload(std::size_t n) {
        Bytes p(n);
        for (std::size_t i = 0; i < n; ++i)
            p[i] = static_cast<u8>(i * 7 + i / 256);
        return p;
    }
    static Spec spec(const Super &s, std::size_t length) {
        return {.payload = length, .id = s.id, .frag = s.frag, .protocol = s.protocol, .seq = s.seq, .flags = s.flags};
    }
    // The frame of one packet with this payload.
    static Bytes frame(const Super &s, std::span<const u8> content) {
        Bytes f = bytes(spec(s, content.size()));
        std::copy(content.begin(), content.end(), f.begin() + static_cast<std::ptrdiff_t>(headers(s)));
        const std::size_t check = s.protocol == IPPROTO_TCP ? 34 + 16 : 34 + 6;
        f[check] = f[check + 1] = 0;
        const std::size_t len = f.size() - 34;
        sum16 sum = csum_tcpudp_magic(cpu_to_be32(0x0a090001), cpu_to_be32(0x0a090002), static_cast<u32>(len),
                                      s.protocol, csum_partial(&f[34], len, 0));
        if (sum == 0 && s.protocol == IPPROTO_UDP) sum = CSUM_MANGLED_0;
        std::memcpy(&f[check], &sum, 2);
        return f;
    }
    // What must leave: the frames of all segments.
    static std::vector<Bytes> wanted(const Super &s) {
        std::vector<Bytes> frames;
        const Bytes all = payload(s.payload);
        for (std::size_t at = 0; at < s.payload; at += s.mss) {
            Super one = s;
            const std::size_t n = std::min<std::size_t>(s.mss, s.payload - at);
            if ((s.more_type & SKB_GSO_TCP_FIXEDID) == 0) one.id = static_cast<u16>(s.id + frames.size());
            one.seq += static_cast<u32>(at);
            if (at != 0) one.flags &= 0x7f;            // CWR: in the first
            if (at + n < s.payload) one.flags &= 0xf6; // FIN, PSH: in the last
            frames.push_back(frame(one, std::span(all).subspan(at, n)));
        }
        return frames;
    }

    // The packet, data at its link header.
    sk_buff *make(const Super &s, Layout layout) {
        const Bytes f = frame(s, payload(s.payload));
        std::size_t linear = f.size();
        if (layout == Layout::paged) linear = headers(s) + 10;
        if (layout > Layout::paged) linear = headers(s) + std::min<std::size_t>(s.mss, s.payload);
        if (uneven(layout)) linear = headers(s) + 30;
        linear = std::min(linear, f.size());
        sk_buff *skb = alloc_skb(64 + static_cast<unsigned>(linear), GFP_ATOMIC);
        skb_reserve(skb, 64);
        skb_put_data(skb, f.data(), static_cast<unsigned>(linear));
        const std::span<const u8> rest = std::span(f).subspan(linear);
        if (layout == Layout::paged)
            add_pages(skb, rest, 300);
        else
            add_members(skb, rest, uneven(layout) ? 70 : s.mss, layout);
        describe(skb, s);
        if (layout == Layout::uneven_slabs) skb_shinfo(skb)->gso_type |= SKB_GSO_DODGY;
        return skb;
    }

    static std::vector<sk_buff *> list(sk_buff *segs) {
        std::vector<sk_buff *> v;
        for (; segs; segs = segs->next)
            v.push_back(segs);
        return v;
    }
    static Bytes content(const sk_buff *skb) {
        Bytes b(skb->len);
        EXPECT_EQ(skb_copy_bits(skb, 0, b.data(), static_cast<int>(skb->len)), 0);
        return b;
    }
    // As it would leave the wire: what is left to the device is done.
    static Bytes on_the_wire(sk_buff *skb) {
        const int err = skb->ip_summed == CHECKSUM_PARTIAL ? skb_checksum_help(skb) : 0;
        EXPECT_EQ(err, 0);
        return content(skb);
    }

private:
    static void grow(sk_buff *skb, std::size_t len, unsigned truesize) {
        skb->len += static_cast<unsigned>(len);
        skb->data_len += static_cast<unsigned>(len);
        skb->truesize += truesize;
    }
    static void add_pages(sk_buff *skb, std::span<const u8> data, std::size_t size) {
        for (int i = 0; !data.empty(); ++i) {
            const std::size_t n = std::min(size, data.size());
            page *p = alloc_pages(0);
            std::copy_n(data.begin(), n, page_address(p) + 50);
            skb_add_rx_frag(skb, i, p, 50, static_cast<int>(n), PAGE_SIZE);
            data = data.subspan(n);
        }
    }
    sk_buff *member(std::span<const u8> data, Layout layout) {
        const auto n = static_cast<unsigned>(data.size());
        if (layout == Layout::list_of_pages || layout == Layout::uneven_pages) {
            sk_buff *skb = alloc_skb(64, GFP_ATOMIC);
            skb_reserve(skb, 64);
            add_pages(skb, data, data.size());
            return skb;
        }
        const bool slab = layout == Layout::list_of_slabs || layout == Layout::uneven_slabs;
        sk_buff *skb = slab ? alloc_skb(n + 64, GFP_ATOMIC) : napi_alloc_skb(&napi, n);
        if (slab) skb_reserve(skb, 64);
        skb_put_data(skb, data.data(), n);
        return skb;
    }
    void add_members(sk_buff *skb, std::span<const u8> data, std::size_t size, Layout layout) {
        sk_buff **at = &skb_shinfo(skb)->frag_list;
        while (!data.empty()) {
            const std::size_t n = std::min(size, data.size());
            *at = member(data.first(n), layout);
            grow(skb, n, (*at)->truesize);
            at = &(*at)->next;
            data = data.subspan(n);
        }
    }
    void describe(sk_buff *skb, const Super &s) {
        const bool tcp = s.protocol == IPPROTO_TCP;
        skb->dev = dev;
        skb->protocol = cpu_to_be16(ETH_P_IP);
        skb_reset_mac_header(skb);
        skb_set_network_header(skb, 14);
        skb_set_transport_header(skb, 34);
        skb->ip_summed = CHECKSUM_PARTIAL;
        skb->csum_start = skb->transport_header;
        skb->csum_offset = tcp ? 16 : 6;
        const auto check = static_cast<sum16>(
            ~csum_tcpudp_magic(cpu_to_be32(0x0a090001), cpu_to_be32(0x0a090002), skb->len - 34, s.protocol, 0));
        std::memcpy(skb_transport_header(skb) + skb->csum_offset, &check, 2);
        skb_shinfo(skb)->gso_size = s.mss;
        skb_shinfo(skb)->gso_segs = static_cast<u16>((s.payload + s.mss - 1) / s.mss);
        skb_shinfo(skb)->gso_type = (tcp ? SKB_GSO_TCPV4 : SKB_GSO_UDP_L4) | s.more_type;
    }
};

} // namespace skbscope::stack
