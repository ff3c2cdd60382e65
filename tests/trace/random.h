// SPDX-License-Identifier: GPL-2.0-or-later
// Seeded randomness for property tests: the same on every machine.
#pragma once

#include <cstdint>
#include <random>

namespace skbscope::trace::test {

class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(engine_() % end); }
    bool one_in(std::uint32_t n) { return below(n) == 0; }
    std::mt19937 &engine() { return engine_; }

private:
    std::mt19937 engine_;
};

} // namespace skbscope::trace::test
