// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/memory_painter.h"

#include <algorithm>

namespace skbscope::ui {

using namespace memory;

void MemoryPainter::pointerRegion(const Pointer &p) {
    const QString name = p.name.section(QLatin1Char(','), 0, 0).section(QLatin1Char(' '), 0, 0);
    list_.region(QRectF(p.labelX - p.width / 2 - 3, pillTop, p.width + 6, pillHeight), QStringLiteral("skb:") + name);
}

std::vector<Pointer> MemoryPainter::placePointers() const {
    const int data = int(trace::data_of(map_.skb)), tail = int(trace::tail_of(map_.skb));
    std::vector<Pointer> out;
    const bool dataMoved = map_.move && map_.move->movesData(), tailMoved = map_.move && map_.move->movesTail();
    const auto text = [](const char *name, int byte) {
        return QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(byte);
    };
    if (data == tail) {
        out.push_back({text("data, tail", data), qreal(data), 0, 0, 0, dataMoved || tailMoved});
    } else {
        out.push_back({text("data", data), qreal(data), 0, 0, 0, dataMoved});
        out.push_back({text("tail", tail), qreal(tail), 0, 0, 0, tailMoved});
    }
    out.push_back({text("end", int(map_.skb.end)), qreal(map_.skb.end)});
    for (Pointer &p : out) {
        p.x = p.byte >= map_.skb.end ? endX_ : layout_.x(p.byte);
        p.width = runWidth({p.name, Ink::ink, 650}, 13) + (p.moved ? 14 : 0);
        p.labelX = p.x;
    }
    // Labels keep a gap; the later one makes room to the right, then all move back inside.
    for (std::size_t i = 1; i < out.size(); ++i)
        out[i].labelX = std::max(out[i].labelX, out[i - 1].labelX + out[i - 1].width / 2 + out[i].width / 2 + 6);
    qreal limit = o_.size.width() - 4;
    for (std::size_t i = out.size(); i-- > 0;) {
        out[i].labelX = std::min(out[i].labelX, limit - out[i].width / 2);
        limit = out[i].labelX - out[i].width / 2 - 6;
    }
    out.front().labelX = std::max(out.front().labelX, out.front().width / 2 + 2);
    return out;
}

// The arrow runs at the labels' height: a label in its way moves to the near side of its own pointer.
void MemoryPainter::clearTheWay(std::vector<Pointer> &all) const {
    const auto moved = std::find_if(all.begin(), all.end(), [](const Pointer &p) { return p.moved; });
    if (moved == all.end() || !map_.move) return;
    const bool isTail = moved->name.startsWith(QLatin1String("tail"));
    const qreal from = layout_.x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before));
    const qreal lo = std::min(from, moved->labelX), hi = std::max(from, moved->labelX);
    for (Pointer &p : all) {
        if (p.moved || p.labelX + p.width / 2 < lo || p.labelX - p.width / 2 > hi) continue;
        const bool leftOf = p.x <= (lo + hi) / 2;
        p.labelX = leftOf ? lo - p.width / 2 - 5 : hi + p.width / 2 + moved->width / 2 + 5;
    }
}

void MemoryPainter::drawPointer(const Pointer &p) {
    list_.line({p.x, p.moved ? pillTop + pillHeight : labelBase + 3.5}, {p.x, barBottom}, {Ink::ink, 2});
    if (p.moved) {
        Box pill{QRectF(p.labelX - p.width / 2, pillTop, p.width, pillHeight), 5};
        pill.fill = Ink::now;
        pill.stroke = Stroke{Ink::nowInk, 1.4};
        list_.add(pill);
    }
    list_.text({p.labelX, labelBase}, 13, p.name, p.moved ? Ink::nowInk : Ink::ink, 650, Anchor::middle);
}

void MemoryPainter::arrow(const Pointer &moved) {
    const bool isTail = moved.name.startsWith(QLatin1String("tail"));
    const quint32 old = isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before);
    if (map_.move->before.end != map_.skb.end && map_.move->before.end != 0)
        return; // another buffer: no way between them
    const qreal from = layout_.x(old);
    list_.line({from, arrowY}, {from, barTop}, {Ink::ghost, 2, {3, 3}});
    const qreal sign = moved.labelX >= from ? 1 : -1;
    const qreal tip = moved.labelX - sign * (moved.width / 2 + 1);
    if ((tip - from) * sign < 12) return;
    list_.line({from, arrowY}, {tip - sign * 6, arrowY}, {Ink::ink, 2});
    list_.add(Path{arrowHead({tip, arrowY}, sign > 0 ? 'r' : 'l', 9, 10), Ink::ink});
}

void MemoryPainter::pointers() {
    list_.text({left - 6, barTop + 20}, 13, QStringLiteral("head"), Ink::ink, 650, Anchor::end);
    list_.text({left - 6, barTop + 36}, 13, QStringLiteral("0"), Ink::ink2, 400, Anchor::end);
    std::vector<Pointer> all = placePointers();
    clearTheWay(all);
    for (Pointer &p : all) {
        if (p.moved && sliding()) {
            const bool isTail = p.name.startsWith(QLatin1String("tail"));
            const qreal from =
                layout_.x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before));
            p.labelX = from + (p.labelX - from) * o_.progress;
            p.x = from + (p.x - from) * o_.progress;
        }
        if (p.moved) arrow(p);
    }
    for (const Pointer &p : all)
        if (!p.moved) drawPointer(p);
    for (const Pointer &p : all)
        if (p.moved) drawPointer(p);
    for (const Pointer &p : all)
        pointerRegion(p);
}

} // namespace skbscope::ui
