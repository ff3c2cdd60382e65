// SPDX-License-Identifier: GPL-2.0-or-later
// What the catalogue knows of one function of the stock 6.1 kernel, and by which means it can be watched there.
#pragma once

#include "trace/catalogue.h"

#include <string>
#include <utility>
#include <vector>

namespace skbscope::app {

using FunctionFacts = std::vector<std::pair<std::string, std::string>>; // label, text

[[nodiscard]] FunctionFacts functionFacts(const trace::Function &function);
// Functions whose machine code calls `name`, directly or through a pointer that could be it.
[[nodiscard]] std::vector<std::string> machineCodeCallers(std::string_view name);
[[nodiscard]] std::vector<std::string> nearFunctions(const std::string &name);

struct CatalogueCounts {
    std::size_t functions = 0, inScope = 0, traceable = 0, withBuffer = 0; // the last two: of those in scope
};
[[nodiscard]] CatalogueCounts catalogueCounts();

} // namespace skbscope::app
