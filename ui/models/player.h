// SPDX-License-Identifier: GPL-2.0-or-later
// Play: steps on by itself, a chosen number of calls a second, until paused, at a stop or at the end. Every call takes
// the same time, however long the kernel took; a tick that comes late leaves nothing out. Any step of the user's
// pauses.
#pragma once

#include "ui/models/selection.h"

#include <QTimer>
#include <functional>

namespace skbscope::ui {

class Player : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool playing READ isPlaying NOTIFY changed)
    Q_PROPERTY(int speed READ speed WRITE setSpeed NOTIFY changed)

public:
    static constexpr int slowest = 1, fastest = 10; // calls a second
    explicit Player(Selection *selection, QObject *parent = nullptr);
    [[nodiscard]] bool isPlaying() const { return timer_.isActive(); }
    void play();
    void pause();
    void toggle() { isPlaying() ? pause() : play(); }
    [[nodiscard]] int speed() const { return speed_; }
    void setSpeed(int callsPerSecond);
    // The step that comes next; none: the end. Without it, the next one there is.
    void setNext(std::function<std::optional<quint32>()> next) { next_ = std::move(next); }
    void setStops(std::function<bool(quint32 step)> stops) { stops_ = std::move(stops); } // where it pauses

signals:
    void changed();
    void stopped(); // at one of the stops

private:
    void tick();
    Selection *selection_;
    QTimer timer_;
    int speed_ = 4;
    bool ticking_ = false;
    std::function<bool(quint32)> stops_;
    std::function<std::optional<quint32>()> next_;
};

} // namespace skbscope::ui
