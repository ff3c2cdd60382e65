// SPDX-License-Identifier: GPL-2.0-or-later
// What a function is for, in one line and in the window's language.
#pragma once

#include "trace/catalogue.h"

#include <QString>

namespace skbscope::ui {

// The catalogue's line, else the card's; in Italian the card's, else the one of assets/cards/it/roles.tsv. Empty where
// nobody wrote one.
[[nodiscard]] QString roleWords(const trace::Function &function);

} // namespace skbscope::ui
