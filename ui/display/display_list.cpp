// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/display_list.h"

namespace skbscope::ui {

const Region *DisplayList::hit(QPointF at) const {
    for (auto it = regions.rbegin(); it != regions.rend(); ++it)
        if (it->rect.contains(at)) return &*it;
    return nullptr;
}

void DisplayList::line(QPointF from, QPointF to, const Stroke &stroke) {
    QPainterPath path(from);
    path.lineTo(to);
    add(Path{path, {}, Texture::none, stroke});
}

void DisplayList::text(QPointF at, qreal height, const QString &text, Ink ink, int weight, Anchor anchor) {
    add(Label{at, height, {{text, ink, weight}}, anchor});
}

void DisplayList::code(QPointF at, qreal height, const QString &text, Ink ink, int weight, Anchor anchor) {
    add(Label{at, height, {{text, ink, weight, true}}, anchor});
}

qreal labelWidth(const Label &label) {
    qreal width = 0;
    for (const Run &run : label.runs)
        width += runWidth(run, label.size);
    return width;
}

QPainterPath arrowHead(QPointF tip, char direction, qreal length, qreal width) {
    const qreal half = width / 2;
    QPointF a, b;
    switch (direction) {
    case 'r':
        a = {-length, -half}, b = {-length, half};
        break;
    case 'l':
        a = {length, -half}, b = {length, half};
        break;
    case 'u':
        a = {-half, length}, b = {half, length};
        break;
    default:
        a = {-half, -length}, b = {half, -length};
        break;
    }
    QPainterPath path(tip);
    path.lineTo(tip + a);
    path.lineTo(tip + b);
    path.closeSubpath();
    return path;
}

LayerInk layerInk(char letter) {
    switch (letter) {
    case 'A':
        return {Ink::aTint, Ink::aMark, Ink::aText, Texture::stripA};
    case 'T':
        return {Ink::tTint, Ink::tMark, Ink::tText, Texture::stripT};
    case 'N':
        return {Ink::nTint, Ink::nMark, Ink::nText, Texture::stripN};
    case 'L':
        return {Ink::lTint, Ink::lMark, Ink::lText, Texture::stripL};
    default:
        return {Ink::qTint, Ink::qMark, Ink::qText, Texture::stripQ};
    }
}

} // namespace skbscope::ui
