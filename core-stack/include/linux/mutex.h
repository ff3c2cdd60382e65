// SPDX-License-Identifier: GPL-2.0-or-later
// Sleeping locks. A task that finds one held sleeps until it is free. Linux 6.1: include/linux/mutex.h
#pragma once

#include "linux/wait.h"

namespace skbscope::stack {

struct mutex {
    task_struct *owner = nullptr;
    wait_queue_head_t wait;
};
void mutex_lock(mutex *m);
void mutex_unlock(mutex *m);
[[nodiscard]] bool mutex_is_locked(const mutex *m);

} // namespace skbscope::stack
