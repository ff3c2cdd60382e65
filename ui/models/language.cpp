// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/language.h"

#include <QCoreApplication>
#include <QLocale>

extern "C" const unsigned char skbscope_italian_begin[], skbscope_italian_end[];

namespace skbscope::ui {

namespace {
// The first of the user's languages that the window speaks.
QString systemLanguage() {
    for (const QString &name : QLocale::system().uiLanguages())
        for (const char *known : {"it", "en"})
            if (name.left(2) == QLatin1String(known)) return QLatin1String(known);
    return QStringLiteral("en");
}
} // namespace

Language::Language(const QString &mode, QObject *parent) : QObject(parent), mode_(QStringLiteral("en")) {
    setMode(mode);
}

Language::~Language() {
    if (QCoreApplication::instance()) QCoreApplication::removeTranslator(&italian_);
}

void Language::setMode(const QString &mode) {
    if (mode != QLatin1String("en") && mode != QLatin1String("it") && mode != QLatin1String("system")) return;
    if (mode != mode_) {
        mode_ = mode;
        emit modeChanged();
    }
    const QString wanted = mode == QLatin1String("system") ? systemLanguage() : mode;
    if (wanted == spoken_) return;
    spoken_ = wanted;
    if (italian_.isEmpty() &&
        !italian_.load(skbscope_italian_begin, int(skbscope_italian_end - skbscope_italian_begin)))
        qFatal("the Italian texts that are linked in cannot be read");
    if (wanted == QLatin1String("it"))
        QCoreApplication::installTranslator(&italian_);
    else
        QCoreApplication::removeTranslator(&italian_);
    emit changed();
}

QStringList Language::read() const {
    if (mode_ != QLatin1String("system")) return {spoken_};
    QStringList out;
    for (const QString &name : QLocale::system().uiLanguages())
        if (const QString code = name.left(2); !out.contains(code)) out << code;
    if (!out.contains(spoken_)) out << spoken_;
    return out;
}

} // namespace skbscope::ui
