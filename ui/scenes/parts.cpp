// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/parts.h"

namespace skbscope::ui {

void drawBadge(DisplayList &list, const QRectF &rect, char letter, bool faint, qreal size) {
    if (letter == ' ') return;
    const LayerInk ink = layerInk(letter);
    Box box{rect, 4};
    if (!faint) box.fill = ink.tint;
    box.stroke = Stroke{faint ? Ink::lineS : ink.mark, 1.2};
    list.add(box);
    list.text(rect.center() + QPointF(0, size * 0.365), size, QString(QLatin1Char(letter)), ink.text, 700,
              Anchor::middle);
}

qreal chipWidth(const QString &text) {
    return runWidth({text}, 11.5) + 14;
}

qreal drawChip(DisplayList &list, qreal right, qreal middle, const QString &text) {
    const qreal width = chipWidth(text);
    Box box{QRectF(right - width, middle - 8.5, width, 17), 8};
    box.fill = Ink::panel2;
    box.stroke = Stroke{Ink::line, 1};
    list.add(box);
    list.text({right - width / 2, middle + 4.1}, 11.5, text, Ink::ink2, 400, Anchor::middle);
    return right - width;
}

void drawTwisty(DisplayList &list, QPointF center, bool open, Ink ink) {
    const QPainterPath path =
        open ? arrowHead(center + QPointF(0, 2.4), 'd', 4.6, 6.4) : arrowHead(center + QPointF(2.4, 0), 'r', 4.6, 6.4);
    list.add(Path{path, ink});
}

void drawFrame(DisplayList &list, const QRectF &rect, bool pinned, qreal radius) {
    Box frame{rect, radius};
    frame.stroke = pinned ? Stroke{Ink::ink, 2} : Stroke{Ink::ink, 1.3, {4, 3}};
    list.add(frame);
}

void drawDot(DisplayList &list, QPointF center, bool enabled, qreal radius) {
    QPainterPath ring, dot;
    ring.addEllipse(center, radius + 1.4, radius + 1.4);
    dot.addEllipse(center, radius, radius);
    list.add(Path{ring, Ink::panel});
    list.add(Path{dot, enabled ? Ink::ink : Ink::panel, Texture::none, Stroke{Ink::ink, 1.3}});
}

void drawSlots(DisplayList &list, const QueueSlots &q) {
    for (int i = 0; i < q.count; ++i) {
        Box slot{QRectF(q.at + QPointF(q.pitch * i, 0), q.size), 1.15 * q.stroke};
        const bool taken = quint32(i) < q.length;
        if (taken) slot.fill = Ink::ink2;
        slot.stroke = Stroke{Ink::lineS, q.stroke};
        if (i == 0 && q.justLeft && !taken) slot.stroke = Stroke{Ink::ink3, q.stroke, {2 * q.stroke, 1.5 * q.stroke}};
        list.add(slot);
    }
}

std::vector<Run> runsOf(const QString &markup, Ink plain, Ink strong, int weight) {
    std::vector<Run> out;
    bool isBold = false, isCode = false;
    const auto push = [&](const QString &text) {
        if (!text.isEmpty()) out.push_back({text, isBold ? strong : plain, isBold ? weight : 400, isCode});
    };
    QString text;
    for (qsizetype i = 0; i < markup.size(); ++i) {
        const bool star = markup.mid(i, 2) == QLatin1String("**"), tick = markup[i] == QLatin1Char('`');
        if (!star && !tick) {
            text += markup[i];
            continue;
        }
        push(text);
        text.clear();
        if (star)
            isBold = !isBold, ++i;
        else
            isCode = !isCode;
    }
    push(text);
    return out;
}

} // namespace skbscope::ui
