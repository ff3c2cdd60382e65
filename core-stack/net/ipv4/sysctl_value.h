// SPDX-License-Identifier: GPL-2.0-or-later
// Reading a number from the text a sysctl is set to.
#pragma once

#include <charconv>
#include <string_view>

namespace skbscope::stack {

// True and *value set when the whole of text (blanks around it allowed) is one decimal number.
template <class T> [[nodiscard]] bool sysctl_parse(std::string_view text, T *value) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'))
        text.remove_suffix(1);
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), *value);
    return ec == std::errc{} && end == text.data() + text.size();
}

} // namespace skbscope::stack
