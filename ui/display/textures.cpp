// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/textures.h"

#include <QPainter>

#include <cmath>

namespace skbscope::ui {

namespace {
// Lines of slope 1, `step` apart along x, through a grid that is the same for every shape.
void diagonals(QPainter &p, const QRectF &r, qreal step, const QColor &color, qreal width, bool falling = false) {
    p.setPen(QPen(color, width));
    const qreal h = r.height();
    const qreal from = std::floor((r.left() - h) / step) * step;
    for (qreal x = from; x < r.right() + h + step; x += step)
        falling ? p.drawLine(QPointF(x, r.top()), QPointF(x + h, r.bottom()))
                : p.drawLine(QPointF(x, r.bottom()), QPointF(x + h, r.top()));
}

void chevrons(QPainter &p, const QRectF &r, const QColor &color) {
    p.setPen(QPen(color, 1.6));
    for (qreal y = std::floor(r.top() / 8) * 8 - 8; y < r.bottom() + 8; y += 8) {
        QPolygonF line;
        for (qreal x = std::floor(r.left() / 8) * 8; x <= r.right() + 8; x += 4)
            line << QPointF(x, y + (std::fmod(std::abs(x), 8) < 2 ? 6 : 2));
        p.drawPolyline(line);
    }
}

void dots(QPainter &p, const QRectF &r, const QColor &color) {
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    for (qreal y = r.top() + std::min(3.5, r.height() / 2); y < r.bottom() + 3.5; y += 7)
        for (qreal x = r.left() + 3.5; x < r.right(); x += 7)
            p.drawEllipse(QPointF(x, y), 2.1, 2.1);
}

void bars(QPainter &p, const QRectF &r, const QColor &color) {
    for (qreal x = r.left() + 1.5; x < r.right(); x += 6)
        p.fillRect(QRectF(x, r.top(), std::min(2.6, r.right() - x), r.height()), color);
}

QColor faint(QColor color, float alpha) {
    color.setAlphaF(alpha);
    return color;
}
} // namespace

void paintTexture(QPainter &p, Texture texture, const QPainterPath &shape, const Palette &palette) {
    if (texture == Texture::none) return;
    const QRectF r = shape.boundingRect();
    p.save();
    p.setClipPath(shape, Qt::IntersectClip);
    switch (texture) {
    case Texture::none:
        break;
    case Texture::freeRoom:
        diagonals(p, r, 8, palette[Ink::lineS], 1);
        break;
    case Texture::softirq:
        p.fillRect(r, palette[Ink::soft]);
        chevrons(p, r, faint(palette[Ink::softText], 0.3F));
        break;
    case Texture::hardirq:
        p.fillRect(r, palette[Ink::hard]);
        diagonals(p, r, 6, faint(palette[Ink::hardText], 0.45F), 1.2);
        diagonals(p, r, 6, faint(palette[Ink::hardText], 0.45F), 1.2, true);
        break;
    case Texture::stripA:
        p.fillRect(r, palette[Ink::aMark]);
        break;
    case Texture::stripT:
        p.fillRect(r, palette[Ink::tTint]);
        bars(p, r, palette[Ink::tMark]);
        break;
    case Texture::stripN:
        p.fillRect(r, palette[Ink::nTint]);
        dots(p, r, palette[Ink::nMark]);
        break;
    case Texture::stripL:
        p.fillRect(r, palette[Ink::lTint]);
        diagonals(p, r, 7, palette[Ink::lMark], 2.4);
        break;
    case Texture::stripQ:
        p.fillRect(r, palette[Ink::qTint]);
        break;
    }
    p.restore();
}

namespace {
using Lines = std::initializer_list<std::pair<QPointF, QPointF>>;

Path tileLines(Lines lines, Ink ink, qreal width, qreal alpha = 1) {
    Path path;
    for (const auto &[from, to] : lines) {
        if (path.path.elementCount() == 0 || path.path.currentPosition() != from) path.path.moveTo(from);
        path.path.lineTo(to);
    }
    path.stroke = Stroke{ink, width};
    path.alpha = alpha;
    return path;
}

// A rising diagonal, with the ends of its neighbours that reach into the tile.
Path tileDiagonal(qreal step, Ink ink, qreal width) {
    return tileLines(
        {{{-2, 2}, {2, -2}}, {{-2, step + 2}, {step + 2, -2}}, {{step - 2, step + 2}, {step + 2, step - 2}}}, ink,
        width);
}

Path tileCross() {
    return tileLines({{{-1, 7}, {7, -1}},
                      {{-1, 1}, {1, -1}},
                      {{5, 7}, {7, 5}},
                      {{-1, -1}, {7, 7}},
                      {{-1, 5}, {1, 7}},
                      {{5, -1}, {7, 1}}},
                     Ink::hardText, 1.2, 0.45);
}

Path tileDot() {
    Path path;
    path.path.addEllipse(QPointF(3.5, 3.5), 2.1, 2.1);
    path.fill = Ink::nMark;
    return path;
}

Path tileBar() {
    Path path;
    path.path.addRect(QRectF(1.5, 0, 2.6, 6));
    path.fill = Ink::tMark;
    return path;
}
} // namespace

TextureTile textureTile(Texture texture) {
    switch (texture) {
    case Texture::none:
        break;
    case Texture::freeRoom:
        return {{8, 8}, {}, tileDiagonal(8, Ink::lineS, 1)};
    case Texture::softirq:
        return {{8, 8},
                Ink::soft,
                tileLines({{{-2, 4}, {0, 6}}, {{0, 6}, {4, 2}}, {{4, 2}, {8, 6}}, {{8, 6}, {10, 4}}}, Ink::softText,
                          1.6, 0.3)};
    case Texture::hardirq:
        return {{6, 6}, Ink::hard, tileCross()};
    case Texture::stripA:
        return {{8, 8}, Ink::aMark, {}};
    case Texture::stripT:
        return {{6, 6}, Ink::tTint, tileBar()};
    case Texture::stripN:
        return {{7, 7}, Ink::nTint, tileDot()};
    case Texture::stripL:
        return {{7, 7}, Ink::lTint, tileDiagonal(7, Ink::lMark, 2.4)};
    case Texture::stripQ:
        return {{8, 8}, Ink::qTint, {}};
    }
    return {};
}

QPointF textureOrigin(Texture texture, const QRectF &bounds) {
    switch (texture) {
    case Texture::stripT:
        return bounds.topLeft();
    case Texture::stripN: // one row of dots stands in the middle
        return bounds.topLeft() + QPointF(0, std::min(3.5, bounds.height() / 2) - 3.5);
    case Texture::freeRoom:
    case Texture::hardirq:
    case Texture::stripL:
        return {0, bounds.bottom()};
    default:
        return {};
    }
}

} // namespace skbscope::ui
