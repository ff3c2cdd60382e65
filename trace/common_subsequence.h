// SPDX-License-Identifier: GPL-2.0-or-later
// The longest common subsequence of two sequences of names. Internal to trace/.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace skbscope::trace {

using Sequence = std::span<const std::uint32_t>; // of names

struct CommonSubsequence {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs; // indices into a and b, both ascending
    bool exact = true; // false: the sequences are too long and too different; it is common, but may not be the longest
};

// Of several longest ones it is always the same: equal heads are paired, else `a` is advanced where that loses nothing.
// That is how the reference kernel's oracle breaks ties, so that our figures are its figures.
//
// Costs O((|a| + |b|) * d) time and bits, d being how far the two differ: only cells within a band around the diagonal
// are computed, and the band is widened until it provably holds every optimal path. Cells outside count as 0, never
// more than their true value, so a decision on an optimal path is the same as with the whole table. Where even the
// first band has too many cells, the sequences are cut into pieces first (divided_subsequence.h): then another one of
// several longest ones may be found.
[[nodiscard]] CommonSubsequence common_subsequence(Sequence a, Sequence b);

} // namespace skbscope::trace
