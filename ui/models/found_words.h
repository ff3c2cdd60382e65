// SPDX-License-Identifier: GPL-2.0-or-later
// What SearchIndex::Found::kind names in English ("call with packet 3"), for one or for many, in the window's language.
#pragma once

#include <QString>

namespace skbscope::ui {

[[nodiscard]] QString foundWords(const QString &kind, qint64 count); // without the number: "calls with packet 3"

} // namespace skbscope::ui
