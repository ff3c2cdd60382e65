// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/live_view.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/thrown.h"

#include <algorithm>

namespace skbscope::ui {

LiveView::LiveView(QObject *parent) : QObject(parent) {
    timer_.setInterval(interval);
    connect(&timer_, &QTimer::timeout, this, &LiveView::look);
}

LiveView::~LiveView() {
    if (worker_.joinable()) worker_.join();
}

void LiveView::follow(LiveSource *source, Take take) {
    if (worker_.joinable()) worker_.join();
    source_ = source;
    take_ = std::move(take);
    state_ = {};
    stopping_ = done_ = false;
    shownRevision_ = documents_ = 0;
    restUntil_ = 0;
    clock_.start();
    timer_.start();
    look();
    emit changed();
}

void LiveView::stop() {
    if (!isRunning() || stopping_) return;
    stopping_ = true;
    source_->stop();
    emit changed();
}

// The state first: what is counted by then is in the trace that is asked for later.
void LiveView::look() {
    if (LiveState now = source_->state(); now != state_) {
        state_ = std::move(now);
        emit changed();
    }
    if (building_) return;
    const bool last = state_.phase == LiveState::Phase::over;
    if (state_.revision != shownRevision_ && (last || clock_.elapsed() >= restUntil_)) return build();
    if (!last) return;
    timer_.stop();
    done_ = true;
    emit changed();
    emit over();
}

void LiveView::build() {
    building_ = true;
    if (worker_.joinable()) worker_.join(); // it has handed over its document, so it is gone or about to be
    worker_ = std::thread([this, revision = state_.revision, began = clock_.elapsed()] {
        std::shared_ptr<const TraceDocument> document;
        std::string why;
        try {
            document = TraceDocument::build(source_->trace());
        } catch (...) {
            why = thrownWords();
        }
        QMetaObject::invokeMethod(
            this,
            [this, revision, began, document = std::move(document), why] {
                failure_ = appWords(why);
                taken(revision, began, document);
                if (!why.empty()) emit changed();
            },
            Qt::QueuedConnection);
    });
}

void LiveView::taken(quint64 revision, qint64 began, const std::shared_ptr<const TraceDocument> &document) {
    building_ = false;
    shownRevision_ = revision;
    if (document) take_(document);
    if (document) ++documents_;
    const qint64 now = clock_.elapsed();
    restUntil_ = now + std::max<qint64>(interval, rest * (now - began));
}

QString LiveView::title() const {
    return source_ ? QString::fromStdString(source_->title()) : QString();
}

QString LiveView::phase() const {
    switch (state_.phase) {
    case LiveState::Phase::starting:
        return state_.doing.empty() ? phrase("LiveView", "starting") : QString::fromStdString(state_.doing);
    case LiveState::Phase::watching:
        return stopping_ ? phrase("LiveView", "ending") : phrase("LiveView", "LIVE");
    case LiveState::Phase::ending:
        return phrase("LiveView", "ending");
    case LiveState::Phase::over:
        break;
    }
    return state_.broke.empty() ? phrase("LiveView", "ended") : phrase("LiveView", "broke off");
}

QString LiveView::counts() const {
    QString lost = grouped(qint64(state_.lost));
    if (state_.lostMore) lost = state_.lost == 0 ? phrase("LiveView", "some") : lost + phrase("LiveView", " or more");
    return plural(qint64(state_.packets), phrase("LiveView", "packet"), phrase("LiveView", "packets")) +
           QStringLiteral(", ") +
           plural(qint64(state_.events), phrase("LiveView", "event"), phrase("LiveView", "events")) +
           QStringLiteral(", ") + lost + phrase("LiveView", " lost");
}

} // namespace skbscope::ui
