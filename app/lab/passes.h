// SPDX-License-Identifier: GPL-2.0-or-later
// Which of 3,700 functions will a scenario call? Nobody knows before it ran, and to put probes on all of them takes
// minutes. So it runs with the probes that are known to be needed, while the agent watches, where the kernel lets it,
// all other functions: what ran without a probe gets one, and the scenario runs again, on a kernel or with an agent
// that never saw the run before. It is done when nothing was missed.
#pragma once

#include "app/lab/kernel_run.h"
#include "bpf/stream_reader.h"

#include <set>

namespace skbscope::app {

class KernelPasses {
public:
    virtual ~KernelPasses() = default;
    // Runs once, with probes on probed().
    [[nodiscard]] virtual tl::expected<bpf::read_state, RunError> pass() = 0;
    // The next pass has probes on these too.
    [[nodiscard]] virtual tl::expected<void, RunError> attach(const std::set<std::string> &functions) = 0;
    [[nodiscard]] virtual const std::set<std::string> &probed() const = 0;
};

// The pass that missed nothing. `place` names the kernel in messages.
[[nodiscard]] tl::expected<bpf::read_state, RunError> runUntilNothingIsMissed(KernelPasses &kernel,
                                                                              const std::string &place);

} // namespace skbscope::app
