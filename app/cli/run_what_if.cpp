// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/run_what_if.h"

#include "app/model/what_if.h"
#include "app/scenario/nearest.h"

#include <algorithm>
#include <ostream>

namespace skbscope::app {

void listChanges(std::ostream &out, const Scenario &scenario) {
    const std::vector<ScenarioChange> all = changesFor(scenario.ops);
    if (all.empty()) {
        out << scenario.name << ": no setting can be changed: it sends nothing that the model can run\n";
        return;
    }
    std::size_t width = 0;
    for (const ScenarioChange &change : all)
        width = std::max(width, change.id.size());
    for (const ScenarioChange &change : all) {
        out << change.id << std::string(width - change.id.size() + 2, ' ') << change.title << '\n'
            << std::string(width + 2, ' ') << change.watch << '\n';
    }
}

OrFailure<ScenarioChange> changeNamed(const Scenario &scenario, const std::string &name) {
    std::vector<ScenarioChange> all = changesFor(scenario.ops);
    std::vector<std::string> ids;
    for (ScenarioChange &change : all) {
        if (change.id == name) return std::move(change);
        ids.push_back(change.id);
    }
    if (all.empty())
        return failed(exitBadInput, "--what-if " + quoted(name) + ": " + scenario.name +
                                        " has no setting to change: it sends nothing that the model can run");
    return failed(exitBadInput, "--what-if " + quoted(name) + ": " + scenario.name + " has no such setting; " +
                                    suggestion(name, ids) + " (--what-if list tells what each does)");
}

OrFailure<trace::Trace> runChanged(const Scenario &scenario, const ScenarioChange &change, std::uint64_t seed) {
    auto trace = runWhatIf(scenario, change, {.seed = seed});
    if (trace) return std::move(*trace);
    return failed(static_cast<ExitCode>(trace.error().code), scenario.file + ": " + trace.error().message());
}

} // namespace skbscope::app
