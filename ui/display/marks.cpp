// SPDX-License-Identifier: GPL-2.0-or-later
// The gutter marks: shape says what happened, the colour only repeats it. Coordinates are those of a 16 x 16 grid.
#include "ui/display/marks.h"

namespace skbscope::ui {

namespace {
using Points = std::initializer_list<QPointF>;
using Items = std::vector<Item>;

QPainterPath through(Points points, bool close = false) {
    QPainterPath path;
    for (const QPointF &point : points)
        path.elementCount() == 0 ? path.moveTo(point) : path.lineTo(point);
    if (close) path.closeSubpath();
    return path;
}

QPainterPath circle(QPointF center, qreal radius) {
    QPainterPath path;
    path.addEllipse(center, radius, radius);
    return path;
}

Path stroked(const QPainterPath &path, Ink ink, qreal width) {
    return {path, {}, Texture::none, Stroke{ink, width, {}, true}};
}
Path filled(const QPainterPath &path, Ink ink) {
    return {path, ink};
}

Items match() {
    return {stroked(through({{3.5, 6}, {12.5, 6}}), Ink::ink3, 2),
            stroked(through({{3.5, 10}, {12.5, 10}}), Ink::ink3, 2)};
}

Items inlined() {
    return {Path{circle({8, 8}, 5.6), {}, Texture::none, Stroke{Ink::ink2, 1.8, {3.1, 2.1}}}};
}

Items differs() {
    const QPainterPath diamond = through({{8, 1}, {15, 8}, {8, 15}, {1, 8}}, true);
    return {filled(diamond, Ink::panel), stroked(diamond, Ink::diffMark, 1.8),
            stroked(through({{5.2, 6.7}, {10.8, 6.7}}), Ink::diffText, 1.4),
            stroked(through({{5.2, 9.3}, {10.8, 9.3}}), Ink::diffText, 1.4),
            stroked(through({{9.4, 4.8}, {6.6, 11.2}}), Ink::diffText, 1.4)};
}

Items order() {
    return {stroked(through({{5, 13}, {5, 3.4}}), Ink::ink, 1.7),
            stroked(through({{2.6, 5.8}, {5, 3.4}, {7.4, 5.8}}), Ink::ink, 1.7),
            stroked(through({{11, 3}, {11, 12.6}}), Ink::ink, 1.7),
            stroked(through({{8.6, 10.2}, {11, 12.6}, {13.4, 10.2}}), Ink::ink, 1.7)};
}

Items unexplained() {
    return {
        filled(through({{5, 1}, {11, 1}, {15, 5}, {15, 11}, {11, 15}, {5, 15}, {1, 11}, {1, 5}}, true), Ink::diffMark),
        stroked(through({{8, 4}, {8, 9}}), Ink::panel, 2.2), filled(circle({8, 12}, 1.3), Ink::panel)};
}

Items shapeOf(trace::RowMark mark) {
    switch (mark) {
    case trace::RowMark::match:
        return match();
    case trace::RowMark::inlined:
        return inlined();
    case trace::RowMark::kernel_only:
        return {filled(through({{4, 2.5}, {14, 8}, {4, 13.5}}, true), Ink::ink)};
    case trace::RowMark::model_only:
        return {stroked(through({{12, 3}, {2.5, 8}, {12, 13}}, true), Ink::ink, 1.8)};
    case trace::RowMark::differs:
        return differs();
    case trace::RowMark::order:
        return order();
    case trace::RowMark::lost:
        return {stroked(through({{8, 1}, {8, 3.6}, {4.5, 6}, {11.5, 9.6}, {8, 12.2}, {8, 15}}), Ink::diffMark, 1.9)};
    case trace::RowMark::unexplained:
        return unexplained();
    }
    return {};
}
} // namespace

const std::vector<Item> &markShape(trace::RowMark mark) {
    static const std::vector<Items> shapes = [] {
        std::vector<Items> out;
        for (std::size_t i = 0; i < markCount; ++i)
            out.push_back(shapeOf(static_cast<trace::RowMark>(i)));
        return out;
    }();
    return shapes[static_cast<std::size_t>(mark)];
}

} // namespace skbscope::ui
