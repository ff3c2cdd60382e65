// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/fair.h"

#include "linux/sched.h"
#include "sim/cpu.h"

#include <algorithm>
#include <bit>

namespace skbscope::stack {

namespace {

constexpr u64 sched_latency = 6'000'000, sched_min_granularity = 750'000, sched_wakeup_granularity = 1'000'000;

// Linux 6.1: kernel/sched/fair.c (SCHED_TUNABLESCALING_LOG)
unsigned scale(unsigned cpus) {
    return 1 + static_cast<unsigned>(std::bit_width(std::min(cpus, 8U)) - 1);
}

unsigned runnable(const cpu_state &cpu) {
    unsigned n = 1; // curr
    for (const list_head *l = cpu.run_queue.next; l != &cpu.run_queue; l = l->next)
        ++n;
    return n;
}

} // namespace

fair_queue::fair_queue(unsigned cpus)
    : latency_(sched_latency * scale(cpus)), granularity_(sched_min_granularity * scale(cpus)),
      wakeup_granularity_(sched_wakeup_granularity * scale(cpus)) {}

// Interrupts and softirqs on top of a task count as its time: no CONFIG_IRQ_TIME_ACCOUNTING, as in Debian's kernel.
void fair_queue::update(u64 now) {
    if (!curr_) return;
    u64 &v = vruntime_[curr_];
    v += now - updated_;
    updated_ = now;
    min_vruntime_ = std::max(min_vruntime_, v);
}

// A sleeper is given half a period's credit, no more.
void fair_queue::woken(const cpu_state &cpu, task_struct *task, u64 now) {
    update(std::max(now, updated_));
    u64 &v = vruntime_[task];
    const u64 credit = latency_ / 2;
    v = std::max(v, min_vruntime_ > credit ? min_vruntime_ - credit : 0);
    if (curr_ && cpu.curr == curr_ && vruntime_[curr_] > v + wakeup_granularity_) need_resched = true;
}

task_struct *fair_queue::pick(cpu_state &cpu) const {
    task_struct *best = nullptr;
    u64 least = 0;
    for (task_struct *t : list_entries(&cpu.run_queue, &task_struct::run_list)) {
        const auto it = vruntime_.find(t);
        const u64 v = it == vruntime_.end() ? min_vruntime_ : it->second;
        if (best && v >= least) continue;
        best = t;
        least = v;
    }
    return best;
}

void fair_queue::start(task_struct *task, u64 now) {
    vruntime_.try_emplace(task, min_vruntime_);
    curr_ = task;
    started_ = updated_ = now;
    need_resched = false;
}

void fair_queue::stop(task_struct *, u64 now) {
    update(now);
    curr_ = nullptr;
    need_resched = false;
}

void fair_queue::tick(const cpu_state &cpu, u64 now) {
    if (!curr_ || list_empty(&cpu.run_queue)) return;
    update(now);
    const u64 ideal = std::max(latency_ / runnable(cpu), granularity_);
    const u64 ran = now - started_;
    if (ran > ideal) {
        need_resched = true;
        return;
    }
    if (ran < granularity_) return;
    for (task_struct *t : list_entries(const_cast<list_head *>(&cpu.run_queue), &task_struct::run_list))
        if (vruntime_[curr_] > vruntime_[t] + ideal) need_resched = true;
}

} // namespace skbscope::stack
