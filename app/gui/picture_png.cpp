// SPDX-License-Identifier: GPL-2.0-or-later
// The drawing becomes a display list, and the painter of the panes paints it.
#include "app/gui/drawing_application.h"
#include "app/gui/picture.h"
#include "ui/export/picture.h"

namespace skbscope::app {

namespace {

ui::Ink inkOf(experiment::Tone tone) {
    static constexpr ui::Ink inks[] = {ui::Ink::panel, ui::Ink::ink,   ui::Ink::ink2,  ui::Ink::line, ui::Ink::aMark,
                                       ui::Ink::nMark, ui::Ink::tMark, ui::Ink::lMark, ui::Ink::ink};
    return inks[static_cast<unsigned>(tone)];
}

struct ToDisplayList {
    ui::DisplayList &list;

    void operator()(const experiment::Polyline &l) const {
        QPainterPath path;
        for (const experiment::Point &p : l.points)
            if (path.elementCount() == 0)
                path.moveTo(p.x, p.y);
            else
                path.lineTo(p.x, p.y);
        QVector<qreal> dash;
        for (const double d : l.dash)
            dash.push_back(d);
        list.add(ui::Path{path, {}, ui::Texture::none, ui::Stroke{inkOf(l.tone), l.width, dash, false, 1}, 1});
    }
    void operator()(const experiment::Marker &m) const {
        QPainterPath path;
        if (m.shape == experiment::Shape::circle) {
            path.addEllipse(QPointF(m.at.x, m.at.y), experiment::markerRadius, experiment::markerRadius);
        } else {
            QPolygonF outline;
            for (const experiment::Point &p : experiment::markerOutline(m))
                outline << QPointF(p.x, p.y);
            path.addPolygon(outline);
            path.closeSubpath();
        }
        list.add(ui::Path{path, inkOf(m.tone), ui::Texture::none, {}, 1});
    }
    void operator()(const experiment::Words &w) const {
        ui::Label label;
        label.at = QPointF(w.at.x, w.at.y);
        label.size = w.size;
        label.runs.push_back({QString::fromStdString(w.text), inkOf(w.tone), w.bold ? 600 : 400, false, false});
        label.anchor = static_cast<ui::Anchor>(w.anchor);
        label.upward = w.upward;
        list.add(label);
    }
};

} // namespace

bool canWritePng() {
    return true;
}

OrFailure<void> writePng(const experiment::Drawing &drawing, const std::filesystem::path &file) {
    const DrawingApplication application;
    ui::PlacedList part;
    part.list.size = QSizeF(drawing.width, drawing.height);
    for (const experiment::Item &item : drawing.items)
        std::visit(ToDisplayList{part.list}, item);
    ui::Picture picture;
    picture.size = part.list.size;
    picture.parts.push_back(std::move(part));
    if (!ui::toImage(picture, ui::Palette::light(), 2).save(QString::fromStdString(file.string()), "PNG"))
        return failed(exitBadInput, file.string() + ": cannot be written; check the path and its permissions");
    return {};
}

} // namespace skbscope::app
