// SPDX-License-Identifier: GPL-2.0-or-later
// Operations on what is inside packets (bytes, sums, buffers, fragments), and those that cut and join them.
#pragma once

#include "linux/mm.h"
#include "linux/skbuff_gso.h"
#include "net/checksum.h"
#include "skbuff_queues.h"

namespace skbscope::fuzz {

class Cutting : public Queues {
public:
    using Queues::Queues;

    // --- bytes and sums
    void store() {
        Packet *p = pick();
        if (!p || !is_alone(p->skb)) return;
        const unsigned at = size(), n = size();
        const Bytes b = some(n);
        const bool inside = at + n <= p->bytes.size();
        const int err = skb_store_bits(p->skb, static_cast<int>(at), b.data(), static_cast<int>(n));
        require((err == 0) == inside, "skb_store_bits answers wrongly");
        if (inside) std::copy(b.begin(), b.end(), p->bytes.begin() + at);
    }
    void read_part() {
        const Packet *p = pick();
        if (!p) return;
        const unsigned at = size(), n = size();
        Bytes b(n + 1), buffer(n + 1);
        const bool inside = at + n <= p->bytes.size();
        const int err = skb_copy_bits(p->skb, static_cast<int>(at), b.data(), static_cast<int>(n));
        require((err == 0) == inside, "skb_copy_bits answers wrongly");
        const auto *there = static_cast<const u8 *>(
            skb_header_pointer(p->skb, static_cast<int>(at), static_cast<int>(n), buffer.data()));
        require((there != nullptr) == inside, "skb_header_pointer answers wrongly");
        if (!inside) return;
        const auto want = p->bytes.begin() + at;
        require(std::equal(want, want + n, b.begin()) && std::equal(want, want + n, there), "other bytes are read");
    }
    void sum() {
        const Packet *p = pick();
        if (!p) return;
        const unsigned at = size() % (p->skb->len + 1), n = size() % (p->skb->len - at + 1);
        const sum16 want = csum_fold(csum_partial(p->bytes.data() + at, n, 0));
        Bytes b(n + 1);
        const int from = static_cast<int>(at), count = static_cast<int>(n);
        require(same_sum(csum_fold(skb_checksum(p->skb, from, count, 0)), want), "skb_checksum");
        require(same_sum(csum_fold(skb_copy_and_csum_bits(p->skb, from, b.data(), count)), want),
                "skb_copy_and_csum_bits");
        require(std::equal(b.begin(), b.begin() + count, p->bytes.begin() + from), "skb_copy_and_csum_bits: bytes");
    }
    void trim_sum() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        complete(p);
        require(pskb_trim_rcsum(p->skb, n) == 0, "pskb_trim_rcsum");
        shorten(p, n);
        is_complete(p);
    }
    void pull_sum() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size() % (skb_headlen(p->skb) + 1) & ~1U; // as every header is: whole words
        complete(p);
        skb_pull_rcsum(p->skb, n);
        drop_front(p, n);
        is_complete(p);
    }

    // --- fragments
    void add_frag() {
        Packet *p = pick_for_frag();
        if (!p) return;
        const unsigned order = byte() % 2, n = size(), off = size();
        page *page = page_with(order, off, p, n);
        const int i = skb_shinfo(p->skb)->nr_frags;
        skb_add_rx_frag(p->skb, i, page, static_cast<int>(off), static_cast<int>(n), PAGE_SIZE << order);
    }
    // The same bytes in two pieces of one page, which become one fragment.
    void append_frag() {
        Packet *p = pick_for_frag();
        if (!p) return;
        const unsigned n = size(), off = size(), first = size() % (n + 1);
        page *page = page_with(0, off, p, n);
        const int i = skb_shinfo(p->skb)->nr_frags;
        require(skb_append_pagefrags(p->skb, page, static_cast<int>(off), first) == 0, "skb_append_pagefrags");
        require(skb_append_pagefrags(p->skb, page, static_cast<int>(off + first), n - first) == 0, "and again");
        require(skb_shinfo(p->skb)->nr_frags == i + 1, "two pieces of a page that follow each other are one");
        skb_len_add(p->skb, static_cast<int>(n));
        put_page(page);
    }
    void ref_frag() {
        const Packet *p = pick();
        if (!p || skb_shinfo(p->skb)->nr_frags == 0) return;
        const int i = byte() % skb_shinfo(p->skb)->nr_frags;
        const page *page = skb_frag_page(&skb_shinfo(p->skb)->frags[i]);
        const int users = static_cast<int>(refcount_read(&page->count));
        skb_frag_ref(p->skb, i);
        require(static_cast<int>(refcount_read(&page->count)) == users + 1, "skb_frag_ref");
        skb_frag_unref(p->skb, i);
        require(static_cast<int>(refcount_read(&page->count)) == users, "skb_frag_unref");
    }
    void add_member() {
        if (packets_.size() < 2) return;
        Packet member = take();
        if (member.bytes.empty()) return packets_.push_back(std::move(member)); // there are no empty ones
        Packet *p = pick();
        (void)skb_unclone(p->skb, GFP_ATOMIC);
        sk_buff **at = &skb_shinfo(p->skb)->frag_list;
        for (; *at; at = &(*at)->next)
            if (skb_shared(*at)) { // the list is another packet's, too: nobody may append to it
                require(skb_linearize(p->skb) == 0, "skb_linearize");
                at = &skb_shinfo(p->skb)->frag_list;
                break;
            }
        *at = member.skb;
        p->skb->len += member.skb->len;
        p->skb->data_len += member.skb->len;
        p->skb->truesize += member.skb->truesize;
        p->bytes.insert(p->bytes.end(), member.bytes.begin(), member.bytes.end());
    }

    // --- cutting and joining
    void coalesce() {
        if (packets_.size() < 2) return;
        Packet from = take();
        Packet *to = pick();
        bool stolen = false;
        int delta = 0;
        if (skb_try_coalesce(to->skb, from.skb, &stolen, &delta)) {
            to->bytes.insert(to->bytes.end(), from.bytes.begin(), from.bytes.end());
            kfree_skb_partial(from.skb, stolen);
        } else {
            require(!stolen, "skb_try_coalesce took something, and says that it did not");
            packets_.push_back(std::move(from));
        }
    }
    void split() {
        Packet *p = pick();
        if (!p || packets_.size() >= most || skb_has_frag_list(p->skb)) return;
        const unsigned n = size() % (p->skb->len + 1);
        (void)skb_unclone(p->skb, GFP_ATOMIC);
        sk_buff *rest = alloc_skb(skb_headlen(p->skb), GFP_ATOMIC);
        skb_split(p->skb, rest, n);
        Bytes behind(p->bytes.begin() + n, p->bytes.end());
        shorten(p, n);
        add({rest, std::move(behind)});
    }
    // As a device without a frag_list's worth of trust gets it: linear, or in pages.
    void segment() {
        Packet *p = pick();
        if (!p) return;
        if (skb_has_frag_list(p->skb)) require(skb_linearize(p->skb) == 0, "skb_linearize");
        const unsigned headers = size() % (skb_headlen(p->skb) + 1);
        const unsigned payload = p->skb->len - headers;
        if (payload == 0) return;
        const unsigned mss = payload / 12 + 1 + size() % payload;
        cut(p, headers, std::min(mss, payload));
    }
    // As GRO merges: a first segment with headers, further ones of the same length in the frag_list, the last shorter.
    void cut_merged() {
        const unsigned headers = 14 + byte() % 40, mss = 1 + size(), members = byte() % 4;
        Packet whole{alloc_skb(headers + mss, GFP_ATOMIC), some(headers + mss)};
        skb_put_data(whole.skb, whole.bytes.data(), headers + mss);
        sk_buff **at = &skb_shinfo(whole.skb)->frag_list;
        const u8 kind = byte();
        for (unsigned i = 0; i < members; ++i) {
            const unsigned n = i + 1 < members ? mss : 1 + size() % mss;
            *at = merged_member(&whole, n, kind);
            at = &(*at)->next;
        }
        add(std::move(whole));
        cut(&packets_.back(), headers, mss);
    }

private:
    [[nodiscard]] static bool same_sum(sum16 a, sum16 b) { return a == b || (a ^ b) == 0xffff; }
    static void complete(Packet *p) {
        p->skb->ip_summed = CHECKSUM_COMPLETE;
        p->skb->csum = skb_checksum(p->skb, 0, static_cast<int>(p->skb->len), 0);
    }
    static void is_complete(Packet *p) {
        require(p->skb->ip_summed == CHECKSUM_COMPLETE, "the sum is gone");
        require(same_sum(csum_fold(p->skb->csum), csum_fold(csum_partial(p->bytes.data(), p->bytes.size(), 0))),
                "the sum does not follow the bytes");
        p->skb->ip_summed = CHECKSUM_NONE;
        p->skb->csum = 0;
    }
    // Does nobody else read what is written to it?
    static bool is_alone(const sk_buff *skb) {
        if (skb_cloned(skb) || skb_has_frag_list(skb)) return false;
        const skb_shared_info *info = skb_shinfo(skb);
        for (int i = 0; i < info->nr_frags; ++i)
            if (refcount_read(&info->frags[i].bv_page->count) != 1) return false;
        return true;
    }
    // One that takes one more fragment, unshared.
    Packet *pick_for_frag() {
        Packet *p = pick();
        if (!p || skb_has_frag_list(p->skb) || skb_shinfo(p->skb)->nr_frags == MAX_SKB_FRAGS) return nullptr;
        (void)skb_unclone(p->skb, GFP_ATOMIC);
        return p;
    }
    page *page_with(unsigned order, unsigned off, Packet *p, unsigned n) {
        page *page = alloc_pages(order);
        const Bytes b = some(n);
        std::copy(b.begin(), b.end(), page_address(page) + off);
        p->bytes.insert(p->bytes.end(), b.begin(), b.end());
        return page;
    }
    sk_buff *merged_member(Packet *whole, unsigned n, u8 kind) {
        sk_buff *skb = nullptr;
        if (kind % 3 == 0) { // in a page
            skb = alloc_skb(64, GFP_ATOMIC);
            skb_reserve(skb, 64);
            skb_add_rx_frag(skb, 0, page_with(0, kind, whole, n), kind, static_cast<int>(n), PAGE_SIZE);
        } else { // in a head, which is part of a page or is not
            skb = kind % 3 == 1 ? alloc_skb(64 + n, GFP_ATOMIC) : netdev_alloc_skb(nullptr, n + 1024);
            if (kind % 3 == 1) skb_reserve(skb, 64);
            const Bytes b = some(n);
            skb_put_data(skb, b.data(), n);
            whole->bytes.insert(whole->bytes.end(), b.begin(), b.end());
        }
        skb_len_add(whole->skb, static_cast<int>(n));
        return skb;
    }
    static void describe(sk_buff *skb, unsigned headers, unsigned mss) {
        skb_reset_mac_header(skb);
        skb_set_network_header(skb, static_cast<int>(std::min(14U, headers)));
        skb_set_transport_header(skb, static_cast<int>(headers));
        skb->protocol = cpu_to_be16(ETH_P_IP);
        skb->ip_summed = CHECKSUM_NONE;
        SKB_GSO_CB(skb)->mac_offset = skb->mac_header;
        skb_shinfo(skb)->gso_size = static_cast<u16>(mss);
        skb_shinfo(skb)->gso_type = SKB_GSO_UDP_L4;
    }
    // The segments are the headers and the next mss bytes each; the packet stays what it was.
    void cut(Packet *p, unsigned headers, unsigned mss) {
        static constexpr netdev_features_t devices[] = {0, NETIF_F_SG, NETIF_F_HW_CSUM, NETIF_F_SG | NETIF_F_HW_CSUM};
        const netdev_features_t features = devices[byte() % std::size(devices)];
        (void)skb_unclone(p->skb, GFP_ATOMIC);
        describe(p->skb, headers, mss);
        __skb_pull(p->skb, headers);
        sk_buff *segs = skb_segment(p->skb, features);
        skb_gso_reset(p->skb);
        if (IS_ERR(segs)) return require(skb_shinfo(p->skb)->nr_frags + 1U >= MAX_SKB_FRAGS, "skb_segment fails");
        Bytes seen(p->bytes.begin(), p->bytes.begin() + headers);
        while (segs) {
            sk_buff *next = segs->next;
            check_segment(segs, *p, headers, mss, (features & NETIF_F_HW_CSUM) == 0, &seen);
            kfree_skb(segs);
            segs = next;
        }
        require(seen == p->bytes, "the segments are not the packet");
    }
    static void check_segment(sk_buff *seg, const Packet &p, unsigned headers, unsigned mss, bool summed, Bytes *seen) {
        check_lengths(seg);
        const Bytes b = content(seg);
        require(b.size() > headers && std::equal(b.begin(), b.begin() + headers, p.bytes.begin()),
                "a segment's headers");
        const std::size_t n = b.size() - headers;
        require(n == std::min<std::size_t>(mss, p.bytes.size() - seen->size()), "a segment's length");
        seen->insert(seen->end(), b.begin() + headers, b.end());
        if (summed)
            require(same_sum(csum_fold(SKB_GSO_CB(seg)->csum), csum_fold(csum_partial(b.data() + headers, n, 0))),
                    "a segment's sum");
    }
};

} // namespace skbscope::fuzz
