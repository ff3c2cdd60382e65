// SPDX-License-Identifier: GPL-2.0-or-later
// The words that page.html and page.js hold themselves, in the window's language.
#pragma once

#include <QByteArray>

namespace skbscope::ui {

[[nodiscard]] QByteArray pageWords();    // JSON: {"Keys": "Tasti", ...}; those that are not as they stand there
[[nodiscard]] QByteArray pageLanguage(); // "en", "it"
[[nodiscard]] QByteArray pageNoScript(); // for a browser that runs none

} // namespace skbscope::ui
