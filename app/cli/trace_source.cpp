// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/trace_source.h"

#include <cstdio>

namespace skbscope::app {

std::optional<trace::SideKind> parseSideKind(const std::string &text) {
    return trace::parse_side_kind(text);
}

TraceArgument parseTraceArgument(const std::string &text) {
    return trace::parse_trace_argument(text);
}

OrFailure<trace::Trace> readTraceFile(const std::string &file) {
    auto trace = trace::read_any_trace(file);
    if (!trace) return failed(exitBadInput, trace.error().message());
    if (trace->cut) std::fprintf(stderr, "skbscope: %s: %s\n", file.c_str(), trace->cut_note.c_str());
    return std::move(*trace);
}

OrFailure<trace::Side> pickSide(trace::Trace trace, const TraceArgument &wanted) {
    auto side = trace::side_of(std::move(trace), wanted);
    if (!side) return failed(exitBadInput, side.error().message());
    return std::move(*side);
}

} // namespace skbscope::app
