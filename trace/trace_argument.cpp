// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/trace_argument.h"

#include "trace/tree_text.h"

#include <fstream>
#include <iterator>

namespace skbscope::trace {

std::optional<SideKind> parse_side_kind(const std::string &text) {
    for (const SideKind kind : {SideKind::model, SideKind::kernel})
        if (text == side_name(kind)) return kind;
    return {};
}

TraceArgument parse_trace_argument(const std::string &text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return {text, {}};
    const std::optional<SideKind> side = parse_side_kind(text.substr(colon + 1));
    return side ? TraceArgument{text.substr(0, colon), side} : TraceArgument{text, {}};
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
