// SPDX-License-Identifier: GPL-2.0-or-later
// Cuts two long sequences where a longest common subsequence passes, so that what is left to align is short. Internal
// to trace/.
#pragma once

#include "trace/common_subsequence.h"

#include <cstddef>

namespace skbscope::trace {

// Stretches of both that are aligned with each other: a[a_begin, a_end) with b[b_begin, b_end).
struct Stretch {
    std::ptrdiff_t a_begin = 0, a_end = 0, b_begin = 0, b_end = 0;
    [[nodiscard]] std::ptrdiff_t a_size() const { return a_end - a_begin; }
    [[nodiscard]] std::ptrdiff_t b_size() const { return b_end - b_begin; }
};

// Where to cut.
struct Cut {
    std::ptrdiff_t a = 0, b = 0;
    bool best = true; // a longest common subsequence of the stretch passes here
};

// Looks from both ends at once, each time with one element more left out (Myers 1986), until the two searches meet.
// Searches that left out too much without meeting are given up: the cut is then where one of them came farthest. So the
// time is near linear in what the cuts advance, however much the sequences differ.
class Divider {
public:
    Divider(Sequence a, Sequence b);
    // Of a stretch whose first elements differ, and whose last ones do; neither is empty.
    [[nodiscard]] Cut cut(const Stretch &stretch);

private:
    static constexpr std::ptrdiff_t most_left_out = 2048; // by each search

    void begin(const Stretch &stretch);
    [[nodiscard]] bool forward(std::ptrdiff_t left_out, Cut &met);
    [[nodiscard]] bool backward(std::ptrdiff_t left_out, Cut &met);
    [[nodiscard]] Cut farthest(std::ptrdiff_t left_out) const;
    // By diagonal a - b, that of the beginning and of the end being 0: the place in `a` reached there.
    [[nodiscard]] std::ptrdiff_t &from_begin(std::ptrdiff_t k) {
        return from_begin_[static_cast<std::size_t>(k + most_left_out + 1)];
    }
    [[nodiscard]] std::ptrdiff_t &from_end(std::ptrdiff_t k) {
        return from_end_[static_cast<std::size_t>(k + most_left_out + 1)];
    }

    Sequence a_, b_;               // whole
    Sequence here_, there_;        // of the stretch
    std::ptrdiff_t n_ = 0, m_ = 0; // their lengths
    std::vector<std::ptrdiff_t> from_begin_, from_end_;
};

} // namespace skbscope::trace
