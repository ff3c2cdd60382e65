// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/inlined_out_of_scope.h"

namespace skbscope::trace {

std::uint32_t caller_out_of_scope(const Side &side, const CallTree &tree, std::uint32_t call) {
    std::uint32_t i = tree.calls[call].parent;
    while (i != npos && !side.function(tree.calls[i].fn).traceable)
        i = tree.calls[i].parent;
    return i != npos && !side.function(tree.calls[i].fn).in_scope ? i : npos;
}

bool inlined_out_of_scope(const Side &side, const CallTree &tree, std::uint32_t call) {
    const std::uint32_t caller = caller_out_of_scope(side, tree, call);
    if (caller == npos) return false;
    const auto name = [&](std::uint32_t i) { return side.function_name(tree.calls[i].fn); };
    return Catalogue::builtin().inlined_at(name(caller), name(call)) == true;
}

} // namespace skbscope::trace
