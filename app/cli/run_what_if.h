// SPDX-License-Identifier: GPL-2.0-or-later
// `skbscope run SCENARIO --what-if SETTING`: what can be changed, and both runs of the model.
#pragma once

#include "app/cli/failure.h"
#include "app/scenario/changes.h"
#include "app/scenario/loader.h"
#include "trace/trace.h"

#include <iosfwd>

namespace skbscope::app {

// A line for each setting: its name, what it changes, and what to look for then.
void listChanges(std::ostream &out, const Scenario &scenario);

// The change of that name; the failure names what is near.
[[nodiscard]] OrFailure<ScenarioChange> changeNamed(const Scenario &scenario, const std::string &name);

[[nodiscard]] OrFailure<trace::Trace> runChanged(const Scenario &scenario, const ScenarioChange &change,
                                                 std::uint64_t seed);

} // namespace skbscope::app
