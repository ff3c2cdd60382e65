// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for a watch that is shown while it runs.
#include "ui/views/window_controller.h"

#include "ui/models/app_words.h"
#include "ui/models/phrase.h"

#include <QSocketNotifier>
#include <algorithm>
#include <cstdio>

namespace skbscope::ui {

bool WindowController::showsLive() const {
    const OpenTrace *trace = files_.traces().shown();
    return live_.isShown() && trace && trace->origin == OpenTrace::live;
}

// Until the first packet is here there is no call to stand at.
void WindowController::openLive(LiveSource *source) {
    source_ = source;
    following_ = source->followsPackets();
    emit followingChanged();
    files_.take({OpenTrace::live,
                 QStringLiteral("live: ") + QString::fromStdString(source->title()),
                 {},
                 TraceDocument::build(source->trace())});
    files_.watchIsKept(QString::fromStdString(source->keptIn()));
    live_.follow(source, [this](const auto &document) { grown(document); });
    commands_.refresh();
    emit scenarioChanged();
}

void WindowController::grown(const std::shared_ptr<const TraceDocument> &document) {
    if (!files_.grow(document)) return; // another trace is shown
    session_.grow(document);
    if (!following_) return;
    motion_.setJumping(true);
    session_.selection.setStep(newestStep());
    motion_.setJumping(false);
}

// The last step; of a source that has more to show than packets, the last one with a packet: until one comes, the
// first.
quint32 WindowController::newestStep() const {
    const TraceDocument *document = session_.selection.document();
    if (session_.selection.isEmpty()) return 0;
    auto step = quint32(document->steps().size() - 1);
    if (!source_->followsPackets()) return step;
    const auto hasPacket = [document](const Step &s) {
        return std::ranges::any_of(bothSides, [&](SideKind kind) {
            const StepSide &side = s.sides[sideIndex(kind)];
            return side.own && side.event != npos && document->side(kind)->event(side.event).packet != trace::no_packet;
        });
    };
    while (step != 0 && !hasPacket(document->steps()[step]))
        --step;
    return step;
}

void WindowController::liveChanged() {
    setProblem(live_.failure().isEmpty() ? appWords(live_.state().broke) : live_.failure());
    commands_.refresh();
    emit scenarioChanged();
}

void WindowController::liveOver() {
    liveChanged();
    files_.watchIsKept(QString::fromStdString(live_.state().kept));
    setFollowing(false);
    const int interrupts = source_->interrupts();
    if (interrupts < 0) return;
    interrupts_ = std::make_unique<QSocketNotifier>(interrupts, QSocketNotifier::Read);
    connect(interrupts_.get(), &QSocketNotifier::activated, this, [this] {
        for (const QString &file : files_.rescue()) // the terminal asked for the end: nobody is there to be asked
            std::fprintf(stderr, "skbscope: kept what was not saved: %s\n", qPrintable(file));
        emit quitRequested();
    });
}

void WindowController::setFollowing(bool on) {
    if (on == following_) return;
    following_ = on;
    if (on && showsLive()) session_.selection.setStep(newestStep());
    emit followingChanged();
}

void WindowController::addLiveCommands() {
    connect(&live_, &LiveView::changed, this, &WindowController::liveChanged);
    connect(&live_, &LiveView::over, this, &WindowController::liveOver);
    connect(&session_.selection, &Selection::stepChanged, this, [this](quint32, quint32 to) {
        if (showsLive() && live_.isRunning() && !session_.selection.isEmpty() && to != newestStep())
            setFollowing(false); // the user went elsewhere
    });
    const auto running = [this] { return live_.isRunning(); };
    commands_.add({QStringLiteral("live.stop"),
                   QStringLiteral("End the watch, keep what came"),
                   QStringLiteral("Live"),
                   {QKeySequence(QStringLiteral("Ctrl+E"))},
                   [this] { live_.stop(); },
                   [this] { return live_.isRunning() && !live_.isStopping(); },
                   [] { return phrase("WindowLive", "No watch is running."); }});
    commands_.add({QStringLiteral("live.follow"),
                   QStringLiteral("Follow the newest call, or stay here"),
                   QStringLiteral("Live"),
                   {QKeySequence(QStringLiteral("L"))},
                   [this] { setFollowing(!following_); },
                   running,
                   [] { return phrase("WindowLive", "No watch is running."); }});
}

} // namespace skbscope::ui
