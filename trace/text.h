// SPDX-License-Identifier: GPL-2.0-or-later
// Cutting text into lines, columns and words without copying it. Internal to trace/.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace skbscope::trace {

// Takes the part before the first `separator` off the front of `rest`, and the separator with it.
constexpr std::string_view take_until(std::string_view &rest, char separator) {
    const std::size_t at = rest.find(separator);
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return part;
}

constexpr std::string_view take_line(std::string_view &rest) {
    std::string_view line = take_until(rest, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

constexpr std::string_view trimmed(std::string_view s) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = s.find_first_not_of(blanks);
    if (first == s.npos) return {};
    return s.substr(first, s.find_last_not_of(blanks) - first + 1);
}

// Is `word` one of the blank-separated words of `text`?
constexpr bool has_word(std::string_view text, std::string_view word) {
    while (!text.empty())
        if (take_until(text, ' ') == word) return true;
    return false;
}

// The whole of `s` as a decimal number.
template <class Number> std::optional<Number> to_number(std::string_view s) {
    Number value{};
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
    if (error != std::errc{} || end != s.data() + s.size()) return std::nullopt;
    return value;
}

} // namespace skbscope::trace
