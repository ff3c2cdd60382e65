// SPDX-License-Identifier: GPL-2.0-or-later
// What is wrong with the words in a window: cut off, on each other, below something that was drawn over them.
#pragma once

#include "tests/ui/label_rects.h"
#include "ui/views/scene_view.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>

namespace skbscope::ui::test {

// As labelRect(), where a label may also read upwards.
inline QRectF turnedRect(const Label &label) {
    if (!label.upward) return labelRect(label);
    Label flat = label;
    flat.upward = false, flat.at = {};
    const QRectF r = labelRect(flat);
    return {label.at.x() + r.top(), label.at.y() - r.right(), r.height(), r.width()};
}

// Words of one pane; rounding and the space around letters are no fault.
inline std::vector<std::string> paneComplaints(const DisplayList &list) {
    std::vector<std::string> out;
    std::vector<std::pair<QRectF, std::string>> seen;
    const QRectF room = QRectF(QPointF(0, 0), list.size).adjusted(-1.5, -1.5, 1.5, 1.5);
    for (const Item &item : list.items) {
        if (const Box *box = std::get_if<Box>(&item); box && box->fill) {
            for (const auto &[under, words] : seen)
                if (const QRectF both = under & box->rect; both.width() > 2 && both.height() > 3)
                    out.push_back("\"" + words + "\" is covered");
            continue;
        }
        const Label *label = std::get_if<Label>(&item);
        if (!label || labelText(*label).empty()) continue;
        const QRectF rect = turnedRect(*label).adjusted(0.5, 1, -0.5, -1);
        const std::string text = labelText(*label);
        if (!room.contains(rect)) out.push_back("\"" + text + "\" is cut off");
        for (const auto &[other, words] : seen)
            if (other.intersects(rect)) out.push_back("\"" + text + "\" lies on \"" + words + "\"");
        seen.emplace_back(rect, text);
    }
    return out;
}

// The words of a text item that can be seen, in the window; empty: none, or in a list, which is scrolled.
inline QRectF seenText(QQuickItem *item) {
    for (QQuickItem *i = item; i; i = i->parentItem())
        if (i->inherits("QQuickFlickable") || i->opacity() == 0) return {};
    const qreal wide = item->property("contentWidth").toReal(), high = item->property("contentHeight").toReal();
    const int across = item->property("effectiveHorizontalAlignment").toInt();
    const qreal spare = item->width() - wide, below = item->height() - high;
    const qreal x = across == Qt::AlignRight ? spare : across == Qt::AlignHCenter ? spare / 2 : 0;
    const int down = item->property("verticalAlignment").toInt();
    const qreal y = down == Qt::AlignVCenter ? below / 2 : down == Qt::AlignBottom ? below : 0;
    return item->mapRectToScene(QRectF(x, y, wide, high));
}

inline void shownTexts(QQuickItem *in, std::vector<QQuickItem *> &out) {
    if (!in->isVisible()) return;
    if (in->inherits("QQuickText") && !in->property("text").toString().isEmpty()) out.push_back(in);
    for (QQuickItem *child : in->childItems())
        shownTexts(child, out);
}

// What an item shows, tags left out; enough of it to be found.
inline std::string saidBy(QQuickItem *item) {
    QString text = item->property("text").toString();
    return text.remove(QRegularExpression(QStringLiteral("<[^>]*>"))).left(60).toStdString();
}

// Texts below `root`: inside the window, inside what clips them, inside their own width, and none on another.
inline std::vector<std::string> textComplaints(QQuickWindow *window, QQuickItem *root) {
    std::vector<std::string> out;
    std::vector<QQuickItem *> all;
    shownTexts(root, all);
    std::vector<std::pair<QRectF, std::string>> seen;
    const QRectF room = QRectF(QPointF(), window->size()).adjusted(-1, -1, 1, 1);
    for (QQuickItem *item : all) {
        const QRectF rect = seenText(item);
        if (rect.isEmpty()) continue;
        const std::string text = saidBy(item);
        if (!room.contains(rect)) out.push_back("\"" + text + "\" is outside");
        if (item->clip() && item->property("contentWidth").toReal() > item->width() + 1)
            out.push_back("\"" + text + "\" is cut off");
        // A row of crumbs may begin outside; a word of it that is half there is clipped on purpose.
        const QRectF inner = rect.adjusted(1, 2, -1, -2);
        for (const auto &[other, words] : seen)
            if (other.intersects(inner)) out.push_back("\"" + text + "\" lies on \"" + words + "\"");
        seen.emplace_back(inner, text);
    }
    return out;
}

} // namespace skbscope::ui::test
