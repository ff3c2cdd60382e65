// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/machine_fixture.h"

#include "linux/skbuff.h"

#include <cstring>
#include <deque>
#include <random>

namespace skbscope::stack {
namespace {

using Queues = machine_fixture;

std::deque<sk_buff *> walk(const sk_buff_head &q) {
    std::deque<sk_buff *> all;
    for (sk_buff *skb = skb_peek(&q); skb; skb = skb_peek_next(skb, &q))
        all.push_back(skb);
    return all;
}

TEST_F(Queues, BehaveLikeADeque) {
    sk_buff_head q;
    std::deque<sk_buff *> model;
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
        switch (random() % 6) {
        case 0:
            model.push_back(alloc_skb(1, GFP_KERNEL));
            skb_queue_tail(&q, model.back());
            break;
        case 1:
            model.push_front(alloc_skb(1, GFP_KERNEL));
            skb_queue_head(&q, model.front());
            break;
        case 2:
        case 3: {
            const bool front = random() % 2;
            sk_buff *expected = model.empty() ? nullptr : front ? model.front() : model.back();
            sk_buff *got = front ? skb_dequeue(&q) : skb_dequeue_tail(&q);
            ASSERT_EQ(got, expected);
            if (!got) break;
            front ? model.pop_front() : model.pop_back();
            EXPECT_EQ(got->next, nullptr);
            kfree_skb(got);
            break;
        }
        case 4: {
            if (model.empty()) break;
            const std::size_t at = random() % model.size();
            skb_unlink(model[at], &q);
            kfree_skb(model[at]);
            model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
            break;
        }
        default: {
            if (model.empty()) break;
            const std::size_t at = random() % model.size();
            sk_buff *skb = alloc_skb(1, GFP_KERNEL);
            __skb_queue_after(&q, model[at], skb);
            model.insert(model.begin() + static_cast<std::ptrdiff_t>(at) + 1, skb);
        }
        }
        ASSERT_EQ(skb_queue_len(&q), model.size());
        ASSERT_EQ(walk(q), model);
        ASSERT_EQ(skb_queue_empty(&q), model.empty());
        ASSERT_EQ(skb_peek_tail(&q), model.empty() ? nullptr : model.back());
    }
    skb_queue_purge(&q);
    EXPECT_TRUE(skb_queue_empty(&q));
}

// Whatever stood there before, nothing of it is left; and who comes in at the head is the next to leave.
TEST_F(Queues, AHeadIsMadeEmptyAndPacketsComeInAtBothEnds) {
    sk_buff_head q;
    std::memset(static_cast<void *>(static_cast<sk_buff_links *>(&q)), 0xa5, sizeof(sk_buff_links));
    q.qlen = 77;
    skb_queue_head_init(&q);
    EXPECT_TRUE(skb_queue_empty(&q));
    EXPECT_EQ(skb_queue_len(&q), 0u);
    EXPECT_EQ(skb_peek(&q), nullptr);
    EXPECT_EQ(skb_peek_tail(&q), nullptr);
    spin_lock(&q.lock); // free
    sk_buff *first = alloc_skb(1, GFP_KERNEL), *second = alloc_skb(1, GFP_KERNEL), *last = alloc_skb(1, GFP_KERNEL);
    __skb_queue_tail(&q, last);
    __skb_queue_head(&q, second);
    __skb_queue_head(&q, first);
    EXPECT_EQ(walk(q), (std::deque<sk_buff *>{first, second, last}));
    EXPECT_EQ(skb_queue_len(&q), 3u);
    __skb_unlink(second, &q);
    EXPECT_EQ(second->next, nullptr);
    EXPECT_EQ(second->prev, nullptr);
    kfree_skb(second);
    EXPECT_EQ(__skb_dequeue(&q), first);
    kfree_skb(first);
    EXPECT_EQ(__skb_dequeue_tail(&q), last);
    kfree_skb(last);
    EXPECT_EQ(__skb_dequeue(&q), nullptr);
    spin_unlock(&q.lock);
}

TEST_F(Queues, SpliceKeepsTheOrder) {
    sk_buff_head a, b;
    std::deque<sk_buff *> skbs;
    for (int i = 0; i < 4; ++i) {
        skbs.push_back(alloc_skb(1, GFP_KERNEL));
        __skb_queue_tail(i < 2 ? &a : &b, skbs.back());
    }
    skb_queue_splice_tail_init(&b, &a);
    EXPECT_EQ(walk(a), skbs);
    EXPECT_TRUE(skb_queue_empty(&b));
    EXPECT_EQ(skb_queue_len(&a), 4u);
    skb_queue_splice_init(&a, &b);
    EXPECT_EQ(walk(b), skbs);
    __skb_queue_purge(&b);
}

TEST_F(Queues, NamedOnesAreRecorded) {
    sk_buff_head q{"test_queue"}, twin{"test_queue"}, silent;
    sk_buff *skb = alloc_skb(1, GFP_KERNEL);
    traced([&] {
        skb_queue_tail(&q, skb);
        EXPECT_EQ(skb_dequeue(&q), skb);
        skb_queue_tail(&twin, skb);
        EXPECT_EQ(skb_dequeue(&twin), skb);
        skb_queue_tail(&silent, skb);
        EXPECT_EQ(skb_dequeue(&silent), skb);
    });
    const auto in = events(SKBSCOPE_EV_ENQUEUE), out = events(SKBSCOPE_EV_DEQUEUE);
    ASSERT_EQ(in.size(), 2u);
    ASSERT_EQ(out.size(), 2u);
    EXPECT_EQ(recorder.queues().at(in[0].queue.queue), "test_queue");
    EXPECT_EQ(recorder.queues().at(in[1].queue.queue), "test_queue 2");
    EXPECT_EQ(in[0].queue.length, 1u);
    EXPECT_EQ(out[0].queue.length, 0u);
    EXPECT_EQ(in[0].packet, out[0].packet);
    kfree_skb(skb);
}

TEST_F(Queues, TheLinksAreAListHead) {
    sk_buff *a = alloc_skb(1, GFP_KERNEL), *b = alloc_skb(1, GFP_KERNEL);
    list_head list;
    list_add_tail(skb_list(a), &list);
    list_add_tail(skb_list(b), &list);
    EXPECT_EQ(skb_of_list(list.next), a);
    EXPECT_EQ(a->next, b);
    list_del(skb_list(a));
    EXPECT_EQ(a->next, nullptr);
    kfree_skb(a);
    kfree_skb(b);
}

} // namespace
} // namespace skbscope::stack
