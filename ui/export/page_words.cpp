// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/page_words.h"

#include "ui/models/phrase.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace skbscope::ui {

namespace {
// As they stand in page.html and page.js; a test looks each of them up there.
constexpr const char *all[] = {
    QT_TRANSLATE_NOOP("Page", "Light or dark"),
    QT_TRANSLATE_NOOP("Page", "Keys"),
    QT_TRANSLATE_NOOP("Page", "Calls a second"),
    QT_TRANSLATE_NOOP("Page", "Step"),
    QT_TRANSLATE_NOOP("Page", "call"),
    QT_TRANSLATE_NOOP("Page", "host, device"),
    QT_TRANSLATE_NOOP("Page", "Calls"),
    QT_TRANSLATE_NOOP("Page", "Where are we, and do model and kernel agree?"),
    QT_TRANSLATE_NOOP("Page", "Layer"),
    QT_TRANSLATE_NOOP("Page", "Model, C++"),
    QT_TRANSLATE_NOOP("Page", "Mark"),
    QT_TRANSLATE_NOOP("Page", "What changed, and why?"),
    QT_TRANSLATE_NOOP("Page", "Both call trees"),
    QT_TRANSLATE_NOOP("Page", "Stack, sk_buff, bytes"),
    QT_TRANSLATE_NOOP("Page", "Unfold"),
    QT_TRANSLATE_NOOP("Page", "Fold"),
    QT_TRANSLATE_NOOP("Page", "%1 call"),
    QT_TRANSLATE_NOOP("Page", "%1 calls"),
    QT_TRANSLATE_NOOP("Page", "the model's side"),
    QT_TRANSLATE_NOOP("Page", "the kernel's side"),
    QT_TRANSLATE_NOOP("Page", "step %1 of %2, call %3"),
    QT_TRANSLATE_NOOP("Page", "step %1 of %2"),
    QT_TRANSLATE_NOOP("Page", "Pause"),
    QT_TRANSLATE_NOOP("Page", "Play"),
    QT_TRANSLATE_NOOP("Page", "State: model"),
    QT_TRANSLATE_NOOP("Page", "State: kernel"),
    QT_TRANSLATE_NOOP("Page", "Space"),
    QT_TRANSLATE_NOOP("Page", "Start"),
    QT_TRANSLATE_NOOP("Page", "first step"),
    QT_TRANSLATE_NOOP("Page", "Back out"),
    QT_TRANSLATE_NOOP("Page", "back out"),
    QT_TRANSLATE_NOOP("Page", "Back over"),
    QT_TRANSLATE_NOOP("Page", "back over"),
    QT_TRANSLATE_NOOP("Page", "Back"),
    QT_TRANSLATE_NOOP("Page", "back into"),
    QT_TRANSLATE_NOOP("Page", "Into"),
    QT_TRANSLATE_NOOP("Page", "into"),
    QT_TRANSLATE_NOOP("Page", "Over"),
    QT_TRANSLATE_NOOP("Page", "over"),
    QT_TRANSLATE_NOOP("Page", "Out"),
    QT_TRANSLATE_NOOP("Page", "out"),
    QT_TRANSLATE_NOOP("Page", "End"),
    QT_TRANSLATE_NOOP("Page", "last step"),
    QT_TRANSLATE_NOOP("Page", "play or pause"),
    QT_TRANSLATE_NOOP("Page", "next difference"),
    QT_TRANSLATE_NOOP("Page", "previous difference"),
    QT_TRANSLATE_NOOP("Page", "the model's or the kernel's state"),
    QT_TRANSLATE_NOOP("Page", "fold or unfold the current call"),
    QT_TRANSLATE_NOOP("Page", "light or dark"),
    QT_TRANSLATE_NOOP("Page", "this list"),
};
} // namespace

QByteArray pageWords() {
    QJsonObject out;
    for (const char *english : all)
        if (const QString text = phrase("Page", english); text != QLatin1String(english))
            out[QLatin1String(english)] = text;
    return QJsonDocument(out).toJson(QJsonDocument::Compact).replace('<', "\\u003c");
}

QByteArray pageLanguage() {
    return phrase("Page", "en", "the code of this language").toLatin1();
}

QByteArray pageNoScript() {
    return phrase("Page", "This replay steps with a script, which this browser does not run.").toUtf8();
}

} // namespace skbscope::ui
