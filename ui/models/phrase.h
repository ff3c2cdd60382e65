// SPDX-License-Identifier: GPL-2.0-or-later
// Texts in the window's language. The source holds the English ones; assets/translations/skbscope_it.ts the Italian.
// tools/update-translations.sh collects every phrase("Context", "text") and every command's title.
#pragma once

#include <QCoreApplication>

namespace skbscope::ui {

// `context` tells the translator where the text stands; `hint` tells two equal texts apart. `text` is UTF-8.
[[nodiscard]] inline QString phrase(const char *context, const char *text, const char *hint = nullptr) {
    return QCoreApplication::translate(context, text, hint);
}

} // namespace skbscope::ui
