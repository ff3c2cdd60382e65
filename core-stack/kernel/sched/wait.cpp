// SPDX-License-Identifier: GPL-2.0-or-later
// Sleeping until something happens. Linux 6.1: kernel/sched/wait.c
#include "linux/wait.h"

namespace skbscope::stack {

void add_wait_queue(wait_queue_head_t *wq, wait_queue_entry *entry) {
    entry->flags &= ~WQ_FLAG_EXCLUSIVE;
    list_add(&entry->entry, &wq->head);
}

void add_wait_queue_exclusive(wait_queue_head_t *wq, wait_queue_entry *entry) {
    entry->flags |= WQ_FLAG_EXCLUSIVE;
    list_add_tail(&entry->entry, &wq->head);
}

void remove_wait_queue(wait_queue_head_t *, wait_queue_entry *entry) {
    list_del_init(&entry->entry);
}

void prepare_to_wait(wait_queue_head_t *wq, wait_queue_entry *entry, unsigned state) {
    entry->flags &= ~WQ_FLAG_EXCLUSIVE;
    if (list_empty(&entry->entry)) list_add(&entry->entry, &wq->head);
    set_current_state(state);
}

bool prepare_to_wait_exclusive(wait_queue_head_t *wq, wait_queue_entry *entry, unsigned state) {
    bool was_empty = false;
    entry->flags |= WQ_FLAG_EXCLUSIVE;
    if (list_empty(&entry->entry)) {
        was_empty = list_empty(&wq->head);
        list_add_tail(&entry->entry, &wq->head);
    }
    set_current_state(state);
    return was_empty;
}

void finish_wait(wait_queue_head_t *, wait_queue_entry *entry) {
    set_current_state(TASK_RUNNING);
    if (!list_empty(&entry->entry)) list_del_init(&entry->entry);
}

int default_wake_function(wait_queue_entry *wq_entry, unsigned mode, int, void *) {
    return try_to_wake_up(static_cast<task_struct *>(wq_entry->private_), mode) ? 1 : 0;
}

int autoremove_wake_function(wait_queue_entry *wq_entry, unsigned mode, int sync, void *key) {
    const int ret = default_wake_function(wq_entry, mode, sync, key);
    if (ret) list_del_init(&wq_entry->entry);
    return ret;
}

int __wake_up(wait_queue_head_t *wq, unsigned mode, int nr_exclusive, void *key) {
    for (wait_queue_entry *curr : list_entries(&wq->head, &wait_queue_entry::entry)) {
        const unsigned flags = curr->flags; // the entry may be gone after func()
        const int ret = curr->func(curr, mode, 0, key);
        if (ret < 0) break;
        if (ret && (flags & WQ_FLAG_EXCLUSIVE) && !--nr_exclusive) break;
    }
    return nr_exclusive;
}

void __wake_up_sync_key(wait_queue_head_t *wq, unsigned mode, void *key) {
    if (wq) __wake_up(wq, mode, 1, key);
}

} // namespace skbscope::stack
