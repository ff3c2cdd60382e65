// SPDX-License-Identifier: GPL-2.0-or-later
// Two runs of the model that differ in one setting. Each side names the setting and its value as a fact
// "what if: SETTING"; the left one is the run as it was, the right one the changed one.
#pragma once

#include "trace/compare.h"

#include <optional>
#include <string>

namespace skbscope::trace {

inline constexpr std::string_view what_if_fact = "what if: ";

struct WhatIf {
    std::string setting, before, after; // "gro of b.vb", "on", "off"
    [[nodiscard]] std::string text() const { return setting + ": " + before + " \u2192 " + after; }
};

// None unless both are the model with the same seed, CPUs and version, and one such fact differs.
[[nodiscard]] std::optional<WhatIf> what_if_of(const SideInfo &left, const SideInfo &right);

// Two sides that one trace file may hold although both are the model: the second one names what was changed.
[[nodiscard]] bool is_what_if(const Trace &trace);

// The model is deterministic, so whatever differs between such runs follows from the change: it is the reason of each
// difference that has none of its own.
void explain_change(std::vector<Row> &rows, const SideInfo &left, const SideInfo &right);

} // namespace skbscope::trace
