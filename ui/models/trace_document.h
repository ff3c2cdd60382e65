// SPDX-License-Identifier: GPL-2.0-or-later
// A trace made ready for stepping: the union of both call trees as rows, and the steps a student can take through them.
// Immutable once built, and built away from any window, so it may be made on another thread.
#pragma once

#include "trace/call_tree.h"
#include "trace/compare.h"
#include "trace/packets.h"
#include "trace/state.h"
#include "ui/models/packet_log.h"

#include <QString>
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace skbscope::ui {

using trace::npos;
using trace::SideKind;
inline constexpr std::array bothSides = {SideKind::model, SideKind::kernel};
[[nodiscard]] constexpr std::size_t sideIndex(SideKind kind) {
    return kind == SideKind::model ? 0 : 1;
}
[[nodiscard]] constexpr SideKind otherSide(SideKind kind) {
    return kind == SideKind::model ? SideKind::kernel : SideKind::model;
}

// One side of the trace with its indices.
struct DocumentSide {
    explicit DocumentSide(const trace::Side &s);
    const trace::Side *side;
    trace::CallTree tree;
    trace::PacketTable packets;
    trace::StateIndex states;
    std::vector<quint32> rowOfCall;                  // call -> row
    std::vector<quint8> vectorAt;                    // event -> softirq number in force on its CPU; 0xff: none known
    std::vector<std::vector<quint32>> effectsOfCall; // call -> its own buffer, queue, context ... events

    [[nodiscard]] const trace::Event &event(quint32 index) const { return side->events[index]; }
    [[nodiscard]] QString functionName(trace::FunctionId fn) const;
    // The extension record of `kind` that follows event `index`; null when there is none.
    [[nodiscard]] const trace::Event *extension(quint32 index, unsigned kind) const;
    [[nodiscard]] const PacketLog &log() const; // made when first asked for

private:
    mutable std::once_flag logOnce_;
    mutable std::unique_ptr<const PacketLog> log_;
};

// One line of the two aligned trees.
struct DocumentRow {
    std::array<quint32, 2> call{npos, npos}; // by sideIndex()
    quint32 parent = npos, depth = 0;
    quint32 inside = 0;                       // rows below this one
    std::optional<trace::RowMark> mark = {};  // none when the trace has one side only
    std::optional<trace::RowMark> worst = {}; // of this row and all inside it
    quint32 worstRow = npos;
    trace::Reason reason;
    std::vector<trace::FieldDifference> fields;
    quint32 firstStep = 0;

    QString name;
    trace::Layer layer = trace::Layer::none;
    trace::Context context = trace::Context::process;
    quint8 vector = 0xff, cpu = 0, host = 0;
    trace::TaskId task = 0;
    // Of the side that shows the row, the model first.
    [[nodiscard]] QString reasonWords() const; // its own, or those of its fields
    [[nodiscard]] SideKind firstSide() const { return call[0] != npos ? SideKind::model : SideKind::kernel; }
};

// What one side does in one step: the events from `begin` on; `event` is the last one that counts for what is shown.
struct StepSide {
    quint32 begin = npos, event = npos;
    bool own = false; // false: nothing happens here in this step, the state is that of an earlier one
};

// One stop: a call is entered, or the function it returned to does something to a buffer, a queue or a context.
struct Step {
    quint32 row = npos; // whose function runs
    quint32 number = 0; // calls entered so far, this one included: what "call 96" counts
    bool late = false;  // not an entry: `row` goes on after a callee returned
    std::array<StepSide, 2> sides;
};

class TraceDocument {
public:
    // Never fails: a trace without a call gives a document without rows. Of two model sides (trace/what_if.h) the first
    // is the left one.
    [[nodiscard]] static std::shared_ptr<const TraceDocument> build(trace::Trace trace);

    TraceDocument(const TraceDocument &) = delete;
    TraceDocument &operator=(const TraceDocument &) = delete;

    [[nodiscard]] const trace::Trace &trace() const { return trace_; }
    [[nodiscard]] const DocumentSide *side(SideKind kind) const { return sides_[sideIndex(kind)].get(); }
    [[nodiscard]] bool hasBoth() const { return sides_[0] && sides_[1]; }
    // Both are the model: the first run stands where the model does, the changed one in the kernel's place.
    [[nodiscard]] bool isTwoRuns() const { return hasBoth() && sides_[1]->side->info.kind == SideKind::model; }
    // The model where there is one.
    [[nodiscard]] SideKind firstSide() const { return sides_[0] ? SideKind::model : SideKind::kernel; }
    [[nodiscard]] const trace::Comparison *comparison() const { return comparison_ ? &*comparison_ : nullptr; }

    [[nodiscard]] const std::vector<DocumentRow> &rows() const { return rows_; }
    [[nodiscard]] const std::vector<Step> &steps() const { return steps_; }
    [[nodiscard]] bool isInside(quint32 row, quint32 ancestor) const; // or the same
    [[nodiscard]] std::vector<quint32> ancestors(quint32 row) const;  // outermost first, without the row itself
    // The step at which `event` of `kind` is shown: a binary search.
    [[nodiscard]] quint32 stepAt(SideKind kind, quint32 event) const;
    // Effects (event indices) of one side in a step, in order.
    [[nodiscard]] std::vector<quint32> effects(quint32 step, SideKind kind) const;
    [[nodiscard]] quint64 lost() const; // events known to be missing, both sides

private:
    explicit TraceDocument(trace::Trace trace);
    void placeSides();
    void buildRows();
    void describeRow(DocumentRow &row) const;
    void summariseRows();
    void buildSteps();
    void indexSteps();

    trace::Trace trace_;
    std::array<std::unique_ptr<DocumentSide>, 2> sides_;
    std::optional<trace::Comparison> comparison_ = {};
    std::vector<DocumentRow> rows_;
    std::vector<Step> steps_;
    std::array<std::vector<std::pair<quint32, quint32>>, 2> stepOfBegin_; // first event of a step -> step, ascending
};

// An event that changes something a student can see: buffer, queue, context, lineage, drop.
[[nodiscard]] bool isEffect(const trace::Event &event);
[[nodiscard]] bool movesPointers(const trace::Event &event); // reserve, put, push, pull, trim, ...

} // namespace skbscope::ui
