// SPDX-License-Identifier: GPL-2.0-or-later
// The card of the current function: what it is for, who called it, where it runs, what both sides say of this call.
#pragma once

#include "ui/models/link.h"
#include "ui/models/pane_model.h"

namespace skbscope::ui {

class FunctionModel : public PaneModel { // rows: id = heading, text = markup
    Q_OBJECT
    Q_PROPERTY(QString name READ name NOTIFY updated)
    Q_PROPERTY(QString place READ place NOTIFY updated)
    Q_PROPERTY(QString calledBy READ calledBy NOTIFY updated)
    Q_PROPERTY(QString kernelTime READ kernelTime NOTIFY updated)
    Q_PROPERTY(QString modelCost READ modelCost NOTIFY updated)
    Q_PROPERTY(QString layer READ layer NOTIFY updated)
    Q_PROPERTY(int frame READ frame NOTIFY updated) // 0: not linked, 1: previewed, 2: pinned

public:
    FunctionModel(Selection *selection, LinkModel *link, QObject *parent = nullptr);
    [[nodiscard]] QString name() const { return name_; }
    [[nodiscard]] QString place() const { return place_; }       // "net/ipv4/ip_input.c:456"
    [[nodiscard]] QString calledBy() const { return calledBy_; } // "ip_rcv"; empty at the top of a stack
    // Two things that are never set in one column or sum; empty without that side.
    [[nodiscard]] QString kernelTime() const { return kernelTime_; } // "4,400 ns, tracing included"
    [[nodiscard]] QString modelCost() const { return modelCost_; }
    [[nodiscard]] QString layer() const { return layer_; } // "N"; " " for none

    void setCurtain(bool drawn);     // a question is open: what comes next is not told
    [[nodiscard]] int frame() const; // a call of this very function is linked

private:
    void update();
    Selection *selection_;
    LinkModel *link_;
    bool curtain_ = false;
    QString name_, place_, calledBy_, kernelTime_, modelCost_, layer_;
};

} // namespace skbscope::ui
