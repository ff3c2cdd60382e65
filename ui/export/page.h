// SPDX-License-Identifier: GPL-2.0-or-later
// A replay as one HTML file that steps in a browser without a network: both trees, every sentence, and the display
// lists of the panes at every step, each item, list and word once. page.js draws them.
#pragma once

#include "ui/models/trace_document.h"

#include <QByteArray>
#include <functional>
#include <tl/expected.hpp>

namespace skbscope::ui {

struct PageOptions {
    quint32 first = 0, last = npos; // steps, both included; clamped to the trace
    quint32 start = 0;              // shown first
    SideKind side = SideKind::model;
    // More than a browser should be asked to hold. Tests set less.
    quint32 mostSteps = 2000;
    qsizetype mostBytes = 8 << 20;
    // Told after each step of each side; false: give up.
    std::function<bool(quint32 done, quint32 of)> progress = {};
};

// An error is one line: too much for a page, and what to do; empty where progress() gave it up. Needs a QGuiApplication
// and loaded fonts; may be called on any thread.
[[nodiscard]] tl::expected<QByteArray, QString> toPage(const TraceDocument &document, const PageOptions &options);

} // namespace skbscope::ui
