// SPDX-License-Identifier: GPL-2.0-or-later
// Two marks, A and B, and what lies between them: calls, and the kernel's own time. The model has no time, only an
// order; where the kernel has no call at a mark there is no time to tell.
#pragma once

#include "ui/models/selection.h"

namespace skbscope::ui {

class Measure : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString text READ text NOTIFY updated) // markup; empty without a mark

public:
    enum Mark : quint8 { a, b };
    explicit Measure(Selection *selection, QObject *parent = nullptr);

    void set(Mark mark); // at the current step
    void clear();
    [[nodiscard]] std::optional<quint32> step(Mark mark) const { return steps_[mark]; }
    [[nodiscard]] std::optional<quint32> row(Mark mark) const;
    // "A **eth_type_trans** to B **ip_rcv_core**: 15 calls, 35 µs"
    [[nodiscard]] QString text() const;

signals:
    void updated();

private:
    [[nodiscard]] QString time() const;
    Selection *selection_;
    std::array<std::optional<quint32>, 2> steps_;
};

} // namespace skbscope::ui
