// SPDX-License-Identifier: GPL-2.0-or-later
// The tick: HZ = 250, as Debian's kernel. jiffies follows the machine's virtual clock.
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

inline constexpr unsigned long HZ = 250;
inline constexpr u64 NSEC_PER_SEC = 1'000'000'000;
inline constexpr u64 NSEC_PER_MSEC = 1'000'000;
inline constexpr u64 NSEC_PER_USEC = 1'000;
inline constexpr u64 TICK_NSEC = NSEC_PER_SEC / HZ;
inline constexpr long MAX_SCHEDULE_TIMEOUT = __LONG_MAX__;
inline constexpr unsigned long MAX_JIFFY_OFFSET = (__LONG_MAX__ >> 1) - 1;

using ktime_t = s64; // ns

// What the kernel's global variable `jiffies` holds now.
[[nodiscard]] unsigned long jiffies_now();
[[nodiscard]] ktime_t ktime_get();      // since boot
[[nodiscard]] ktime_t ktime_get_real(); // wall clock: boot is at a fixed instant, so that runs repeat

[[nodiscard]] constexpr bool time_after(unsigned long a, unsigned long b) {
    return static_cast<long>(b - a) < 0;
}
[[nodiscard]] constexpr bool time_before(unsigned long a, unsigned long b) {
    return time_after(b, a);
}
[[nodiscard]] constexpr bool time_after_eq(unsigned long a, unsigned long b) {
    return static_cast<long>(a - b) >= 0;
}
[[nodiscard]] constexpr bool time_before_eq(unsigned long a, unsigned long b) {
    return time_after_eq(b, a);
}
[[nodiscard]] constexpr bool time_in_range(unsigned long a, unsigned long b, unsigned long c) {
    return time_after_eq(a, b) && time_before_eq(a, c);
}
[[nodiscard]] constexpr unsigned long msecs_to_jiffies(unsigned ms) {
    return (ms + (1000 / HZ) - 1) / (1000 / HZ);
}
[[nodiscard]] constexpr unsigned jiffies_to_msecs(unsigned long j) {
    return static_cast<unsigned>(j * (1000 / HZ));
}
[[nodiscard]] constexpr unsigned long jiffies_to_clock_t(unsigned long j) {
    return j * 100 / HZ;
} // USER_HZ = 100
[[nodiscard]] constexpr unsigned long jiffies_delta_to_clock_t(long d) {
    return jiffies_to_clock_t(static_cast<unsigned long>(d > 0 ? d : 0));
}
[[nodiscard]] constexpr unsigned long nsecs_to_jiffies(u64 ns) {
    return static_cast<unsigned long>(ns / TICK_NSEC);
}

} // namespace skbscope::stack
