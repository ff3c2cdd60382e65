// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope run SCENARIO: both kernels, side by side, fidelity last.
#include "app/cli/commands.h"
#include "app/cli/lab_arguments.h"
#include "app/cli/output.h"
#include "app/cli/progress_line.h"
#include "app/cli/run_sides.h"
#include "app/cli/view_arguments.h"
#include "app/view/view.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace skbscope::app {

namespace {

struct RunArguments {
    std::string scenario;
    SideChoice side = SideChoice::both;
    std::string kernel;
    Format format = Format::text;
    std::string out;
    std::uint64_t seed = 1;
    LabOptions lab;
    bool labChosen = false; // any of its options was given
    ViewArguments view;
};

std::optional<trace::SideKind> onlySide(SideChoice choice) {
    if (choice == SideChoice::model) return trace::SideKind::model;
    if (choice == SideChoice::kernel) return trace::SideKind::kernel;
    return {};
}

// Formats that show one side are refused before anything runs.
OrFailure<void> checkFormat(const RunArguments &a) {
    const auto oneSided = [](Format f) { return f == Format::tree || f == Format::state; };
    if (a.side != SideChoice::both) return {};
    if (oneSided(a.format))
        return failed(exitBadInput, "--format shows one side here; add --side model or --side kernel");
    if (oneSided(formatOfFile(a.out)))
        return failed(exitBadInput, a.out + " holds one side; add --side model or --side kernel");
    return {};
}

std::uint32_t unexplained(const trace::Trace &trace, trace::TaskOrder tasks) {
    const trace::Side &l = trace.sides[0], &r = trace.sides[1];
    return trace::compare(l, trace::build_call_tree(l), r, trace::build_call_tree(r),
                          {.match_fields = true, .tasks = tasks})
        .unexplained;
}

int show(const RunArguments &a, const Scenario &scenario, const trace::Trace &trace) {
    const bool both = trace.sides.size() == 2;
    if (a.format != Format::text) {
        const OrFailure<void> written = writeFormat(std::cout, trace, a.format, onlySide(a.side), "--format");
        if (!written) return report(written.error());
        return both && unexplained(trace, a.view.tasks) != 0 ? exitDifferences : exitOk;
    }
    const ViewTitle title = {scenario.name, scenario.title};
    if (!both) {
        printSide(std::cout, trace.sides[0], title, &scenario.ops, a.view.options(), a.view.terminal());
        return exitOk;
    }
    const trace::Comparison c = printComparison(std::cout, trace.sides[0], trace.sides[1], title, &scenario.ops,
                                                a.view.options(), a.view.terminal());
    return c.unexplained != 0 ? exitDifferences : exitOk;
}

int run(const RunArguments &a) {
    if (const OrFailure<void> ok = checkFormat(a); !ok) return report(ok.error());
    OrFailure<KernelChoice> kernel = parseKernelChoice(a.kernel);
    if (!kernel) return report(kernel.error());
    const bool inLab = !kernel->recorded && kernel->target.kind == KernelTarget::Kind::lab;
    if (a.labChosen && !inLab)
        return report({exitBadInput, "--vmlinuz, --modules, --cpus and --real-time are for --kernel lab"});
    kernel->target.labOptions = a.lab;
    const OrFailure<Scenario> scenario = loadNamedScenario(a.scenario);
    if (!scenario) return report(scenario.error());
    const OrFailure<SidesRun> sides = [&] {
        ProgressLine line;
        return runSides(*scenario, {a.side, *kernel, a.seed}, [&line](const Progress &p) { line.show(p); });
    }();
    if (!sides) return report(sides.error());
    if (!a.out.empty()) {
        const OrFailure<void> kept = keepTrace(sides->trace, a.out, onlySide(a.side));
        if (!kept) return report(kept.error());
    }
    const int shown = show(a, *scenario, sides->trace);
    if (!sides->modelAlone.empty()) std::cerr << "skbscope: " << sides->modelAlone << "\n";
    return sides->broke ? report(*sides->broke) : shown;
}

} // namespace

void addRunCommand(CLI::App &app, Command &command) {
    const std::map<std::string, SideChoice> sides = {
        {"model", SideChoice::model}, {"kernel", SideChoice::kernel}, {"both", SideChoice::both}};
    const std::map<std::string, Format> formats = {
        {"text", Format::text}, {"jsonl", Format::jsonl}, {"tree", Format::tree}, {"state", Format::state}};
    auto a = std::make_shared<RunArguments>();
    CLI::App *c =
        app.add_subcommand("run", "Run a scenario on the model, on a real kernel, or on both and compare them");
    c->add_option("SCENARIO", a->scenario, "A scenario file, or the name of a bundled one such as udp-veth")
        ->required();
    c->add_option("--side", a->side, "model, kernel or both")
        ->transform(CLI::CheckedTransformer(sides))
        ->type_name("SIDE");
    c->add_option("--kernel", a->kernel, "lab (stock 6.1 in QEMU; the default), host, recorded, ssh:HOST")
        ->type_name("WHICH");
    c->add_option("--format", a->format, "text, jsonl, tree or state")
        ->transform(CLI::CheckedTransformer(formats))
        ->type_name("FORMAT");
    c->add_option("-o", a->out, "Keep the trace in FILE (.skbt; .tree, .state and .jsonl as text)")->type_name("FILE");
    c->add_option("--seed", a->seed, "Of what is random in the model: ports, IP ids, hash keys")->type_name("N");
    addLabOptions(*c, a->lab);
    a->view.addTo(*c);
    c->callback([a, c, &command] {
        a->labChosen = anyLabOption(*c);
        command = [a] { return run(*a); };
    });
}

} // namespace skbscope::app
