// SPDX-License-Identifier: GPL-2.0-or-later
// Bob Jenkins's hash (lookup3, public domain) of a few words: what spreads sockets over the kernel's hash tables.
// Linux 6.1: include/linux/jhash.h
#pragma once

#include "linux/types.h"

#include <bit>

namespace skbscope::stack {

inline constexpr u32 JHASH_INITVAL = 0xdeadbeef;

constexpr u32 jhash_final(u32 a, u32 b, u32 c) {
    constexpr int rotations[] = {14, 11, 25, 16, 4, 14, 24};
    u32 *const turn[] = {&c, &a, &b, &c, &a, &b, &c};
    u32 *const from[] = {&b, &c, &a, &b, &c, &a, &b};
    for (int i = 0; i < 7; ++i) {
        *turn[i] ^= *from[i];
        *turn[i] -= std::rotl(*from[i], rotations[i]);
    }
    return c;
}
constexpr u32 jhash_nwords(u32 a, u32 b, u32 c, u32 initval) {
    return jhash_final(a + initval, b + initval, c + initval);
}
constexpr u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval) {
    return jhash_nwords(a, b, c, initval + JHASH_INITVAL + (3 << 2));
}
constexpr u32 jhash_2words(u32 a, u32 b, u32 initval) {
    return jhash_nwords(a, b, 0, initval + JHASH_INITVAL + (2 << 2));
}
constexpr u32 jhash_1word(u32 a, u32 initval) {
    return jhash_nwords(a, 0, 0, initval + JHASH_INITVAL + (1 << 2));
}

} // namespace skbscope::stack
