// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/display/typeset.h"

#include "ui/theme/fonts.h"

#include <QFontMetricsF>
#include <QHash>

namespace skbscope::ui {

// A list holds hundreds of runs in a dozen styles.
const QFont &fontOf(const Run &run, qreal size) {
    thread_local QHash<quint64, QFont> cache; // pages are made on a thread of their own
    const quint64 key =
        quint64(size * 16) << 16 | quint64(run.weight) << 2 | quint64(run.mono) << 1 | quint64(run.italic);
    auto it = cache.find(key);
    if (it == cache.end())
        it = cache.insert(key, run.mono ? monoFont(size, run.weight) : sansFont(size, run.weight, run.italic));
    return *it;
}

std::vector<SetRun> typeset(const Label &label) {
    std::vector<SetRun> out;
    qreal at = 0;
    for (const Run &run : label.runs) {
        const QFontMetricsF metrics(fontOf(run, label.size));
        out.push_back({run, at, metrics.horizontalAdvance(run.text)});
        const qreal left = label.maxWidth - at;
        if (label.maxWidth > 0 && out.back().width > left) {
            out.back().run.text = metrics.elidedText(run.text, Qt::ElideRight, left);
            out.back().width = metrics.horizontalAdvance(out.back().run.text);
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
