// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/what_if.h"

namespace skbscope::trace {

namespace {
bool same_fact(const SideInfo &left, const SideInfo &right, const char *name) {
    const auto l = left.facts.find(name), r = right.facts.find(name);
    return l != left.facts.end() && r != right.facts.end() && l->second == r->second;
}
} // namespace

std::optional<WhatIf> what_if_of(const SideInfo &left, const SideInfo &right) {
    if (left.kind != SideKind::model || right.kind != SideKind::model || left.build != right.build) return {};
    if (!same_fact(left, right, "seed") || !same_fact(left, right, "cpus")) return {};
    std::optional<WhatIf> found;
    for (const auto &[key, value] : left.facts) {
        if (!key.starts_with(what_if_fact)) continue;
        const auto other = right.facts.find(key);
        if (other == right.facts.end() || other->second == value) continue;
        if (found) return {}; // two: which of them is the reason, nobody knows
        found = WhatIf{key.substr(what_if_fact.size()), value, other->second};
    }
    return found;
}

bool is_what_if(const Trace &trace) {
    return trace.sides.size() == 2 && what_if_of(trace.sides[0].info, trace.sides[1].info).has_value();
}

void explain_change(std::vector<Row> &rows, const SideInfo &left, const SideInfo &right) {
    const std::optional<WhatIf> change = what_if_of(left, right);
    if (!change) return;
    const Reason reason{ReasonCode::configuration, "you changed " + change->text(),
                        "both sides are the model, seed " + left.facts.at("seed") + ": nothing else differs"};
    for (Row &row : rows) {
        for (std::size_t f = 0; f < row.fields().size(); ++f)
            if (row.fields()[f].reason.code == ReasonCode::none) row.set_field_reason(f, reason);
        const bool both = row.left != npos && row.right != npos;
        if (both || row.mark == RowMark::lost) continue;
        if (row.mark != RowMark::order) row.mark = row.left != npos ? RowMark::model_only : RowMark::kernel_only;
        row.set_reason(reason);
    }
}

} // namespace skbscope::trace
