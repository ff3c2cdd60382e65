// SPDX-License-Identifier: GPL-2.0-or-later
// Traces as a user names them: FILE.skbt, FILE.tree, FILE.skbt:model, FILE.skbt:kernel; of a trace with two runs of the
// model (what_if.h) FILE.skbt:first, FILE.skbt:changed.
#pragma once

#include "trace/trace_file.h"

#include <optional>

namespace skbscope::trace {

struct TraceArgument {
    std::string file;
    std::optional<SideKind> side = {};   // as the suffix says, or
    std::optional<std::size_t> run = {}; // first 0, changed 1
};
[[nodiscard]] TraceArgument parse_trace_argument(const std::string &text);
[[nodiscard]] std::optional<SideKind> parse_side_kind(const std::string &text); // "model", "kernel"

// The side that is meant: the one that is named, or the only one. `file` is for the error.
[[nodiscard]] tl::expected<Side, FileError> side_of(Trace trace, const TraceArgument &argument);

// Reads a trace file, or a tree's text. What it holds is marked as recorded.
[[nodiscard]] tl::expected<Trace, FileError> read_any_trace(const std::string &file);

} // namespace skbscope::trace
