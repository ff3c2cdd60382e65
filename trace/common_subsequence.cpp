// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/common_subsequence.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
using Sequence = std::span<const std::uint32_t>;
using Index = std::ptrdiff_t;

// 2^31 cells: 256 MiB of decisions and a few seconds. Two traces of 46,000 calls that share nothing.
constexpr Index most_cells = Index{1} << 31;

// The table t[i][j] = length for a[i..], b[j..], restricted to low <= j - i <= high. Kept of it: for each cell, whether
// advancing `a` loses nothing against advancing `b`.
class Band {
public:
    Band(Sequence a, Sequence b, Index slack)
        : a_(a), b_(b), n_(std::ssize(a)), m_(std::ssize(b)), low_(std::max(-n_, std::min<Index>(0, m_ - n_) - slack)),
          high_(std::min(m_, std::max<Index>(0, m_ - n_) + slack)), width_(high_ - low_ + 1),
          words_(static_cast<std::size_t>(width_ + 63) / 64) {}

    [[nodiscard]] Index cells() const { return n_ * width_; }

    void fill() {
        decisions_.assign(static_cast<std::size_t>(n_) * words_, 0);
        // One more on each side: what lies outside the band counts as 0.
        std::vector<std::uint32_t> below(static_cast<std::size_t>(width_) + 2), row(below.size());
        for (Index i = n_; i-- > 0;) {
            fill_row(i, row.data() + 1, below.data() + 1);
            std::swap(row, below);
        }
        length_ = n_ == 0 ? 0 : below[static_cast<std::size_t>(-low_) + 1];
    }

    // An optimal path leaves the diagonal by at most the elements it does not pair.
    [[nodiscard]] bool holds_every_optimal_path() const {
        const auto length = static_cast<Index>(length_);
        return low_ <= length - n_ && high_ >= m_ - length;
    }

    void walk(CommonSubsequence &out, std::uint32_t offset) const {
        for (Index i = 0, j = 0; i < n_ && j < m_;) {
            if (a_[static_cast<std::size_t>(i)] == b_[static_cast<std::size_t>(j)])
                out.pairs.emplace_back(static_cast<std::uint32_t>(i++) + offset,
                                       static_cast<std::uint32_t>(j++) + offset);
            else if (advance_a(i, j))
                ++i;
            else
                ++j;
        }
    }

private:
    void fill_row(Index i, std::uint32_t *row, const std::uint32_t *below) {
        std::uint64_t *bits = &decisions_[static_cast<std::size_t>(i) * words_];
        const std::uint32_t head = a_[static_cast<std::size_t>(i)];
        const Index first = std::max<Index>(0, -i - low_), end = std::min(width_, m_ - i - low_);
        std::fill(row + std::max<Index>(end, 0), row + width_ + 1, 0U);
        for (Index c = end - 1; c >= first; --c) {
            const std::uint32_t down = below[c - 1], right = row[c + 1];
            const bool advance = down >= right;
            row[c] = b_[static_cast<std::size_t>(i + low_ + c)] == head ? below[c] + 1 : (advance ? down : right);
            bits[c / 64] |= static_cast<std::uint64_t>(advance) << (c % 64);
        }
        std::fill(row - 1, row + std::min(first, width_), 0U);
    }

    [[nodiscard]] bool advance_a(Index i, Index j) const {
        const Index c = j - i - low_;
        if (c < 0 || c >= width_) return c >= width_; // back towards the band
        const std::uint64_t word = decisions_[static_cast<std::size_t>(i) * words_ + static_cast<std::size_t>(c / 64)];
        return (word >> (c % 64) & 1U) != 0;
    }

    Sequence a_, b_;
    Index n_, m_, low_, high_, width_;
    std::size_t words_;
    std::vector<std::uint64_t> decisions_;
    std::uint32_t length_ = 0;
};
} // namespace

CommonSubsequence common_subsequence(Sequence a, Sequence b) {
    CommonSubsequence out;
    std::uint32_t prefix = 0;
    while (prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) {
        out.pairs.emplace_back(prefix, prefix);
        ++prefix;
    }
    a = a.subspan(prefix);
    b = b.subspan(prefix);
    if (a.empty() || b.empty()) return out;
    for (Index slack = 64;; slack *= 4) {
        Band band(a, b, slack);
        const Band wider(a, b, slack * 4);
        band.fill();
        const bool done = band.holds_every_optimal_path();
        if (!done && wider.cells() <= most_cells) continue;
        out.exact = done;
        band.walk(out, prefix);
        return out;
    }
}

} // namespace skbscope::trace
