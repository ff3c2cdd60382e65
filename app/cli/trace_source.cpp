// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/trace_source.h"

#include "trace/trace_file.h"
#include "trace/tree_text.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace skbscope::app {

std::optional<trace::SideKind> parseSideKind(const std::string &text) {
    for (const trace::SideKind kind : {trace::SideKind::model, trace::SideKind::kernel})
        if (text == trace::side_name(kind)) return kind;
    return {};
}

TraceArgument parseTraceArgument(const std::string &text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return {text, {}};
    const std::optional<trace::SideKind> side = parseSideKind(text.substr(colon + 1));
    return side ? TraceArgument{text.substr(0, colon), side} : TraceArgument{text, {}};
}

namespace {

OrFailure<trace::Trace> readTree(const std::string &file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return failed(exitBadInput, file + ": cannot be read; check the path");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto side = trace::read_tree_text(text, file);
    if (!side) return failed(exitBadInput, side.error().message());
    trace::Trace trace;
    trace.scenario_name = std::filesystem::path(file).stem().string();
    trace.sides.push_back(std::move(*side));
    return trace;
}

} // namespace

OrFailure<trace::Trace> readTraceFile(const std::string &file) {
    std::error_code ec;
    if (std::filesystem::is_directory(file, ec))
        return failed(exitBadInput, file + ": is a directory; name a trace file");
    if (std::filesystem::path(file).extension() == ".tree") return readTree(file);
    auto trace = trace::read_trace(file);
    if (!trace) return failed(exitBadInput, trace.error().message());
    if (trace->cut) std::fprintf(stderr, "skbscope: %s: %s\n", file.c_str(), trace->cut_note.c_str());
    for (trace::Side &side : trace->sides)
        side.info.recorded = true;
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
