// SPDX-License-Identifier: GPL-2.0-or-later
// The patterns that back up colour: hatch for free room, chevrons for softirq, one pattern a layer. A tile of
// lines each: SVG repeats it as such, a painter as a bitmap made for the very scale that it paints at.
#pragma once

#include "ui/display/display_list.h"

class QPainter;

namespace skbscope::ui {

struct TextureTile {
    QSizeF size;
    std::optional<Ink> ground = {}; // fills the tile
    std::optional<Path> lines = {};
};
[[nodiscard]] TextureTile textureTile(Texture texture);
// Where a tile begins that fits a shape with these bounds.
[[nodiscard]] QPointF textureOrigin(Texture texture, const QRectF &bounds);
inline constexpr std::size_t textureCount = static_cast<std::size_t>(Texture::stripQ) + 1;

void paintTexture(QPainter &painter, Texture texture, const QPainterPath &shape, const Palette &palette);

} // namespace skbscope::ui
