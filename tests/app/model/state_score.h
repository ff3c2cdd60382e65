// SPDX-License-Identifier: GPL-2.0-or-later
// State fidelity against a .state text: lines aligned by function in call order, then field by field. For references
// that have no trace file.
#pragma once

#include "trace/compare.h"

#include <string>
#include <vector>

namespace skbscope::app {

struct StateScore {
    trace::StateFidelity fidelity;
    std::vector<std::string> wrong; // "ip_rcv users: reference 2, ours 1", and functions without a partner
};

[[nodiscard]] StateScore scoreStates(const std::string &reference, const std::string &ours);

} // namespace skbscope::app
