// SPDX-License-Identifier: GPL-2.0-or-later
// Randomness: one seeded generator a machine, so that the same scenario gives the same trace.
#pragma once

#include "linux/types.h"

#include <cstddef>

namespace skbscope::stack {

[[nodiscard]] u32 get_random_u32();
[[nodiscard]] u64 get_random_u64();
[[nodiscard]] inline u32 prandom_u32() {
    return get_random_u32();
}
// 0 <= result < ceil. Linux 6.1: include/linux/prandom.h
[[nodiscard]] inline u32 prandom_u32_max(u32 ceil) {
    return static_cast<u32>((static_cast<u64>(get_random_u32()) * ceil) >> 32);
}
[[nodiscard]] inline u32 get_random_u32_below(u32 ceil) {
    return prandom_u32_max(ceil);
}
void get_random_bytes(void *buf, std::size_t len);

} // namespace skbscope::stack
