// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/parts.h"
#include "ui/scenes/timeline_painter.h"
#include "ui/scenes/timeline_tags.h"

#include <algorithm>

namespace skbscope::ui::timeline {

void TimelinePainter::tag(const TimelineTag &t, qreal left, qreal width, bool strong) {
    const qreal at = x(t.row) + slot_ / 2;
    const QRectF rect(left, tagY, width, tagHeight);
    // one that was pushed aside is led to
    list_.line({at, firstBase}, {std::clamp(at, left + 3, left + width - 3), tagY + 1}, {Ink::lineS});
    if (t.kind == TimelineTag::difference) {
        list_.add(Mark{t.mark, QRectF(left + (width - 16) / 2, tagY + 0.5, 16, 16)});
    } else if (t.kind == TimelineTag::queue) {
        list_.add(Box{rect, 0, Ink::qTint, Texture::none, Stroke{Ink::qMark, 1.2}});
        list_.text({rect.center().x(), tagY + 13}, 12, t.text, Ink::ink, 400, Anchor::middle);
    } else {
        const bool drop = t.kind == TimelineTag::drop;
        list_.add(Box{rect, 5, Ink::panel, Texture::none,
                      Stroke{drop     ? Ink::diffMark
                             : strong ? Ink::ink
                                      : Ink::lineS,
                             strong ? 1.8 : 1.0}});
        list_.text({rect.center().x(), tagY + 13}, 12, t.text, drop ? Ink::diffText : Ink::ink, strong ? 650 : 400,
                   Anchor::middle);
    }
    list_.region(rect, QStringLiteral("tag:%1").arg(t.row), t.tip);
}

qreal TimelinePainter::widthOf(const TimelineTag &t) const {
    if (t.kind == TimelineTag::difference) return 18;
    if (t.kind == TimelineTag::queue) return 22;
    const auto [at, isNew] = widths_.try_emplace(t.text); // a few texts, again and again
    if (isNew) at->second = runWidth({t.text, Ink::ink, 650}, 12) + 12;
    return at->second;
}

// Each near its call. Neighbours that would overlap share their displacement.
void TimelinePainter::tags() {
    const int strong = m_.lastMove();
    std::vector<int> shown = tellingTags(m_.tags(), strong, [this](quint32 row) { return x(row); });
    std::erase_if(shown, [this](int i) { return isHidden(m_.tags()[std::size_t(i)].row); });
    const auto of = [this](int i) -> const TimelineTag & { return m_.tags()[std::size_t(i)]; };
    wants_.resize(m_.tags().size());
    for (const int i : shown) // once: they are asked for again and again while a crowd is thinned
        wants_[std::size_t(i)] = {widthOf(of(i)), x(of(i).row) + slot_ / 2};
    shown = fittingTags(m_.tags(), std::move(shown), strong, [&](const std::vector<int> &some) {
        TagCrowd crowd;
        crowd.drift = spread(some);
        qreal width = 0;
        for (std::size_t i = 0; i < some.size(); ++i) {
            const Wanted &want = wants_[std::size_t(some[i])];
            width += want.width + 3;
            crowd.drift[i] = std::abs(crowd.drift[i] + want.width / 2 - want.centre);
        }
        crowd.full = width > o_.size.width() - tagsLeft - 2;
        if (!crowd.full) crowdBeside(some, strong, crowd);
        return crowd;
    });
    const std::vector<qreal> left = spread(shown);
    for (std::size_t i = 0; i < shown.size(); ++i)
        tag(of(shown[i]), left[i], wants_[std::size_t(shown[i])].width, shown[i] == strong);
}

// Of `shown`, those that have happened, as indices into it.
std::size_t TimelinePainter::happened(std::span<const int> shown) const {
    const auto row = [this](int i) { return m_.tags()[std::size_t(i)].row; };
    return std::size_t(std::ranges::upper_bound(shown, m_.current(), {}, row) - shown.begin());
}

qreal TimelinePainter::widthOf(std::span<const int> shown) const {
    qreal sum = 0;
    for (const int i : shown)
        sum += wants_[std::size_t(i)].width + 3;
    return sum;
}

bool TimelinePainter::fitsBeforeNow(std::span<const int> before) const {
    return widthOf(before) <= now_ - 1 - tagsLeft;
}

bool TimelinePainter::fitsAfterNow(std::span<const int> after) const {
    return widthOf(after) <= o_.size.width() - 2 - now_ - 4;
}

// Too many on one side of now: it is one of that side that has to go.
void TimelinePainter::crowdBeside(std::span<const int> some, int strong, TagCrowd &crowd) const {
    if (!isShown(m_.current())) return;
    const std::size_t past = happened(some);
    const std::span<const int> before = some.first(past), after = some.subspan(past);
    const auto others = [strong](std::span<const int> side) {
        return std::ranges::any_of(side, [strong](int i) { return i != strong; });
    };
    const bool first = !fitsBeforeNow(before) && others(before), second = !fitsAfterNow(after) && others(after);
    if (!first && !second) return;
    crowd.full = true;
    for (std::size_t i = 0; i < some.size(); ++i)
        if (!(i < past ? first : second)) crowd.drift[i] = TagCrowd::keeps;
}

// Left edges without overlap, moving each group of touching tags as little as possible. What has happened stands left
// of now, and what is to come right of it, where there is room.
std::vector<qreal> TimelinePainter::spread(std::span<const int> shown) const {
    const qreal first = tagsLeft, end = o_.size.width() - 2;
    const std::size_t past = happened(shown);
    const std::span<const int> before = shown.first(past), after = shown.subspan(past);
    if (!isShown(m_.current()) || !fitsBeforeNow(before) || !fitsAfterNow(after)) return spreadIn(shown, first, end);
    std::vector<qreal> out = spreadIn(before, first, now_ - 1);
    const std::vector<qreal> rest = spreadIn(after, now_ + 4, end);
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

std::vector<qreal> TimelinePainter::spreadIn(std::span<const int> shown, qreal first, qreal end) const {
    struct Group {
        qreal wanted, width; // of the whole group: the mean of what its members want
        std::size_t count;
    };
    std::vector<Group> groups;
    for (const int i : shown) {
        const qreal width = wants_[std::size_t(i)].width + 3;
        groups.push_back({std::max(first, wants_[std::size_t(i)].centre - width / 2), width, 1});
        while (groups.size() > 1 &&
               groups[groups.size() - 2].wanted + groups[groups.size() - 2].width > groups.back().wanted) {
            const Group b = groups.back();
            groups.pop_back();
            Group &a = groups.back();
            const qreal moved = b.wanted - a.width; // where a would have to start for b to be where it wants
            a.wanted = std::max(first, (a.wanted * qreal(a.count) + moved * qreal(b.count)) / qreal(a.count + b.count));
            a.width += b.width;
            a.count += b.count;
        }
    }
    qreal limit = end; // what the right edge pushes back pushes its neighbours back
    for (auto g = groups.rbegin(); g != groups.rend(); ++g)
        limit = g->wanted = std::max(first, std::min(g->wanted, limit - g->width));
    std::vector<qreal> out;
    for (const Group &g : groups) {
        qreal at = g.wanted;
        for (std::size_t i = 0; i < g.count; ++i) {
            const qreal width = wants_[std::size_t(shown[out.size()])].width + 3;
            out.push_back(at);
            at += width;
        }
    }
    return out;
}

// Breakpoints stand on the lower lane; in a crowd one dot stands for its neighbours.
void TimelinePainter::dots() {
    if (!o_.breakpoints) return;
    qreal last = -1e9;
    bool on = false;
    const auto draw = [&] {
        if (last > 0) drawDot(list_, {last, lowest_}, on, 4);
    };
    for (const BreakpointsModel::Dot &dot : o_.breakpoints->dots()) {
        if (isHidden(dot.row)) break;
        if (!isShown(dot.row)) continue;
        const qreal at = x(dot.row) + slot_ / 2;
        if (at - last > 7) draw(), last = at, on = false;
        on = on || dot.enabled;
    }
    draw();
}

void TimelinePainter::matches() {
    if (!o_.find) return;
    qreal last = -1e9;
    for (const quint32 row : o_.find->rows()) {
        if (!isShown(row)) continue;
        const qreal at = x(row) + slot_ / 2;
        if (at - last < 2 || isHidden(row)) continue;
        list_.line({at, firstBase + 0.5}, {at, firstBase + 4}, {Ink::ink, 2});
        last = at;
    }
}

void TimelinePainter::measured() {
    if (!o_.measure) return;
    constexpr qreal badge = 15;
    const qreal top = flat_ ? phaseY + 6 : lowest_ - badge - 4;
    for (const Measure::Mark mark : {Measure::a, Measure::b}) {
        const std::optional<quint32> row = o_.measure->row(mark);
        if (!row || m_.placeOf(*row) < m_.viewFrom() || m_.placeOf(*row) > m_.viewTo()) continue;
        const qreal at = x(*row) + (m_.hasPlace(*row) ? slot_ / 2 : 0);
        list_.line({at, phaseY + 6}, {at, lowest_}, {Ink::ink, 1.6, {2.5, 2.5}});
        // A left of its line, B right of it: both can stand at one call.
        const qreal left = mark == Measure::a ? std::max(0.0, at - badge) : std::min(at, o_.size.width() - badge);
        list_.add(Box{QRectF(left, top, badge, badge), 2, Ink::ink});
        list_.text({left + badge / 2, top + 11.6}, 11.5, mark == Measure::a ? QStringLiteral("A") : QStringLiteral("B"),
                   Ink::panel, 700, Anchor::middle);
    }
}

// The linked call, from top to bottom.
void TimelinePainter::frame(quint32 row, bool pinned) {
    if (row == npos || row >= m_.rows() || !isShown(row)) return;
    const qreal width = std::max(slot_, 6.0), middle = x(row) + slot_ / 2;
    drawFrame(list_, QRectF(middle - width / 2, phaseY + 5, width, lowest_ - phaseY - 5), pinned, 2);
}

} // namespace skbscope::ui::timeline
