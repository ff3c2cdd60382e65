// SPDX-License-Identifier: GPL-2.0-or-later
// Intrusive lists: the links live in the objects, so that putting one on a list never allocates.
//
//     list_head all;                                       // empty on construction
//     list_add_tail(&dev->dev_list, &all);
//     for (net_device *d : list_entries(&all, &net_device::dev_list)) ...   // d may be removed in the body
//
// hlist: one pointer in the head, for hash tables. Linux 6.1: include/linux/list.h
#pragma once

#include "linux/kernel.h"

namespace skbscope::stack {

struct list_head {
    list_head *next = this;
    list_head *prev = this;
    list_head() = default;
    list_head(const list_head &) = delete;
    list_head &operator=(const list_head &) = delete;
};

inline void INIT_LIST_HEAD(list_head *h) {
    h->next = h->prev = h;
}
[[nodiscard]] inline bool list_empty(const list_head *h) {
    return h->next == h;
}
inline void __list_add(list_head *entry, list_head *prev, list_head *next) {
    next->prev = entry;
    entry->next = next;
    entry->prev = prev;
    prev->next = entry;
}
inline void list_add(list_head *entry, list_head *head) {
    __list_add(entry, head, head->next);
}
inline void list_add_tail(list_head *entry, list_head *head) {
    __list_add(entry, head->prev, head);
}
inline void list_del(list_head *entry) {
    entry->next->prev = entry->prev;
    entry->prev->next = entry->next;
    entry->next = entry->prev = nullptr;
}
inline void list_del_init(list_head *entry) {
    list_del(entry);
    INIT_LIST_HEAD(entry);
}
inline void list_move_tail(list_head *entry, list_head *head) {
    list_del(entry);
    list_add_tail(entry, head);
}
[[nodiscard]] inline bool list_is_singular(const list_head *h) {
    return !list_empty(h) && h->next == h->prev;
}
inline void list_splice_tail_init(list_head *list, list_head *head) {
    if (list_empty(list)) return;
    list->next->prev = head->prev;
    head->prev->next = list->next;
    list->prev->next = head;
    head->prev = list->prev;
    INIT_LIST_HEAD(list);
}
inline void list_splice_init(list_head *list, list_head *head) {
    if (list_empty(list)) return;
    list->prev->next = head->next;
    head->next->prev = list->prev;
    list->next->prev = head;
    head->next = list->next;
    INIT_LIST_HEAD(list);
}
// RCU readers walk the same links; on one OS thread a plain store publishes.
inline void list_add_rcu(list_head *entry, list_head *head) {
    list_add(entry, head);
}
inline void list_add_tail_rcu(list_head *entry, list_head *head) {
    list_add_tail(entry, head);
}
// Leaves entry->next in place: a reader that stands on it can go on.
inline void list_del_rcu(list_head *entry) {
    entry->next->prev = entry->prev;
    entry->prev->next = entry->next;
    entry->prev = nullptr;
}

template <class T> class list_range {
public:
    list_range(list_head *head, list_head T::*member) : head_(head), member_(member) {}
    class iterator {
    public:
        iterator(list_head *at, list_head T::*member) : at_(at), next_(at->next), member_(member) {}
        T *operator*() const { return container_of(at_, member_); }
        iterator &operator++() {
            at_ = next_;
            next_ = at_->next;
            return *this;
        }
        bool operator!=(const iterator &o) const { return at_ != o.at_; }

    private:
        list_head *at_, *next_;
        list_head T::*member_;
    };
    [[nodiscard]] iterator begin() const { return {head_->next, member_}; }
    [[nodiscard]] iterator end() const { return {head_, member_}; }

private:
    list_head *head_;
    list_head T::*member_;
};
// list_for_each_entry_safe: the current entry may go away, its successor must stay.
template <class T> [[nodiscard]] list_range<T> list_entries(list_head *head, list_head T::*member) {
    return {head, member};
}
template <class T> [[nodiscard]] T *list_first_entry_or_null(list_head *head, list_head T::*member) {
    return list_empty(head) ? nullptr : container_of(head->next, member);
}
template <class T> [[nodiscard]] T *list_entry(list_head *ptr, list_head T::*member) {
    return container_of(ptr, member);
}

struct hlist_node {
    hlist_node *next = nullptr;
    hlist_node **pprev = nullptr;
};
struct hlist_head {
    hlist_node *first = nullptr;
};
inline void INIT_HLIST_HEAD(hlist_head *h) {
    h->first = nullptr;
}
inline void INIT_HLIST_NODE(hlist_node *n) {
    n->next = nullptr;
    n->pprev = nullptr;
}
[[nodiscard]] inline bool hlist_unhashed(const hlist_node *n) {
    return n->pprev == nullptr;
}
[[nodiscard]] inline bool hlist_empty(const hlist_head *h) {
    return h->first == nullptr;
}
inline void hlist_del(hlist_node *n) {
    *n->pprev = n->next;
    if (n->next) n->next->pprev = n->pprev;
    n->pprev = nullptr; // next stays: RCU readers
}
inline void hlist_del_init(hlist_node *n) {
    if (hlist_unhashed(n)) return;
    hlist_del(n);
    INIT_HLIST_NODE(n);
}
inline void hlist_del_rcu(hlist_node *n) {
    hlist_del(n);
}
inline void hlist_del_init_rcu(hlist_node *n) {
    if (!hlist_unhashed(n)) hlist_del(n);
}
inline void hlist_add_head(hlist_node *n, hlist_head *h) {
    n->next = h->first;
    if (n->next) n->next->pprev = &n->next;
    h->first = n;
    n->pprev = &h->first;
}
inline void hlist_add_before(hlist_node *n, hlist_node *next) {
    n->pprev = next->pprev;
    n->next = next;
    next->pprev = &n->next;
    *n->pprev = n;
}
inline void hlist_add_behind(hlist_node *n, hlist_node *prev) {
    n->next = prev->next;
    prev->next = n;
    n->pprev = &prev->next;
    if (n->next) n->next->pprev = &n->next;
}
inline void hlist_add_head_rcu(hlist_node *n, hlist_head *h) {
    hlist_add_head(n, h);
}
inline void hlist_add_tail_rcu(hlist_node *n, hlist_head *h) {
    hlist_node *last = h->first;
    if (!last) return hlist_add_head(n, h);
    while (last->next)
        last = last->next;
    hlist_add_behind(n, last);
}

template <class T> class hlist_range {
public:
    hlist_range(hlist_node *first, hlist_node T::*member) : first_(first), member_(member) {}
    class iterator {
    public:
        iterator(hlist_node *at, hlist_node T::*member) : at_(at), next_(at ? at->next : nullptr), member_(member) {}
        T *operator*() const { return container_of(at_, member_); }
        iterator &operator++() {
            at_ = next_;
            next_ = at_ ? at_->next : nullptr;
            return *this;
        }
        bool operator!=(const iterator &o) const { return at_ != o.at_; }

    private:
        hlist_node *at_, *next_;
        hlist_node T::*member_;
    };
    [[nodiscard]] iterator begin() const { return {first_, member_}; }
    [[nodiscard]] iterator end() const { return {nullptr, member_}; }

private:
    hlist_node *first_;
    hlist_node T::*member_;
};
template <class T> [[nodiscard]] hlist_range<T> hlist_entries(const hlist_head *head, hlist_node T::*member) {
    return {head->first, member};
}

} // namespace skbscope::stack
