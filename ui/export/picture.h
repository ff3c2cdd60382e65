// SPDX-License-Identifier: GPL-2.0-or-later
// Display lists put together to one picture, written as SVG or PNG. Both come from the same lists as the window's
// panes.
#pragma once

#include "ui/display/display_list.h"

#include <QByteArray>
#include <QImage>

namespace skbscope::ui {

struct PlacedList {
    QPointF at; // what reaches beyond the list's size is cut off
    DisplayList list;
};

struct Picture {
    QSizeF size;                // design px
    QString title, description; // for who cannot see it
    Ink ground = Ink::panel;
    std::vector<PlacedList> parts;
};

// Text stays text, with the fonts it was measured with first and others behind them; each run is told how wide it has
// to be, so that it fits with any font. UTF-8, valid XML whatever the words hold.
[[nodiscard]] QByteArray toSvg(const Picture &picture, const Palette &palette);
// `scale` pixels for each design px.
[[nodiscard]] QImage toImage(const Picture &picture, const Palette &palette, qreal scale);
[[nodiscard]] QByteArray toPng(const Picture &picture, const Palette &palette, qreal scale);

} // namespace skbscope::ui
