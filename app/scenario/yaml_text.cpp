// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/yaml_text.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace skbscope::app {

std::string yamlWord(std::string_view text) {
    const auto safe = [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '.' || c == '-' || c == '/' || c == ' ';
    };
    const bool words = !text.empty() && std::all_of(text.begin(), text.end(), safe);
    const bool starts = words && std::isalnum(static_cast<unsigned char>(text.front())) && text.back() != ' ';
    if (starts && text != "null" && text != "Null" && text != "NULL") return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(c));
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += escaped;
        else
            out += c;
    }
    return out + "\"";
}

std::string yamlComment(std::string_view text, std::string_view indent) {
    constexpr std::size_t width = 116;
    std::string out, line;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (!line.empty() && line.size() + 1 + word.size() > width) {
            out += std::string(indent) + "# " + line + "\n";
            line = "  ";
        }
        line += (line.empty() || line == "  " ? "" : " ") + std::string(word);
        at = end + 1;
    }
    return out + std::string(indent) + "# " + line + "\n";
}

std::string YamlMap::text() const {
    std::string out = "{ ";
    for (const auto &[key, value] : entries_)
        out += (out.size() == 2 ? "" : ", ") + yamlWord(key) + ": " + value;
    return out + " }";
}

} // namespace skbscope::app
