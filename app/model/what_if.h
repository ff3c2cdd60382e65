// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario run twice on the model, the second time with one setting changed.
#pragma once

#include "app/model/model_run.h"
#include "app/scenario/changes.h"
#include "app/scenario/loader.h"

namespace skbscope::app {

// Two model sides: the run as it was, then the changed one, each with the fact that trace/what_if.h explains. An error
// tells which of the two runs failed, and why.
[[nodiscard]] tl::expected<trace::Trace, RunError> runWhatIf(const Scenario &scenario, const ScenarioChange &change,
                                                             const ModelOptions &options = {});

} // namespace skbscope::app
