// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/painter.h"

#include "ui/display/changed.h"
#include "ui/display/marks.h"
#include "ui/display/textures.h"
#include "ui/display/typeset.h"

#include <QPainter>

namespace skbscope::ui {

namespace {
QPen penOf(const Stroke &stroke, const Palette &palette) {
    QColor color = palette[stroke.ink];
    color.setAlphaF(float(stroke.alpha));
    QPen pen(color, stroke.width);
    pen.setCapStyle(stroke.round ? Qt::RoundCap : Qt::FlatCap);
    pen.setJoinStyle(stroke.round ? Qt::RoundJoin : Qt::MiterJoin);
    if (!stroke.dash.isEmpty()) {
        QVector<qreal> pattern = stroke.dash; // QPen counts in widths
        for (qreal &length : pattern)
            length /= stroke.width;
        pen.setDashPattern(pattern);
    }
    return pen;
}

void paintRuns(QPainter &p, const Label &label, QPointF from, const Palette &palette) {
    for (const SetRun &set : typeset(label)) {
        const QFont &font = fontOf(set.run, label.size);
        const QPointF at = from + QPointF(set.dx, 0);
        if (label.halo) {
            QPainterPath outline;
            outline.addText(at, font, set.run.text);
            p.strokePath(outline, QPen(palette[*label.halo], haloWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        }
        p.setFont(font);
        p.setPen(palette[set.run.ink]);
        p.drawText(at, set.run.text);
    }
}

void paintLabel(QPainter &p, const Label &label, const Palette &palette) {
    if (!label.upward) return paintRuns(p, label, label.at, palette);
    p.save();
    p.translate(label.at);
    p.rotate(-90);
    paintRuns(p, label, {}, palette);
    p.restore();
}

void paintBox(QPainter &p, const Box &box, const Palette &palette) {
    if (box.fill || box.texture != Texture::none) {
        QPainterPath shape;
        shape.addRoundedRect(box.rect, box.radius, box.radius);
        if (box.fill) p.fillPath(shape, palette[*box.fill]);
        paintTexture(p, box.texture, shape, palette);
    }
    if (!box.stroke) return;
    p.setPen(penOf(*box.stroke, palette));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(box.rect, box.radius, box.radius);
}

void paintPath(QPainter &p, const Path &path, const Palette &palette) {
    p.setOpacity(path.alpha);
    if (path.fill) p.fillPath(path.path, palette[*path.fill]);
    paintTexture(p, path.texture, path.path, palette);
    if (path.stroke) p.strokePath(path.path, penOf(*path.stroke, palette));
    p.setOpacity(1);
}

// `within`: where the painter paints at all; null: everywhere.
void paintItems(QPainter &painter, const std::vector<Item> &items, const Palette &palette, const QRectF &within = {}) {
    for (const Item &item : items) {
        if (!within.isNull() && !boundsOf(item).intersects(within)) continue;
        if (const auto *box = std::get_if<Box>(&item))
            paintBox(painter, *box, palette);
        else if (const auto *path = std::get_if<Path>(&item))
            paintPath(painter, *path, palette);
        else if (const auto *label = std::get_if<Label>(&item))
            paintLabel(painter, *label, palette);
        else if (const auto *mark = std::get_if<Mark>(&item))
            paintMark(painter, mark->mark, mark->rect, palette);
    }
}
} // namespace

void paintMark(QPainter &p, trace::RowMark mark, const QRectF &rect, const Palette &palette) {
    p.save();
    p.translate(rect.topLeft());
    p.scale(rect.width() / markSize, rect.height() / markSize);
    paintItems(p, markShape(mark), palette);
    p.restore();
}

void paintDisplayList(QPainter &painter, const DisplayList &list, const Palette &palette) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintItems(painter, list.items, palette, painter.hasClipping() ? painter.clipBoundingRect() : QRectF());
}

} // namespace skbscope::ui
