// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/fonts.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>
#include <cmath>

// A static library's resources are linked in only when something asks for them.
static void initThemeResources() {
    Q_INIT_RESOURCE(theme);
}

namespace skbscope::ui {

namespace {
constexpr std::array<const char *, inkCount> names = {
    "bg",       "panel", "panel2",   "line",  "lineS",    "ink",    "ink2",    "ink3",    "ghost",    "aTint",
    "aMark",    "aText", "tTint",    "tMark", "tText",    "nTint",  "nMark",   "nText",   "lTint",    "lMark",
    "lText",    "qTint", "qMark",    "qText", "now",      "nowInk", "nowRow",  "nowMark", "diffTint", "diffMark",
    "diffText", "proc",  "procText", "soft",  "softText", "hard",   "hardText"};

double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
} // namespace

const char *inkName(Ink ink) {
    return names[static_cast<std::size_t>(ink)];
}

Palette readPalette(const char *theme) {
    initThemeResources();
    QFile file(QStringLiteral(":/skbscope/theme.json"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("theme.json is not linked in");
    const QJsonObject colors = QJsonDocument::fromJson(file.readAll()).object()[QLatin1String(theme)].toObject();
    Palette palette;
    for (std::size_t i = 0; i < inkCount; ++i) {
        palette.colors_[i] = QColor(colors[QLatin1String(names[i])].toString());
        if (!palette.colors_[i].isValid()) qFatal("theme.json: %s has no colour %s", theme, names[i]);
    }
    return palette;
}

const Palette &Palette::light() {
    static const Palette palette = readPalette("light");
    return palette;
}

const Palette &Palette::dark() {
    static const Palette palette = readPalette("dark");
    return palette;
}

Palette Palette::highContrast() const {
    Palette out = *this;
    const auto set = [&out](Ink what, Ink from) {
        out.colors_[static_cast<std::size_t>(what)] = out.colors_[static_cast<std::size_t>(from)];
    };
    set(Ink::ink2, Ink::ink);
    set(Ink::ink3, Ink::ink);
    set(Ink::line, Ink::lineS);
    return out;
}

double contrast(const QColor &a, const QColor &b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Theme::Theme(QObject *parent) : QObject(parent), palette_(Palette::light()) {
    apply();
}

void Theme::setMode(const QString &mode) {
    if (mode != QLatin1String("light") && mode != QLatin1String("dark") && mode != QLatin1String("system")) return;
    mode_ = mode;
    apply();
}

// Qt 6.4 does not know the desktop's scheme; the platform theme's window colour does.
bool Theme::isDark() const {
    if (mode_ != QLatin1String("system")) return mode_ == QLatin1String("dark");
    return qGuiApp && QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

void Theme::toggle() {
    setMode(isDark() ? QStringLiteral("light") : QStringLiteral("dark"));
}

void Theme::setHighContrast(bool on) {
    highContrast_ = on;
    apply();
}

void Theme::setReducedMotion(bool on) {
    if (on == reducedMotion_) return;
    reducedMotion_ = on;
    emit motionChanged();
}

QString Theme::sans() const {
    return fonts().sans;
}
QString Theme::mono() const {
    return fonts().mono;
}

void Theme::apply() {
    const Palette &base = isDark() ? Palette::dark() : Palette::light();
    palette_ = highContrast_ ? base.highContrast() : base;
    emit changed();
}

} // namespace skbscope::ui
