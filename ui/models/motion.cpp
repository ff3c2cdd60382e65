// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/motion.h"

namespace skbscope::ui {

Motion::Motion(Selection *selection, QObject *parent) : QObject(parent) {
    animation_.setStartValue(0.0);
    animation_.setEndValue(1.0);
    animation_.setDuration(duration);
    animation_.setEasingCurve(QEasingCurve::OutCubic);
    connect(&animation_, &QVariantAnimation::valueChanged, this, [this](const QVariant &v) { set(v.toReal()); });
    connect(selection, &Selection::stepChanged, this, &Motion::stepped);
}

void Motion::setReduced(bool on) {
    reduced_ = on;
    if (on) finish();
}

void Motion::finish() {
    animation_.stop();
    set(1);
}

// Only a neighbouring step has a way to show: a jump shows where it landed.
void Motion::stepped(quint32 from, quint32 to) {
    animation_.stop();
    const bool jump = jump_ || reduced_ || from == to || (to > from ? to - from : from - to) > 40;
    if (jump) return set(1);
    set(0);
    animation_.start();
}

void Motion::set(qreal progress) {
    if (qFuzzyCompare(progress + 1, progress_ + 1)) return;
    progress_ = progress;
    emit progressed();
}

} // namespace skbscope::ui
