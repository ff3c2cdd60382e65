// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/trace_argument.h"

#include "trace/tree_text.h"
#include "trace/what_if.h"

#include <array>
#include <fstream>
#include <iterator>

namespace skbscope::trace {

namespace {
constexpr std::array<std::string_view, 2> run_names = {"first", "changed"};
} // namespace

std::optional<SideKind> parse_side_kind(const std::string &text) {
    for (const SideKind kind : {SideKind::model, SideKind::kernel})
        if (text == side_name(kind)) return kind;
    return {};
}

TraceArgument parse_trace_argument(const std::string &text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return {text, {}};
    const std::string file = text.substr(0, colon), suffix = text.substr(colon + 1);
    if (const std::optional<SideKind> side = parse_side_kind(suffix)) return {file, side};
    for (std::size_t run = 0; run < run_names.size(); ++run)
        if (suffix == run_names[run]) return {file, {}, run};
    return {text, {}};
}

tl::expected<Side, FileError> side_of(Trace trace, const TraceArgument &argument) {
    const std::string &file = argument.file;
    const auto refuse = [&file](std::string what) { return tl::unexpected(FileError{file, std::move(what)}); };
    if (trace.sides.empty()) return refuse("holds no side of a trace; record it again");
    if (argument.run) {
        if (!is_what_if(trace)) return refuse("does not hold two runs of the model; leave out :first and :changed");
        return std::move(trace.sides[*argument.run]);
    }
    if (is_what_if(trace))
        return refuse("holds two runs of the model; say which: " + file + ":first or " + file + ":changed");
    if (!argument.side && trace.sides.size() > 1)
        return refuse("has two sides; say which: " + file + ":model or " + file + ":kernel");
    const SideKind kind = argument.side.value_or(trace.sides[0].info.kind);
    Side *side = trace.side(kind);
    if (side == nullptr)
        return refuse(std::string("has no ") + side_name(kind) + " side; it has the " +
                      side_name(trace.sides[0].info.kind) + "'s");
    return std::move(*side);
}

namespace {
tl::expected<Trace, FileError> read_tree(const std::string &file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return tl::unexpected(FileError{file, "cannot be read; check the path"});
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto side = read_tree_text(text, file);
    if (!side) return tl::unexpected(side.error());
    Trace trace;
    trace.scenario_name = std::filesystem::path(file).stem().string();
    trace.sides.push_back(std::move(*side));
    return trace;
}
} // namespace

tl::expected<Trace, FileError> read_any_trace(const std::string &file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        return tl::unexpected(FileError{file, "is a directory; name a trace file"});
    if (std::filesystem::path(file).extension() == ".tree") return read_tree(file);
    auto trace = read_trace(file);
    if (!trace) return trace;
    for (Side &side : trace->sides)
        side.info.recorded = true;
    return trace;
}

} // namespace skbscope::trace
