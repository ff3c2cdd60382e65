// SPDX-License-Identifier: GPL-2.0-or-later
// Atomic counters. The model runs on one OS thread, so these are plain integers behind the kernel's names: where a
// reader meets one, the kernel has a counter that several CPUs change at once.
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct atomic_t {
    int counter = 0;
};
[[nodiscard]] inline int atomic_read(const atomic_t *v) {
    return v->counter;
}
inline void atomic_set(atomic_t *v, int i) {
    v->counter = i;
}
inline void atomic_inc(atomic_t *v) {
    ++v->counter;
}
inline void atomic_dec(atomic_t *v) {
    --v->counter;
}
inline void atomic_add(int i, atomic_t *v) {
    v->counter += i;
}
inline void atomic_sub(int i, atomic_t *v) {
    v->counter -= i;
}
inline int atomic_inc_return(atomic_t *v) {
    return ++v->counter;
}
inline int atomic_dec_return(atomic_t *v) {
    return --v->counter;
}
inline int atomic_add_return(int i, atomic_t *v) {
    return v->counter += i;
}
inline int atomic_sub_return(int i, atomic_t *v) {
    return v->counter -= i;
}
inline bool atomic_dec_and_test(atomic_t *v) {
    return --v->counter == 0;
}
inline bool atomic_sub_and_test(int i, atomic_t *v) {
    return (v->counter -= i) == 0;
}
inline bool atomic_inc_not_zero(atomic_t *v) {
    return v->counter != 0 && ++v->counter != 0;
}
inline int atomic_xchg(atomic_t *v, int i) {
    const int old = v->counter;
    v->counter = i;
    return old;
}
inline int atomic_cmpxchg(atomic_t *v, int expected, int i) {
    const int old = v->counter;
    if (old == expected) v->counter = i;
    return old;
}

struct atomic_long_t {
    long counter = 0;
};
[[nodiscard]] inline long atomic_long_read(const atomic_long_t *v) {
    return v->counter;
}
inline void atomic_long_set(atomic_long_t *v, long i) {
    v->counter = i;
}
inline long atomic_long_add_return(long i, atomic_long_t *v) {
    return v->counter += i;
}
inline void atomic_long_inc(atomic_long_t *v) {
    ++v->counter;
}

// The kernel marks accesses that race; here they mark what other CPUs may change.
template <class T> [[nodiscard]] inline T READ_ONCE(const T &x) {
    return x;
}
template <class T, class V> inline void WRITE_ONCE(T &x, V value) {
    x = static_cast<T>(value);
}

} // namespace skbscope::stack
