// SPDX-License-Identifier: GPL-2.0-or-later
// The two typefaces. Qt 6.4 cannot switch OpenType features, and two of them hurt here: Inter's contextual alternates
// draw 0x0800 as 0×0800, JetBrains Mono's ligatures draw -> as an arrow. So the font files are loaded with those
// feature tags renamed in memory, under a family name of our own; nothing is written or shipped.
#pragma once

#include <QByteArray>
#include <QFont>
#include <QString>

namespace skbscope::ui {

struct Fonts {
    QString sans = QStringLiteral("DejaVu Sans");
    QString mono = QStringLiteral("DejaVu Sans Mono");
};

// Looks for Inter and JetBrains Mono in `directory` first, then in the system's font folders; DejaVu where they are
// missing. Needs a QGuiApplication. Call once, before anything is drawn.
void loadFonts(const QString &directory = {});
[[nodiscard]] const Fonts &fonts();

// `size` in px of the design, which is what QFont calls pixel size, but not rounded to whole ones.
[[nodiscard]] QFont sansFont(qreal size, int weight = 400, bool italic = false);
[[nodiscard]] QFont monoFont(qreal size, int weight = 400);
[[nodiscard]] qreal pointSize(qreal pixels);

// The bytes of an OpenType file with contextual alternates and ligatures off, tabular figures on, and `family` (same
// length) replaced by `name` in the name table. Empty when `data` is no OpenType font.
[[nodiscard]] QByteArray frozenFont(QByteArray data, const QByteArray &family, const QByteArray &name);

} // namespace skbscope::ui
