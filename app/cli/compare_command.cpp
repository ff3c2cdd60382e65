// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope compare A [B]: two traces, two trees, or the two sides of one trace.
#include "app/cli/commands.h"
#include "app/cli/trace_source.h"
#include "app/cli/view_arguments.h"
#include "app/scenario/loader.h"
#include "app/view/view.h"
#include "trace/what_if.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace skbscope::app {

namespace {

struct Sides {
    trace::Side left, right;
    ViewTitle title;
    std::string scenario; // YAML; empty where there is none
};

OrFailure<Sides> sidesOfOne(const TraceArgument &argument) {
    OrFailure<trace::Trace> trace = readTraceFile(argument.file);
    if (!trace) return tl::unexpected(trace.error());
    if (!argument.side && !argument.run && trace::is_what_if(*trace))
        return Sides{
            std::move(trace->sides[0]), std::move(trace->sides[1]), {trace->scenario_name, ""}, trace->scenario_text};
    trace::Side *model = trace->side(trace::SideKind::model), *kernel = trace->side(trace::SideKind::kernel);
    if (argument.side || argument.run || model == nullptr || kernel == nullptr)
        return failed(exitBadInput, argument.file + ": is one side; name a second trace to compare it with");
    return Sides{std::move(*model), std::move(*kernel), {trace->scenario_name, ""}, trace->scenario_text};
}

OrFailure<Sides> sidesOfTwo(const TraceArgument &a, const TraceArgument &b) {
    OrFailure<trace::Trace> left = readTraceFile(a.file), right = readTraceFile(b.file);
    if (!left) return tl::unexpected(left.error());
    if (!right) return tl::unexpected(right.error());
    Sides sides;
    sides.scenario = left->scenario_text == right->scenario_text ? left->scenario_text : "";
    sides.title = {left->scenario_name == right->scenario_name ? left->scenario_name
                                                               : left->scenario_name + " and " + right->scenario_name,
                   ""};
    OrFailure<trace::Side> l = pickSide(std::move(*left), a), r = pickSide(std::move(*right), b);
    if (!l) return tl::unexpected(l.error());
    if (!r) return tl::unexpected(r.error());
    sides.left = std::move(*l);
    sides.right = std::move(*r);
    // The model stands left wherever there is one.
    if (sides.right.info.kind == trace::SideKind::model && sides.left.info.kind == trace::SideKind::kernel)
        std::swap(sides.left, sides.right);
    return sides;
}

int compareTraces(const std::vector<std::string> &files, const ViewArguments &view) {
    const OrFailure<Sides> sides = files.size() == 1
                                       ? sidesOfOne(parseTraceArgument(files[0]))
                                       : sidesOfTwo(parseTraceArgument(files[0]), parseTraceArgument(files[1]));
    if (!sides) return report(sides.error());
    const auto scenario = parseScenario(sides->scenario, sides->title.name);
    const trace::Comparison c = printComparison(std::cout, sides->left, sides->right, sides->title,
                                                scenario ? &scenario->ops : nullptr, view.options(), view.terminal());
    const bool same = std::all_of(c.rows.begin(), c.rows.end(),
                                  [](const trace::Row &row) { return row.mark == trace::RowMark::match; });
    return same ? exitOk : exitDifferences;
}

} // namespace

void addCompareCommand(CLI::App &app, Command &command) {
    auto files = std::make_shared<std::vector<std::string>>();
    auto view = std::make_shared<ViewArguments>();
    CLI::App *c = app.add_subcommand("compare", "Compare two traces, or the two sides of one");
    c->add_option("TRACES", *files, "One or two of FILE.skbt, FILE.skbt:model, FILE.skbt:kernel, FILE.tree")
        ->required()
        ->expected(1, 2);
    view->addTo(*c);
    c->callback([files, view, &command] { command = [files, view] { return compareTraces(*files, *view); }; });
}

} // namespace skbscope::app
