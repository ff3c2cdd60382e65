// SPDX-License-Identifier: GPL-2.0-or-later
// A short story on both sides: a send that crosses a veth and is received in a softirq, with one difference of each
// kind.
#pragma once

#include "trace/trace.h"

#include <string>

namespace skbscope::app {

[[nodiscard]] trace::Side sampleModel();
[[nodiscard]] trace::Side sampleKernel();
extern const char *const sampleScenario; // YAML whose steps the marks of both sides name

} // namespace skbscope::app
