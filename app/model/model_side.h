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

[[nodiscard]] trace::Side modelSide(const trace::Recorder &recorder, const ModelOptions &options,
                                    const TaskNames &tasks);

} // namespace skbscope::app
