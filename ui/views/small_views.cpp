// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/small_views.h"

#include "ui/display/painter.h"
#include "ui/scenes/parts.h"

#include <QPainter>

namespace skbscope::ui {

MarkView::MarkView(QQuickItem *parent) : QQuickPaintedItem(parent) {
    connect(this, &MarkView::changed, this, &MarkView::follow);
}

void MarkView::follow() {
    if (theme_) connect(theme_, &Theme::changed, this, &QQuickItem::update, Qt::UniqueConnection);
    update();
}

void MarkView::paint(QPainter *painter) {
    if (mark_ < 0 || !theme_) return;
    painter->setRenderHint(QPainter::Antialiasing);
    paintMark(*painter, static_cast<trace::RowMark>(mark_), QRectF(0, 0, width(), height()), theme_->palette());
}

BadgeView::BadgeView(QQuickItem *parent) : QQuickPaintedItem(parent) {
    connect(this, &BadgeView::changed, this, &BadgeView::follow);
}

void BadgeView::follow() {
    if (theme_) connect(theme_, &Theme::changed, this, &QQuickItem::update, Qt::UniqueConnection);
    update();
}

void BadgeView::paint(QPainter *painter) {
    if (letter_.isEmpty() || !theme_) return;
    DisplayList list;
    drawBadge(list, QRectF(1, 1, width() - 2, height() - 2), letter_[0].toLatin1(), false, height() * 0.66);
    paintDisplayList(*painter, list, theme_->palette());
}

namespace {
using Points = std::initializer_list<QPointF>;

QPainterPath through(Points points, bool close = false) {
    QPainterPath path;
    for (const QPointF &p : points)
        path.elementCount() == 0 ? path.moveTo(p) : path.lineTo(p);
    if (close) path.closeSubpath();
    return path;
}

void dot(QPainter &p, QPointF at) {
    QPainterPath circle;
    circle.addEllipse(at, 2.2, 2.2);
    p.fillPath(circle, p.pen().color());
}

void solid(QPainter &p, const QPainterPath &path) {
    p.fillPath(path, p.pen().color());
    p.drawPath(path);
}

void into(QPainter &p) {
    p.drawPath(through({{10, 2.5}, {10, 10.5}}));
    p.drawPath(through({{6.5, 7.5}, {10, 11}, {13.5, 7.5}}));
    dot(p, {10, 16});
}

void out(QPainter &p) {
    p.drawPath(through({{10, 11}, {10, 3}}));
    p.drawPath(through({{6.5, 6.3}, {10, 2.8}, {13.5, 6.3}}));
    dot(p, {10, 16});
}

void over(QPainter &p) {
    QPainterPath arc;
    arc.moveTo(2.5, 10);
    arc.cubicTo({2.6, 2}, {13, 0.5}, {16.7, 8.8});
    p.drawPath(arc);
    p.drawPath(through({{17.6, 4.2}, {17, 9.2}, {12.2, 8}}));
    dot(p, {10, 15});
}

void halfMoon(QPainter &p) {
    p.drawEllipse(QPointF(10, 10), 6.5, 6.5);
    QPainterPath half;
    half.moveTo(10, 3.5);
    half.arcTo(QRectF(3.5, 3.5, 13, 13), 90, 180);
    half.closeSubpath();
    p.fillPath(half, p.pen().color());
}
} // namespace

IconView::IconView(QQuickItem *parent) : QQuickPaintedItem(parent) {
    connect(this, &IconView::changed, this, [this] { update(); });
}

void IconView::paint(QPainter *painter) {
    QPainter &p = *painter;
    p.setRenderHint(QPainter::Antialiasing);
    p.scale(width() / 20, height() / 20);
    if (mirrored_) p.translate(20, 0), p.scale(-1, 1);
    p.setPen(QPen(color_, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (name_ == QLatin1String("into"))
        into(p);
    else if (name_ == QLatin1String("over"))
        over(p);
    else if (name_ == QLatin1String("out"))
        out(p);
    else if (name_ == QLatin1String("first"))
        p.drawPath(through({{4.5, 4}, {4.5, 16}})), solid(p, through({{15.5, 4.5}, {8, 10}, {15.5, 15.5}}, true));
    else if (name_ == QLatin1String("last"))
        p.drawPath(through({{15.5, 4}, {15.5, 16}})), solid(p, through({{4.5, 4.5}, {12, 10}, {4.5, 15.5}}, true));
    else if (name_ == QLatin1String("play"))
        solid(p, through({{5.5, 3.5}, {16, 10}, {5.5, 16.5}}, true));
    else if (name_ == QLatin1String("pause"))
        p.fillRect(QRectF(4.5, 3.5, 4, 13), color_), p.fillRect(QRectF(11.5, 3.5, 4, 13), color_);
    else if (name_ == QLatin1String("stop"))
        p.fillRect(QRectF(4.5, 4.5, 11, 11), color_);
    else if (name_ == QLatin1String("down"))
        solid(p, through({{6, 8}, {14, 8}, {10, 13}}, true));
    else if (name_ == QLatin1String("theme"))
        halfMoon(p);
}

DashView::DashView(QQuickItem *parent) : QQuickPaintedItem(parent) {
    connect(this, &DashView::changed, this, [this] { update(); });
}

void DashView::paint(QPainter *painter) {
    QPen pen(color_, 1.3);
    pen.setDashPattern({4 / 1.3, 3 / 1.3});
    painter->setPen(pen);
    painter->drawRect(QRectF(1, 1, width() - 2, height() - 2));
}

} // namespace skbscope::ui
