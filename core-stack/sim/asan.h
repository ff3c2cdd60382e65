// SPDX-License-Identifier: GPL-2.0-or-later
// What AddressSanitizer must be told: which of the model's memory is free, and when the stack changes.
#pragma once

#include <cstddef>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define SKBSCOPE_ASAN 1
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#else
#define SKBSCOPE_ASAN 0
#endif

namespace skbscope::stack {

inline void asan_poison([[maybe_unused]] void *p, [[maybe_unused]] std::size_t n) {
#if SKBSCOPE_ASAN
    __asan_poison_memory_region(p, n);
#endif
}
inline void asan_unpoison([[maybe_unused]] void *p, [[maybe_unused]] std::size_t n) {
#if SKBSCOPE_ASAN
    __asan_unpoison_memory_region(p, n);
#endif
}
// Before the switch: where the own fake stack is kept (null: this stack never runs again), and the stack to come.
inline void asan_switch_begin([[maybe_unused]] void **keep, [[maybe_unused]] const void *bottom,
                              [[maybe_unused]] std::size_t size) {
#if SKBSCOPE_ASAN
    __sanitizer_start_switch_fiber(keep, bottom, size);
#endif
}
// After it, on the new stack: its fake stack, and out: the bounds of the stack that was left.
inline void asan_switch_end([[maybe_unused]] void *kept, [[maybe_unused]] const void **bottom,
                            [[maybe_unused]] std::size_t *size) {
#if SKBSCOPE_ASAN
    __sanitizer_finish_switch_fiber(kept, bottom, size);
#endif
}

} // namespace skbscope::stack
