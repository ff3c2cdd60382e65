// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/compare.h"

#include "trace/compare_stacks.h"
#include "trace/compare_tasks.h"
#include "trace/compared.h"
#include "trace/what_if.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
struct MarkText {
    const char *name;
    const char *glyph;
    int severity;
};
// By RowMark.
constexpr MarkText marks[] = {
    {"match", "=", 0}, {"inlined", "◌", 1}, {"kernel only", "▶", 2}, {"model only", "◁", 3},
    {"order", "⇅", 4}, {"differs", "≠", 5}, {"lost", "⌇", 6},        {"unexplained", "!", 7},
};
const MarkText &text_of(RowMark mark) {
    return marks[std::min(static_cast<std::size_t>(mark), std::size(marks) - 1)];
}

// By ReasonCode.
constexpr const char *reason_names[] = {
    "none",
    "inlined in this kernel",
    "inlined at this call",
    "not traceable here",
    "outside the model",
    "configuration",
    "lost",
    "random by design",
    "outside the scope",
    "time differs",
    "not written yet",
};

// The nearest caller that only one side has there, if it is there for want of a common clock.
Reason of_untimely_caller(const std::vector<Row> &rows, const Row &row) {
    std::uint32_t i = row.parent;
    while (i != npos && (rows[i].left == npos) != (rows[i].right == npos) && rows[i].mark == RowMark::inlined)
        i = rows[i].parent;
    const bool lone = i != npos && (rows[i].left == npos) != (rows[i].right == npos);
    return lone && rows[i].reason().code == ReasonCode::time_differs ? rows[i].reason() : Reason{};
}

// Two calls that line up by name but stand under callers that do not: nothing explains that but events that are
// missing.
void compare_callers(std::vector<Row> &rows, const Compared &left, const Compared &right, const KeptPairs &pairs) {
    const auto name = [](const Compared &side, std::uint32_t kept) {
        return kept == npos ? std::string("none") : std::string(side.name(side.kept.call[kept]));
    };
    for (Row &row : rows) {
        if (row.left == npos || row.right == npos) continue;
        const std::uint32_t l = left.kept.kept_at_or_above[row.left], r = right.kept.kept_at_or_above[row.right];
        if (l == npos || left.kept.call[l] != row.left || pairs.left_to_right[l] != r) continue;
        const std::uint32_t lc = matched_caller(left.kept, pairs.left_to_right, l);
        const std::uint32_t rc = matched_caller(right.kept, pairs.right_to_left, r);
        if (lc == npos ? rc == npos : pairs.left_to_right[lc] == rc) continue;
        Reason reason = left.losses.nesting_unknown(row.left, lc == npos ? npos : left.kept.call[lc]);
        if (reason.code == ReasonCode::none)
            reason = right.losses.nesting_unknown(row.right, rc == npos ? npos : right.kept.call[rc]);
        if (reason.code == ReasonCode::none && lc != npos && rc != npos)
            reason = why_other_caller(left, lc, pairs.right_to_left[rc], right, row.right);
        if (reason.code == ReasonCode::none) reason = why_deferred(right, row.right).value_or(Reason{});
        if (reason.code == ReasonCode::none) reason = of_untimely_caller(rows, row);
        row.add_field({"caller", name(left, lc), name(right, rc), std::move(reason)});
    }
}

void mark_matched(Row &row) {
    const auto unexplained = [](const FieldDifference &d) { return d.reason.code == ReasonCode::none; };
    if (std::any_of(row.fields().begin(), row.fields().end(), unexplained))
        row.mark = RowMark::unexplained;
    else
        row.mark = row.fields().empty() ? RowMark::match : RowMark::differs;
}

std::uint32_t unexplained_in(const Row &row) {
    if (row.left == npos || row.right == npos) return row.reason().code == ReasonCode::none ? 1 : 0;
    return static_cast<std::uint32_t>(
        std::count_if(row.fields().begin(), row.fields().end(),
                      [](const FieldDifference &d) { return d.reason.code == ReasonCode::none; }));
}
} // namespace

const char *mark_name(RowMark mark) {
    return text_of(mark).name;
}
const char *mark_glyph(RowMark mark) {
    return text_of(mark).glyph;
}
int mark_severity(RowMark mark) {
    return text_of(mark).severity;
}

const char *reason_name(ReasonCode code) {
    const auto i = static_cast<std::size_t>(code);
    return i < std::size(reason_names) ? reason_names[i] : "?";
}

Comparison compare_trees(const Compared &l, const Compared &r, const CompareOptions &options) {
    KeptPairs pairs = pair_up(l.kept, r.kept);
    slide_to_losses(pairs, l, r);
    Comparison out;
    out.exact = pairs.exact;
    out.calls = call_fidelity(l.side, l.tree, l.kept, r.kept, pairs);
    out.rows = union_rows(l, r, pairs);
    explain_missing(out.rows, l, r);
    excuse_unseen(out, l, r);
    compare_callers(out.rows, l, r, pairs);
    if (options.match_fields) {
        compare_fields(out.rows, l, r);
        out.states = state_fidelity(l, r);
    }
    explain_change(out.rows, l.side.info, r.side.info);
    for (Row &row : out.rows) {
        if (row.left != npos && row.right != npos) mark_matched(row);
        out.unexplained += unexplained_in(row);
    }
    return out;
}

Comparison compare(const Side &left, const CallTree &left_tree, const Side &right, const CallTree &right_tree,
                   const CompareOptions &options) {
    const bool l_several = on_several_cpus(left, left_tree), r_several = on_several_cpus(right, right_tree);
    const bool several =
        (l_several && (r_several || tells_no_cpu(right, right_tree))) || (r_several && tells_no_cpu(left, left_tree));
    if (options.tasks == TaskOrder::apart || (options.tasks == TaskOrder::automatic && several))
        return compare_tasks(left, left_tree, right, right_tree, options);
    NameTable names;
    const Compared l(left, left_tree, names), r(right, right_tree, names);
    return compare_trees(l, r, options);
}

} // namespace skbscope::trace
