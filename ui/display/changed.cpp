// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/changed.h"

#include "ui/display/typeset.h"

#include <algorithm>
#include <unordered_map>

namespace skbscope::ui {

namespace {
// Half of the line lies outside of the shape, at a mitre up to QPen's limit of two widths.
QRectF stroked(const QRectF &rect, const std::optional<Stroke> &stroke) {
    const qreal over = stroke ? 2 * stroke->width + 1 : 1;
    return rect.normalized().adjusted(-over, -over, over, over);
}

QRectF boundsOfLabel(const Label &label) {
    qreal left = 0, right = 0;
    for (const SetRun &set : typeset(label)) {
        left = std::min(left, set.dx);
        right = std::max(right, set.dx + set.width);
    }
    // No font here rises above 1.2 or hangs below 0.45 of its size; a slanted letter leans out of its width.
    const qreal up = 1.2 * label.size + haloWidth, down = 0.45 * label.size + haloWidth,
                aside = 0.4 * label.size + haloWidth;
    const QRectF lying(left - aside, -up, right - left + 2 * aside, up + down);
    if (!label.upward) return lying.translated(label.at);
    return QRectF(lying.top(), -lying.right(), lying.height(), lying.width()).translated(label.at);
}

struct Bounds {
    QRectF operator()(const Box &box) const { return stroked(box.rect, box.stroke); }
    QRectF operator()(const Path &path) const { return stroked(path.path.controlPointRect(), path.stroke); }
    QRectF operator()(const Label &label) const { return boundsOfLabel(label); }
    QRectF operator()(const Mark &mark) const { return stroked(mark.rect, {}); }
};

// Where two are equal only nearly, as Qt compares, their hashes may differ: then they are painted again, no more.
struct Hash {
    std::size_t operator()(const Box &box) const { return qHash(qRound(box.rect.x()) * 8192 + qRound(box.rect.y())); }
    std::size_t operator()(const Path &path) const { return qHash(path.path.elementCount(), 2); }
    std::size_t operator()(const Label &label) const {
        std::size_t seed = 3;
        for (const Run &run : label.runs)
            seed = qHash(run.text, seed);
        return seed;
    }
    std::size_t operator()(const Mark &mark) const { return qHash(int(mark.mark), 4); }
};
} // namespace

QRectF boundsOf(const Item &item) {
    return std::visit(Bounds{}, item);
}

QRectF changedBetween(const DisplayList &before, const DisplayList &now) {
    const std::vector<Item> &old = before.items, &made = now.items;
    std::size_t first = 0; // most of a step's pictures begin alike
    while (first < old.size() && first < made.size() && old[first] == made[first])
        ++first;
    std::unordered_multimap<std::size_t, std::size_t> places;
    for (std::size_t i = first; i < old.size(); ++i)
        places.emplace(std::visit(Hash{}, old[i]), i);
    std::vector<bool> kept(old.size(), false);
    QRectF changed;
    std::size_t next = first; // those before it are behind in the order
    for (std::size_t i = first; i < made.size(); ++i) {
        std::size_t found = old.size();
        for (auto [it, end] = places.equal_range(std::visit(Hash{}, made[i])); it != end; ++it)
            if (it->second >= next && it->second < found && old[it->second] == made[i]) found = it->second;
        if (found == old.size()) {
            changed |= boundsOf(made[i]);
        } else {
            kept[found] = true;
            next = found + 1;
        }
    }
    for (std::size_t i = first; i < old.size(); ++i)
        if (!kept[i]) changed |= boundsOf(old[i]);
    return changed;
}

} // namespace skbscope::ui
