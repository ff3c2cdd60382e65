// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/divided_subsequence.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
using Index = std::ptrdiff_t;

std::uint32_t at(Sequence names, Index i) {
    return names[static_cast<std::size_t>(i)];
}

Sequence part(Sequence names, Index begin, Index end) {
    return names.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}
} // namespace

Divider::Divider(Sequence a, Sequence b)
    : a_(a), b_(b), from_begin_(static_cast<std::size_t>(2 * most_left_out + 3)), from_end_(from_begin_.size()) {}

Cut Divider::cut(const Stretch &stretch) {
    begin(stretch);
    Cut cut;
    for (Index left_out = 0; left_out <= most_left_out; ++left_out) {
        const bool meet = forward(left_out, cut) || backward(left_out, cut);
        if (!meet && left_out < most_left_out) continue;
        if (!meet) cut = farthest(left_out);
        break;
    }
    cut.a += stretch.a_begin;
    cut.b += stretch.b_begin;
    return cut;
}

void Divider::begin(const Stretch &stretch) {
    here_ = part(a_, stretch.a_begin, stretch.a_end);
    there_ = part(b_, stretch.b_begin, stretch.b_end);
    n_ = stretch.a_size();
    m_ = stretch.b_size();
}

// -1, and n + 1 from the end: nowhere, that diagonal has left the table.
bool Divider::forward(Index left_out, Cut &met) {
    const Index delta = n_ - m_;
    for (Index k = -left_out; k <= left_out; k += 2) {
        Index x = left_out == 0 ? 0 : -1;
        if (k > -left_out && from_begin(k - 1) >= 0 && from_begin(k - 1) < n_) x = from_begin(k - 1) + 1;
        if (k < left_out && from_begin(k + 1) >= 0 && from_begin(k + 1) - k <= m_) x = std::max(x, from_begin(k + 1));
        if (x >= 0)
            while (x < n_ && x - k < m_ && at(here_, x) == at(there_, x - k))
                ++x;
        from_begin(k) = x;
        const Index other = k - delta;
        if (delta % 2 == 0 || other <= -left_out || other >= left_out || x < from_end(other)) continue;
        met = {x, x - k, true};
        return true;
    }
    return false;
}

bool Divider::backward(Index left_out, Cut &met) {
    const Index delta = n_ - m_;
    for (Index k = -left_out; k <= left_out; k += 2) {
        const Index diagonal = k + delta;
        Index x = left_out == 0 ? n_ : n_ + 1;
        if (k < left_out && from_end(k + 1) <= n_ && from_end(k + 1) > 0) x = from_end(k + 1) - 1;
        if (k > -left_out && from_end(k - 1) <= n_ && from_end(k - 1) - diagonal >= 0) x = std::min(x, from_end(k - 1));
        if (x <= n_)
            while (x > 0 && x - diagonal > 0 && at(here_, x - 1) == at(there_, x - diagonal - 1))
                --x;
        from_end(k) = x;
        if (delta % 2 != 0 || diagonal < -left_out || diagonal > left_out || from_begin(diagonal) < x) continue;
        met = {x, x - diagonal, true};
        return true;
    }
    return false;
}

Cut Divider::farthest(Index left_out) const {
    const auto reached = [](const std::vector<Index> &all, Index k) {
        return all[static_cast<std::size_t>(k + most_left_out + 1)];
    };
    Cut best;
    Index most = -1;
    for (Index k = -left_out; k <= left_out; k += 2) {
        if (const Index x = reached(from_begin_, k); x >= 0 && 2 * x - k > most) {
            most = 2 * x - k;
            best = {x, x - k, false};
        }
        const Index x = reached(from_end_, k), y = x - k - (n_ - m_);
        if (x <= n_ && n_ - x + m_ - y > most) {
            most = n_ - x + m_ - y;
            best = {x, y, false};
        }
    }
    return best;
}

} // namespace skbscope::trace
