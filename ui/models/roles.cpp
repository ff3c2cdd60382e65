// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/roles.h"

#include "trace/embedded.h"
#include "ui/models/cards.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

extern "C" const unsigned char skbscope_roles_it_begin[], skbscope_roles_it_end[];

namespace skbscope::ui {

namespace {
QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

using Roles = std::unordered_map<std::string_view, std::string_view>;

// "name<TAB>line" or "name@file<TAB>line"
Roles rolesIn(std::string_view rest) {
    Roles out;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t tab = line.find('\t');
        if (!line.starts_with('#') && tab != line.npos) out.emplace(line.substr(0, tab), line.substr(tab + 1));
    }
    return out;
}

const Roles &italian() {
    static const Roles all = rolesIn({reinterpret_cast<const char *>(skbscope_roles_it_begin),
                                      std::size_t(skbscope_roles_it_end - skbscope_roles_it_begin)});
    return all;
}

// Of functions that traces know by name only: a security module's, an inline one.
QString outsideTheCatalogue(const trace::Function &function) {
    static const Roles all = rolesIn(trace::embedded::roles());
    const auto at = all.find(function.name);
    return at == all.end() ? QString() : text(at->second);
}
} // namespace

QString roleWords(const trace::Function &function) {
    if (Cards::isBuiltinEnglish() && !function.role.empty()) return text(function.role);
    if (const Card *card = Cards::builtin().find(text(function.name))) return card->does;
    const std::string full = std::string(function.name) + "@" + std::string(function.file);
    if (Cards::isBuiltinEnglish()) return outsideTheCatalogue(function);
    for (const std::string_view key : {std::string_view(full), function.name})
        if (const auto at = italian().find(key); at != italian().end()) return text(at->second);
    return function.role.empty() ? outsideTheCatalogue(function) : text(function.role);
}

} // namespace skbscope::ui
