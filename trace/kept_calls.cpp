// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/kept_calls.h"

#include "trace/inlined_out_of_scope.h"
#include "trace/renames.h"

#include <algorithm>

namespace skbscope::trace {

bool is_kept(const Function &function) {
    return function.traceable && function.in_scope;
}

std::vector<std::uint32_t> call_names(const Side &side, const CallTree &tree, NameTable &names) {
    std::vector<std::uint32_t> by_function(std::size_t{no_function} + 1, npos);
    std::vector<std::uint32_t> out;
    out.reserve(tree.calls.size());
    for (const Call &c : tree.calls) {
        std::uint32_t &id = by_function[c.fn];
        if (id == npos) id = names.id(catalogue_name(side.function_name(c.fn)));
        out.push_back(id);
    }
    return out;
}

KeptCalls kept_calls(const Side &side, const CallTree &tree, std::span<const std::uint32_t> names,
                     const std::vector<bool> &left_out) {
    KeptCalls out;
    out.kept_at_or_above.reserve(tree.calls.size());
    std::vector<signed char> kept(std::size_t{no_function} + 1, -1);
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
        const Call &c = tree.calls[i];
        const std::uint32_t above = c.parent == npos ? npos : out.kept_at_or_above[c.parent];
        if (kept[c.fn] < 0) kept[c.fn] = is_kept(side.function(c.fn)) ? 1 : 0;
        if (kept[c.fn] == 0 || (!left_out.empty() && left_out[i])) {
            out.kept_at_or_above.push_back(above);
            continue;
        }
        out.kept_at_or_above.push_back(static_cast<std::uint32_t>(out.call.size()));
        out.call.push_back(i);
        out.name.push_back(names[i]);
        out.caller.push_back(above);
    }
    return out;
}

KeptPairs pair_up(const KeptCalls &left, const KeptCalls &right) {
    KeptPairs out;
    out.left_to_right.assign(left.call.size(), npos);
    out.right_to_left.assign(right.call.size(), npos);
    // The reference comes first: that decides between alignments of equal length.
    const CommonSubsequence common = common_subsequence(right.name, left.name);
    for (const auto &[r, l] : common.pairs) {
        out.left_to_right[l] = r;
        out.right_to_left[r] = l;
    }
    out.exact = common.exact;
    return out;
}

std::uint32_t matched_caller(const KeptCalls &calls, std::span<const std::uint32_t> partner, std::uint32_t kept) {
    std::uint32_t at = calls.caller[kept];
    while (at != npos && partner[at] == npos)
        at = calls.caller[at];
    return at;
}

CallFidelity call_fidelity(const Side &left, const CallTree &left_tree, const KeptCalls &ours,
                           const KeptCalls &reference, const KeptPairs &pairs) {
    CallFidelity f;
    f.reference = static_cast<std::uint32_t>(reference.call.size());
    f.ours = static_cast<std::uint32_t>(ours.call.size());
    const auto name_of = [&](std::uint32_t kept) { return left.function_name(left_tree.calls[ours.call[kept]].fn); };
    for (std::uint32_t l = 0; l < f.ours; ++l) {
        const std::uint32_t r = pairs.left_to_right[l];
        if (r == npos) {
            const std::uint32_t caller = ours.caller[l];
            const bool at_caller =
                caller != npos && Catalogue::builtin().inlined_at(name_of(caller), name_of(l)) == true;
            if (at_caller || inlined_out_of_scope(left, left_tree, ours.call[l])) ++f.excused;
            continue;
        }
        ++f.matched;
        const std::uint32_t ours_in = matched_caller(ours, pairs.left_to_right, l);
        const std::uint32_t theirs_in = matched_caller(reference, pairs.right_to_left, r);
        const bool both_outermost = ours_in == npos && theirs_in == npos;
        if (both_outermost || (ours_in != npos && pairs.left_to_right[ours_in] == theirs_in)) ++f.nested;
    }
    rate(f);
    return f;
}

void rate(CallFidelity &f) {
    const auto share = [](double part, std::uint32_t of) { return part / std::max(1U, of); };
    f.recall = share(f.matched, f.reference);
    f.nesting = share(f.nested, f.matched);
    f.precision = share(f.matched, f.ours - f.excused);
    const double sum = f.recall + f.precision;
    f.f1 = sum > 0 ? 2 * f.recall * f.precision / sum * f.nesting : 0;
}

} // namespace skbscope::trace
