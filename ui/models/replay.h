// SPDX-License-Identifier: GPL-2.0-or-later
// Runs through the trace to where something happens, and says what was found there. Every goal is looked up, in either
// direction; nothing is replayed.
#pragma once

#include "ui/models/breakpoints_model.h"

namespace skbscope::ui {

class Replay : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString notice READ notice NOTIFY noticed) // markup; empty: nothing to say

public:
    enum Goal : quint8 { stop, drop, queue, difference };

    Replay(Selection *selection, BreakpointsModel *breakpoints, LinkModel *link, QObject *parent = nullptr);

    [[nodiscard]] std::optional<quint32> target(Goal goal, Direction direction) const;
    [[nodiscard]] std::optional<quint32> targetFunction(const QString &name, Direction direction) const;
    // Why there is no target: "There is no drop ahead."
    [[nodiscard]] QString refusal(Goal goal, Direction direction) const;

    void run(Goal goal, Direction direction);
    void runToFunction(const QString &name, Direction direction);
    // Goes to what changed `link` last, and says so; says why where it cannot.
    void goToLastChange(const Linked &link);

    // Stays until the user goes elsewhere.
    void say(const QString &markup);
    [[nodiscard]] const QString &notice() const { return notice_; }

signals:
    void noticed();

private:
    void lookWhereItIs(quint32 step, bool told); // told: by what happens there, not by being called
    void arrive(quint32 step, const QString &markup);
    Selection *selection_;
    BreakpointsModel *breakpoints_;
    LinkModel *link_;
    QString notice_;
    bool going_ = false;
};

} // namespace skbscope::ui
