// SPDX-License-Identifier: GPL-2.0-or-later
// preempt_count: one number a CPU says where it runs. Bits 0-7 count preempt_disable, bits 8-15 softirqs (an even part
// for local_bh_disable, 1 while a softirq is served), bits 16-19 hardirqs. Linux 6.1: include/linux/preempt.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

inline constexpr unsigned PREEMPT_OFFSET = 1;
inline constexpr unsigned SOFTIRQ_OFFSET = 1 << 8;
inline constexpr unsigned SOFTIRQ_DISABLE_OFFSET = 2 * SOFTIRQ_OFFSET;
inline constexpr unsigned SOFTIRQ_LOCK_OFFSET = SOFTIRQ_DISABLE_OFFSET;
inline constexpr unsigned HARDIRQ_OFFSET = 1 << 16;
inline constexpr unsigned PREEMPT_MASK = 0xff, SOFTIRQ_MASK = 0xff00, HARDIRQ_MASK = 0xf0000;

// Of the CPU that runs now.
[[nodiscard]] unsigned preempt_count();
void preempt_count_add(unsigned value);
void preempt_count_sub(unsigned value);

inline unsigned hardirq_count() {
    return preempt_count() & HARDIRQ_MASK;
}
inline unsigned softirq_count() {
    return preempt_count() & SOFTIRQ_MASK;
}
inline bool in_hardirq() {
    return hardirq_count() != 0;
}
inline bool in_softirq() {
    return softirq_count() != 0;
} // served or disabled
inline bool in_serving_softirq() {
    return (softirq_count() & SOFTIRQ_OFFSET) != 0;
}
inline bool in_interrupt() {
    return (preempt_count() & (HARDIRQ_MASK | SOFTIRQ_MASK)) != 0;
}
inline bool in_task() {
    return !in_hardirq() && !in_serving_softirq();
}
inline void preempt_disable() {
    preempt_count_add(PREEMPT_OFFSET);
}
inline void preempt_enable() {
    preempt_count_sub(PREEMPT_OFFSET);
}

} // namespace skbscope::stack
