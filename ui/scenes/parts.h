// SPDX-License-Identifier: GPL-2.0-or-later
// Pieces that several panes draw alike.
#pragma once

#include "ui/display/display_list.h"

namespace skbscope::ui {

// The letter that stands for a layer, in its tile; `faint`: not reached yet.
void drawBadge(DisplayList &list, const QRectF &rect, char letter, bool faint = false, qreal size = 11);
// A quiet rounded label, right aligned at `right`; returns its left edge.
qreal drawChip(DisplayList &list, qreal right, qreal middle, const QString &text);
[[nodiscard]] qreal chipWidth(const QString &text);
// The triangle in front of something that folds.
void drawTwisty(DisplayList &list, QPointF center, bool open, Ink ink);
// Around what is linked: 2 px ink where it is pinned, thin and dashed where the pointer only passes over it.
void drawFrame(DisplayList &list, const QRectF &rect, bool pinned, qreal radius = 3);
// A breakpoint: an ink dot, hollow while it is switched off, with a ring that keeps it apart from what lies below.
void drawDot(DisplayList &list, QPointF center, bool enabled, qreal radius);
// The slots of a queue: as many are filled as wait, and one that was just left is dashed.
struct QueueSlots {
    QPointF at; // of the first one
    QSizeF size;
    qreal pitch = 12;
    int count = 7;
    quint32 length = 0;
    bool justLeft = false;
    qreal stroke = 1.3;
};
void drawSlots(DisplayList &list, const QueueSlots &queue);
// Markup as runs: **bold** is heavier, `code` is mono.
[[nodiscard]] std::vector<Run> runsOf(const QString &markup, Ink plain = Ink::ink2, Ink strong = Ink::ink,
                                      int weight = 650);

} // namespace skbscope::ui
