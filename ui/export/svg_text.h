// SPDX-License-Identifier: GPL-2.0-or-later
// What the SVG writer and the page share: numbers, path data, words that may stand in XML.
#pragma once

#include <QPainterPath>
#include <QString>

namespace skbscope::ui {

[[nodiscard]] QString svgNumber(qreal value, int decimals = 2); // "12.5", without zeros at the end
[[nodiscard]] QString svgPath(const QPainterPath &path, int decimals = 2);
// Escaped for text and attributes; characters that XML does not know become U+FFFD.
[[nodiscard]] QString xmlText(const QString &text);
// For font-family: the font the words were measured with first.
[[nodiscard]] QString sansFamilies();
[[nodiscard]] QString monoFamilies();

} // namespace skbscope::ui
