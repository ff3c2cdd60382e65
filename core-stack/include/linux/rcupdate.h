// SPDX-License-Identifier: GPL-2.0-or-later
// Read-copy-update: readers hold nothing; who frees waits until every reader that could still see the object is done.
// The model ends a grace period as the kernel does, some ticks later, and runs the callbacks in RCU_SOFTIRQ.
// Linux 6.1: include/linux/rcupdate.h
#pragma once

#include "linux/interrupt.h"
#include "linux/types.h"

namespace skbscope::stack {

struct rcu_head {
    rcu_head *next = nullptr;
    void (*func)(rcu_head *head) = nullptr;
};

void rcu_read_lock();
void rcu_read_unlock();
[[nodiscard]] bool rcu_read_lock_held();
inline void rcu_read_lock_bh() {
    local_bh_disable();
    rcu_read_lock();
}
inline void rcu_read_unlock_bh() {
    rcu_read_unlock();
    local_bh_enable();
}
void call_rcu(rcu_head *head, void (*func)(rcu_head *head));
// Sleeps until a grace period has passed. Process context only; before the machine runs tasks it returns at once.
void synchronize_rcu();
// Runs every callback that waits, without waiting for virtual time: set-up and switching off, outside any process.
void rcu_barrier();
// The same in a hurry: does not wait for ticks.
void synchronize_rcu_expedited();
void synchronize_net(); // net/core/dev.c

template <class T> [[nodiscard]] inline T *rcu_dereference(T *p) {
    return p;
}
template <class T> [[nodiscard]] inline T *rcu_dereference_protected(T *p, bool) {
    return p;
}
template <class T> [[nodiscard]] inline T *rcu_access_pointer(T *p) {
    return p;
}
template <class T, class V> inline void rcu_assign_pointer(T *&p, V value) {
    p = value;
}

} // namespace skbscope::stack
