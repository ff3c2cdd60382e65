// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/common_subsequence.h"

#include "trace/divided_subsequence.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
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

    void walk(CommonSubsequence &out, Index a_offset, Index b_offset) const {
        for (Index i = 0, j = 0; i < n_ && j < m_;) {
            if (a_[static_cast<std::size_t>(i)] == b_[static_cast<std::size_t>(j)])
                out.pairs.emplace_back(static_cast<std::uint32_t>(a_offset + i++),
                                       static_cast<std::uint32_t>(b_offset + j++));
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

// Those of a stretch that begins at the offsets. Is it the longest?
bool by_bands(Sequence a, Sequence b, Index a_offset, Index b_offset, CommonSubsequence &out) {
    for (Index slack = 64;; slack *= 4) {
        Band band(a, b, slack);
        const Band wider(a, b, slack * 4);
        band.fill();
        const bool done = band.holds_every_optimal_path();
        if (!done && wider.cells() <= most_cells) continue;
        band.walk(out, a_offset, b_offset);
        return done;
    }
}

// Long sequences that differ much, cut until each piece is cheap.
class InPieces {
public:
    InPieces(Sequence a, Sequence b, CommonSubsequence &out) : a_(a), b_(b), divider_(a, b), out_(out) {}

    void run(const Stretch &whole) {
        waiting_.push_back(whole);
        while (!waiting_.empty()) {
            const Stretch next = waiting_.back();
            waiting_.pop_back();
            align(next);
        }
    }

private:
    static constexpr Index small = Index{1} << 20; // cells

    [[nodiscard]] bool alike(Index i, Index j) const {
        return a_[static_cast<std::size_t>(i)] == b_[static_cast<std::size_t>(j)];
    }

    // What is pushed last is aligned first.
    void align(Stretch s) {
        for (; s.a_size() > 0 && s.b_size() > 0 && alike(s.a_begin, s.b_begin); ++s.a_begin, ++s.b_begin)
            out_.pairs.emplace_back(static_cast<std::uint32_t>(s.a_begin), static_cast<std::uint32_t>(s.b_begin));
        Stretch tail{s.a_end, s.a_end, s.b_end, s.b_end};
        for (; s.a_size() > 0 && s.b_size() > 0 && alike(s.a_end - 1, s.b_end - 1); --s.a_end, --s.b_end)
            --tail.a_begin, --tail.b_begin;
        if (tail.a_size() > 0) waiting_.push_back(tail);
        if (s.a_size() == 0 || s.b_size() == 0) return;
        if (s.a_size() * s.b_size() <= small) return by_band(s);
        const Cut cut = divider_.cut(s);
        out_.exact = out_.exact && cut.best;
        waiting_.push_back({cut.a, s.a_end, cut.b, s.b_end});
        waiting_.push_back({s.a_begin, cut.a, s.b_begin, cut.b});
    }

    void by_band(const Stretch &s) {
        const auto part = [](Sequence of, Index begin, Index size) {
            return of.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
        };
        by_bands(part(a_, s.a_begin, s.a_size()), part(b_, s.b_begin, s.b_size()), s.a_begin, s.b_begin, out_);
    }

    Sequence a_, b_;
    Divider divider_;
    CommonSubsequence &out_;
    std::vector<Stretch> waiting_;
};
} // namespace

CommonSubsequence common_subsequence(Sequence a, Sequence b) {
    CommonSubsequence out;
    Index prefix = 0;
    const Index shorter = std::min(std::ssize(a), std::ssize(b));
    while (prefix < shorter && a[static_cast<std::size_t>(prefix)] == b[static_cast<std::size_t>(prefix)])
        ++prefix;
    out.pairs.reserve(static_cast<std::size_t>(shorter));
    for (std::uint32_t i = 0; i < prefix; ++i)
        out.pairs.emplace_back(i, i);
    const Sequence a_rest = a.subspan(static_cast<std::size_t>(prefix)), b_rest = b.subspan(out.pairs.size());
    if (a_rest.empty() || b_rest.empty()) return out;
    if (Band(a_rest, b_rest, 64).cells() <= most_cells)
        out.exact = by_bands(a_rest, b_rest, prefix, prefix, out);
    else
        InPieces(a, b, out).run({prefix, std::ssize(a), prefix, std::ssize(b)});
    return out;
}

} // namespace skbscope::trace
