// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/theme/fonts.h"

#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QScreen>
#include <QStandardPaths>
#include <QtEndian>

namespace skbscope::ui {

namespace {
Fonts &loaded() {
    static Fonts instance;
    return instance;
}

quint32 u32(const QByteArray &d, qsizetype at) {
    return at >= 0 && at + 4 <= d.size() ? qFromBigEndian<quint32>(d.constData() + at) : 0;
}
quint16 u16(const QByteArray &d, qsizetype at) {
    return at >= 0 && at + 2 <= d.size() ? qFromBigEndian<quint16>(d.constData() + at) : quint16(0);
}

// Where an OpenType table lies; -1 when the font has none.
qsizetype tableOffset(const QByteArray &d, const char *tag, qsizetype *length) {
    const int tables = u16(d, 4);
    for (int i = 0; i < tables; ++i) {
        const qsizetype record = 12 + 16 * i;
        if (d.mid(record, 4) != tag) continue;
        *length = qsizetype(u32(d, record + 12));
        const qsizetype offset = qsizetype(u32(d, record + 8));
        return offset + *length <= d.size() ? offset : -1;
    }
    return -1;
}

void renameFeatures(QByteArray &d, qsizetype gsub) {
    const qsizetype list = gsub + u16(d, gsub + 6);
    const int count = u16(d, list);
    for (int i = 0; i < count; ++i) {
        const qsizetype at = list + 2 + 6 * i;
        const QByteArray tag = d.mid(at, 4);
        if (tag == "calt" || tag == "liga" || tag == "clig") d.replace(at, 4, "zzzz");
        if (tag == "tnum") d.replace(at, 4, "calt"); // on by default under this name
    }
}

void renameFamily(QByteArray &d, qsizetype from, qsizetype length, const QByteArray &family, const QByteArray &name) {
    const auto wide = [](const QByteArray &s) {
        QByteArray out;
        for (const char c : s)
            out.append('\0').append(c);
        return out;
    };
    QByteArray table = d.mid(from, length);
    table.replace(wide(family), wide(name));
    table.replace(family, name);
    if (table.size() == length) d.replace(from, length, table);
}

QString findFile(const QString &directory, const QString &package, const QString &file) {
    QStringList places;
    if (!directory.isEmpty()) places << directory;
    for (const QString &root : QStandardPaths::standardLocations(QStandardPaths::FontsLocation))
        for (const char *kind : {"opentype", "truetype"})
            places << root + QLatin1Char('/') + QLatin1String(kind) + QLatin1Char('/') + package;
    for (const char *kind : {"opentype", "truetype"})
        places << QStringLiteral("/usr/share/fonts/%1/%2").arg(QLatin1String(kind), package);
    for (const QString &place : places)
        if (QFile::exists(place + QLatin1Char('/') + file)) return place + QLatin1Char('/') + file;
    return {};
}

bool addFont(const QString &path, const QByteArray &family, const QByteArray &name) {
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) return false;
    const QByteArray data = frozenFont(file.readAll(), family, name);
    return !data.isEmpty() && QFontDatabase::addApplicationFontFromData(data) >= 0;
}
} // namespace

QByteArray frozenFont(QByteArray data, const QByteArray &family, const QByteArray &name) {
    qsizetype length = 0;
    const qsizetype names = tableOffset(data, "name", &length);
    if (names < 0 || family.size() != name.size()) return {};
    renameFamily(data, names, length, family, name);
    if (const qsizetype gsub = tableOffset(data, "GSUB", &length); gsub >= 0) renameFeatures(data, gsub);
    return data;
}

void loadFonts(const QString &directory) {
    bool sans = true, mono = true;
    for (const char *style : {"Regular", "Medium", "SemiBold", "Bold", "Italic"})
        sans &= addFont(
            findFile(directory, QStringLiteral("inter"), QStringLiteral("Inter-%1.otf").arg(QLatin1String(style))),
            "Inter", "Skbsc");
    for (const char *style : {"Regular", "Medium", "SemiBold", "Bold"})
        mono &= addFont(findFile(directory, QStringLiteral("jetbrains-mono"),
                                 QStringLiteral("JetBrainsMono-%1.ttf").arg(QLatin1String(style))),
                        "JetBrains", "Skbscopes");
    if (sans) loaded().sans = QStringLiteral("Skbsc");
    if (mono) loaded().mono = QStringLiteral("Skbscopes Mono");
}

const Fonts &fonts() {
    return loaded();
}

qreal pointSize(qreal pixels) {
    const QScreen *screen = QGuiApplication::primaryScreen();
    const bool fixed = QCoreApplication::testAttribute(Qt::AA_Use96Dpi) || !screen;
    return pixels * 72.0 / (fixed ? 96.0 : screen->logicalDotsPerInchY());
}

static QFont makeFont(const QString &family, qreal size, int weight) {
    QFont font(family);
    font.setPointSizeF(pointSize(size));
    font.setWeight(static_cast<QFont::Weight>(weight));
    font.setHintingPreference(QFont::PreferNoHinting); // widths stay true under any scale
    return font;
}

QFont sansFont(qreal size, int weight, bool italic) {
    QFont font = makeFont(fonts().sans, size, weight);
    font.setItalic(italic);
    return font;
}

QFont monoFont(qreal size, int weight) {
    return makeFont(fonts().mono, size, weight);
}

} // namespace skbscope::ui
