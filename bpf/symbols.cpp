// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/symbols.h"

#include <algorithm>
#include <charconv>
#include <istream>

namespace skbscope::bpf {

std::string_view without_suffix(std::string_view symbol) {
    for (const std::string_view suffix : {".constprop.", ".isra.", ".part.", ".cold"})
        if (const auto at = symbol.find(suffix); at != symbol.npos) symbol = symbol.substr(0, at);
    return symbol;
}

symbol_table symbol_table::read(std::istream &kallsyms, const preference &preferred) {
    symbol_table table;
    std::string line;
    while (std::getline(kallsyms, line)) {
        const std::string_view text = line;
        const std::size_t space = text.find(' ');
        if (space == text.npos || text.size() < space + 4) continue;
        std::uint64_t address = 0;
        const auto end = text.data() + space;
        if (std::from_chars(text.data(), end, address, 16).ptr != end) continue;
        const char type = text[space + 1];
        if (type != 't' && type != 'T' && type != 'w' && type != 'W') continue;
        const std::string_view name = text.substr(space + 3);
        table.add(address, name.substr(0, name.find_first_of("\t ")));
    }
    table.sort(preferred);
    return table;
}

void symbol_table::add(std::uint64_t address, std::string_view name) {
    name = without_suffix(name);
    const auto known = names_.find(name);
    symbols_.push_back({address, known == names_.end() ? *names_.emplace(name).first : *known});
}

void symbol_table::sort(const preference &preferred) {
    const auto rank = [preferred](const symbol &s) { return preferred && preferred(s.name) ? 0 : 1; };
    std::ranges::stable_sort(symbols_, [&rank](const symbol &a, const symbol &b) {
        return a.address != b.address ? a.address < b.address : rank(a) < rank(b);
    });
    // Not std::ranges::unique: clang 14, which builds the fuzzers, cannot take libstdc++ 12's.
    const auto same = [](const symbol &a, const symbol &b) { return a.address == b.address; };
    symbols_.erase(std::unique(symbols_.begin(), symbols_.end(), same), symbols_.end());
}

std::string_view symbol_table::at(std::uint64_t address) const {
    const auto after = std::ranges::upper_bound(symbols_, address, {}, &symbol::address);
    return after == symbols_.begin() ? std::string_view() : std::prev(after)->name;
}

std::uint64_t symbol_table::start_of(std::uint64_t address) const {
    const auto after = std::ranges::upper_bound(symbols_, address, {}, &symbol::address);
    return after == symbols_.begin() ? 0 : std::prev(after)->address;
}

} // namespace skbscope::bpf
