// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/catalogue.h"

#include "trace/embedded.h"
#include "trace/scope.h"
#include "trace/text.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace skbscope::trace {

namespace {
// "skb_put<TAB>0" and "skb_put<TAB>Makes room ...": what follows a name. A name may carry its file, "name@file".
std::unordered_map<std::string_view, std::string_view> by_first_column(std::string_view text) {
    std::unordered_map<std::string_view, std::string_view> out;
    out.reserve(1024);
    while (!text.empty()) {
        std::string_view line = take_line(text);
        if (line.empty() || line.front() == '#') continue;
        const std::string_view name = take_until(line, '\t');
        out.emplace(name, line);
    }
    return out;
}

// One row of functions.tsv, but for what follows from its file.
Function parse_function(std::string_view line) {
    Function f;
    f.name = take_until(line, '\t');
    f.file = take_until(line, '\t');
    f.line = to_number<std::uint32_t>(take_until(line, '\t')).value_or(0);
    f.traceable = line == "y";
    return f;
}

// Which of several functions of one name is meant when nobody says: smaller is better. in_scope is that of the file.
auto preference(const Function &f, FunctionId id) {
    return std::tuple(!f.in_scope, f.file.ends_with(".h"), id);
}

struct Edges {
    bool through_pointer = false; // it holds an indirect call
    std::string_view direct, passes;
};
} // namespace

struct Catalogue::Impl {
    std::vector<Function> functions;
    std::vector<FunctionId> by_name; // sorted by name, then preference
    std::unordered_map<std::string_view, Edges> edges;
    std::unordered_map<std::string_view, std::string_view> pointed;

    Impl() {
        read_functions();
        sort_names();
        mark_scope();
        add_arguments_and_roles();
        mark_partial();
        read_edges();
        pointed = by_first_column(embedded::pointed());
    }

    [[nodiscard]] std::span<const FunctionId> range(std::string_view name) const {
        const auto less = [this](FunctionId id, std::string_view n) { return functions[id].name < n; };
        const auto first = std::lower_bound(by_name.begin(), by_name.end(), name, less);
        auto last = first;
        while (last != by_name.end() && functions[*last].name == name)
            ++last;
        return {first, last};
    }

private:
    void read_functions() {
        std::string_view text = embedded::functions();
        functions.reserve(12'000);
        while (!text.empty() && functions.size() < no_function) {
            const std::string_view line = take_line(text);
            if (!line.empty()) functions.push_back(parse_function(line));
        }
        // There are 25 functions a file: what the file decides is asked once each.
        std::unordered_map<std::string_view, bool> scope_of_file;
        std::unordered_map<std::string_view, Layer> layer_of_file;
        for (Function &f : functions) {
            const auto [scope, is_new] = scope_of_file.try_emplace(f.file);
            if (is_new) scope->second = file_in_scope(f.file);
            f.in_scope = scope->second;
            const auto [layer, first] = layer_of_file.try_emplace(f.file);
            if (first) layer->second = layer_of_function({}, f.file);
            f.layer = holds_several_layers(f.file) ? layer_of_function(f.name, f.file) : layer->second;
        }
    }

    void sort_names() {
        by_name.resize(functions.size());
        for (std::size_t i = 0; i < by_name.size(); ++i)
            by_name[i] = static_cast<FunctionId>(i);
        std::sort(by_name.begin(), by_name.end(), [this](FunctionId a, FunctionId b) {
            const Function &x = functions[a], &y = functions[b];
            if (const int c = x.name.compare(y.name)) return c < 0;
            return preference(x, a) < preference(y, b);
        });
    }

    // The scope is a set of names: one file of the path that defines a name brings in all functions of that name, as
    // traces of the kernel know names only.
    void mark_scope() {
        for (std::size_t i = 0; i < by_name.size();) {
            const std::span<const FunctionId> same = range(functions[by_name[i]].name);
            const bool in_scope = functions[same[0]].in_scope && !is_noise(functions[same[0]].name);
            for (const FunctionId id : same)
                functions[id].in_scope = in_scope;
            i += same.size();
        }
    }

    void add_arguments_and_roles() {
        for (const auto &[name, index] : by_first_column(embedded::skb_args()))
            for (const FunctionId id : range(name))
                functions[id].skb_arg = to_number<std::int8_t>(index).value_or(-1);
        for (const auto &[key, role] : by_first_column(embedded::roles())) {
            std::string_view file = key;
            const std::string_view name = take_until(file, '@');
            for (const FunctionId id : range(name))
                if (file.empty() || functions[id].file == file) functions[id].role = role;
        }
    }

    void mark_partial() {
        std::unordered_map<std::string_view, bool> only_parts; // of names that have a part
        std::string_view text = embedded::available();
        while (!text.empty()) {
            const std::string_view symbol = take_line(text), name = base_name(symbol);
            if (name.size() == symbol.size()) continue;
            const bool part = symbol.find(".part.") != symbol.npos;
            const auto [at, is_new] = only_parts.try_emplace(name, part);
            if (!is_new) at->second = at->second && part;
        }
        for (text = embedded::available(); !text.empty();) // a name that stands there by itself is whole
            only_parts.erase(take_line(text));
        for (const auto &[name, only] : only_parts)
            for (const FunctionId id : range(name))
                functions[id].partial = only;
    }

    void read_edges() {
        std::string_view text = embedded::calls();
        edges.reserve(4096);
        while (!text.empty()) {
            std::string_view line = take_line(text);
            const std::string_view caller = take_until(line, '\t');
            if (caller.empty()) continue;
            Edges e;
            e.through_pointer = take_until(line, '\t') == "pointer";
            e.direct = take_until(line, '\t');
            e.passes = line;
            edges.emplace(caller, e);
        }
    }
};

Catalogue::Catalogue() : impl_(new Impl) {}

const Catalogue &Catalogue::builtin() {
    // Never destroyed: views into it may outlive every other static object.
    static const Catalogue *const catalogue = new Catalogue;
    return *catalogue;
}

const Function &Catalogue::at(FunctionId id) const {
    return impl_->functions.at(id);
}

std::size_t Catalogue::size() const {
    return impl_->functions.size();
}

std::optional<FunctionId> Catalogue::find(std::string_view name, std::string_view file) const {
    const std::span<const FunctionId> all = find_all(name);
    if (all.empty()) return std::nullopt;
    for (const FunctionId id : all)
        if (!file.empty() && at(id).file == file) return id;
    return all[0];
}

std::span<const FunctionId> Catalogue::find_all(std::string_view name) const {
    return impl_->range(name);
}

std::optional<bool> Catalogue::inlined_at(std::string_view caller, std::string_view callee) const {
    const auto from = impl_->edges.find(caller);
    if (from == impl_->edges.end() || !impl_->edges.contains(callee)) return std::nullopt;
    const Edges &e = from->second;
    if (has_word(e.direct, callee)) return false;
    if (has_word(e.passes, callee)) return true;
    return !(e.through_pointer && impl_->pointed.contains(callee));
}

bool Catalogue::calls_directly(std::string_view caller, std::string_view callee) const {
    const auto from = impl_->edges.find(caller);
    return from != impl_->edges.end() && has_word(from->second.direct, callee);
}

Catalogue::CallsBroughtAlong Catalogue::calls_brought_along(std::string_view caller, std::string_view callee) const {
    CallsBroughtAlong out;
    const auto from = impl_->edges.find(caller), to = impl_->edges.find(callee);
    if (from == impl_->edges.end() || to == impl_->edges.end()) return out;
    for (std::string_view rest = to->second.direct; !rest.empty();) {
        const std::string_view called = take_until(rest, ' ');
        ++out.of;
        out.found += has_word(from->second.direct, called) || has_word(from->second.passes, called) ? 1U : 0U;
    }
    return out;
}

std::string_view base_name(std::string_view symbol) {
    constexpr std::string_view suffixes[] = {".constprop", ".isra", ".part", ".cold"};
    symbol = symbol.substr(0, symbol.find(" ["));
    for (bool again = true; again;) {
        again = false;
        const std::size_t number = symbol.find_last_not_of("0123456789");
        if (number == symbol.npos || number + 1 == symbol.size() || symbol[number] != '.') break;
        for (const std::string_view s : suffixes)
            if (symbol.substr(0, number).ends_with(s)) {
                symbol = symbol.substr(0, number - s.size());
                again = true;
                break;
            }
    }
    return symbol;
}

} // namespace skbscope::trace
