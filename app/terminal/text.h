// SPDX-License-Identifier: GPL-2.0-or-later
// Text in columns. One code point is one column: what is printed is ASCII and a few symbols that are one column wide;
// anything else (names from trace files are hostile) goes through printable() first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace skbscope::app {

[[nodiscard]] std::size_t columnsOf(std::string_view utf8);

// Control characters and everything outside ASCII but an arrow (→) as \xNN.
[[nodiscard]] std::string printable(std::string_view text);

// At most `width` columns: what does not fit is cut out of the middle and replaced by one "…".
[[nodiscard]] std::string cutMiddle(const std::string &text, std::size_t width);
// At most `width` columns, cut at the end.
[[nodiscard]] std::string cutEnd(const std::string &text, std::size_t width);

// Exactly `width` columns.
[[nodiscard]] std::string padRight(const std::string &text, std::size_t width);

// `text` `times` times.
[[nodiscard]] std::string repeated(std::string_view text, std::size_t times);

} // namespace skbscope::app
