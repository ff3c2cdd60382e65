// SPDX-License-Identifier: GPL-2.0-or-later
// The JSON blocks of a trace file: what the trace is (meta) and what its numbers are called (names). Internal to
// trace/.
#pragma once

#include "trace/trace.h"

#include <optional>
#include <unordered_map>

namespace skbscope::trace {

// Ids of functions in the file -> ids here.
using FunctionMap = std::unordered_map<FunctionId, FunctionId>;

[[nodiscard]] std::string meta_json(const Trace &trace);
// Names of one side: hosts, devices, queues, tasks, and the functions its events use.
[[nodiscard]] std::string names_json(const Side &side);
// Two sides of one kind that are no two runs of the model: a file does not hold them.
[[nodiscard]] bool has_alike_sides(const Trace &trace);
inline constexpr const char *alike_sides_text =
    "two sides of one kind, and the second does not name what was changed (a fact \"what if: ...\")";
// How many events each side has.
[[nodiscard]] std::string end_json(const Trace &trace);

// Each answers what is wrong with `text`, or nothing. parse_meta makes the sides, without events.
[[nodiscard]] std::optional<std::string> parse_meta(std::string_view text, Trace &trace);
[[nodiscard]] std::optional<std::string> parse_names(std::string_view text, Side &side, FunctionMap &functions);
[[nodiscard]] std::optional<std::string> parse_end(std::string_view text, const Trace &trace);

} // namespace skbscope::trace
