// SPDX-License-Identifier: GPL-2.0-or-later
// The gutter marks: shape says what happened, the colour only repeats it. Coordinates are those of a 16 x 16 grid.
#include "ui/display/painter.h"

#include <QPainter>

namespace skbscope::ui {

namespace {
using Points = std::initializer_list<QPointF>;

QPainterPath through(Points points, bool close = false) {
    QPainterPath path;
    for (const QPointF &point : points)
        path.elementCount() == 0 ? path.moveTo(point) : path.lineTo(point);
    if (close) path.closeSubpath();
    return path;
}

QPen pen(const QColor &color, qreal width) {
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void paintInlined(QPainter &p, const Palette &c) {
    QPen dashed = pen(c[Ink::ink2], 1.8);
    dashed.setCapStyle(Qt::FlatCap);
    dashed.setDashPattern({3.1 / 1.8, 2.1 / 1.8});
    p.setPen(dashed);
    p.drawEllipse(QPointF(8, 8), 5.6, 5.6);
}

void paintDiffers(QPainter &p, const Palette &c) {
    const QPainterPath diamond = through({{8, 1}, {15, 8}, {8, 15}, {1, 8}}, true);
    p.fillPath(diamond, c[Ink::panel]);
    p.strokePath(diamond, pen(c[Ink::diffMark], 1.8));
    p.setPen(pen(c[Ink::diffText], 1.4));
    p.drawLine(QPointF(5.2, 6.7), QPointF(10.8, 6.7));
    p.drawLine(QPointF(5.2, 9.3), QPointF(10.8, 9.3));
    p.drawLine(QPointF(9.4, 4.8), QPointF(6.6, 11.2));
}

void paintOrder(QPainter &p, const Palette &c) {
    p.setPen(pen(c[Ink::ink], 1.7));
    p.drawPath(through({{5, 13}, {5, 3.4}}));
    p.drawPath(through({{2.6, 5.8}, {5, 3.4}, {7.4, 5.8}}));
    p.drawPath(through({{11, 3}, {11, 12.6}}));
    p.drawPath(through({{8.6, 10.2}, {11, 12.6}, {13.4, 10.2}}));
}

void paintUnexplained(QPainter &p, const Palette &c) {
    p.fillPath(through({{5, 1}, {11, 1}, {15, 5}, {15, 11}, {11, 15}, {5, 15}, {1, 11}, {1, 5}}, true),
               c[Ink::diffMark]);
    p.setPen(pen(c[Ink::panel], 2.2));
    p.drawLine(QPointF(8, 4), QPointF(8, 9));
    p.setPen(Qt::NoPen);
    p.setBrush(c[Ink::panel]);
    p.drawEllipse(QPointF(8, 12), 1.3, 1.3);
}
} // namespace

void paintMark(QPainter &p, trace::RowMark mark, const QRectF &rect, const Palette &c) {
    p.save();
    p.translate(rect.topLeft());
    p.scale(rect.width() / 16, rect.height() / 16);
    p.setBrush(Qt::NoBrush);
    switch (mark) {
    case trace::RowMark::match:
        p.setPen(pen(c[Ink::ink3], 2));
        p.drawLine(QPointF(3.5, 6), QPointF(12.5, 6));
        p.drawLine(QPointF(3.5, 10), QPointF(12.5, 10));
        break;
    case trace::RowMark::inlined:
        paintInlined(p, c);
        break;
    case trace::RowMark::kernel_only:
        p.fillPath(through({{4, 2.5}, {14, 8}, {4, 13.5}}, true), c[Ink::ink]);
        break;
    case trace::RowMark::model_only:
        p.strokePath(through({{12, 3}, {2.5, 8}, {12, 13}}, true), pen(c[Ink::ink], 1.8));
        break;
    case trace::RowMark::differs:
        paintDiffers(p, c);
        break;
    case trace::RowMark::order:
        paintOrder(p, c);
        break;
    case trace::RowMark::lost:
        p.strokePath(through({{8, 1}, {8, 3.6}, {4.5, 6}, {11.5, 9.6}, {8, 12.2}, {8, 15}}),
                     pen(c[Ink::diffMark], 1.9));
        break;
    case trace::RowMark::unexplained:
        paintUnexplained(p, c);
        break;
    }
    p.restore();
}

} // namespace skbscope::ui
