// SPDX-License-Identifier: GPL-2.0-or-later
// The union of two call trees: matched calls share a row, the others stand between their neighbours, each under its
// caller's row.
#include "trace/compared.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
using Pair = std::pair<std::uint32_t, std::uint32_t>; // left call, right call

// Calls that fidelity does not count line up as well, between two pairs that it does count.
class FullPairing {
public:
    FullPairing(const Compared &left, const Compared &right, const KeptPairs &kept) : left_(left), right_(right) {
        Pair begin{0, 0};
        for (std::uint32_t l = 0; l < kept.left_to_right.size(); ++l) {
            const std::uint32_t r = kept.left_to_right[l];
            if (r == npos) continue;
            const Pair anchor{left.kept.call[l], right.kept.call[r]};
            between(begin, anchor);
            pairs_.push_back(anchor);
            begin = {anchor.first + 1, anchor.second + 1};
        }
        between(begin, {static_cast<std::uint32_t>(left.tree.calls.size()),
                        static_cast<std::uint32_t>(right.tree.calls.size())});
    }
    [[nodiscard]] std::vector<Pair> take() { return std::move(pairs_); }

private:
    struct Loose {
        std::vector<std::uint32_t> call, name;
    };

    static Loose loose(const Compared &side, std::uint32_t begin, std::uint32_t end) {
        Loose out;
        for (std::uint32_t i = begin; i < end; ++i) {
            const std::uint32_t kept = side.kept.kept_at_or_above[i];
            if (kept != npos && side.kept.call[kept] == i) continue;
            out.call.push_back(i);
            out.name.push_back(side.names[i]);
        }
        return out;
    }

    void between(Pair begin, Pair end) {
        if (begin.first == end.first || begin.second == end.second) return;
        const Loose l = loose(left_, begin.first, end.first), r = loose(right_, begin.second, end.second);
        for (const auto &[i, j] : common_subsequence(l.name, r.name).pairs)
            pairs_.emplace_back(l.call[i], r.call[j]);
    }

    const Compared &left_, &right_;
    std::vector<Pair> pairs_;
};

class Merger {
public:
    Merger(const Compared &left, const Compared &right)
        : left_(left), right_(right), left_row_(left.tree.calls.size(), npos),
          right_row_(right.tree.calls.size(), npos) {}

    std::vector<Row> merge(const std::vector<Pair> &pairs) {
        rows_.reserve(left_row_.size() + right_row_.size() - pairs.size());
        for (const Pair &next : pairs) {
            drain(next);
            add(l_++, r_++);
        }
        drain({static_cast<std::uint32_t>(left_row_.size()), static_cast<std::uint32_t>(right_row_.size())});
        return std::move(rows_);
    }

private:
    // Everything before the next pair, which has no partner.
    void drain(const Pair &next) {
        while (l_ < next.first || r_ < next.second) {
            if (r_ == next.second || (l_ < next.first && left_first(next)))
                add(l_++, npos);
            else
                add(npos, r_++);
        }
    }

    // Order within a gap keeps subtrees whole: who encloses the next pair comes last, who stands deeper comes first
    // (the other would close the subtree it belongs to).
    [[nodiscard]] bool left_first(const Pair &next) const {
        const bool l_encloses = encloses(left_.tree, l_, next.first),
                   r_encloses = encloses(right_.tree, r_, next.second);
        if (l_encloses != r_encloses) return r_encloses;
        return depth_of(parent_row(left_, left_row_, l_)) >= depth_of(parent_row(right_, right_row_, r_));
    }

    static bool encloses(const CallTree &tree, std::uint32_t call, std::uint32_t other) {
        return other < tree.calls.size() && tree.calls[call].end > other &&
               tree.calls[call].task == tree.calls[other].task;
    }

    [[nodiscard]] std::uint16_t depth_of(std::uint32_t parent) const {
        return parent == npos ? std::uint16_t{0}
                              : static_cast<std::uint16_t>(std::min(rows_[parent].depth + 1U, deepest_call));
    }

    static std::uint32_t parent_row(const Compared &side, const std::vector<std::uint32_t> &row_of,
                                    std::uint32_t call) {
        if (call == npos || side.tree.calls[call].parent == npos) return npos;
        return row_of[side.tree.calls[call].parent];
    }

    void add(std::uint32_t left, std::uint32_t right) {
        const auto index = static_cast<std::uint32_t>(rows_.size());
        Row row;
        row.left = left;
        row.right = right;
        // Of two callers' rows the later is the inner one: a helper that only one side shows stands between.
        const std::uint32_t lp = parent_row(left_, left_row_, left), rp = parent_row(right_, right_row_, right);
        row.parent = lp == npos ? rp : (rp == npos ? lp : std::max(lp, rp));
        row.depth = depth_of(row.parent);
        if (left != npos) left_row_[left] = index;
        if (right != npos) right_row_[right] = index;
        rows_.push_back(std::move(row));
    }

    const Compared &left_, &right_;
    std::vector<std::uint32_t> left_row_, right_row_; // by call
    std::uint32_t l_ = 0, r_ = 0;
    std::vector<Row> rows_;
};
} // namespace

std::vector<Row> union_rows(const Compared &left, const Compared &right, const KeptPairs &pairs) {
    return Merger(left, right).merge(FullPairing(left, right, pairs).take());
}

} // namespace skbscope::trace
