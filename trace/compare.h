// SPDX-License-Identifier: GPL-2.0-or-later
// Two call trees aligned, every row marked, every difference with its reason or with none: then it is a bug in one of
// us. A reason cites evidence that anyone can check (edge table, catalogue row, sequence gap, fact of the side, entry
// of docs/not-modelled.md). Model is always the left side when there is one; two traces of one kind compare as left and
// right.
#pragma once

#include "trace/call_tree.h"
#include "trace/row.h"

#include <string>
#include <vector>

namespace skbscope::trace {

[[nodiscard]] const char *mark_name(RowMark mark); // "match", "inlined", "kernel only", ...
[[nodiscard]] const char *mark_glyph(RowMark mark); // one column, UTF-8: "=", "◌", "▶", "◁", "⇅", "≠", "⌇", "!"
// Folding shows the worst inside: unexplained, lost, differs, order, model only, kernel only, inlined, match.
[[nodiscard]] int mark_severity(RowMark mark);

[[nodiscard]] const char *reason_name(ReasonCode code);

struct CallFidelity {
    std::uint32_t reference = 0, ours = 0, matched = 0, excused = 0, nested = 0;
    double recall = 0, precision = 0, nesting = 0, f1 = 0;
};
struct StateFidelity {
    std::uint32_t fields = 0, agree = 0, changed_fields = 0, changed_agree = 0;
    [[nodiscard]] double agreement() const { return fields ? double(agree) / fields : 1.0; }
    [[nodiscard]] double changed() const { return changed_fields ? double(changed_agree) / changed_fields : 1.0; }
};

// Two tasks compared with each other, or one that the other side does not have.
struct TaskComparison {
    std::string left, right;               // "skbscope 100", "idle, CPU 1"; empty: not on this side
    std::uint32_t first_row = 0, rows = 0; // where they are in Comparison::rows
    CallFidelity calls;
    StateFidelity states;
    std::uint32_t unexplained = 0;
};

struct Comparison {
    // In the order of the union of both trees: a row stands behind its parent, and within one task behind everything
    // that was entered before it on either side.
    std::vector<Row> rows;
    // Where each task was compared alone: the tasks, in the order of their rows; the figures below are of all together.
    std::vector<TaskComparison> tasks;
    CallFidelity calls; // right (the kernel) is the reference
    StateFidelity states;
    std::uint32_t unexplained = 0; // rows without a partner and without a reason, and fields without a reason
    // False: too long and too different for the best alignment (46,000 calls a side with nothing in common); the rows
    // are true, but a better match may exist.
    bool exact = true;
};

// CPUs run at the same time: on a machine with several, only the calls of one task have an order that a second run
// repeats. Then each task is compared alone, and what ticks bring (softirqs with nothing of net/ inside, their raising
// outside of all else, ksoftirqd's waking) does not count: time passes there as it pleases.
enum class TaskOrder : std::uint8_t {
    automatic, // apart where both sides had several CPUs, or one had and the other is a tree as text that does not say.
               // Where one had one CPU, its one process may stand for several of the other's (a live twin)
    apart,
    together,
};

struct CompareOptions {
    bool match_fields = true;
    TaskOrder tasks = TaskOrder::automatic;
};

// Facts of a side (SideInfo::facts) that reasons cite:
//   "not traced: NAME"  why this run could not watch function NAME (a row of `inspect`)
//   "what if: SETTING"  what was changed between two runs of the model (what_if.h): the reason of all that differs
//   a sysctl, a hook or a feature that decides whether a function runs (config_rules.cpp lists which): where both sides
//   name it with different values, it is the reason.
// A call that stands elsewhere among the same caller's calls is marked `order`; that it moved is no reason, so without
// one it counts as unexplained.
[[nodiscard]] Comparison compare(const Side &left, const CallTree &left_tree, const Side &right,
                                 const CallTree &right_tree, const CompareOptions &options = {});

// What docs/not-modelled.md says of a function, empty when it does not name it. Rows of its tables whose first cell has
// names in backquotes count; `name_*` stands for all that begin so.
[[nodiscard]] std::string_view not_modelled(std::string_view function);

} // namespace skbscope::trace
