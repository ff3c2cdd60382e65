// SPDX-License-Identifier: GPL-2.0-or-later
// Pieces of YAML as scenarios are written: plain words where a word is plain, else quoted.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skbscope::app {

[[nodiscard]] std::string yamlWord(std::string_view text); // va, a.va, "10.9.0.1:7000", "a b"
[[nodiscard]] std::string yamlComment(std::string_view text, std::string_view indent = "");

// { key: value, key: value }: values are written already.
class YamlMap {
public:
    YamlMap &put(std::string_view key, std::string value) {
        entries_.emplace_back(key, std::move(value));
        return *this;
    }
    YamlMap &put(std::string_view key, std::uint64_t value) { return put(key, std::to_string(value)); }
    YamlMap &word(std::string_view key, std::string_view value) { return put(key, yamlWord(value)); }
    void append(const YamlMap &more) { entries_.insert(entries_.end(), more.entries_.begin(), more.entries_.end()); }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::pair<std::string, std::string>> entries_;
};

} // namespace skbscope::app
