// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/gui_what_if.h"

#include "app/model/what_if.h"

#include <charconv>

namespace skbscope::app {

namespace {

tl::expected<Scenario, std::string> scenarioOf(const trace::Trace &shown) {
    auto scenario = parseScenario(shown.scenario_text, shown.scenario_name);
    if (!scenario) return tl::unexpected("the trace's scenario: " + scenario.error().message());
    return std::move(*scenario);
}

template <class Number> void readFact(const trace::SideInfo &info, const char *name, Number &to) {
    const auto fact = info.facts.find(name);
    if (fact == info.facts.end()) return;
    std::from_chars(fact->second.data(), fact->second.data() + fact->second.size(), to);
}

// As the model ran for what is shown.
ModelOptions optionsOf(const trace::Trace &shown) {
    ModelOptions options;
    for (const trace::Side &side : shown.sides) {
        if (side.info.kind != trace::SideKind::model) continue;
        readFact(side.info, "seed", options.seed);
        readFact(side.info, "cpus", options.cpus);
    }
    return options;
}

tl::expected<std::vector<ui::WhatIfChange>, std::string> changesOf(const trace::Trace &shown) {
    if (!shown.side(trace::SideKind::model))
        return tl::unexpected(shown.scenario_name + ": the model cannot run it, so no setting can be changed here");
    const auto scenario = scenarioOf(shown);
    if (!scenario) return tl::unexpected(scenario.error());
    std::vector<ui::WhatIfChange> out;
    for (const ScenarioChange &change : changesFor(scenario->ops))
        out.push_back({change.id, change.title, change.watch});
    return out;
}

tl::expected<trace::Trace, std::string> runChanged(const trace::Trace &shown, const std::string &id) {
    const auto scenario = scenarioOf(shown);
    if (!scenario) return tl::unexpected(scenario.error());
    for (const ScenarioChange &change : changesFor(scenario->ops)) {
        if (change.id != id) continue;
        auto trace = runWhatIf(*scenario, change, optionsOf(shown));
        if (!trace) return tl::unexpected(trace.error().message());
        return std::move(*trace);
    }
    return tl::unexpected(shown.scenario_name + " has no setting " + id + " to change");
}

} // namespace

ui::WhatIfSource whatIfSource() {
    return {changesOf, runChanged};
}

} // namespace skbscope::app
