// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: kernel/locking/mutex.c
#include "linux/mutex.h"

#include "linux/bug.h"

namespace skbscope::stack {

void mutex_lock(mutex *m) {
    while (m->owner) {
        if (m->owner == get_current()) panic("mutex_lock(): taken twice by the same task");
        wait_queue_entry wait;
        prepare_to_wait_exclusive(&m->wait, &wait, TASK_UNINTERRUPTIBLE);
        schedule();
        finish_wait(&m->wait, &wait);
    }
    m->owner = get_current();
}

void mutex_unlock(mutex *m) {
    BUG_ON(!m->owner);
    m->owner = nullptr;
    wake_up(&m->wait);
}

bool mutex_is_locked(const mutex *m) {
    return m->owner != nullptr;
}

} // namespace skbscope::stack
