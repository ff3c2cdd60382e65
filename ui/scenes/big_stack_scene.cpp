// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/big_stack_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/big_parts.h"
#include "ui/scenes/parts.h"
#include "ui/scenes/stack_parts.h"
#include "ui/scenes/stack_way.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal top = 44, pad = 26, between = 116, boxGap = 22;
constexpr qreal tokenWidth = 104, tokenHeight = 52, titleX = 58;
constexpr int slotCount = 4;

// As the pane has no room for the long one.
QString shortTitle(const MapBox &b) {
    switch (b.station) {
    case Station::rxBacklog:
        return QStringLiteral("backlog");
    case Station::rxSoftirq:
        return QStringLiteral("softirq");
    case Station::rxSocket:
        return phrase("BigStackScene", "queue");
    default:
        return b.title;
    }
}

class BigStackPainter {
public:
    BigStackPainter(const StackMap &map, const StackSceneOptions &options) : map_(map), o_(options) {
        list_.size = o_.size;
        const qreal width = (o_.size.width() - 2 * pad - between) / 2, rightX = o_.size.width() - pad - width;
        const qreal pitch = (o_.size.height() - top - 8) / StackPlaces::count;
        at_ = {top, pitch, width, pitch - boxGap, pad, rightX, pad + width + 20, rightX - 20};
    }
    DisplayList run();

private:
    void hosts();
    void box(const MapBox &b);
    void queue(const MapBox &b, const QRectF &rect);
    void token();

    const StackMap &map_;
    StackSceneOptions o_;
    DisplayList list_;
    StackPlaces at_;
};

void BigStackPainter::hosts() {
    const auto name = [this](qreal x, const QString &host, Anchor anchor) {
        if (host.isEmpty()) return;
        Label label{{x, 28}, 22, {{phrase("BigStackScene", "host ") + host, Ink::ink2}}, anchor};
        label.maxWidth = at_.boxWidth;
        list_.add(label);
    };
    name(at_.leftX, map_.leftHost, Anchor::start);
    name(at_.rightX + at_.boxWidth, map_.rightHost, Anchor::end);
}

// A row of slots and how many wait; the trace does not always tell.
void BigStackPainter::queue(const MapBox &b, const QRectF &rect) {
    const MapQueue &q = *b.queue;
    const Ink ink = b.reached ? Ink::ink2 : Ink::ink3;
    const qreal x = rect.left() + titleX, y = rect.center().y() + 9;
    drawSlots(list_, {{x, y}, {15, 18}, 18, slotCount, q.length, q.justLeft, 2});
    const QString count = q.known ? grouped(q.length) : QStringLiteral("?");
    list_.add(
        fitted({x + 18 * slotCount + 6, y + 16}, {{count, ink, 650}}, 22, rect.right() - x - 18 * slotCount - 12));
    list_.region(rect, QStringLiteral("queue:%1").arg(int(b.station)));
}

void BigStackPainter::box(const MapBox &b) {
    const QRectF rect = at_.boxRect(b.station);
    drawStation(list_, rect, b, {11, 2.4, 3.6, {8, 6}, 34, 12, 7, 22});
    list_.region(rect, QStringLiteral("station:%1").arg(int(b.station)));
    const Ink words = b.reached ? Ink::ink : Ink::ink3;
    const qreal x = rect.left() + titleX, room = rect.width() - titleX - 8;
    const bool fits = runWidth({b.title, words, 650}, 25) <= room;
    const bool two = b.queue || b.bypassed;
    const qreal y = rect.center().y() + (two ? -5 : 9);
    list_.add(fitted({x, y}, {{fits ? b.title : shortTitle(b), words, 650}}, 25, room));
    if (b.queue) queue(b, rect);
    if (b.bypassed)
        list_.add(
            fitted({x, y + 30}, {{phrase("BigStackScene", "no queue"), b.reached ? Ink::ink2 : Ink::ink3}}, 21, room));
}

void BigStackPainter::token() {
    if (map_.token == Station::none) return;
    const QPointF at = at_.tokenAt(map_, o_);
    // In the gap between the boxes, nearer to the one it is at.
    const qreal from = at_.leftX + at_.boxWidth, to = at_.rightX;
    const qreal share = std::clamp((at.x() - from) / (to - from), 0.0, 1.0);
    const qreal x = from + 4 + (between - tokenWidth - 8) * share;
    drawToken(list_, {x, at.y() - tokenHeight / 2, tokenWidth, tokenHeight}, map_,
              {11, 3, 10, 8, 10, 42, 22, leastBigText});
}

DisplayList BigStackPainter::run() {
    if (map_.boxes.empty()) {
        list_.text({o_.size.width() / 2, o_.size.height() / 2}, 24,
                   phrase("BigStackScene", "no packet is involved here"), Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    hosts();
    drawTrail(list_, at_, map_, 7);
    drawAhead(list_, at_, map_, {Ink::ghost, 3, {0.1, 9}, true}, false);
    for (const MapBox &b : map_.boxes)
        if (!isCovered(map_, b)) box(b);
    drawDots(list_, at_, map_, {6, 3});
    token();
    for (const auto &[link, pinned] : {std::pair{&o_.frames.preview, false}, std::pair{&o_.frames.pinned, true}})
        if (link->station != Station::none && map_.box(link->station))
            drawFrame(list_, at_.boxRect(link->station).adjusted(-4, -4, 4, 4), pinned, 13);
    return std::move(list_);
}
} // namespace

DisplayList bigStackScene(const StackMap &map, const StackSceneOptions &options) {
    return BigStackPainter(map, options).run();
}

} // namespace skbscope::ui
