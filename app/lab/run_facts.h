// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "bpf/stream_reader.h"

#include <string>

namespace skbscope::app {

// What every run on a real kernel says of itself, in the side's info: the way it went ("lab", "ssh:box"), the date, and
// facts: KIND.lost, KIND.kprobes (functions that fentry could not take, and why), and what could not be traced at all.
void addRunFacts(bpf::read_state &state, const std::string &transport, const std::string &kind);

} // namespace skbscope::app
