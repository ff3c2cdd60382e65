// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/model/what_if.h"

#include "trace/what_if.h"

namespace skbscope::app {

tl::expected<trace::Trace, RunError> runWhatIf(const Scenario &scenario, const ScenarioChange &change,
                                               const ModelOptions &options) {
    const std::string fact = std::string(trace::what_if_fact) + change.setting;
    auto first = runModel(scenario.ops, options);
    if (!first) return tl::unexpected(std::move(first.error()));
    auto second = runModel(change.apply(), options);
    if (!second) {
        RunError error = std::move(second.error());
        error.what = "with " + change.setting + " " + change.after + ": " + error.what;
        return tl::unexpected(std::move(error));
    }
    first->info.facts[fact] = change.before;
    second->info.facts[fact] = change.after;
    trace::Trace out;
    out.scenario_name = scenario.name;
    out.scenario_text = scenario.text;
    out.sides.push_back(std::move(*first));
    out.sides.push_back(std::move(*second));
    return out;
}

} // namespace skbscope::app
