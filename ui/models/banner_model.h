// SPDX-License-Identifier: GPL-2.0-or-later
// What changed, and why: one true sentence a step, the way down to it, and where it runs. Taken from the step's own
// events; where nothing moved it says so.
#pragma once

#include "ui/models/moment.h"
#include "ui/models/selection.h"

#include <QStringList>

namespace skbscope::ui {

class BannerModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString sentence READ sentence NOTIFY updated)
    Q_PROPERTY(QString middleSentence READ middleSentence NOTIFY updated)
    Q_PROPERTY(QString shortSentence READ shortSentence NOTIFY updated)
    Q_PROPERTY(QStringList crumbs READ crumbs NOTIFY updated)
    Q_PROPERTY(QString call READ call NOTIFY updated)
    Q_PROPERTY(QString place READ place NOTIFY updated)
    Q_PROPERTY(QString contextTitle READ contextTitle NOTIFY updated)
    Q_PROPERTY(QString context READ context NOTIFY updated)
    Q_PROPERTY(int contextKind READ contextKind NOTIFY updated)
    Q_PROPERTY(QString plain READ plain NOTIFY updated)

public:
    explicit BannerModel(Selection *selection, QObject *parent = nullptr);

    [[nodiscard]] QString sentence() const { return sentence_; } // markup
    // The same, shorter, for where it does not fit: without the rest of the role, without what did not move.
    [[nodiscard]] QString middleSentence() const { return middleSentence_; }
    [[nodiscard]] QString shortSentence() const { return shortSentence_; }
    [[nodiscard]] QString plain() const;
    // Outermost first; "#3" stands for three callers left out. The last one is the current function.
    [[nodiscard]] QStringList crumbs() const { return crumbs_; }
    [[nodiscard]] QString call() const { return call_; }                 // "96 of 145"
    [[nodiscard]] QString place() const { return place_; }               // "b, vb"
    [[nodiscard]] QString contextTitle() const { return contextTitle_; } // "context on CPU 0"
    [[nodiscard]] QString context() const { return context_; }           // "softirq NET_RX"
    [[nodiscard]] int contextKind() const { return contextKind_; }       // trace::Context

signals:
    void updated();

private:
    void update();
    void describe(const TraceDocument &d, const Step &step);
    void place(const TraceDocument &d, const Step &step);

    Selection *selection_;
    QString sentence_, middleSentence_, shortSentence_, call_, place_, contextTitle_, context_;
    QStringList crumbs_;
    int contextKind_ = 0;
};

// The side that tells what happens in a step: the one with effects, the selected one first.
[[nodiscard]] SideKind tellingSide(const TraceDocument &document, quint32 step, SideKind preferred);

} // namespace skbscope::ui
