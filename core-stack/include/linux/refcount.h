// SPDX-License-Identifier: GPL-2.0-or-later
// Reference counts: like an atomic, but going below 0 or up from 0 is a bug that is caught.
#pragma once

#include "linux/atomic.h"
#include "linux/bug.h"

namespace skbscope::stack {

struct refcount_t {
    int refs = 0;
};
[[nodiscard]] inline unsigned refcount_read(const refcount_t *r) {
    return static_cast<unsigned>(r->refs);
}
inline void refcount_set(refcount_t *r, int n) {
    r->refs = n;
}
inline void refcount_inc(refcount_t *r) {
    BUG_ON(r->refs <= 0);
    ++r->refs;
}
inline void refcount_add(int i, refcount_t *r) {
    BUG_ON(r->refs <= 0);
    r->refs += i;
}
inline bool refcount_inc_not_zero(refcount_t *r) {
    return r->refs > 0 && ++r->refs > 0;
}
inline bool refcount_sub_and_test(int i, refcount_t *r) {
    BUG_ON(r->refs < i);
    r->refs -= i;
    return r->refs == 0;
}
inline bool refcount_dec_and_test(refcount_t *r) {
    return refcount_sub_and_test(1, r);
}
inline void refcount_dec(refcount_t *r) {
    BUG_ON(refcount_sub_and_test(1, r));
}

} // namespace skbscope::stack
