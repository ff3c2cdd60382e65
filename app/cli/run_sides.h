// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario run on one kernel or both: what `skbscope run` and the window's chooser do.
#pragma once

#include "app/cli/failure.h"
#include "app/lab/kernel_run.h"
#include "app/scenario/loader.h"

#include <optional>

namespace skbscope::app {

enum class SideChoice : std::uint8_t { both, model, kernel };

// lab, host, recorded, ssh:HOST
struct KernelChoice {
    bool recorded = false;
    KernelTarget target;
    bool byDefault = false; // nobody chose it
};
[[nodiscard]] OrFailure<KernelChoice> parseKernelChoice(const std::string &text);

struct RunRequest {
    SideChoice side = SideChoice::both;
    KernelChoice kernel;
    std::uint64_t seed = 1;
};

// A path or a bundled name; the failure lists what is near.
[[nodiscard]] OrFailure<Scenario> loadNamedScenario(const std::string &nameOrPath);

struct SidesRun {
    trace::Trace trace;
    std::optional<Failure> broke; // the kernel's side ends where it broke off
    std::string modelAlone;       // why there is no kernel's side though both were asked for
};
[[nodiscard]] OrFailure<SidesRun> runSides(const Scenario &scenario, const RunRequest &request,
                                           const ProgressSink &progress);

// The shipped recording of this scenario's kernel side; only if it recorded these very operations.
[[nodiscard]] OrFailure<trace::Side> recordedKernelSide(const Scenario &scenario);

} // namespace skbscope::app
