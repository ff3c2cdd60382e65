// SPDX-License-Identifier: GPL-2.0-or-later
// Lists of packets with a lock and a length. The __ forms want the lock held. Operations on a named queue are recorded.
// Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_struct.h"

namespace skbscope::stack {

inline void __skb_queue_head_init(sk_buff_head *list) {
    list->next = list->prev = static_cast<sk_buff *>(static_cast<sk_buff_links *>(list));
    list->qlen = 0;
}
inline void skb_queue_head_init(sk_buff_head *list) {
    spin_lock_init(&list->lock);
    __skb_queue_head_init(list);
}
inline sk_buff_head::sk_buff_head(const char *queue_name) : name(queue_name) {
    __skb_queue_head_init(this);
}
[[nodiscard]] inline bool skb_queue_empty(const sk_buff_head *list) {
    return static_cast<const sk_buff_links *>(list->next) == list;
}
[[nodiscard]] inline bool skb_queue_empty_lockless(const sk_buff_head *list) {
    return skb_queue_empty(list);
}
[[nodiscard]] inline u32 skb_queue_len(const sk_buff_head *list) {
    return list->qlen;
}
[[nodiscard]] inline u32 skb_queue_len_lockless(const sk_buff_head *list) {
    return list->qlen;
}
[[nodiscard]] inline bool skb_queue_is_last(const sk_buff_head *list, const sk_buff *skb) {
    return static_cast<const sk_buff_links *>(skb->next) == list;
}
[[nodiscard]] inline sk_buff *skb_peek(const sk_buff_head *list) {
    return skb_queue_empty(list) ? nullptr : list->next;
}
[[nodiscard]] inline sk_buff *skb_peek_tail(const sk_buff_head *list) {
    return skb_queue_empty(list) ? nullptr : list->prev;
}
[[nodiscard]] inline sk_buff *skb_peek_next(sk_buff *skb, const sk_buff_head *list) {
    return skb_queue_is_last(list, skb) ? nullptr : skb->next;
}
void __skb_queue_after(sk_buff_head *list, sk_buff *prev, sk_buff *newsk);
void __skb_queue_before(sk_buff_head *list, sk_buff *next, sk_buff *newsk);
void __skb_queue_head(sk_buff_head *list, sk_buff *newsk);
void __skb_queue_tail(sk_buff_head *list, sk_buff *newsk);
void skb_queue_head(sk_buff_head *list, sk_buff *newsk);
void skb_queue_tail(sk_buff_head *list, sk_buff *newsk);
void __skb_unlink(sk_buff *skb, sk_buff_head *list);
void skb_unlink(sk_buff *skb, sk_buff_head *list);
[[nodiscard]] sk_buff *__skb_dequeue(sk_buff_head *list);
[[nodiscard]] sk_buff *skb_dequeue(sk_buff_head *list);
[[nodiscard]] sk_buff *__skb_dequeue_tail(sk_buff_head *list);
[[nodiscard]] sk_buff *skb_dequeue_tail(sk_buff_head *list);
void __skb_queue_purge(sk_buff_head *list);
void skb_queue_purge(sk_buff_head *list);
void skb_queue_splice_tail_init(sk_buff_head *list, sk_buff_head *head);
void skb_queue_splice_init(sk_buff_head *list, sk_buff_head *head);

} // namespace skbscope::stack
