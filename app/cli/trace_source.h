// SPDX-License-Identifier: GPL-2.0-or-later
// Traces named on the command line: FILE.skbt, FILE.tree, FILE.skbt:model (trace/trace_argument.h).
#pragma once

#include "app/cli/failure.h"
#include "trace/trace_argument.h"

namespace skbscope::app {

using TraceArgument = trace::TraceArgument;
[[nodiscard]] TraceArgument parseTraceArgument(const std::string &text);
[[nodiscard]] std::optional<trace::SideKind> parseSideKind(const std::string &text); // "model", "kernel"

// Reads a trace file or a tree's text. What it holds is marked as recorded. A cut file is told on stderr.
[[nodiscard]] OrFailure<trace::Trace> readTraceFile(const std::string &file);

// The side that is meant: the wanted one, or the only one.
[[nodiscard]] OrFailure<trace::Side> pickSide(trace::Trace trace, const TraceArgument &wanted);

} // namespace skbscope::app
