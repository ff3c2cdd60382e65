// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/player.h"

#include <algorithm>

namespace skbscope::ui {

Player::Player(Selection *selection, QObject *parent) : QObject(parent), selection_(selection) {
    connect(&timer_, &QTimer::timeout, this, &Player::tick);
    connect(selection, &Selection::stepChanged, this, [this] {
        if (!ticking_) pause();
    });
}

void Player::play() {
    if (selection_->isEmpty() || isPlaying()) return;
    timer_.start(1000 / speed_);
    emit changed();
}

void Player::pause() {
    if (!isPlaying()) return;
    timer_.stop();
    emit changed();
}

void Player::setSpeed(int callsPerSecond) {
    speed_ = std::clamp(callsPerSecond, slowest, fastest);
    if (isPlaying()) timer_.start(1000 / speed_);
    emit changed();
}

void Player::tick() {
    const std::optional<quint32> next = next_ ? next_() : selection_->step() + 1;
    if (!next || *next >= selection_->document()->steps().size()) return pause();
    ticking_ = true;
    selection_->setStep(*next);
    ticking_ = false;
    if (!stops_ || !stops_(*next)) return;
    pause();
    emit stopped();
}

} // namespace skbscope::ui
