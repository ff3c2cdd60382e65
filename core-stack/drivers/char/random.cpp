// SPDX-License-Identifier: GPL-2.0-or-later
// Randomness from the machine's seed (xoshiro256**, Blackman and Vigna, public domain; seeded by splitmix64).
// Linux 6.1: drivers/char/random.c, where it comes from the world.
#include "linux/random.h"

#include "sim/boot.h"
#include "sim/machine_state.h"

#include <bit>
#include <cstring>

namespace skbscope::stack {

void random_init() {
    machine_state &m = this_machine();
    u64 x = m.config.seed;
    for (u64 &word : m.rng) {
        u64 z = (x += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        word = z ^ (z >> 31);
    }
}

u64 get_random_u64() {
    auto &s = this_machine().rng;
    const u64 result = std::rotl(s[1] * 5, 7) * 9;
    const u64 t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = std::rotl(s[3], 45);
    return result;
}

u32 get_random_u32() {
    return static_cast<u32>(get_random_u64() >> 32);
}

void get_random_bytes(void *buf, std::size_t len) {
    u8 *p = static_cast<u8 *>(buf);
    while (len) {
        const u64 word = get_random_u64();
        const std::size_t n = len < sizeof word ? len : sizeof word;
        std::memcpy(p, &word, n);
        p += n;
        len -= n;
    }
}

} // namespace skbscope::stack
