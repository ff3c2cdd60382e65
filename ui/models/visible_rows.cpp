// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/visible_rows.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
// Beyond this the list is made anew.
constexpr quint32 farthest = 256;

// Those that `row` calls itself, ascending. Another task's rows may stand between them.
std::vector<quint32> childrenOf(const TraceDocument &d, quint32 row) {
    std::vector<quint32> out;
    const quint32 inside = d.insideOf(row);
    for (quint32 r = row + 1, met = 0; met < inside; ++r) {
        if (d.parentOf(r) != row) continue;
        out.push_back(r);
        met += d.insideOf(r) + 1;
        if (d.isRun(r)) r += d.insideOf(r);
    }
    return out;
}
} // namespace

VisibleRows::VisibleRows(std::vector<quint32> ascending) : rest_(std::move(ascending)) {
    std::reverse(rest_.begin(), rest_.end());
}

VisibleRows VisibleRows::entered(const TraceDocument &d, quint32 step) {
    VisibleRows out;
    out.plain_ = true;
    const quint32 all = quint32(d.rows().size());
    if (all == 0) return out;
    out.run_ = d.enteredAt(step);
    for (quint32 r = quint32(out.run_); r < all; ++r) {
        const quint32 parent = d.parentOf(r);
        if (parent != npos && parent >= out.run_) continue;
        out.rest_.push_back(r);
        if (d.isRun(r)) r += d.insideOf(r);
    }
    std::reverse(out.rest_.begin(), out.rest_.end());
    return out;
}

bool VisibleRows::follow(const TraceDocument &d, quint32 step) {
    if (!plain_) return false;
    const quint32 wanted = d.enteredAt(step);
    if (std::max<std::size_t>(wanted, run_) - std::min<std::size_t>(wanted, run_) > farthest) return false;
    while (run_ < wanted)
        enter(d, quint32(run_));
    while (run_ > wanted)
        leave(d, quint32(run_) - 1);
    return true;
}

// The next row is entered: what it calls is to be seen, among what the other tasks are still to enter.
void VisibleRows::enter(const TraceDocument &d, quint32 row) {
    rest_.pop_back();
    ++run_;
    const std::vector<quint32> children = childrenOf(d, row);
    if (children.empty()) return;
    const auto others = std::lower_bound(rest_.begin(), rest_.end(), children.back(), std::greater<>()) - rest_.begin();
    const auto middle = rest_.insert(rest_.end(), children.rbegin(), children.rend());
    std::inplace_merge(rest_.begin() + others, middle, rest_.end(), std::greater<>());
}

void VisibleRows::leave(const TraceDocument &d, quint32 row) {
    const std::vector<quint32> children = childrenOf(d, row);
    if (!children.empty()) {
        const auto begin = std::lower_bound(rest_.begin(), rest_.end(), children.back(), std::greater<>());
        rest_.erase(std::remove_if(begin, rest_.end(), [&](quint32 r) { return d.parentOf(r) == row; }), rest_.end());
    }
    rest_.push_back(row);
    --run_;
}

std::size_t VisibleRows::placeOf(quint32 row) const {
    if (row < run_) return row;
    const auto after = std::lower_bound(rest_.begin(), rest_.end(), row, std::greater<>()); // rows behind `row`
    const std::size_t behind = std::size_t(after - rest_.begin());
    const bool here = after != rest_.end() && *after == row;
    return size() - behind - (here ? 1 : 0);
}

std::pair<std::size_t, std::size_t> VisibleRows::common(const VisibleRows &other) const {
    const std::size_t least = std::min(size(), other.size());
    std::size_t tail = 0;
    const std::size_t rest = std::min(rest_.size(), other.rest_.size());
    tail = std::size_t(std::mismatch(rest_.begin(), rest_.begin() + qsizetype(rest), other.rest_.begin()).first -
                       rest_.begin());
    std::size_t head = std::min({run_, other.run_, least - tail});
    while (head < least - tail && (*this)[head] == other[head])
        ++head;
    return {head, tail};
}

std::vector<quint32> VisibleRows::list() const {
    std::vector<quint32> out;
    out.reserve(size());
    for (std::size_t i = 0; i < size(); ++i)
        out.push_back((*this)[i]);
    return out;
}

VisibleRows VisibleRows::ends(std::size_t head, std::size_t tail) const {
    VisibleRows out;
    out.run_ = std::min(head, run_);
    out.rest_.reserve(tail + head - out.run_);
    for (std::size_t i = size(); i-- > size() - tail;)
        out.rest_.push_back((*this)[i]);
    for (std::size_t i = head; i-- > out.run_;)
        out.rest_.push_back((*this)[i]);
    return out;
}

} // namespace skbscope::ui
