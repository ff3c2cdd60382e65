// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/painter.h"

#include "ui/display/textures.h"
#include "ui/theme/fonts.h"

#include <QFontMetricsF>
#include <QHash>
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

// Making a QFont is dear, and a list holds hundreds of runs in a dozen styles.
const QFont &fontOf(const Run &run, qreal size) {
    static QHash<quint64, QFont> cache;
    const quint64 key =
        quint64(size * 16) << 16 | quint64(run.weight) << 2 | quint64(run.mono) << 1 | quint64(run.italic);
    auto it = cache.find(key);
    if (it == cache.end())
        it = cache.insert(key, run.mono ? monoFont(size, run.weight) : sansFont(size, run.weight, run.italic));
    return *it;
}

// The runs that fit into label.maxWidth, the last one cut with an ellipsis.
std::vector<Run> fitted(const Label &label) {
    if (label.maxWidth <= 0) return label.runs;
    std::vector<Run> out;
    qreal left = label.maxWidth;
    for (const Run &run : label.runs) {
        const QFontMetricsF metrics(fontOf(run, label.size));
        const qreal width = metrics.horizontalAdvance(run.text);
        out.push_back(run);
        if (width > left) {
            out.back().text = metrics.elidedText(run.text, Qt::ElideRight, left);
            break;
        }
        left -= width;
    }
    return out;
}

void paintRuns(QPainter &p, const Label &label, const std::vector<Run> &runs, QPointF at, const Palette &palette) {
    for (const Run &run : runs) {
        const QFont &font = fontOf(run, label.size);
        if (label.halo) {
            QPainterPath outline;
            outline.addText(at, font, run.text);
            p.strokePath(outline, QPen(palette[*label.halo], 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        }
        p.setFont(font);
        p.setPen(palette[run.ink]);
        p.drawText(at, run.text);
        at.rx() += QFontMetricsF(font).horizontalAdvance(run.text);
    }
}

void paintLabel(QPainter &p, const Label &label, const Palette &palette) {
    const std::vector<Run> runs = fitted(label);
    qreal width = 0;
    for (const Run &run : runs)
        width += QFontMetricsF(fontOf(run, label.size)).horizontalAdvance(run.text);
    const qreal shift = label.anchor == Anchor::start ? 0 : label.anchor == Anchor::middle ? width / 2 : width;
    if (!label.upward) return paintRuns(p, label, runs, label.at - QPointF(shift, 0), palette);
    p.save();
    p.translate(label.at);
    p.rotate(-90);
    paintRuns(p, label, runs, QPointF(-shift, 0), palette);
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
} // namespace

void paintDisplayList(QPainter &painter, const DisplayList &list, const Palette &palette) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    for (const Item &item : list.items) {
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

} // namespace skbscope::ui
