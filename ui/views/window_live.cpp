// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for a watch that is shown while it runs.
#include "ui/views/window_controller.h"

#include <QSocketNotifier>

namespace skbscope::ui {

namespace {
const QString liveName = QStringLiteral("live");
} // namespace

bool WindowController::showsLive() const {
    return live_.isShown() && name_ == liveName;
}

// Until the first packet is here there is no call to stand at.
void WindowController::openLive() {
    connect(&live_, &LiveView::changed, this, &WindowController::liveChanged);
    connect(&live_, &LiveView::over, this, &WindowController::liveOver);
    connect(&session_.selection, &Selection::stepChanged, this, [this](quint32, quint32 to) {
        if (live_.isRunning() && !session_.selection.isEmpty() && int(to) + 1 < session_.selection.stepCount())
            setFollowing(false); // the user went elsewhere
    });
    name_ = liveName;
    session_.open(TraceDocument::build(options_.live->trace()));
    live_.follow(options_.live, [this](const auto &document) { grown(document); });
    commands_.refresh();
    emit scenarioChanged();
}

void WindowController::grown(const std::shared_ptr<const TraceDocument> &document) {
    session_.grow(document);
    if (!following_) return;
    motion_.setJumping(true);
    session_.selection.setStepInt(session_.selection.stepCount() - 1);
    motion_.setJumping(false);
}

void WindowController::liveChanged() {
    setProblem(QString::fromStdString(live_.state().broke));
    commands_.refresh();
    emit scenarioChanged();
}

void WindowController::liveOver() {
    liveChanged();
    setFollowing(false);
    const int interrupts = options_.live->interrupts();
    if (interrupts < 0) return;
    interrupts_ = std::make_unique<QSocketNotifier>(interrupts, QSocketNotifier::Read);
    connect(interrupts_.get(), &QSocketNotifier::activated, this, &WindowController::quitRequested);
}

void WindowController::setFollowing(bool on) {
    if (on == following_) return;
    following_ = on;
    if (on) session_.selection.setStepInt(session_.selection.stepCount() - 1);
    emit followingChanged();
}

void WindowController::addLiveCommands() {
    const auto running = [this] { return live_.isRunning(); };
    commands_.add({QStringLiteral("live.stop"),
                   QStringLiteral("End the watch, keep what came"),
                   QStringLiteral("Live"),
                   {QKeySequence(QStringLiteral("Ctrl+E"))},
                   [this] { live_.stop(); },
                   [this] { return live_.isRunning() && !live_.isStopping(); },
                   [] { return QStringLiteral("No watch is running."); }});
    commands_.add({QStringLiteral("live.follow"),
                   QStringLiteral("Follow the newest call, or stay here"),
                   QStringLiteral("Live"),
                   {QKeySequence(QStringLiteral("L"))},
                   [this] { setFollowing(!following_); },
                   running,
                   [] { return QStringLiteral("No watch is running."); }});
}

} // namespace skbscope::ui
