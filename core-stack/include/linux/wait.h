// SPDX-License-Identifier: GPL-2.0-or-later
// Wait queues: where tasks sleep until something happens, and how they are woken. Linux 6.1: include/linux/wait.h
//
//     wait_queue_entry wait;                       // for get_current()
//     prepare_to_wait_exclusive(&sk_wq->wait, &wait, TASK_INTERRUPTIBLE);
//     if (queue is empty) timeo = schedule_timeout(timeo);
//     finish_wait(&sk_wq->wait, &wait);
#pragma once

#include "linux/list.h"
#include "linux/sched.h"
#include "linux/spinlock.h"
#include "linux/types.h"

namespace skbscope::stack {

struct wait_queue_entry;
// Returns > 0 when it woke someone (an exclusive entry then counts), 0 when not, < 0 to stop.
using wait_queue_func_t = int (*)(wait_queue_entry *wq_entry, unsigned mode, int flags, void *key);
int default_wake_function(wait_queue_entry *wq_entry, unsigned mode, int flags, void *key);
int autoremove_wake_function(wait_queue_entry *wq_entry, unsigned mode, int sync, void *key);

inline constexpr unsigned WQ_FLAG_EXCLUSIVE = 0x01;

struct wait_queue_entry {
    unsigned flags = 0;
    void *private_ = nullptr; // the task
    wait_queue_func_t func = autoremove_wake_function;
    list_head entry;
    wait_queue_entry() : private_(get_current()) {}
    explicit wait_queue_entry(wait_queue_func_t f) : private_(get_current()), func(f) {}
};
struct wait_queue_head_t {
    spinlock_t lock;
    list_head head;
};

inline void init_waitqueue_head(wait_queue_head_t *wq) {
    INIT_LIST_HEAD(&wq->head);
}
[[nodiscard]] inline bool waitqueue_active(const wait_queue_head_t *wq) {
    return !list_empty(&wq->head);
}
void add_wait_queue(wait_queue_head_t *wq, wait_queue_entry *entry);
void add_wait_queue_exclusive(wait_queue_head_t *wq, wait_queue_entry *entry);
void remove_wait_queue(wait_queue_head_t *wq, wait_queue_entry *entry);
void prepare_to_wait(wait_queue_head_t *wq, wait_queue_entry *entry, unsigned state);
bool prepare_to_wait_exclusive(wait_queue_head_t *wq, wait_queue_entry *entry, unsigned state);
void finish_wait(wait_queue_head_t *wq, wait_queue_entry *entry);

// nr_exclusive: how many exclusive waiters to wake, 0 = all. `key` is what func() gets (poll events as a pointer).
int __wake_up(wait_queue_head_t *wq, unsigned mode, int nr_exclusive, void *key);
void __wake_up_sync_key(wait_queue_head_t *wq, unsigned mode, void *key);
inline void wake_up(wait_queue_head_t *wq) {
    __wake_up(wq, TASK_NORMAL, 1, nullptr);
}
inline void wake_up_all(wait_queue_head_t *wq) {
    __wake_up(wq, TASK_NORMAL, 0, nullptr);
}
inline void wake_up_interruptible(wait_queue_head_t *wq) {
    __wake_up(wq, TASK_INTERRUPTIBLE, 1, nullptr);
}
inline void wake_up_interruptible_all(wait_queue_head_t *wq) {
    __wake_up(wq, TASK_INTERRUPTIBLE, 0, nullptr);
}

// Poll events travel as the key of a wake-up.
using __poll_t = u32;
inline constexpr __poll_t EPOLLIN = 0x001, EPOLLPRI = 0x002, EPOLLOUT = 0x004, EPOLLERR = 0x008, EPOLLHUP = 0x010,
                          EPOLLRDNORM = 0x040, EPOLLRDBAND = 0x080, EPOLLWRNORM = 0x100, EPOLLWRBAND = 0x200,
                          EPOLLRDHUP = 0x2000;
inline void *poll_to_key(__poll_t m) {
    return reinterpret_cast<void *>(static_cast<std::uintptr_t>(m));
}
inline __poll_t key_to_poll(void *key) {
    return static_cast<__poll_t>(reinterpret_cast<std::uintptr_t>(key));
}
inline void wake_up_interruptible_sync_poll(wait_queue_head_t *wq, __poll_t m) {
    __wake_up_sync_key(wq, TASK_INTERRUPTIBLE, poll_to_key(m));
}
inline void wake_up_interruptible_poll(wait_queue_head_t *wq, __poll_t m) {
    __wake_up(wq, TASK_INTERRUPTIBLE, 1, poll_to_key(m));
}

} // namespace skbscope::stack
