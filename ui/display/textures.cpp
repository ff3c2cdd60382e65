// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/textures.h"

#include <QHash>
#include <QPainter>
#include <QPixmap>

#include <cmath>

namespace skbscope::ui {

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

namespace {
struct TileKey {
    Texture texture;
    QSize pixels;
    QRgb ground, lines;
    bool operator==(const TileKey &) const = default;
};
size_t qHash(const TileKey &key, size_t seed) {
    return qHashMulti(seed, int(key.texture), key.pixels.width(), key.pixels.height(), key.ground, key.lines);
}

QPixmap drawTile(const TextureTile &tile, QSize pixels, const Palette &palette) {
    QPixmap drawn(pixels);
    drawn.fill(tile.ground ? palette[*tile.ground] : QColor(Qt::transparent));
    if (!tile.lines) return drawn;
    QPainter p(&drawn);
    p.setRenderHint(QPainter::Antialiasing);
    p.scale(pixels.width() / tile.size.width(), pixels.height() / tile.size.height());
    p.setOpacity(tile.lines->alpha);
    if (tile.lines->fill) p.fillPath(tile.lines->path, palette[*tile.lines->fill]);
    if (tile.lines->stroke)
        p.strokePath(tile.lines->path,
                     QPen(palette[tile.lines->stroke->ink], tile.lines->stroke->width, Qt::SolidLine, Qt::FlatCap));
    return drawn;
}

Ink inkOfLines(const TextureTile &tile) {
    return !tile.lines ? Ink::ink : tile.lines->stroke ? tile.lines->stroke->ink : tile.lines->fill.value_or(Ink::ink);
}

// A few textures at one or two scales, in the theme's colours.
const QPixmap &tileOf(Texture texture, const TextureTile &tile, QSize pixels, const Palette &palette) {
    thread_local QHash<TileKey, QPixmap> cache; // pictures are made on other threads too
    constexpr qsizetype most = 200;             // a drag of the window's edge goes through many scales
    const TileKey key{texture, pixels, palette[tile.ground.value_or(Ink::ink)].rgba(),
                      palette[inkOfLines(tile)].rgba()};
    if (const auto it = cache.constFind(key); it != cache.constEnd()) return *it;
    if (cache.size() >= most) cache.clear();
    return *cache.insert(key, drawTile(tile, pixels, palette));
}
} // namespace

void paintTexture(QPainter &p, Texture texture, const QPainterPath &shape, const Palette &palette) {
    if (texture == Texture::none) return;
    const TextureTile tile = textureTile(texture);
    if (!tile.lines) return p.fillPath(shape, palette[*tile.ground]);
    // Whole pixels of the device, so that each repetition is as sharp as the first.
    const QTransform &device = p.deviceTransform();
    const qreal across = std::hypot(device.m11(), device.m12()), along = std::hypot(device.m21(), device.m22());
    if (across <= 0 || along <= 0) return;
    const QSize pixels(std::max(1, qRound(tile.size.width() * across)),
                       std::max(1, qRound(tile.size.height() * along)));
    QBrush brush(tileOf(texture, tile, pixels, palette));
    const QPointF origin = textureOrigin(texture, shape.boundingRect());
    brush.setTransform(QTransform::fromTranslate(origin.x(), origin.y()).scale(1 / across, 1 / along));
    p.fillPath(shape, brush);
}

} // namespace skbscope::ui
