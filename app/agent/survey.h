// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the agent on this host what the kernel lets be traced, function by function.
#pragma once

#include "app/lab/kernel_run.h"
#include "bpf/stream_reader.h"

namespace skbscope::app {

struct Survey {
    std::vector<bpf::machine_row> machine;
    std::vector<bpf::inspect_row> functions; // by the catalogue's names
    std::vector<std::string> notes;          // what could not be asked, and why
};

[[nodiscard]] tl::expected<Survey, RunError> surveyHost();

// Whether the agent may do here what `--kernel host` and `live` need: its own words if not. Nothing is run or attached.
[[nodiscard]] tl::expected<void, RunError> mayWatchHost();

} // namespace skbscope::app
