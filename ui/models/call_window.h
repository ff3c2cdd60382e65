// SPDX-License-Identifier: GPL-2.0-or-later
// Which lines of the call list stand in the pane: a stretch around the current row, what came before it summed up in
// one line, its callers in another, and a bar wherever the packet changes hands or events are missing. Depth counts
// from the first caller shown, so that a call 30 levels down still has room for its name.
#pragma once

#include "ui/models/call_rows_model.h"

namespace skbscope::ui {

struct CallLine {
    enum Kind : quint8 { row, returned, callers, handOver, loss, hidden };
    Kind kind = row;
    quint32 row_ = npos; // row, handOver, loss, hidden: the row (that follows); returned, callers: the first one
    quint32 depth = 0;   // from the first caller shown
    quint32 count = 0;   // returned, callers, hidden
    QString text, right; // returned, callers, handOver, loss, hidden
    std::optional<trace::RowMark> mark = {};
    trace::Context context = trace::Context::process;
};

struct CallWindowMetrics {
    qreal height = 600;     // of the list
    qreal rowHeight = 18.9; // of a call
    qreal barHeight = 21;   // of a summary, hand-over or loss
    int scroll = 0;         // lines away from where it follows the current row; negative: earlier
};

struct CallWindow {
    std::vector<CallLine> lines;
    quint32 deepest = 0;                 // depth among the lines
    bool earlier = false, later = false; // there is more to scroll to
};

[[nodiscard]] CallWindow callWindow(const CallRowsModel &model, const CallWindowMetrics &metrics);
// The bar before `row`, when `before`, the one it follows, ran elsewhere: in another context or another task.
[[nodiscard]] std::optional<CallLine> handOverBefore(const TraceDocument &document, quint32 row, quint32 before);

} // namespace skbscope::ui
