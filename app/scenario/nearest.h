// SPDX-License-Identifier: GPL-2.0-or-later
// "did you mean": the candidate nearest to a misspelt word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace skbscope::app {

// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);

// The nearest candidate, if it is near enough to be meant; else empty.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string> &candidates);

// "did you mean 'length'?", or the list of what is possible: "possible: a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string> &candidates);

} // namespace skbscope::app
