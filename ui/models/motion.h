// SPDX-License-Identifier: GPL-2.0-or-later
// One animation a step: 0 is the state before, 1 the state after. A new step ends the running one at once; scrubbing, a
// held key and reduced motion show end states only.
#pragma once

#include "ui/models/selection.h"

#include <QVariantAnimation>

namespace skbscope::ui {

class Motion : public QObject {
    Q_OBJECT
    Q_PROPERTY(qreal progress READ progress NOTIFY progressed)

public:
    static constexpr int duration = 240; // ms
    explicit Motion(Selection *selection, QObject *parent = nullptr);
    [[nodiscard]] qreal progress() const { return progress_; }
    [[nodiscard]] bool running() const { return animation_.state() == QAbstractAnimation::Running; }
    void setReduced(bool on);
    // While on, steps jump (a key is held, the pointer drags).
    void setJumping(bool on) { jump_ = on; }
    void finish();

signals:
    void progressed();

private:
    void stepped(quint32 from, quint32 to);
    void set(qreal progress);
    QVariantAnimation animation_;
    qreal progress_ = 1;
    bool reduced_ = false, jump_ = false;
};

} // namespace skbscope::ui
