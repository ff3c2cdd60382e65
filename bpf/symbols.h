// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's functions by address, from the text of /proc/kallsyms. Names are without compiler suffix (.constprop,
// .isra, .part, .cold): those are the same function.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace skbscope::bpf {

// "ip_rcv_core.constprop.0" -> "ip_rcv_core"
[[nodiscard]] std::string_view without_suffix(std::string_view symbol);

class symbol_table {
public:
    using preference = std::function<bool(std::string_view)>;
    // Lines "address type name[TAB[module]]"; what is no function, or no such line, is skipped. Where several names
    // stand at one address, one of `preferred` (as the catalogue knows it) wins, else the first.
    [[nodiscard]] static symbol_table read(std::istream &kallsyms, const preference &preferred = {});

    // Adds a function; addresses in any order. Call sort() before at().
    void add(std::uint64_t address, std::string_view name);
    void sort(const preference &preferred = {});

    // The function that holds this address: the last one that begins at or before it. Empty: none does.
    [[nodiscard]] std::string_view at(std::uint64_t address) const;
    // Where it begins; 0: none does.
    [[nodiscard]] std::uint64_t start_of(std::uint64_t address) const;
    [[nodiscard]] bool has(std::string_view name) const { return names_.contains(name); }
    // False: the kernel hides addresses (kernel.kptr_restrict, CAP_SYSLOG), or nothing was read.
    [[nodiscard]] bool usable() const { return !symbols_.empty() && symbols_.back().address != 0; }
    [[nodiscard]] std::size_t size() const { return symbols_.size(); }

private:
    struct symbol {
        std::uint64_t address;
        std::string_view name; // into names_, whose strings do not move
    };
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
    };
    std::vector<symbol> symbols_;
    std::unordered_set<std::string, hash, std::equal_to<>> names_;
};

} // namespace skbscope::bpf
