// SPDX-License-Identifier: GPL-2.0-or-later
// Locks. With one OS thread they never spin; taking one that is held is a deadlock of the real kernel, and stops the
// model. What matters for a trace: the _bh forms disable and enable softirqs, and enabling may run them.
// Linux 6.1: include/linux/spinlock.h
#pragma once

#include "linux/bug.h"
#include "linux/interrupt.h"

namespace skbscope::stack {

struct spinlock_t {
    bool held = false;
};
using raw_spinlock_t = spinlock_t;
struct rwlock_t {
    int readers = 0;
    bool writer = false;
};
// A reader of a seqlock or seqcount never has to try again here; the names stay.
struct seqlock_t {
    unsigned sequence = 0;
    spinlock_t lock;
};

inline void spin_lock_init(spinlock_t *l) {
    l->held = false;
}
inline void spin_lock(spinlock_t *l) {
    BUG_ON(l->held);
    l->held = true;
}
inline bool spin_trylock(spinlock_t *l) {
    return l->held ? false : (l->held = true);
}
inline void spin_unlock(spinlock_t *l) {
    BUG_ON(!l->held);
    l->held = false;
}
inline bool spin_is_locked(const spinlock_t *l) {
    return l->held;
}
inline void spin_lock_bh(spinlock_t *l) {
    local_bh_disable();
    spin_lock(l);
}
inline void spin_unlock_bh(spinlock_t *l) {
    spin_unlock(l);
    local_bh_enable();
}
inline void spin_lock_irqsave(spinlock_t *l, unsigned long &flags) {
    local_irq_save(flags);
    spin_lock(l);
}
inline void spin_unlock_irqrestore(spinlock_t *l, unsigned long flags) {
    spin_unlock(l);
    local_irq_restore(flags);
}
inline void spin_lock_irq(spinlock_t *l) {
    spin_lock(l);
}
inline void spin_unlock_irq(spinlock_t *l) {
    spin_unlock(l);
}

inline void rwlock_init(rwlock_t *l) {
    *l = {};
}
inline void read_lock(rwlock_t *l) {
    BUG_ON(l->writer);
    ++l->readers;
}
inline void read_unlock(rwlock_t *l) {
    BUG_ON(l->readers <= 0);
    --l->readers;
}
inline void write_lock(rwlock_t *l) {
    BUG_ON(l->writer || l->readers != 0);
    l->writer = true;
}
inline void write_unlock(rwlock_t *l) {
    BUG_ON(!l->writer);
    l->writer = false;
}
inline void read_lock_bh(rwlock_t *l) {
    local_bh_disable();
    read_lock(l);
}
inline void read_unlock_bh(rwlock_t *l) {
    read_unlock(l);
    local_bh_enable();
}
inline void write_lock_bh(rwlock_t *l) {
    local_bh_disable();
    write_lock(l);
}
inline void write_unlock_bh(rwlock_t *l) {
    write_unlock(l);
    local_bh_enable();
}

inline unsigned read_seqbegin(const seqlock_t *l) {
    return l->sequence;
}
inline bool read_seqretry(const seqlock_t *l, unsigned start) {
    return l->sequence != start;
}
inline void write_seqlock(seqlock_t *l) {
    spin_lock(&l->lock);
    ++l->sequence;
}
inline void write_sequnlock(seqlock_t *l) {
    ++l->sequence;
    spin_unlock(&l->lock);
}
inline void write_seqlock_bh(seqlock_t *l) {
    local_bh_disable();
    write_seqlock(l);
}
inline void write_sequnlock_bh(seqlock_t *l) {
    write_sequnlock(l);
    local_bh_enable();
}

} // namespace skbscope::stack
