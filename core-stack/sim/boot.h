// SPDX-License-Identifier: GPL-2.0-or-later
// What the boot sequence calls in each part of the kernel (sim/boot.cpp).
#pragma once

#include "trace/recorder.h"

namespace skbscope::stack {

void boot();      // everything below, in the kernel's order
void shut_down(); // namespaces and devices go before the globals they use

void page_alloc_init(); // mm/page_alloc.cpp
void spawn_ksoftirqd(); // kernel/softirq.cpp
void init_timers();     // kernel/time/timer.cpp
void rcu_init();        // kernel/rcu/tree.cpp
void workqueue_init();  // kernel/workqueue.cpp
void random_init();     // drivers/char/random.cpp

void trace_recorder_use(trace::Recorder *recorder); // null: none
void trace_recorder_off();

} // namespace skbscope::stack
