// SPDX-License-Identifier: GPL-2.0-or-later
// What if one setting were another: the changes that make sense for a scenario, each applied to its operations. Nothing
// here runs anything (app/model/what_if.h does).
#pragma once

#include "app/scenario/oplist.h"

#include <functional>
#include <string>
#include <vector>

namespace skbscope::app {

struct ScenarioChange {
    std::string id;                     // "b.vb.gro=off"; unique within a scenario
    std::string title;                  // "GRO off on b.vb"
    std::string watch;                  // one sentence: what to look for, not what will be found
    std::string setting;                // "gro of b.vb"
    std::string before, after;          // its values: "on", "off"
    std::function<OpList()> apply = {}; // the changed operations; owns all it needs
};

// Those that apply to what the scenario does while it is traced, in the order of the packet's way.
[[nodiscard]] std::vector<ScenarioChange> changesFor(const OpList &ops);

} // namespace skbscope::app
