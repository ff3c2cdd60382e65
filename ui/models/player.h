// SPDX-License-Identifier: GPL-2.0-or-later
// Play: steps on by itself, a chosen number of calls a second, until paused or at the end. Any step of the user's
// pauses.
#pragma once

#include "ui/models/selection.h"

#include <QTimer>

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

signals:
    void changed();

private:
    void tick();
    Selection *selection_;
    QTimer timer_;
    int speed_ = 4;
    bool ticking_ = false;
};

} // namespace skbscope::ui
