// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/terminal/text.h"

#include <algorithm>
#include <cstdio>

namespace skbscope::app {

namespace {
constexpr const char *ellipsis = "…";

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// Byte offset of column `n`.
std::size_t offsetOf(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    while (at < text.size() && n > 0) {
        ++at;
        while (at < text.size() && continues(text[at]))
            ++at;
        --n;
    }
    return at;
}
} // namespace

std::size_t columnsOf(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::string printable(std::string_view text) {
    std::string out;
    constexpr std::string_view arrow = "→"; // of "on → off": one column wide, and harmless
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= 0x20 && c < 0x7f) {
            out += c;
            continue;
        }
        if (text.substr(i).starts_with(arrow)) {
            out += arrow;
            i += arrow.size() - 1;
            continue;
        }
        char hex[5];
        std::snprintf(hex, sizeof hex, "\\x%02x", static_cast<unsigned char>(c));
        out += hex;
    }
    return out;
}

std::string cutMiddle(const std::string &text, std::size_t width) {
    const std::size_t columns = columnsOf(text);
    if (columns <= width) return text;
    if (width == 0) return {};
    const std::size_t head = width / 2, tail = width - head - 1;
    return text.substr(0, offsetOf(text, head)) + ellipsis + text.substr(offsetOf(text, columns - tail));
}

std::string cutEnd(const std::string &text, std::size_t width) {
    if (columnsOf(text) <= width) return text;
    if (width == 0) return {};
    return text.substr(0, offsetOf(text, width - 1)) + ellipsis;
}

std::string padRight(const std::string &text, std::size_t width) {
    const std::size_t columns = columnsOf(text);
    return columns >= width ? text : text + std::string(width - columns, ' ');
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace skbscope::app
