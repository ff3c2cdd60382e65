// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/marks.h"
#include "ui/display/textures.h"
#include "ui/display/typeset.h"
#include "ui/export/picture.h"
#include "ui/export/svg_text.h"

#include <QMap>
#include <cmath>

namespace skbscope::ui {

namespace {

QString n(qreal value) {
    return svgNumber(value);
}

class SvgWriter {
public:
    SvgWriter(const Picture &picture, const Palette &palette) : picture_(picture), palette_(palette) {}
    QByteArray run();

private:
    void items(const std::vector<Item> &all);
    void write(const Box &box);
    void write(const Path &path);
    void write(const Label &label);
    void write(const Mark &mark);
    void run(const Label &label, const SetRun &set);
    // Fill, texture and edge of one shape, each an element of its own: `shape` is the element without its end.
    void shape(const QString &shape, const QRectF &bounds, const std::optional<Ink> &fill, Texture texture,
               const std::optional<Stroke> &stroke);
    [[nodiscard]] QString pattern(Texture texture, const QRectF &bounds);
    [[nodiscard]] QString strokeOf(const Stroke &stroke) const;
    [[nodiscard]] QString colour(Ink ink) const { return palette_[ink].name(); }

    const Picture &picture_;
    const Palette &palette_;
    QString out_;
    QMap<QString, QString> patterns_; // id -> element
};

QString SvgWriter::strokeOf(const Stroke &s) const {
    QString out = QStringLiteral(" fill=\"none\" stroke=\"%1\" stroke-width=\"%2\"").arg(colour(s.ink), n(s.width));
    if (!s.dash.isEmpty()) {
        QStringList dash;
        for (const qreal d : s.dash)
            dash << n(d);
        out += QStringLiteral(" stroke-dasharray=\"%1\"").arg(dash.join(QLatin1Char(' ')));
    }
    if (s.round) out += QStringLiteral(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    if (s.alpha < 1) out += QStringLiteral(" stroke-opacity=\"%1\"").arg(n(s.alpha));
    return out;
}

QString SvgWriter::pattern(Texture texture, const QRectF &bounds) {
    const TextureTile tile = textureTile(texture);
    const QPointF origin = textureOrigin(texture, bounds);
    const QString x = n(origin.x() - std::floor(origin.x() / tile.size.width()) * tile.size.width());
    const QString y = n(origin.y() - std::floor(origin.y() / tile.size.height()) * tile.size.height());
    const QString id = QStringLiteral("t%1_%2_%3").arg(int(texture)).arg(x, y);
    if (patterns_.contains(id)) return id;
    QString outer;
    std::swap(outer, out_);
    if (tile.ground)
        out_ += QStringLiteral("<rect width=\"%1\" height=\"%2\" fill=\"%3\"/>")
                    .arg(n(tile.size.width()), n(tile.size.height()), colour(*tile.ground));
    if (tile.lines) write(*tile.lines);
    std::swap(outer, out_);
    patterns_[id] = QStringLiteral("<pattern id=\"%1\" patternUnits=\"userSpaceOnUse\" x=\"%2\" y=\"%3\" width=\"%4\" "
                                   "height=\"%5\">%6</pattern>\n")
                        .arg(id, x, y, n(tile.size.width()), n(tile.size.height()), outer);
    return id;
}

void SvgWriter::shape(const QString &shape, const QRectF &bounds, const std::optional<Ink> &fill, Texture texture,
                      const std::optional<Stroke> &stroke) {
    if (fill && texture == Texture::none && !stroke) {
        out_ += shape + QStringLiteral(" fill=\"%1\"/>\n").arg(colour(*fill));
        return;
    }
    if (fill) out_ += shape + QStringLiteral(" fill=\"%1\"/>\n").arg(colour(*fill));
    if (texture != Texture::none)
        out_ += shape + QStringLiteral(" fill=\"url(#%1)\"/>\n").arg(pattern(texture, bounds));
    if (stroke) out_ += shape + strokeOf(*stroke) + QStringLiteral("/>\n");
}

void SvgWriter::write(const Box &b) {
    QString element = QStringLiteral("<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\"")
                          .arg(n(b.rect.x()), n(b.rect.y()), n(b.rect.width()), n(b.rect.height()));
    if (b.radius > 0) element += QStringLiteral(" rx=\"%1\"").arg(n(b.radius));
    shape(element, b.rect, b.fill, b.texture, b.stroke);
}

void SvgWriter::write(const Path &p) {
    QString element = QStringLiteral("<path d=\"%1\"").arg(svgPath(p.path));
    if (p.alpha < 1) element += QStringLiteral(" opacity=\"%1\"").arg(n(p.alpha));
    shape(element, p.path.boundingRect(), p.fill, p.texture, p.stroke);
}

void SvgWriter::run(const Label &label, const SetRun &set) {
    if (set.run.text.isEmpty()) return;
    const QPointF at = label.upward ? QPointF(set.dx, 0) : label.at + QPointF(set.dx, 0);
    out_ += QStringLiteral("<text x=\"%1\" y=\"%2\" font-size=\"%3\" fill=\"%4\"")
                .arg(n(at.x()), n(at.y()), n(label.size), colour(set.run.ink));
    const QString &words = set.run.text; // attribute and style: programs know one or the other
    if (words != words.simplified()) out_ += QStringLiteral(" xml:space=\"preserve\"");
    if (set.run.mono) out_ += QStringLiteral(" font-family=\"%1\"").arg(monoFamilies());
    if (set.run.weight != 400) out_ += QStringLiteral(" font-weight=\"%1\"").arg(set.run.weight);
    if (set.run.italic) out_ += QStringLiteral(" font-style=\"italic\"");
    if (set.width > 0) out_ += QStringLiteral(" textLength=\"%1\" lengthAdjust=\"spacingAndGlyphs\"").arg(n(set.width));
    if (label.halo)
        out_ += QStringLiteral(" stroke=\"%1\" stroke-width=\"%2\" stroke-linejoin=\"round\" paint-order=\"stroke\"")
                    .arg(colour(*label.halo), n(haloWidth));
    out_ += QLatin1Char('>') + xmlText(set.run.text) + QStringLiteral("</text>\n");
}

void SvgWriter::write(const Label &label) {
    if (label.upward)
        out_ +=
            QStringLiteral("<g transform=\"translate(%1 %2) rotate(-90)\">\n").arg(n(label.at.x()), n(label.at.y()));
    for (const SetRun &set : typeset(label))
        run(label, set);
    if (label.upward) out_ += QStringLiteral("</g>\n");
}

void SvgWriter::write(const Mark &m) {
    out_ += QStringLiteral("<g transform=\"translate(%1 %2) scale(%3 %4)\">\n")
                .arg(n(m.rect.x()), n(m.rect.y()), n(m.rect.width() / markSize), n(m.rect.height() / markSize));
    items(markShape(m.mark));
    out_ += QStringLiteral("</g>\n");
}

void SvgWriter::items(const std::vector<Item> &all) {
    for (const Item &item : all)
        std::visit([this](const auto &it) { write(it); }, item);
}

QByteArray SvgWriter::run() {
    for (const PlacedList &part : picture_.parts) {
        out_ += QStringLiteral("<svg x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\">\n")
                    .arg(n(part.at.x()), n(part.at.y()), n(part.list.size.width()), n(part.list.size.height()));
        items(part.list.items);
        out_ += QStringLiteral("</svg>\n");
    }
    const QString w = n(picture_.size.width()), h = n(picture_.size.height());
    QString head = QStringLiteral("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" "
                                  "viewBox=\"0 0 %1 %2\" font-family=\"%3\" role=\"img\">\n")
                       .arg(w, h, sansFamilies());
    // Contextual alternates draw 0x0800 as 0×0800, ligatures draw -> as an arrow.
    head +=
        QStringLiteral("<style>text{white-space:pre;font-feature-settings:\"calt\" 0,\"liga\" 0,\"tnum\" 1}</style>\n");
    head += QStringLiteral("<title>") + xmlText(picture_.title) + QStringLiteral("</title>\n<desc>") +
            xmlText(picture_.description) + QStringLiteral("</desc>\n<defs>\n");
    for (const QString &pattern : patterns_)
        head += pattern;
    head +=
        QStringLiteral("</defs>\n<rect width=\"%1\" height=\"%2\" fill=\"%3\"/>\n").arg(w, h, colour(picture_.ground));
    return (head + out_ + QStringLiteral("</svg>\n")).toUtf8();
}

} // namespace

QByteArray toSvg(const Picture &picture, const Palette &palette) {
    return SvgWriter(picture, palette).run();
}

} // namespace skbscope::ui
