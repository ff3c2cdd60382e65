// SPDX-License-Identifier: GPL-2.0-or-later
// A watch that is shown while it runs: asks its source ten times a second how far it is, and has a document made of all
// that came by now, on a thread of its own. The next one begins at the earliest after `rest` times what the last one
// cost, so that a long watch is shown less often and the window stays quick.
#pragma once

#include "ui/live.h"
#include "ui/models/trace_document.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <thread>

namespace skbscope::ui {

class LiveView : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool shown READ isShown NOTIFY changed)
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(bool stopping READ isStopping NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString phase READ phase NOTIFY changed)
    Q_PROPERTY(QString counts READ counts NOTIFY changed)
    Q_PROPERTY(bool losing READ isLosing NOTIFY changed)

public:
    static constexpr int interval = 100; // ms between two looks
    static constexpr int rest = 3;       // of the time a document takes, to the next one

    using Take = std::function<void(std::shared_ptr<const TraceDocument>)>;
    explicit LiveView(QObject *parent = nullptr);
    ~LiveView() override;

    // Begins to look; `take` gets each document, on this thread. `source` must outlive this, or the next one's
    // follow(). Not while one is running.
    void follow(LiveSource *source, Take take);
    // Asks for the end of the watch.
    void stop();

    [[nodiscard]] const LiveState &state() const { return state_; }
    [[nodiscard]] bool isShown() const { return source_ != nullptr; }
    [[nodiscard]] bool isRunning() const { return source_ && !done_; } // until its last document was taken
    [[nodiscard]] bool isStopping() const { return stopping_ || state_.phase == LiveState::Phase::ending; }
    [[nodiscard]] bool isLosing() const { return state_.lost > 0 || state_.lostMore; }
    [[nodiscard]] QString title() const;  // what is watched
    [[nodiscard]] QString phase() const;  // "LIVE", "starting: booting the lab", "ended"
    [[nodiscard]] QString counts() const; // "12 packets, 340 events, 0 lost"
    // Why what came could not be shown; what was shown before stays.
    [[nodiscard]] const QString &failure() const { return failure_; }
    [[nodiscard]] quint64 documents() const { return documents_; } // taken so far

signals:
    void changed();
    void over(); // the last document was taken

private:
    void look();
    void build();
    void taken(quint64 revision, qint64 began, const std::shared_ptr<const TraceDocument> &document);

    LiveSource *source_ = nullptr;
    Take take_;
    LiveState state_;
    QTimer timer_;
    QElapsedTimer clock_; // since follow()
    std::thread worker_;
    bool building_ = false, stopping_ = false, done_ = false;
    QString failure_;
    quint64 shownRevision_ = 0, documents_ = 0;
    qint64 restUntil_ = 0; // ms, on clock_: no document before
};

} // namespace skbscope::ui
