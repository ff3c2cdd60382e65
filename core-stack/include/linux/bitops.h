// SPDX-License-Identifier: GPL-2.0-or-later
// Bits of a word. One thing runs at a time, so none needs to be atomic. Linux 6.1: include/linux/bitops.h
#pragma once

namespace skbscope::stack {

[[nodiscard]] inline bool test_bit(unsigned bit, const unsigned long *word) {
    return (*word >> bit) & 1;
}
inline void set_bit(unsigned bit, unsigned long *word) {
    *word |= 1UL << bit;
}
inline void clear_bit(unsigned bit, unsigned long *word) {
    *word &= ~(1UL << bit);
}
inline bool test_and_set_bit(unsigned bit, unsigned long *word) {
    const bool was = test_bit(bit, word);
    set_bit(bit, word);
    return was;
}
inline bool test_and_clear_bit(unsigned bit, unsigned long *word) {
    const bool was = test_bit(bit, word);
    clear_bit(bit, word);
    return was;
}

} // namespace skbscope::stack
