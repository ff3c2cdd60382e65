// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario on the model kernel: the same operation list that the agent runs on a real one.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/scenario/oplist.h"

namespace skbscope::app {

struct ModelOptions {
    std::uint64_t seed = 1; // of everything random: ports, IP ids, hash keys
    unsigned cpus = 1;
};

// The model's side of the trace. Same list and options, same events. Fails where the list asks for what the model does
// not have (notPossibleHere: the message names the line), or where the scenario's own set-up is refused (badInput).
[[nodiscard]] tl::expected<trace::Side, RunError> runModel(const OpList &ops, const ModelOptions &options = {});

} // namespace skbscope::app
