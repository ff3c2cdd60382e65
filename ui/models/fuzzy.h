// SPDX-License-Identifier: GPL-2.0-or-later
// Finds letters in order: "sbo" finds "Step back over". What begins words, and what stands together, counts more.
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace skbscope::ui {

struct FuzzyMatch {
    int score = 0;
    std::vector<int> places; // of the letters found, ascending
};
// Nothing when a letter is missing. An empty query finds everything, with score 0. Blanks and case do not count.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const QString &query, const QString &text);
// `text` with the letters found in bold; markup.
[[nodiscard]] QString withMatch(const QString &text, const std::vector<int> &places);

} // namespace skbscope::ui
