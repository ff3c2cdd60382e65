// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/output.h"

#include "app/export/jsonl.h"
#include "trace/state.h"
#include "trace/trace_file.h"
#include "trace/what_if.h"

#include <filesystem>
#include <fstream>
#include <ostream>

namespace skbscope::app {

namespace {

OrFailure<const trace::Side *> oneSide(const trace::Trace &trace, std::optional<trace::SideKind> kind,
                                       const std::string &name) {
    if (trace::is_what_if(trace))
        return failed(exitBadInput, name + " shows one run of two; name it: FILE.skbt:first or FILE.skbt:changed");
    if (!kind && trace.sides.size() > 1)
        return failed(exitBadInput, name + " shows one side; add --side model or --side kernel");
    const trace::Side *side = kind ? trace.side(*kind) : trace.sides.empty() ? nullptr : &trace.sides[0];
    if (side == nullptr) return failed(exitBadInput, name + ": the trace has no such side");
    return side;
}

} // namespace

OrFailure<void> writeFormat(std::ostream &out, const trace::Trace &trace, Format format,
                            std::optional<trace::SideKind> side, const std::string &name) {
    if (format == Format::jsonl) {
        if (side && trace.side(*side) == nullptr) return failed(exitBadInput, name + ": the trace has no such side");
        side ? writeJsonl(out, trace, *side) : writeJsonl(out, trace);
        return {};
    }
    const OrFailure<const trace::Side *> one = oneSide(trace, side, name);
    if (!one) return tl::unexpected(one.error());
    const trace::CallTree tree = trace::build_call_tree(**one);
    out << (format == Format::tree ? trace::to_tree_text(**one, tree) : trace::to_state_text(**one, tree));
    return {};
}

Format formatOfFile(const std::string &file) {
    const std::string suffix = std::filesystem::path(file).extension().string();
    if (suffix == ".tree") return Format::tree;
    if (suffix == ".state") return Format::state;
    if (suffix == ".jsonl") return Format::jsonl;
    return Format::text;
}

OrFailure<void> keepTrace(const trace::Trace &trace, const std::string &file, std::optional<trace::SideKind> side) {
    const Format format = formatOfFile(file);
    if (format == Format::text) {
        const auto written = trace::write_trace(trace, file);
        if (!written) return failed(exitBadInput, written.error().message());
        return {};
    }
    std::ofstream out(file, std::ios::binary);
    if (!out) return failed(exitBadInput, file + ": cannot be written; check the path and its permissions");
    const OrFailure<void> written = writeFormat(out, trace, format, side, file);
    if (!written) return written;
    out.flush();
    if (!out) return failed(exitBadInput, file + ": could not be written whole; is the disk full?");
    return {};
}

} // namespace skbscope::app
