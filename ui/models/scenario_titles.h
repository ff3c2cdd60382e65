// SPDX-License-Identifier: GPL-2.0-or-later
// Titles of scenarios in the window's language.
#pragma once

#include <QString>
#include <span>

namespace skbscope::ui {

// Those of the bundled scenarios, in English.
[[nodiscard]] std::span<const char *const> bundledTitles();

// A title as a scenario's file has it; one that is no bundled scenario's stays as it is.
[[nodiscard]] QString scenarioTitleWords(const QString &title);

} // namespace skbscope::ui
