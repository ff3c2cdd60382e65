// SPDX-License-Identifier: GPL-2.0-or-later
// State fidelity as the reference kernel's oracle counts it: the state lines of both sides aligned by function, in call
// order; a line without a partner counts as all wrong. "Changed" counts the fields that differ from the line before.
#include "trace/compared.h"
#include "trace/state_text.h"

namespace skbscope::trace {

namespace {
std::vector<std::uint32_t> names_of(const Compared &side, const std::vector<StateLine> &lines) {
    std::vector<std::uint32_t> out;
    out.reserve(lines.size());
    for (const StateLine &line : lines)
        out.push_back(side.names[line.call]);
    return out;
}

void count_line(StateFidelity &f, const StateLine &reference, const StateLine *before, const StateLine *ours) {
    for (std::size_t k = 0; k < state_field_count; ++k) {
        const bool agrees = ours && ours->value[k] == reference.value[k];
        ++f.fields;
        f.agree += agrees ? 1 : 0;
        if (!before || before->value[k] == reference.value[k]) continue;
        ++f.changed_fields;
        f.changed_agree += agrees ? 1 : 0;
    }
}
} // namespace

StateFidelity state_fidelity(const Compared &left, const Compared &right) {
    const std::vector<StateLine> ours = state_lines(left.side, left.tree);
    const std::vector<StateLine> reference = state_lines(right.side, right.tree);
    std::vector<std::uint32_t> partner(reference.size(), npos);
    for (const auto &[r, l] : common_subsequence(names_of(right, reference), names_of(left, ours)).pairs)
        partner[r] = l;
    StateFidelity f;
    for (std::size_t i = 0; i < reference.size(); ++i)
        count_line(f, reference[i], i > 0 ? &reference[i - 1] : nullptr,
                   partner[i] == npos ? nullptr : &ours[partner[i]]);
    return f;
}

} // namespace skbscope::trace
