// SPDX-License-Identifier: GPL-2.0-or-later
// Queues of packets: rings through the packets' own links, with a length and a lock.
// Linux 6.1: include/linux/skbuff.h, net/core/skbuff.c
#include "linux/skbuff.h"
#include "sim/trace_emit.h"

namespace skbscope::stack {

namespace {

// The head stands in the ring as if it were a packet.
sk_buff *ring(sk_buff_head *list) {
    return static_cast<sk_buff *>(static_cast<sk_buff_links *>(list));
}

void insert(sk_buff *newsk, sk_buff *prev, sk_buff *next, sk_buff_head *list) {
    newsk->next = next;
    newsk->prev = prev;
    static_cast<sk_buff_links *>(next)->prev = newsk;
    static_cast<sk_buff_links *>(prev)->next = newsk;
    ++list->qlen;
    trace_queue(SKBSCOPE_EV_ENQUEUE, list, newsk);
}

void splice(sk_buff_head *list, sk_buff *prev, sk_buff *next) {
    sk_buff *first = list->next;
    sk_buff *last = list->prev;
    first->prev = prev;
    static_cast<sk_buff_links *>(prev)->next = first;
    last->next = next;
    static_cast<sk_buff_links *>(next)->prev = last;
}

} // namespace

void __skb_queue_after(sk_buff_head *list, sk_buff *prev, sk_buff *newsk) {
    insert(newsk, prev, static_cast<sk_buff_links *>(prev)->next, list);
}
void __skb_queue_before(sk_buff_head *list, sk_buff *next, sk_buff *newsk) {
    insert(newsk, static_cast<sk_buff_links *>(next)->prev, next, list);
}
void __skb_queue_head(sk_buff_head *list, sk_buff *newsk) {
    TRACE_FN(newsk);
    __skb_queue_after(list, ring(list), newsk);
}
void __skb_queue_tail(sk_buff_head *list, sk_buff *newsk) {
    TRACE_FN(newsk);
    __skb_queue_before(list, ring(list), newsk);
}
// Linux 6.1: net/core/skbuff.c
void skb_queue_head(sk_buff_head *list, sk_buff *newsk) {
    TRACE_FN(newsk);
    spin_lock(&list->lock);
    __skb_queue_head(list, newsk);
    spin_unlock(&list->lock);
}
// Linux 6.1: net/core/skbuff.c
void skb_queue_tail(sk_buff_head *list, sk_buff *newsk) {
    TRACE_FN(newsk);
    spin_lock(&list->lock);
    __skb_queue_tail(list, newsk);
    spin_unlock(&list->lock);
}

void __skb_unlink(sk_buff *skb, sk_buff_head *list) {
    TRACE_FN(skb);
    --list->qlen;
    sk_buff *next = skb->next;
    sk_buff *prev = skb->prev;
    skb->next = skb->prev = nullptr;
    static_cast<sk_buff_links *>(next)->prev = prev;
    static_cast<sk_buff_links *>(prev)->next = next;
    trace_queue(SKBSCOPE_EV_DEQUEUE, list, skb);
}
// Linux 6.1: net/core/skbuff.c
void skb_unlink(sk_buff *skb, sk_buff_head *list) {
    TRACE_FN(skb);
    spin_lock(&list->lock);
    __skb_unlink(skb, list);
    spin_unlock(&list->lock);
}

sk_buff *__skb_dequeue(sk_buff_head *list) {
    TRACE_FN();
    sk_buff *skb = skb_peek(list);
    if (skb) __skb_unlink(skb, list);
    return skb;
}
sk_buff *__skb_dequeue_tail(sk_buff_head *list) {
    TRACE_FN();
    sk_buff *skb = skb_peek_tail(list);
    if (skb) __skb_unlink(skb, list);
    return skb;
}
// Linux 6.1: net/core/skbuff.c
sk_buff *skb_dequeue(sk_buff_head *list) {
    TRACE_FN();
    spin_lock(&list->lock);
    sk_buff *result = __skb_dequeue(list);
    spin_unlock(&list->lock);
    return result;
}
// Linux 6.1: net/core/skbuff.c
sk_buff *skb_dequeue_tail(sk_buff_head *list) {
    TRACE_FN();
    spin_lock(&list->lock);
    sk_buff *result = __skb_dequeue_tail(list);
    spin_unlock(&list->lock);
    return result;
}

void __skb_queue_purge(sk_buff_head *list) {
    while (sk_buff *skb = __skb_dequeue(list))
        kfree_skb(skb);
}
// Linux 6.1: net/core/skbuff.c
void skb_queue_purge(sk_buff_head *list) {
    TRACE_FN();
    while (sk_buff *skb = skb_dequeue(list))
        kfree_skb(skb);
}

// Whole queues change place; the packets' own records do not show it.
void skb_queue_splice_tail_init(sk_buff_head *list, sk_buff_head *head) {
    if (skb_queue_empty(list)) return;
    splice(list, head->prev, ring(head));
    head->qlen += list->qlen;
    __skb_queue_head_init(list);
}
void skb_queue_splice_init(sk_buff_head *list, sk_buff_head *head) {
    if (skb_queue_empty(list)) return;
    splice(list, ring(head), head->next);
    head->qlen += list->qlen;
    __skb_queue_head_init(list);
}

} // namespace skbscope::stack
