// SPDX-License-Identifier: GPL-2.0-or-later
// A bundled scenario as the window opens it: the model runs, the kernel's side is the recorded one where there is one.
#pragma once

#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "trace/trace_file.h"

#include <tl/expected.hpp>

namespace skbscope::ui::test {

inline tl::expected<trace::Trace, std::string> bothSidesOf(const std::string &name) {
    const std::string root = SKBSCOPE_SOURCE_DIR;
    const auto scenario = app::loadScenario(root + "/assets/scenarios/" + name + ".yaml");
    if (!scenario) return tl::unexpected(scenario.error().message());
    auto model = app::runModel(scenario->ops);
    if (!model) return tl::unexpected("the model does not run " + name);
    trace::Trace trace;
    trace.scenario_name = scenario->name;
    trace.scenario_text = scenario->text;
    trace.sides.push_back(std::move(*model));
    if (auto recorded = trace::read_trace(root + "/assets/traces/" + name + ".skbt"))
        if (trace::Side *kernel = recorded->side(trace::SideKind::kernel)) trace.sides.push_back(std::move(*kernel));
    return trace;
}

} // namespace skbscope::ui::test
