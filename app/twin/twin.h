// SPDX-License-Identifier: GPL-2.0-or-later
// The live twin: what a real kernel was seen to do, done again by the model, and the two compared. From a snapshot of
// the namespaces and the system calls of a watch a scenario is made; the model runs it; what neither the language nor
// the model can do is named in remarks, which stand in the scenario's text as comments too.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/scenario/loader.h"
#include "app/twin/twin_steps.h"
#include "trace/trace.h"

namespace skbscope::app {

struct TwinInput {
    std::string name, title;                       // of the scenario: "live-udp-port-7000"
    std::vector<bpf::snapshot_namespace> snapshot; // taken before the watch began
    std::vector<bpf::observed_call> calls;
    trace::Side kernel; // what the watch recorded; no events: then the model's side stands alone
    std::uint64_t seed = 1;
};

struct Twin {
    Scenario scenario; // its text is what --save keeps; loads by itself, and runs on the model
    std::vector<std::string> remarks;
    // Calls to which the model gave another answer than the kernel: "step 5 (recvfrom of nc 12): the kernel says 12,
    // the model EAGAIN".
    std::vector<std::string> otherResults;
    trace::Trace trace; // the model's side, then the kernel's
};

// The scenario alone; never fails for what it leaves out.
[[nodiscard]] tl::expected<Twin, RunError> makeTwin(TwinInput input);

} // namespace skbscope::app
