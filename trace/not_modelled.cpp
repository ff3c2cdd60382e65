// SPDX-License-Identifier: GPL-2.0-or-later
// docs/not-modelled.md is read by people and by the comparison: rows of its tables whose first cell names functions in
// backquotes. `tcp_*` names all functions that begin so, `!tcp_gro_*` takes those out again.
#include "trace/compare.h"
#include "trace/embedded.h"
#include "trace/text.h"

#include <unordered_map>

namespace skbscope::trace {

namespace {
// A lone `*` would explain everything away.
constexpr std::size_t shortest_name = 4;

struct Table {
    std::unordered_map<std::string_view, std::string_view> whole;
    std::vector<std::pair<std::string_view, std::string_view>> prefixes;
    std::vector<std::string_view> modelled; // prefixes: what is taken out

    explicit Table(std::string_view text) {
        while (!text.empty())
            read_row(take_line(text));
    }

private:
    void read_row(std::string_view line) {
        if (!line.starts_with("|")) return;
        line.remove_prefix(1);
        std::string_view names = take_until(line, '|');
        const std::string_view why = trimmed(take_until(line, '|'));
        while (names.find('`') != names.npos) {
            take_until(names, '`');
            add(take_until(names, '`'), why);
        }
    }

    void add(std::string_view name, std::string_view why) {
        if (name.ends_with("()")) name.remove_suffix(2);
        if (name.size() < shortest_name) return;
        if (name.starts_with("!"))
            modelled.push_back(name.substr(1, name.find('*') - 1));
        else if (name.ends_with("*"))
            prefixes.emplace_back(name.substr(0, name.size() - 1), why);
        else
            whole.emplace(name, why);
    }
};
} // namespace

std::string_view not_modelled(std::string_view function) {
    static const Table table(embedded::not_modelled());
    for (const std::string_view prefix : table.modelled)
        if (function.starts_with(prefix)) return {};
    if (const auto found = table.whole.find(function); found != table.whole.end()) return found->second;
    for (const auto &[prefix, why] : table.prefixes)
        if (function.starts_with(prefix)) return why;
    return {};
}

} // namespace skbscope::trace
