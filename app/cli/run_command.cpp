// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope run SCENARIO: both kernels, side by side, fidelity last.
#include "app/cli/commands.h"
#include "app/cli/lab_arguments.h"
#include "app/cli/output.h"
#include "app/cli/progress_line.h"
#include "app/cli/run_sides.h"
#include "app/cli/run_what_if.h"
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
    std::string whatIf;      // empty: nothing is changed
    std::string kernelGiven; // the first option that needs a kernel, as it was given; empty: none was
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

int show(const RunArguments &a, const ViewTitle &title, const OpList *ops, const trace::Trace &trace) {
    const bool both = trace.sides.size() == 2;
    if (a.format != Format::text) {
        const OrFailure<void> written = writeFormat(std::cout, trace, a.format, onlySide(a.side), "--format");
        if (!written) return report(written.error());
        return both && unexplained(trace, a.view.tasks) != 0 ? exitDifferences : exitOk;
    }
    if (!both) {
        printSide(std::cout, trace.sides[0], title, ops, a.view.options(), a.view.terminal());
        return exitOk;
    }
    const trace::Comparison c =
        printComparison(std::cout, trace.sides[0], trace.sides[1], title, ops, a.view.options(), a.view.terminal());
    return c.unexplained != 0 ? exitDifferences : exitOk;
}

// Both sides are the model: nothing of a kernel has a place there.
int runWhatIf(const RunArguments &a) {
    if (!a.kernelGiven.empty())
        return report({exitBadInput, a.kernelGiven +
                                         " has no place beside --what-if, which runs the model twice; leave "
                                         "one of them out"});
    const OrFailure<Scenario> scenario = loadNamedScenario(a.scenario);
    if (!scenario) return report(scenario.error());
    if (a.whatIf == "list") {
        listChanges(std::cout, *scenario);
        return exitOk;
    }
    const auto oneSided = [](Format f) { return f == Format::tree || f == Format::state; };
    if (oneSided(a.format) || oneSided(formatOfFile(a.out)))
        return report({exitBadInput, "a tree and a state are of one run, and --what-if makes two; keep them with -o "
                                     "FILE.skbt, then export FILE.skbt:first or FILE.skbt:changed"});
    const OrFailure<ScenarioChange> change = changeNamed(*scenario, a.whatIf);
    if (!change) return report(change.error());
    const OrFailure<trace::Trace> trace = runChanged(*scenario, *change, a.seed);
    if (!trace) return report(trace.error());
    if (!a.out.empty())
        if (const OrFailure<void> kept = keepTrace(*trace, a.out, {}); !kept) return report(kept.error());
    return show(a, {scenario->name, change->title + ". " + change->watch}, &scenario->ops, *trace);
}

int run(const RunArguments &a) {
    if (!a.whatIf.empty()) return runWhatIf(a);
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
    const int shown = show(a, {scenario->name, scenario->title}, &scenario->ops, sides->trace);
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
    c->add_option("--what-if", a->whatIf,
                  "Run the model twice, the second time with one setting changed; 'list' names the settings")
        ->type_name("SETTING");
    addLabOptions(*c, a->lab);
    a->view.addTo(*c);
    c->callback([a, c, &command] {
        a->labChosen = anyLabOption(*c);
        for (const char *option : {"--side", "--kernel", "--vmlinuz", "--modules", "--cpus", "--real-time"})
            if (a->kernelGiven.empty() && c->count(option) != 0) a->kernelGiven = option;
        command = [a] { return run(*a); };
    });
}

} // namespace skbscope::app
