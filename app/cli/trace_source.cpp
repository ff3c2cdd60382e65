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

OrFailure<trace::Side> pickSide(trace::Trace trace, const std::string &file, std::optional<trace::SideKind> wanted) {
    if (trace.sides.empty()) return failed(exitBadInput, file + ": holds no side of a trace; record it again");
    if (!wanted && trace.sides.size() > 1)
        return failed(exitBadInput, file + ": has two sides; say which: " + file + ":model or " + file + ":kernel");
    const trace::SideKind kind = wanted.value_or(trace.sides[0].info.kind);
    trace::Side *side = trace.side(kind);
    if (side == nullptr)
        return failed(exitBadInput, file + ": has no " + trace::side_name(kind) + " side; it has the " +
                                        trace::side_name(trace.sides[0].info.kind) + "'s");
    return std::move(*side);
}

} // namespace skbscope::app
