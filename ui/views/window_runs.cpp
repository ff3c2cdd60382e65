// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for what is started from the window: runs, the model on a device, watches on a real kernel.
#include "ui/models/phrase.h"
#include "ui/views/window_controller.h"

namespace skbscope::ui {

bool WindowController::isUnsaved() const {
    const OpenTrace *trace = files_.traces().shown();
    return trace && trace->path.isEmpty() && (trace->unsaved || trace->fresh);
}

void WindowController::connectRuns() {
    run_.setScenario(QString::fromStdString(options_.scenario));
    connect(&run_, &RunModel::finished, this, &WindowController::showRun);
    connect(&run_, &RunModel::failed, this, [this] {
        if (run_.failure().isEmpty()) return;
        setProblem(phrase("WindowRuns", "The run failed; F9 tells why."));
        if (!modal_) emit runRequested(); // its dialog tells the whole of it
    });
    connect(&run_, &RunModel::runningChanged, &commands_, &CommandRegistry::refresh);
    for (StartForm *form : {&attach_, &watch_}) {
        connect(form, &StartForm::begun, this, [this, form] { adopt(*form); });
        connect(form, &StartForm::startingChanged, &commands_, &CommandRegistry::refresh);
    }
}

void WindowController::showRun(const std::shared_ptr<const TraceDocument> &document, const QString &note) {
    OpenTrace trace = ranTrace(run_.scenario(), document);
    trace.fresh = true;
    files_.take(std::move(trace));
    motion_.finish();
    if (note.isEmpty()) return;
    setProblem(phrase("WindowRuns", "Not all of what was asked for is here."));
    session_.replay.say(note);
}

// The one before is over, and nobody looks at it once this one is followed.
void WindowController::adopt(StartForm &form) {
    std::unique_ptr<LiveSource> source = form.take();
    openLive(source.get());
    started_ = std::move(source);
}

void WindowController::addRunCommands() {
    const auto add = [this](const char *id, const char *title, const char *group, const char *key,
                            std::function<void()> run, std::function<bool()> can, std::function<QString()> why) {
        commands_.add({QLatin1String(id),
                       QLatin1String(title),
                       QLatin1String(group),
                       {QKeySequence(QLatin1String(key))},
                       std::move(run),
                       std::move(can),
                       std::move(why)});
    };
    const auto idle = [this] {
        return options_.runner && !run_.isRunning() && !live_.isRunning() && !attach_.isStarting() &&
               !watch_.isStarting();
    };
    const auto busy = [this] {
        if (!options_.runner) return phrase("WindowRuns", "Nothing can be run from this window.");
        if (run_.isRunning()) return phrase("WindowRuns", "A run is on its way: Ctrl+F9 cancels it.");
        return live_.isRunning() ? phrase("WindowRuns", "A watch is running: Ctrl+E ends it.")
                                 : phrase("WindowRuns", "Something is being started.");
    };
    add(
        "run.open", "Run a scenario ...", "Scenario", "F9", [this] { emit runRequested(); }, idle, busy);
    add(
        "run.again", "Run again what was run last", "Scenario", "Shift+F9", [this] { run_.again(); },
        [this, idle] { return idle() && run_.canRunAgain(); },
        [this, idle, busy] {
            return idle() ? phrase("WindowRuns", "Nothing was run from this window yet: F9 does.") : busy();
        });
    add(
        "run.cancel", "Cancel the run", "Scenario", "Ctrl+F9", [this] { run_.cancel(); },
        [this] { return run_.isRunning() && !run_.isCancelling(); },
        [this] {
            return run_.isRunning() ? phrase("WindowRuns", "It is ending already.")
                                    : phrase("WindowRuns", "Nothing is running.");
        });
    add(
        "attach.open", "Put the model on a tap or veth ...", "Live", "Ctrl+Shift+A", [this] { emit attachRequested(); },
        idle, busy);
    add(
        "live.open", "Watch a real kernel ...", "Live", "Ctrl+Shift+L", [this] { emit watchRequested(); }, idle, busy);
}

} // namespace skbscope::ui
