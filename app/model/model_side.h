// SPDX-License-Identifier: GPL-2.0-or-later
// What the model recorded, as a side of a trace.
#pragma once

#include "app/model/model_run.h"

#include <map>
#include <string>

namespace skbscope::trace {
class Recorder;
}

namespace skbscope::app {

using TaskNames = std::map<std::uint32_t, std::string>; // by number

// Adds `events`, which the recorder gave, to a side of it; and the names that came meanwhile.
void addToSide(trace::Side &side, const trace::Recorder &recorder, const TaskNames &tasks,
               std::vector<trace::Event> events);
[[nodiscard]] trace::Side modelSide(const trace::Recorder &recorder, const ModelOptions &options,
                                    const TaskNames &tasks);

} // namespace skbscope::app
