// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/trace.h"

#include "trace/renames.h"
#include "trace/scope.h"

#include <algorithm>
#include <utility>

namespace skbscope::trace {

const char *side_name(SideKind kind) {
    return kind == SideKind::model ? "model" : "kernel";
}

std::string_view Side::function_name(FunctionId id) const {
    const Catalogue &catalogue = Catalogue::builtin();
    if (id < catalogue.size()) return catalogue.at(id).name;
    const std::size_t extra = id - catalogue.size();
    return extra < extra_functions.size() ? std::string_view(extra_functions[extra]) : "?";
}

Function Side::function(FunctionId id) const {
    const Catalogue &catalogue = Catalogue::builtin();
    if (id < catalogue.size()) return catalogue.at(id);
    Function f;
    const std::string_view name = function_name(id);
    if (const auto old = catalogue.find(catalogue_name(name))) f = catalogue.at(*old); // what it was in 6.1
    f.known = f.known && !f.name.empty();
    f.name = name;
    if (!f.known) f.layer = layer_of_function(name, {});
    return f;
}

FunctionId Side::intern_function(std::string_view name, std::string_view file) {
    const Catalogue &catalogue = Catalogue::builtin();
    const std::string_view base = base_name(name);
    if (const auto id = catalogue.find(base, file)) return *id;
    const auto found = std::find(extra_functions.begin(), extra_functions.end(), base);
    const auto index = static_cast<std::size_t>(found - extra_functions.begin());
    if (catalogue.size() + index >= no_function) return no_function;
    if (found == extra_functions.end()) extra_functions.emplace_back(base);
    return static_cast<FunctionId>(catalogue.size() + index);
}

const Side *Trace::side(SideKind kind) const {
    const auto found = std::find_if(sides.begin(), sides.end(), [kind](const Side &s) { return s.info.kind == kind; });
    return found == sides.end() ? nullptr : &*found;
}

Side *Trace::side(SideKind kind) {
    return const_cast<Side *>(std::as_const(*this).side(kind));
}

} // namespace skbscope::trace
