// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/lab/kernel_run.h"
#include "bpf/stream_reader.h"

#include <string>

namespace skbscope::app {

// What every run on a real kernel says of itself, in the side's info: the way it went ("lab", "ssh:box"), the date, and
// facts: KIND.lost, KIND.kprobes (functions that fentry could not take, and why), "not known" (losses that this kernel
// does not count), KIND.lost: REASON, and what could not be traced at all.
void addRunFacts(bpf::read_state &state, const std::string &transport, const std::string &kind);

// What came before the run broke off goes with the reason, if any event did. Its fact "broke off" says why, and that
// only what has a probe is known: what else ran is found out at the end of a run.
[[nodiscard]] RunError withPartial(RunError why, bpf::read_state state, const std::string &transport,
                                   const std::string &kind);

} // namespace skbscope::app
