// SPDX-License-Identifier: GPL-2.0-or-later
// Everything behind the window, without a window: one document, one selection, and the models that derive from them.
#pragma once

#include "ui/models/banner_model.h"
#include "ui/models/breakpoints_model.h"
#include "ui/models/bytes_model.h"
#include "ui/models/call_rows_model.h"
#include "ui/models/differences_model.h"
#include "ui/models/find_model.h"
#include "ui/models/function_model.h"
#include "ui/models/link.h"
#include "ui/models/map_model.h"
#include "ui/models/measure.h"
#include "ui/models/memory_map_model.h"
#include "ui/models/player.h"
#include "ui/models/replay.h"
#include "ui/models/selection.h"
#include "ui/models/source_model.h"
#include "ui/models/stack_map_model.h"
#include "ui/models/timeline_model.h"

namespace skbscope::ui {

class Session : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString name READ name NOTIFY opened)
    Q_PROPERTY(QString kernelLine READ kernelLine NOTIFY opened)
    Q_PROPERTY(QStringList facts READ facts NOTIFY opened)
    Q_PROPERTY(QString fidelity READ fidelity NOTIFY opened)
    Q_PROPERTY(QString warning READ warning NOTIFY opened)
    Q_PROPERTY(bool hasModel READ hasModel NOTIFY opened)
    Q_PROPERTY(bool hasKernel READ hasKernel NOTIFY opened)
    Q_PROPERTY(QString kernelHead READ kernelHead NOTIFY opened)
    Q_PROPERTY(int lost READ lost NOTIFY opened)
    Q_PROPERTY(int unexplained READ unexplained NOTIFY opened)

public:
    explicit Session(const QString &sourceDirectory = {}, QObject *parent = nullptr);

    // Shows a document from its first step on.
    void open(std::shared_ptr<const TraceDocument> document);
    // Shows more of the trace that is open; whoever looks at it, or plays it, is not disturbed.
    void grow(std::shared_ptr<const TraceDocument> document);

    Selection selection;
    LinkModel link; // before the panes: they draw what it found
    BreakpointsModel breakpoints;
    Replay replay;
    Measure measure;
    FindModel find;
    DifferencesModel differences;
    Player player;
    CallRowsModel calls;
    BannerModel banner;
    StackMapModel stack;
    MapModel map;
    MemoryMapModel memory;
    BytesModel bytes;
    HeadersModel headers;
    FunctionModel function;
    SourceModel source;
    TimelineModel timeline;

    [[nodiscard]] QString name() const;       // of the scenario
    [[nodiscard]] QString kernelLine() const; // markup: "Kernel **6.1.0-51**, recorded in the lab, 2026-01-31"
    [[nodiscard]] QStringList facts() const;  // markup: "Events lost: **0**", ...
    [[nodiscard]] QString fidelity() const;   // markup
    [[nodiscard]] QString warning() const;    // the trace is cut, or one side is missing; empty: nothing to say
    [[nodiscard]] QString kernelHead() const; // "Kernel 6.1, traced"
    [[nodiscard]] bool hasModel() const;
    [[nodiscard]] bool hasKernel() const;
    [[nodiscard]] int lost() const;
    [[nodiscard]] int unexplained() const;

signals:
    void opened();
};

} // namespace skbscope::ui
