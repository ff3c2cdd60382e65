// SPDX-License-Identifier: GPL-2.0-or-later
// Operations that make, move, copy and free packets, each with the same done to the bytes.
#pragma once

#include "input.h"
#include "linux/bug.h"
#include "linux/slab.h"
#include "skbuff_oracle.h"

#include <utility>

namespace skbscope::fuzz {

class World {
public:
    explicit World(Input in) : in_(in) {}
    World(const World &) = delete;
    World &operator=(const World &) = delete;
    ~World() {
        while (!packets_.empty())
            free_one();
    }
    [[nodiscard]] bool over() const { return in_.empty(); }
    u8 byte() { return in_.byte(); }

    // --- life
    void allocate() {
        const unsigned room = size();
        sk_buff *skb = make(room);
        skb_reserve(skb, static_cast<int>(size() % (static_cast<unsigned>(skb_tailroom(skb)) + 1)));
        const unsigned len = size() % (static_cast<unsigned>(skb_tailroom(skb)) + 1);
        Bytes b = some(len);
        skb_put_data(skb, b.data(), len);
        add({skb, std::move(b)});
    }
    void free_one() {
        if (packets_.empty()) return;
        const Packet p = take();
        byte() % 2 ? kfree_skb(p.skb) : consume_skb(p.skb);
    }

    // Every time that room is made, kmalloc() rounds up: what is joined and expanded again and again would fill memory.
    void drop_large() {
        constexpr u32 large = 32768;
        std::erase_if(packets_, [](const Packet &p) {
            const bool gone = p.skb->end > large || p.skb->len > large;
            if (gone) kfree_skb(p.skb);
            return gone;
        });
    }

    // --- moving data and tail
    void put() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        require(skb_linearize(p->skb) == 0, "skb_linearize");
        if (skb_cloned(p->skb) || static_cast<unsigned>(skb_tailroom(p->skb)) < n)
            require(pskb_expand_head(p->skb, 0, static_cast<int>(n), GFP_ATOMIC) == 0, "pskb_expand_head");
        const Bytes b = some(n);
        skb_put_data(p->skb, b.data(), n);
        p->bytes.insert(p->bytes.end(), b.begin(), b.end());
    }
    void push() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        require(skb_cow_head(p->skb, n) == 0, "skb_cow_head");
        const Bytes b = some(n);
        std::copy(b.begin(), b.end(), static_cast<u8 *>(skb_push(p->skb, n)));
        p->bytes.insert(p->bytes.begin(), b.begin(), b.end());
    }
    void pull() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        const bool linear = n <= skb_headlen(p->skb) || n > p->skb->len;
        const void *data = linear ? skb_pull(p->skb, n) : pskb_pull(p->skb, n);
        require((data != nullptr) == (n <= p->bytes.size()), "skb_pull answers wrongly");
        require(!data || data == p->skb->data, "skb_pull gives another place");
        if (data) drop_front(p, n);
    }
    void pull_and_back() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size() % (skb_headlen(p->skb) + 1);
        skb_pull(p->skb, n);
        skb_push(p->skb, n);
    }
    void trim() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        if (skb_is_nonlinear(p->skb))
            require(pskb_trim(p->skb, n) == 0, "pskb_trim");
        else
            skb_trim(p->skb, n);
        shorten(p, n);
    }
    void reserve() {
        sk_buff *skb = make(size());
        const unsigned had = skb_headroom(skb), n = size() % (skb->end - had + 1);
        skb_reserve(skb, static_cast<int>(n));
        require(skb_headroom(skb) == had + n && skb->tail == had + n && skb->len == 0, "skb_reserve");
        add({skb, {}});
    }
    void put_too_much() {
        Packet *p = pick();
        if (p && !skb_is_nonlinear(p->skb))
            panics([&] { skb_put(p->skb, static_cast<unsigned>(skb_tailroom(p->skb)) + 1 + size()); });
    }
    void push_too_much() {
        if (Packet *p = pick()) panics([&] { skb_push(p->skb, skb_headroom(p->skb) + 1 + size()); });
    }
    void pad() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        require(skb_put_padto(p->skb, n) == 0, "skb_put_padto");
        if (n > p->bytes.size()) p->bytes.resize(n);
    }

    // --- a second packet
    void clone() {
        if (const Packet *p = pick_with_room()) add({skb_clone(p->skb, GFP_ATOMIC), p->bytes});
    }
    void copy() {
        const Packet *p = pick_with_room();
        if (!p) return;
        sk_buff *n = skb_copy(p->skb, GFP_ATOMIC);
        require(!skb_is_nonlinear(n) && !skb_cloned(n) && skb_headroom(n) == skb_headroom(p->skb), "skb_copy");
        add({n, p->bytes});
    }
    void partial_copy() {
        const Packet *p = pick_with_room();
        if (!p) return;
        sk_buff *n = pskb_copy(p->skb, GFP_ATOMIC);
        require(skb_headlen(n) == skb_headlen(p->skb) && skb_headroom(n) == skb_headroom(p->skb), "pskb_copy");
        require(skb_shinfo(n)->nr_frags == skb_shinfo(p->skb)->nr_frags, "pskb_copy: fragments");
        add({n, p->bytes});
    }
    void copy_expand() {
        const Packet *p = pick_with_room();
        if (!p) return;
        const unsigned head = size(), tail = size();
        sk_buff *n = skb_copy_expand(p->skb, static_cast<int>(head), static_cast<int>(tail), GFP_ATOMIC);
        require(skb_headroom(n) == head && static_cast<unsigned>(skb_tailroom(n)) >= tail, "skb_copy_expand");
        add({n, p->bytes});
    }
    void more_headroom() {
        const Packet *p = pick_with_room();
        if (!p) return;
        const unsigned n = size();
        sk_buff *skb = skb_realloc_headroom(p->skb, n);
        require(skb_headroom(skb) >= n, "skb_realloc_headroom");
        add({skb, p->bytes});
    }
    void share() {
        const Packet *p = pick_with_room();
        if (!p) return;
        sk_buff *n = skb_share_check(skb_get(p->skb), GFP_ATOMIC);
        require(n != p->skb && skb_cloned(n), "skb_share_check");
        add({n, p->bytes});
    }
    void unshare() {
        Packet *p = pick();
        if (!p) return;
        const bool cloned = skb_cloned(p->skb);
        const sk_buff *old = p->skb;
        p->skb = skb_unshare(p->skb, GFP_ATOMIC);
        require(!skb_cloned(p->skb) && (cloned || p->skb == old), "skb_unshare");
    }
    void morph() {
        Packet *to = pick(), *from = pick();
        if (!to || to == from) return;
        skb_morph(to->skb, from->skb);
        to->bytes = from->bytes;
    }

    // --- buffers
    void expand() {
        Packet *p = pick();
        if (!p) return;
        const unsigned head = size(), tail = size();
        const unsigned headroom = skb_headroom(p->skb), behind = p->skb->end - p->skb->tail;
        require(pskb_expand_head(p->skb, static_cast<int>(head), static_cast<int>(tail), GFP_ATOMIC) == 0, "expand");
        require(skb_headroom(p->skb) == headroom + head && !skb_cloned(p->skb), "pskb_expand_head: headroom");
        require(p->skb->end - p->skb->tail >= behind + tail, "pskb_expand_head: tailroom");
    }
    void linearize() {
        Packet *p = pick();
        if (!p) return;
        require(skb_linearize(p->skb) == 0 && !skb_is_nonlinear(p->skb), "skb_linearize");
    }
    void may_pull() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size(), had = skb_headlen(p->skb);
        require(pskb_may_pull(p->skb, n) == (n <= p->bytes.size()), "pskb_may_pull answers wrongly");
        require(skb_headlen(p->skb) == (n <= p->bytes.size() ? std::max(n, had) : had), "pskb_may_pull");
    }
    void condense() {
        if (Packet *p = pick()) skb_condense(p->skb);
    }
    void cow() {
        Packet *p = pick();
        if (!p) return;
        const unsigned n = size();
        require(skb_cow(p->skb, n) == 0 && skb_headroom(p->skb) >= n && !skb_cloned(p->skb), "skb_cow");
    }

protected:
    static constexpr std::size_t most = 6;

    // Small mostly, up to some pages of a kilobyte.
    unsigned size() {
        const unsigned b = byte();
        return b < 160 ? b : (b - 160) * 16;
    }
    Bytes some(unsigned n) {
        Bytes b;
        b.reserve(n + 1); // memcpy() wants an address, for no bytes, too
        b.resize(n);
        for (u8 &x : b)
            x = next_ = static_cast<u8>(next_ * 5 + 1);
        return b;
    }
    sk_buff *make(unsigned room) {
        switch (byte() % 4) {
        case 0:
            return alloc_skb(room, GFP_ATOMIC);
        case 1:
            return alloc_skb_fclone(room, GFP_ATOMIC);
        case 2:
            return netdev_alloc_skb(nullptr, room);
        default:
            return build_skb(kmalloc(SKB_DATA_ALIGN(room) + SKB_SHINFO_SIZE), 0);
        }
    }
    Packet *pick() { return packets_.empty() ? nullptr : &packets_[byte() % packets_.size()]; }
    const Packet *pick_with_room() { return packets_.size() < most ? pick() : nullptr; }
    Packet take() {
        const auto at = packets_.begin() + static_cast<std::ptrdiff_t>(byte() % packets_.size());
        Packet p = std::move(*at);
        packets_.erase(at);
        return p;
    }
    void add(Packet p) {
        packets_.push_back(std::move(p));
        if (packets_.size() <= most) return;
        kfree_skb(packets_.front().skb);
        packets_.erase(packets_.begin());
    }
    static void drop_front(Packet *p, unsigned n) {
        p->bytes.erase(p->bytes.begin(), p->bytes.begin() + static_cast<std::ptrdiff_t>(n));
    }
    static void shorten(Packet *p, unsigned n) {
        if (n < p->bytes.size()) p->bytes.resize(n);
    }
    template <class F> static void panics(F f) {
        bool caught = false;
        try {
            f();
        } catch (const kernel_panic &) {
            caught = true;
        }
        require(caught, "what leaves the buffer does not panic");
    }
    Input in_;
    u8 next_ = 1;
    std::vector<Packet> packets_;
};

} // namespace skbscope::fuzz
