// SPDX-License-Identifier: GPL-2.0-or-later
// Two queues, each beside a deque of the packets that must be in it.
#pragma once

#include "skbuff_ops.h"

#include <deque>

namespace skbscope::fuzz {

class Queues : public World {
public:
    using World::World;
    Queues(const Queues &) = delete;
    Queues &operator=(const Queues &) = delete;
    ~Queues() {
        for (sk_buff_head &q : queues_)
            skb_queue_purge(&q);
    }

    void queue_tail() { into_queue(skb_queue_tail, true); }
    void queue_head() { into_queue(skb_queue_head, false); }
    void dequeue() { out_of_queue(skb_dequeue, true); }
    void from_tail() { out_of_queue(skb_dequeue_tail, false); }
    void unlink() {
        const std::size_t q = byte() % 2;
        if (mirror_[q].empty()) return;
        const auto at = mirror_[q].begin() + static_cast<std::ptrdiff_t>(byte() % mirror_[q].size());
        skb_unlink(at->skb, &queues_[q]);
        add(std::move(*at));
        mirror_[q].erase(at);
    }
    void queue_after() {
        const std::size_t q = byte() % 2;
        if (mirror_[q].empty() || packets_.empty()) return;
        Packet p = take();
        const auto at = mirror_[q].begin() + static_cast<std::ptrdiff_t>(byte() % mirror_[q].size());
        __skb_queue_after(&queues_[q], at->skb, p.skb);
        mirror_[q].insert(at + 1, std::move(p));
    }
    void splice_behind() {
        skb_queue_splice_tail_init(&queues_[0], &queues_[1]);
        mirror_[1].insert(mirror_[1].end(), mirror_[0].begin(), mirror_[0].end());
        mirror_[0].clear();
    }
    void splice_before() {
        skb_queue_splice_init(&queues_[0], &queues_[1]);
        mirror_[1].insert(mirror_[1].begin(), mirror_[0].begin(), mirror_[0].end());
        mirror_[0].clear();
    }
    void purge() {
        const std::size_t q = byte() % 2;
        skb_queue_purge(&queues_[q]);
        mirror_[q].clear();
    }

    void check_all() const {
        for (const Packet &p : packets_)
            check(p);
        for (std::size_t q = 0; q < 2; ++q) {
            require(skb_queue_len(&queues_[q]) == mirror_[q].size(), "a queue's length");
            sk_buff *skb = skb_peek(&queues_[q]);
            for (const Packet &p : mirror_[q]) {
                require(skb == p.skb, "a queue's order");
                check(p);
                skb = skb_peek_next(skb, &queues_[q]);
            }
            require(!skb && skb_queue_empty(&queues_[q]) == mirror_[q].empty(), "a queue's end");
        }
    }

private:
    void into_queue(void (*enqueue)(sk_buff_head *, sk_buff *), bool at_tail) {
        if (packets_.empty()) return;
        const std::size_t q = byte() % 2;
        Packet p = take();
        enqueue(&queues_[q], p.skb);
        mirror_[q].insert(at_tail ? mirror_[q].end() : mirror_[q].begin(), std::move(p));
    }
    void out_of_queue(sk_buff *(*take_out)(sk_buff_head *), bool at_head) {
        const std::size_t q = byte() % 2;
        sk_buff *skb = take_out(&queues_[q]);
        require((skb == nullptr) == mirror_[q].empty(), "a queue is empty, or is not");
        if (!skb) return;
        Packet p = std::move(at_head ? mirror_[q].front() : mirror_[q].back());
        at_head ? mirror_[q].pop_front() : mirror_[q].pop_back();
        require(p.skb == skb && !skb->next && !skb->prev, "another packet left the queue");
        add(std::move(p));
    }

    sk_buff_head queues_[2];
    std::deque<Packet> mirror_[2];
};

} // namespace skbscope::fuzz
