// SPDX-License-Identifier: GPL-2.0-or-later
// How the tasks of one CPU share it while work takes time (sim/work_clock.h): who has had least runs, a woken task may
// take the CPU at once if it is far enough behind, and at the tick one that had its share gives way. All tasks have
// the same weight. Linux 6.1: kernel/sched/fair.c
#pragma once

#include "linux/types.h"

#include <unordered_map>

namespace skbscope::stack {

struct cpu_state;
struct task_struct;

class fair_queue {
public:
    explicit fair_queue(unsigned cpus); // of the machine: slices grow with it
    bool need_resched = false;          // the running task shall give way as soon as it may

    void woken(const cpu_state &cpu, task_struct *task, u64 now);
    [[nodiscard]] task_struct *pick(cpu_state &cpu) const; // of the run queue, which is not empty
    void start(task_struct *task, u64 now);
    void stop(task_struct *task, u64 now);
    void tick(const cpu_state &cpu, u64 now);

private:
    void update(u64 now);
    u64 latency_, granularity_, wakeup_granularity_; // ns
    std::unordered_map<const task_struct *, u64> vruntime_;
    u64 min_vruntime_ = 0;
    const task_struct *curr_ = nullptr;
    u64 started_ = 0; // when curr_ got the CPU
    u64 updated_ = 0; // until when its vruntime counts
};

} // namespace skbscope::stack
