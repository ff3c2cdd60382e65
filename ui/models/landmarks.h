// SPDX-License-Identifier: GPL-2.0-or-later
// The steps one runs to: where a packet is dropped, where a queue changes, where the sides differ, where a function is
// entered. Collected once for a document, looked up from then on.
#pragma once

#include "ui/models/stepper.h"

#include <QHash>

namespace skbscope::ui {

class Landmarks {
public:
    explicit Landmarks(const TraceDocument &document); // must outlive it

    // Ascending, without repetition; of both sides.
    [[nodiscard]] const std::vector<quint32> &drops() const { return drops_; }
    [[nodiscard]] const std::vector<quint32> &queueOperations() const { return queues_; }
    [[nodiscard]] const std::vector<quint32> &differences() const { return differences_; }
    // Where each call of a function begins, ascending; empty when it is never called.
    [[nodiscard]] std::span<const quint32> callsOf(const QString &function) const;
    [[nodiscard]] QStringList functions() const; // that are called, by name

private:
    void sortCalls() const;

    const TraceDocument &document_;
    std::vector<quint32> drops_, queues_, differences_;
    // Made when the first function is asked for: rows, function by function.
    mutable QHash<QString, quint32> numbers_;
    mutable std::vector<quint32> begin_, calls_; // of function n: calls_[begin_[n]] up to begin_[n + 1]
};

// The first of `steps` (ascending) behind `step`, or the last one before it.
[[nodiscard]] std::optional<quint32> nextAmong(std::span<const quint32> steps, quint32 step, Direction direction);
void sortUnique(std::vector<quint32> &steps);

// The kernel, or the model, gives a packet up here.
[[nodiscard]] bool isDrop(const trace::Event &event);

} // namespace skbscope::ui
