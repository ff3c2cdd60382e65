// SPDX-License-Identifier: GPL-2.0-or-later
// The last lines of the terminal view: how well the sides agree, why they differ, what was lost, which kernel it was.
#pragma once

#include "app/terminal/style.h"
#include "app/view/side_notes.h"
#include "trace/compare.h"

#include <string>
#include <vector>

namespace skbscope::app {

// Events that a side lost, as far as it knows.
struct Losses {
    std::uint64_t events = 0;
    bool unknown = false; // something is missing, how much nobody knows
};
[[nodiscard]] Losses lossesOf(const trace::Side &side, const trace::CallTree &tree);

// "Kernel 6.1.0-x, lab, 2025-05-01": for the column's head; RECORDED is said where it is.
[[nodiscard]] std::string sideTitle(const trace::Side &side);

// The same of two sides that stand beside each other: two runs of the model name what was changed.
struct SideNames {
    std::string leftTitle, rightTitle;
    std::string left, right; // in a line: "model", "kernel"; "first run", "changed run"
};
[[nodiscard]] SideNames sideNames(const trace::Side &left, const trace::Side &right);

[[nodiscard]] std::vector<std::string> comparisonSummary(const trace::Comparison &comparison, const SideNotes &left,
                                                         const SideNotes &right, const Style &style, std::size_t width);
[[nodiscard]] std::vector<std::string> sideSummary(const SideNotes &notes, const Style &style, std::size_t width);

} // namespace skbscope::app
