// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/app_words.h"

#include "ui/models/app_words_list.h"
#include "ui/models/phrase.h"

#include <QRegularExpression>
#include <optional>
#include <vector>

namespace skbscope::ui {

namespace {
struct Line {
    const char *english;
    QString begin; // before the first name: what does not begin so cannot fit
    QRegularExpression pattern;
    std::vector<int> places; // of each capture: the n of its %n
};

Line lineOf(const char *english) {
    static const QRegularExpression place(QStringLiteral("%(\\d)"));
    const QString text = QString::fromUtf8(english);
    Line out{english, {}, {}, {}};
    QString pattern;
    qsizetype from = 0;
    for (auto at = place.globalMatch(text); at.hasNext();) {
        const QRegularExpressionMatch here = at.next();
        if (out.places.empty()) out.begin = text.left(here.capturedStart());
        pattern += QRegularExpression::escape(text.mid(from, here.capturedStart() - from)) + QStringLiteral("(.+?)");
        out.places.push_back(here.captured(1).toInt());
        from = here.capturedEnd();
    }
    if (out.places.empty()) return out;
    out.pattern.setPattern(QRegularExpression::anchoredPattern(pattern + QRegularExpression::escape(text.mid(from))));
    return out;
}

const std::vector<Line> &lines() {
    static const std::vector<Line> all = [] {
        std::vector<Line> out;
        for (const auto some : {appLines(), evidenceLines()})
            for (const char *english : some)
                if (Line line = lineOf(english); !line.places.empty()) out.push_back(std::move(line));
        return out;
    }();
    return all;
}

// "46,524": as numbers are grouped in the window's language.
QString regrouped(const QString &text) {
    static const QRegularExpression number(QStringLiteral("^\\d{1,3}(,\\d{3})+$"));
    if (!number.match(text).hasMatch()) return appWords(text);
    return QString(text).replace(QLatin1Char(','), phrase("Names", ",", "between groups of three digits"));
}

// Values that are words themselves ("on", "none") are translated, too.
QString filled(const Line &line, const QRegularExpressionMatch &match) {
    QString out = phrase("App", line.english);
    for (std::size_t i = 0; i < line.places.size(); ++i)
        out.replace(QStringLiteral("%%1").arg(line.places[i]), regrouped(match.captured(int(i) + 1)));
    return out;
}

std::optional<QString> whole(const QString &text) {
    const QByteArray utf8 = text.toUtf8();
    for (const char *context : {"Reasons", "App"})
        if (QString known = phrase(context, utf8.constData()); known != text) return known;
    for (const Line &line : lines())
        if (text.startsWith(line.begin))
            if (const QRegularExpressionMatch match = line.pattern.match(text); match.hasMatch())
                return filled(line, match);
    return {};
}

// "CAP_BPF (load programs), CAP_PERFMON (...)"
QString inBrackets(QString text) {
    for (qsizetype open = text.indexOf(u'('); open >= 0; open = text.indexOf(u'(', open + 1)) {
        const qsizetype close = text.indexOf(u')', open);
        if (close < 0) break;
        if (const auto inside = whole(text.mid(open + 1, close - open - 1)))
            text.replace(open + 1, close - open - 1, *inside);
    }
    return text;
}

// "place: what; what to do"
QString inParts(const QString &text) {
    if (const qsizetype at = text.indexOf(QLatin1String("; ")); at > 0)
        return appWords(text.left(at)) + QStringLiteral("; ") + appWords(text.mid(at + 2));
    for (qsizetype at = text.indexOf(QLatin1String(": ")); at > 0; at = text.indexOf(QLatin1String(": "), at + 2))
        if (const auto rest = whole(text.mid(at + 2)))
            return whole(text.left(at)).value_or(text.left(at)) + QStringLiteral(": ") + *rest;
    return inBrackets(text);
}
} // namespace

QString appWords(const QString &line) {
    if (line.isEmpty()) return line;
    const std::optional<QString> known = whole(line);
    return known ? *known : inParts(line);
}

QString appWords(std::string_view line) {
    return appWords(QString::fromUtf8(line.data(), qsizetype(line.size())));
}

} // namespace skbscope::ui
