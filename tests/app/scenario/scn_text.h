// SPDX-License-Identifier: GPL-2.0-or-later
// An operation list in the line language of the reference scenarios ("sendto s 10.9.0.2 7000 12"): a second notation,
// written by hand for each bundled scenario under ops/, that the compiled YAML must equal.
#pragma once

#include "app/scenario/oplist.h"

#include <string>

namespace skbscope::app {

// The steps alone, one a line; what a tap's opening configures is left out (the topology test checks it).
[[nodiscard]] std::string scnSteps(const OpList &ops);

} // namespace skbscope::app
