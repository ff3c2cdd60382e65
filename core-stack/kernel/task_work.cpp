// SPDX-License-Identifier: GPL-2.0-or-later
// Work a task does on its way back to user space. Linux 6.1: kernel/task_work.c
#include "linux/sched.h"

#include <utility>

namespace skbscope::stack {

void task_work_add(task_struct *task, callback_head *work) {
    work->next = task->task_works;
    task->task_works = work;
}

// The kernel takes the list as it is: last added, first run.
void task_work_run() {
    task_struct *task = get_current();
    while (callback_head *work = std::exchange(task->task_works, nullptr))
        while (work) {
            callback_head *next = work->next;
            work->func(work);
            work = next;
        }
}

} // namespace skbscope::stack
