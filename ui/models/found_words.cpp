// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/found_words.h"

#include "ui/models/phrase.h"

#include <array>

namespace skbscope::ui {

namespace {
struct Kind {
    const char *index, *one, *many; // as the index says it; %1 for the packet
};
constexpr std::array kinds = {
    Kind{"call with packet ", QT_TRANSLATE_NOOP("Found", "call with packet %1"),
         QT_TRANSLATE_NOOP("Found", "calls with packet %1")},
    Kind{"call of this flow", QT_TRANSLATE_NOOP("Found", "call of this flow"),
         QT_TRANSLATE_NOOP("Found", "calls of this flow")},
    Kind{"call with this text", QT_TRANSLATE_NOOP("Found", "call with this text"),
         QT_TRANSLATE_NOOP("Found", "calls with this text")},
    Kind{"call", QT_TRANSLATE_NOOP("Found", "call"), QT_TRANSLATE_NOOP("Found", "calls")},
};
} // namespace

QString foundWords(const QString &kind, qint64 count) {
    for (const Kind &k : kinds) {
        const QLatin1String begin(k.index);
        if (!kind.startsWith(begin)) continue;
        const QString words = phrase("Found", count == 1 ? k.one : k.many);
        return words.contains(QStringLiteral("%1")) ? words.arg(kind.mid(begin.size())) : words;
    }
    return kind;
}

} // namespace skbscope::ui
