// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/typeset.h"

#include "ui/theme/fonts.h"

#include <QFontMetricsF>
#include <QHash>

namespace skbscope::ui {

namespace {
quint64 styleOf(const Run &run, qreal size) {
    return quint64(size * 16) << 16 | quint64(run.weight) << 2 | quint64(run.mono) << 1 | quint64(run.italic);
}
} // namespace

// A list holds hundreds of runs in a dozen styles.
const QFont &fontOf(const Run &run, qreal size) {
    thread_local QHash<quint64, QFont> cache; // pages are made on a thread of their own
    const quint64 key = styleOf(run, size);
    auto it = cache.find(key);
    if (it == cache.end())
        it = cache.insert(key, run.mono ? monoFont(size, run.weight) : sansFont(size, run.weight, run.italic));
    return *it;
}

// Most words of a picture stood in the last one too, and setting them is what drawing costs most.
qreal runWidth(const Run &run, qreal size) {
    constexpr qsizetype most = 20000; // some megabytes; what is on screen is a tenth of that
    thread_local QHash<std::pair<quint64, QString>, qreal> cache;
    const std::pair key{styleOf(run, size), run.text};
    if (const auto it = cache.constFind(key); it != cache.constEnd()) return *it;
    if (cache.size() >= most) cache.clear();
    const qreal width = QFontMetricsF(fontOf(run, size)).horizontalAdvance(run.text);
    cache.insert(key, width);
    return width;
}

std::vector<SetRun> typeset(const Label &label) {
    std::vector<SetRun> out;
    qreal at = 0;
    for (const Run &run : label.runs) {
        out.push_back({run, at, runWidth(run, label.size)});
        const qreal left = label.maxWidth - at;
        if (label.maxWidth > 0 && out.back().width > left) {
            out.back().run.text = QFontMetricsF(fontOf(run, label.size)).elidedText(run.text, Qt::ElideRight, left);
            out.back().width = runWidth(out.back().run, label.size);
            at += out.back().width;
            break;
        }
        at += out.back().width;
    }
    const qreal shift = label.anchor == Anchor::start ? 0 : label.anchor == Anchor::middle ? at / 2 : at;
    for (SetRun &run : out)
        run.dx -= shift;
    return out;
}

} // namespace skbscope::ui
