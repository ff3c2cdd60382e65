// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/window_run.h"

#include "app/cli/run_sides.h"
#include "ui/models/thrown.h"

namespace skbscope::app {

namespace {
SideChoice sidesOf(ui::RunSides sides) {
    if (sides == ui::RunSides::model) return SideChoice::model;
    return sides == ui::RunSides::kernel ? SideChoice::kernel : SideChoice::both;
}

std::string kernelText(const ui::RunRequest &r) {
    return r.kernel == "ssh" ? "ssh:" + r.host : r.kernel;
}
} // namespace

WindowRun::WindowRun(ui::RunRequest request) : request_(std::move(request)) {
    thread_ = std::thread([this] {
        Cancellation::obey(&cancellation_);
        ui::RunOutcome outcome;
        try {
            outcome = run();
        } catch (...) {
            outcome.problem = ui::thrownWords();
        }
        const std::lock_guard lock(mutex_);
        outcome_ = std::move(outcome);
        state_.over = true;
    });
}

WindowRun::~WindowRun() {
    cancellation_.cancel();
    thread_.join();
}

ui::RunState WindowRun::state() {
    const std::lock_guard lock(mutex_);
    return state_;
}

ui::RunOutcome WindowRun::take() {
    const std::lock_guard lock(mutex_);
    return std::move(outcome_);
}

void WindowRun::say(const Progress &p) {
    const std::lock_guard lock(mutex_);
    state_.doing = p.what;
    state_.done = p.done;
    state_.of = p.of;
}

ui::RunOutcome WindowRun::run() {
    const OrFailure<Scenario> scenario = loadNamedScenario(request_.scenario);
    if (!scenario) return {{}, scenario.error().message, false};
    OrFailure<KernelChoice> kernel = parseKernelChoice(kernelText(request_));
    if (!kernel) return {{}, kernel.error().message, false};
    kernel->target.labOptions.cpus = request_.cpus;
    auto sides = runSides(*scenario, {.side = sidesOf(request_.sides), .kernel = *kernel},
                          [this](const Progress &p) { say(p); });
    if (cancellation_.isWanted()) return {{}, {}, true};
    if (!sides) return {{}, sides.error().message, false};
    std::string note = sides->modelAlone;
    if (sides->broke) note = sides->broke->message;
    return {std::move(sides->trace), std::move(note), false};
}

} // namespace skbscope::app
