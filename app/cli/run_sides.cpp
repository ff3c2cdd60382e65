// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/run_sides.h"

#include "app/cli/assets.h"
#include "app/cli/trace_source.h"
#include "app/lab/cancellation.h"
#include "app/model/model_run.h"
#include "app/scenario/nearest.h"

#include <set>

namespace skbscope::app {

namespace fs = std::filesystem;

OrFailure<KernelChoice> parseKernelChoice(const std::string &text) {
    if (text.empty()) return KernelChoice{false, KernelTarget::lab(), true};
    if (text == "lab") return KernelChoice{false, KernelTarget::lab(), false};
    if (text == "host") return KernelChoice{false, KernelTarget::host(), false};
    if (text == "recorded") return KernelChoice{true, {}, false};
    const std::string host = text.starts_with("ssh:") ? text.substr(4) : "";
    // What begins with a dash would be an option of ssh.
    if (host.empty() || host.starts_with('-'))
        return failed(exitBadInput,
                      "--kernel " + quoted(text) + ": no such kernel; use lab, host, recorded or ssh:HOST");
    return KernelChoice{false, KernelTarget::ssh(host), false};
}

OrFailure<Scenario> loadNamedScenario(const std::string &nameOrPath) {
    const fs::path path = findScenario(nameOrPath);
    if (path.empty()) {
        if (bundledScenarios().empty())
            return failed(exitBadInput,
                          quoted(nameOrPath) +
                              ": the bundled scenarios are not here; give a path, or set SKBSCOPE_ASSETS");
        return failed(exitBadInput, quoted(nameOrPath) + ": no such file and no bundled scenario; " +
                                        suggestion(nameOrPath, bundledScenarios()));
    }
    auto scenario = loadScenario(path);
    if (!scenario) return failed(exitBadInput, scenario.error().message());
    return std::move(*scenario);
}

namespace {

// Our places are "scenario line N"; the user knows the file.
Failure inScenario(const Scenario &scenario, const RunError &error) {
    constexpr std::string_view line = "scenario line ";
    std::string place = error.place;
    if (place.starts_with(line)) place = scenario.file + ":" + place.substr(line.size());
    return {static_cast<ExitCode>(error.code), place + ": " + error.what};
}

// What the model called, the kernel will call too, most of it.
std::vector<std::string> functionsOf(const trace::Side &side) {
    std::set<std::string> names;
    for (const trace::Event &e : side.events)
        if (trace::is_enter(e)) names.emplace(side.function_name(e.fn));
    return {names.begin(), names.end()};
}

OrFailure<trace::Side> kernelSide(const Scenario &scenario, const KernelChoice &choice, const trace::Side *model,
                                  const ProgressSink &progress, std::optional<Failure> &broke) {
    if (choice.recorded) return recordedKernelSide(scenario);
    KernelTarget target = choice.target;
    if (model)
        target.likely = functionsOf(*model);
    else if (const auto guess = runModel(scenario.ops))
        target.likely = functionsOf(*guess);
    auto side = runOnKernel(scenario.ops.list(), target, progress);
    if (side) return std::move(*side);
    Failure f = inScenario(scenario, side.error());
    if (side.error().partial) {
        broke = std::move(f);
        return *side.error().partial;
    }
    if (f.code == exitNotPossible && recordedKernelSide(scenario))
        f.message += "; what was recorded is shown by --kernel recorded, the model alone by --side model";
    return tl::unexpected(f);
}

} // namespace

OrFailure<trace::Side> recordedKernelSide(const Scenario &scenario) {
    const fs::path file = recordedTrace(scenario.name);
    std::error_code ec;
    if (!fs::exists(file, ec))
        return failed(exitNotPossible, "no recorded kernel trace of " + quoted(scenario.name) + " (" + file.string() +
                                           "); run it on a kernel: --kernel lab");
    auto trace = readTraceFile(file.string());
    if (!trace) return tl::unexpected(trace.error());
    const auto recorded = parseScenario(trace->scenario_text, file.string());
    if (!recorded || !recorded->ops.sameAs(scenario.ops))
        return failed(exitNotPossible, scenario.file + ": is not the scenario that " + file.string() +
                                           " recorded; run it on a kernel: --kernel lab");
    return pickSide(std::move(*trace), {file.string(), trace::SideKind::kernel});
}

OrFailure<SidesRun> runSides(const Scenario &scenario, const RunRequest &request, const ProgressSink &progress) {
    SidesRun run;
    run.trace.scenario_name = scenario.name;
    run.trace.scenario_text = scenario.text;
    std::vector<trace::Side> &sides = run.trace.sides;
    if (request.side != SideChoice::kernel) {
        if (progress) progress({"running the model"});
        auto side = runModel(scenario.ops, {.seed = request.seed, .cpus = request.kernel.target.labOptions.cpus});
        if (!side) return tl::unexpected(inScenario(scenario, side.error()));
        sides.push_back(std::move(*side));
    }
    const skbscope_op *card = modelOnly(scenario.ops);
    if (request.side == SideChoice::both && card) {
        run.modelAlone = scenario.file + ":" + std::to_string(card->line) + ": " + card->name +
                         " is a simulated card: it exists in the model alone, so there is no kernel's side to compare";
        return run;
    }
    if (Cancellation::wanted()) return failed(exitNotPossible, Cancellation::error().message());
    if (request.side != SideChoice::model) {
        const trace::Side *model = sides.empty() ? nullptr : &sides.front();
        auto side = kernelSide(scenario, request.kernel, model, progress, run.broke);
        if (!side) return tl::unexpected(side.error());
        sides.push_back(std::move(*side));
    }
    return run;
}

} // namespace skbscope::app
