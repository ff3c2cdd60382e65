// SPDX-License-Identifier: GPL-2.0-or-later
// The loader's inverse: operations to the YAML that compiles to them. What comes out, loaded again, gives the same
// operation list (OpList::sameAs), if the list is one that a scenario can give: topology in the order in which the
// loader emits it, a tap's configuration right behind the step that opens it.
#pragma once

#include "app/scenario/oplist.h"

#include <map>

namespace skbscope::app {

struct ScenarioHead {
    std::string name, title, description;
    std::vector<std::string> remarks;           // comments at the top, a line or more each
    std::map<std::uint32_t, std::string> notes; // by step: `note:` of it
};

[[nodiscard]] std::string writeScenario(const OpList &ops, const ScenarioHead &head);

} // namespace skbscope::app
