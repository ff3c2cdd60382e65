// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/memory_layout.h"

#include <algorithm>
#include <numeric>

namespace skbscope::ui {

namespace {
constexpr qreal roomFloor = 84, bodyFloor = 90, headFloor = 44;
constexpr qreal worthABreak = 1.5; // a break that saves less than a third takes more room than it gives

// How narrow a segment may get before its words no longer fit; headers keep their size.
qreal floorOf(const MemorySegment &s, qreal natural, bool last, qreal words) {
    if (s.state == MemorySegment::freeRoom) return std::min(natural, (last ? roomFloor : headFloor) * words);
    constexpr int longestHeader = 60; // IPv4 and TCP with all the options they may have
    if (s.name == QLatin1String("payload") || s.name == QLatin1String("data") || s.length() > longestHeader)
        return natural <= worthABreak * bodyFloor * words ? natural : bodyFloor * words;
    return natural;
}
} // namespace

MemoryLayout::MemoryLayout(const std::vector<MemorySegment> &segments, qreal left, qreal right, qreal pixels,
                           qreal words)
    : left_(left) {
    std::vector<qreal> width, floor;
    for (const MemorySegment &s : segments) {
        width.push_back(s.length() * pixels);
        floor.push_back(floorOf(s, width.back(), &s == &segments.back(), words));
    }
    const auto sum = [](const std::vector<qreal> &v) { return std::accumulate(v.begin(), v.end(), 0.0); };
    const qreal room = right - left;
    // What may be shortened gives way, the roomiest first; if that is not enough, everything shrinks alike.
    qreal over = sum(width) - room;
    for (std::size_t i = segments.size(); over > 0 && i-- > 0;) {
        const qreal give = std::min(over, width[i] - floor[i]);
        width[i] -= give;
        over -= give;
    }
    if (over > 0)
        for (qreal &w : width)
            w *= room / (room + over);
    if (over < 0 && !width.empty()) width.back() -= over; // nothing was cut: the rest goes to the tailroom
    qreal at = left;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool cut = segments[i].length() * pixels > width[i] * 1.02 && floor[i] < segments[i].length() * pixels;
        pieces_.push_back({segments[i].from, segments[i].to, at, at + width[i], cut});
        at += width[i];
    }
}

qreal MemoryLayout::x(qreal byte) const {
    for (const Piece &p : pieces_)
        if (byte <= p.to && p.to > p.from) return p.left + (byte - p.from) / (p.to - p.from) * (p.right - p.left);
    return pieces_.empty() ? left_ : pieces_.back().right;
}

} // namespace skbscope::ui
