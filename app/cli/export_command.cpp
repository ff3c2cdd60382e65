// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope export TRACE --to jsonl|tree|state
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/trace_source.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

namespace skbscope::app {

namespace {

struct ExportArguments {
    std::string trace, side, out;
    Format to = Format::jsonl;
};

int exportTrace(const ExportArguments &a) {
    const TraceArgument argument = parseTraceArgument(a.trace);
    const OrFailure<trace::Trace> trace = readTraceFile(argument.file);
    if (!trace) return report(trace.error());
    const std::optional<trace::SideKind> side = a.side.empty() ? argument.side : parseSideKind(a.side);
    std::ofstream file;
    if (!a.out.empty()) {
        file.open(a.out, std::ios::binary);
        if (!file) return report({exitBadInput, a.out + ": cannot be written; check the path and its permissions"});
    }
    std::ostream &out = a.out.empty() ? std::cout : file;
    const OrFailure<void> written = writeFormat(out, *trace, a.to, side, argument.file);
    if (!written) return report(written.error());
    out.flush();
    if (!out)
        return report({exitBadInput, (a.out.empty() ? "standard output" : a.out) +
                                         ": could not be written whole; is the disk full?"});
    return exitOk;
}

} // namespace

void addExportCommand(CLI::App &app, Command &command) {
    const std::map<std::string, Format> formats = {
        {"jsonl", Format::jsonl}, {"tree", Format::tree}, {"state", Format::state}};
    auto a = std::make_shared<ExportArguments>();
    CLI::App *c = app.add_subcommand("export", "Write a trace in another format");
    c->add_option("TRACE", a->trace, "FILE.skbt, FILE.skbt:model or FILE.skbt:kernel")->required();
    c->add_option("--to", a->to, "jsonl, tree or state")
        ->required()
        ->transform(CLI::CheckedTransformer(formats))
        ->type_name("FORMAT");
    c->add_option("--side", a->side, "model or kernel")->check(CLI::IsMember({"model", "kernel"}))->type_name("SIDE");
    c->add_option("-o", a->out, "FILE instead of standard output")->type_name("FILE");
    c->callback([a, &command] { command = [a] { return exportTrace(*a); }; });
}

} // namespace skbscope::app
