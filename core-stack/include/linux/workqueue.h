// SPDX-License-Identifier: GPL-2.0-or-later
// Work put off to a kernel thread (kworker), now or after some jiffies. Linux 6.1: include/linux/workqueue.h
#pragma once

#include "linux/list.h"
#include "linux/timer.h"

namespace skbscope::stack {

struct work_struct {
    void (*func)(work_struct *) = nullptr;
    list_head entry;
    bool pending = false;
};
struct delayed_work {
    work_struct work;
    timer_list timer;
};

void INIT_WORK(work_struct *work, void (*func)(work_struct *));
void INIT_DELAYED_WORK(delayed_work *work, void (*func)(work_struct *));
void INIT_DEFERRABLE_WORK(delayed_work *work, void (*func)(work_struct *));
bool schedule_work(work_struct *work); // false: it was pending already
bool schedule_delayed_work(delayed_work *work, unsigned long delay);
bool mod_delayed_work(delayed_work *work, unsigned long delay);
bool cancel_work_sync(work_struct *work);
bool cancel_delayed_work_sync(delayed_work *work);
[[nodiscard]] inline delayed_work *to_delayed_work(work_struct *work) {
    return container_of(work, &delayed_work::work);
}

} // namespace skbscope::stack
