// SPDX-License-Identifier: GPL-2.0-or-later
// Which rows of a document a list shows, ascending. While nothing but the current step folds them, these are all rows
// that were entered and those that their callers are still to enter: the first are a run from 0 and cost nothing, so a
// step through a trace of millions of calls is as quick as through one of hundreds.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

class VisibleRows {
public:
    VisibleRows() = default;
    explicit VisibleRows(std::vector<quint32> ascending);
    // What calls leave that are folded until they are entered.
    static VisibleRows entered(const TraceDocument &document, quint32 step);
    // The same at another step of that document. True: done; false: too far away, or not what entered() made.
    bool follow(const TraceDocument &document, quint32 step);

    [[nodiscard]] std::size_t size() const { return run_ + rest_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] quint32 operator[](std::size_t i) const {
        return i < run_ ? quint32(i) : rest_[rest_.size() - 1 - (i - run_)];
    }
    [[nodiscard]] std::vector<quint32> list() const;
    // How many stand before `row`.
    [[nodiscard]] std::size_t placeOf(quint32 row) const;
    // How many are the same at the beginning and, of the others, at the end.
    [[nodiscard]] std::pair<std::size_t, std::size_t> common(const VisibleRows &other) const;
    // The first `head` and the last `tail` of them.
    [[nodiscard]] VisibleRows ends(std::size_t head, std::size_t tail) const;

private:
    void enter(const TraceDocument &document, quint32 row);
    void leave(const TraceDocument &document, quint32 row);

    bool plain_ = false;        // made by entered()
    std::size_t run_ = 0;       // rows 0 to run_ - 1
    std::vector<quint32> rest_; // the others, descending: the next one is the last
};

} // namespace skbscope::ui
