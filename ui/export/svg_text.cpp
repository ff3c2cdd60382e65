// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/svg_text.h"

#include "ui/theme/fonts.h"

namespace skbscope::ui {

QString svgNumber(qreal value, int decimals) {
    QString s = QString::number(value, 'f', decimals);
    if (decimals > 0) {
        while (s.endsWith(QLatin1Char('0')))
            s.chop(1);
        if (s.endsWith(QLatin1Char('.'))) s.chop(1);
    }
    return s == QLatin1String("-0") ? QStringLiteral("0") : s;
}

namespace {
// Path data in few letters: lines along an axis name one number, and what goes on the same way is one line.
class PathText {
public:
    explicit PathText(int decimals) : decimals_(decimals) {}
    void move(QPointF to) {
        add('M', to);
        start_ = to;
    }
    void line(QPointF to, bool last) {
        // Qt keeps no mark for a closed outline, but joins its ends; SVG wants to be told.
        if (last && to == start_) {
            out_ += QLatin1Char('Z');
            return;
        }
        const QString x = number(to.x()), y = number(to.y());
        if (x == x_)
            along('V', y, to.y() > at_.y());
        else if (y == y_)
            along('H', x, to.x() > at_.x());
        else
            out_ += QLatin1Char('L') + x + QLatin1Char(' ') + y, way_ = 0;
        x_ = x, y_ = y, at_ = to;
    }
    void curve(QPointF to, bool first) { add(first ? 'C' : ' ', to); }
    [[nodiscard]] const QString &text() const { return out_; }

private:
    [[nodiscard]] QString number(qreal v) const { return svgNumber(v, decimals_); }
    void add(char letter, QPointF to) {
        x_ = number(to.x()), y_ = number(to.y()), at_ = to, way_ = 0;
        out_ += QLatin1Char(letter) + x_ + QLatin1Char(' ') + y_;
    }
    void along(char letter, const QString &value, bool growing) {
        const int way = growing ? letter : -letter;
        if (way == way_) out_.truncate(from_);
        from_ = out_.size(), way_ = way;
        out_ += QLatin1Char(letter) + value;
    }

    int decimals_;
    QString out_, x_, y_;
    QPointF start_, at_;
    int way_ = 0; // of the last line, if it went along an axis
    qsizetype from_ = 0;
};
} // namespace

QString svgPath(const QPainterPath &path, int decimals) {
    PathText out(decimals);
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element e = path.elementAt(i);
        const bool last = i + 1 == path.elementCount() || path.elementAt(i + 1).isMoveTo();
        if (e.isMoveTo())
            out.move(e);
        else if (e.isLineTo())
            out.line(e, last);
        else
            out.curve(e, e.type == QPainterPath::CurveToElement);
    }
    return out.text();
}

QString xmlText(const QString &text) {
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool pairHere = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pairHere)
            out += c, out += text[++i];
        else if (c.isSurrogate() || c.unicode() >= 0xfffe || (c < QLatin1Char(' ') && c != QLatin1Char('\t')))
            out += QChar(QChar::ReplacementCharacter);
        else if (c == QLatin1Char('\''))
            out += QStringLiteral("&#39;");
        else
            out += QString(c).toHtmlEscaped();
    }
    return out;
}

// Under the name of the installed font: the program loads it under one of its own.
QString sansFamilies() {
    const bool inter = fonts().sans != QLatin1String("DejaVu Sans");
    return inter ? QStringLiteral("Inter, 'DejaVu Sans', sans-serif")
                 : QStringLiteral("'DejaVu Sans', Inter, sans-serif");
}

QString monoFamilies() {
    const bool jetBrains = fonts().mono != QLatin1String("DejaVu Sans Mono");
    return jetBrains ? QStringLiteral("'JetBrains Mono', 'DejaVu Sans Mono', monospace")
                     : QStringLiteral("'DejaVu Sans Mono', 'JetBrains Mono', monospace");
}

} // namespace skbscope::ui
