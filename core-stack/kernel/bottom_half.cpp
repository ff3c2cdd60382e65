// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 2.2: kernel/softirq.c, include/asm-i386/softirq.h
#include "linux/bottom_half.h"

#include "linux/interrupt.h"
#include "linux/trace_fn.h"
#include "sim/machine_state.h"

#include <array>
#include <bit>
#include <utility>

namespace skbscope::stack {

namespace {

struct bottom_halves {
    u32 active = 0;
    bool locked = false; // global_bh_lock
    std::array<void (*)(), 32> base{};
};
machine_global<bottom_halves> bh;

// Linux 2.2: kernel/softirq.c
void run_bottom_halves() {
    TRACE_FN();
    u32 active = std::exchange(bh->active, 0); // what is marked from here on waits for the next interrupt
    while (active != 0) {
        const auto nr = static_cast<unsigned>(std::countr_zero(active));
        active &= active - 1;
        bh->base[nr]();
    }
}

} // namespace

void init_bh(int nr, void (*routine)()) {
    bh->base[static_cast<unsigned>(nr)] = routine;
}

void mark_bh(int nr) {
    bh->active |= 1U << nr;
}

bool bh_active() {
    return bh->active != 0;
}

// Linux 2.2: kernel/softirq.c
void do_bottom_half() {
    TRACE_FN();
    if (in_interrupt() || std::exchange(bh->locked, true)) return; // the other one may still find it, or a later one
    preempt_count_add(SOFTIRQ_OFFSET);
    run_bottom_halves();
    preempt_count_sub(SOFTIRQ_OFFSET);
    bh->locked = false;
}

} // namespace skbscope::stack
