// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/picture.h"

#include "ui/display/painter.h"

#include <QBuffer>
#include <QPainter>

namespace skbscope::ui {

QImage toImage(const Picture &picture, const Palette &palette, qreal scale) {
    QImage image((picture.size * scale).toSize(), QImage::Format_RGB32);
    image.fill(palette[picture.ground]);
    QPainter painter(&image);
    painter.scale(scale, scale);
    for (const PlacedList &part : picture.parts) {
        painter.save();
        painter.translate(part.at);
        painter.setClipRect(QRectF({0, 0}, part.list.size));
        paintDisplayList(painter, part.list, palette);
        painter.restore();
    }
    return image;
}

QByteArray toPng(const Picture &picture, const Palette &palette, qreal scale) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    toImage(picture, palette, scale).save(&buffer, "PNG");
    return bytes;
}

} // namespace skbscope::ui
