// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope export TRACE --to jsonl|tree|state|svg|png|html
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/trace_source.h"
#include "app/gui/view_export.h"
#include "trace/what_if.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <functional>
#include <iostream>
#include <variant>

namespace skbscope::app {

namespace {

using Target = std::variant<Format, ViewExport::Kind>;

const std::map<std::string, Target> &targets() {
    static const std::map<std::string, Target> all = {{"jsonl", Format::jsonl}, {"tree", Format::tree},
                                                      {"state", Format::state}, {"svg", ViewExport::svg},
                                                      {"png", ViewExport::png}, {"html", ViewExport::page}};
    return all;
}

struct ExportArguments {
    std::string trace, side, out, to;
    ViewExport view;
};

std::optional<trace::SideKind> sideOf(const ExportArguments &a, const TraceArgument &argument) {
    return a.side.empty() ? argument.side : parseSideKind(a.side);
}

// Writes into `a.out`, or to standard output.
int put(const ExportArguments &a, const std::function<OrFailure<void>(std::ostream &)> &write) {
    std::ofstream file;
    if (!a.out.empty()) {
        file.open(a.out, std::ios::binary);
        if (!file) return report({exitBadInput, a.out + ": cannot be written; check the path and its permissions"});
    }
    std::ostream &out = a.out.empty() ? std::cout : file;
    if (const OrFailure<void> written = write(out); !written) return report(written.error());
    out.flush();
    if (!out)
        return report({exitBadInput, (a.out.empty() ? "standard output" : a.out) +
                                         ": could not be written whole; is the disk full?"});
    return exitOk;
}

// Drawn before the file is opened: one that cannot be drawn leaves no empty file.
int exportDrawn(const ExportArguments &a, trace::Trace trace, const TraceArgument &argument, ViewExport::Kind kind) {
    ViewExport view = a.view;
    view.kind = kind;
    view.file = argument.file;
    view.side = sideOf(a, argument);
    const OrFailure<std::string> bytes = exportView(std::move(trace), view);
    if (!bytes) return report(bytes.error());
    return put(a, [&](std::ostream &out) -> OrFailure<void> {
        out << *bytes;
        return {};
    });
}

int exportTrace(const ExportArguments &a) {
    const TraceArgument argument = parseTraceArgument(a.trace);
    OrFailure<trace::Trace> trace = readTraceFile(argument.file);
    if (!trace) return report(trace.error());
    if (argument.run || (sideOf(a, argument) && trace::is_what_if(*trace))) { // one of two runs: alone from here on
        OrFailure<trace::Side> run = pickSide(*trace, argument);
        if (!run) return report(run.error());
        trace->sides = {};
        trace->sides.push_back(std::move(*run));
    }
    const Target target = targets().at(a.to);
    if (const auto *kind = std::get_if<ViewExport::Kind>(&target))
        return exportDrawn(a, std::move(*trace), argument, *kind);
    return put(a, [&](std::ostream &out) {
        return writeFormat(out, *trace, std::get<Format>(target), sideOf(a, argument), argument.file);
    });
}

void addViewOptions(CLI::App &c, ViewExport &v) {
    c.add_option("--pane", v.pane, "svg, png: one pane instead of the whole view")
        ->check(CLI::IsMember({"view", "calls", "stack", "skbuff", "bytes", "timeline"}))
        ->type_name("PANE");
    CLI::Option *at =
        c.add_option("--at", v.at, "Show this call: its number, or a function (ip_rcv:2 is its second call)")
            ->type_name("CALL");
    c.add_option("--step", v.step, "... or this step (from 0)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N")
        ->excludes(at);
    c.add_option("--theme", v.theme, "svg, png: light or dark")
        ->check(CLI::IsMember({"light", "dark"}))
        ->type_name("THEME");
    c.add_option("--scale", v.scale, "png: pixels for each of the drawing's (2)")
        ->check(CLI::Range(0.5, 8.0))
        ->type_name("N");
    c.add_option("--from", v.from, "html: the first call to step through")->type_name("CALL");
    c.add_option("--until", v.until, "html: the last one")->type_name("CALL");
}

} // namespace

void addExportCommand(CLI::App &app, Command &command) {
    auto a = std::make_shared<ExportArguments>();
    CLI::App *c = app.add_subcommand("export", "Write a trace in another format, as a picture, or as a page");
    c->add_option("TRACE", a->trace, "FILE.skbt, FILE.skbt:model or FILE.skbt:kernel")->required();
    std::vector<std::string> names;
    for (const auto &[name, target] : targets())
        names.push_back(name);
    c->add_option("--to", a->to,
                  "jsonl, tree, state; svg, png: what the window shows; html: a replay that steps in a browser")
        ->required()
        ->check(CLI::IsMember(names))
        ->type_name("FORMAT");
    c->add_option("--side", a->side, "model or kernel")->check(CLI::IsMember({"model", "kernel"}))->type_name("SIDE");
    c->add_option("-o", a->out, "FILE instead of standard output")->type_name("FILE");
    addViewOptions(*c, a->view);
    c->callback([a, &command] { command = [a] { return exportTrace(*a); }; });
}

} // namespace skbscope::app
