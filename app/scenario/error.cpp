// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/error.h"

#include <cstdio>

namespace skbscope::app {

std::string ScenarioError::message() const {
    std::string out = file;
    if (place.line != 0) out += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    out += ": ";
    if (!key.empty()) out += key + ": ";
    out += what;
    if (!todo.empty()) out += "; " + todo;
    return out;
}

namespace {
constexpr std::size_t longestQuote = 60;

// A hostile file must not drive the terminal: everything outside printable ASCII is shown as its bytes.
std::string escaped(unsigned char c) {
    if (c >= 0x20 && c < 0x7f) return std::string(1, static_cast<char>(c));
    char hex[5];
    std::snprintf(hex, sizeof hex, "\\x%02x", c);
    return hex;
}
} // namespace

std::string escaped(const std::string &text) {
    std::string out;
    for (const char c : text)
        out += escaped(static_cast<unsigned char>(c));
    return out;
}

std::string quoted(const std::string &text) {
    std::string out = "'";
    for (const char c : text) {
        if (out.size() > longestQuote) return out + "...'";
        out += escaped(static_cast<unsigned char>(c));
    }
    return out + "'";
}

} // namespace skbscope::app
