// SPDX-License-Identifier: GPL-2.0-or-later
// A trace made ready for stepping: the union of both call trees as rows, and the steps a student can take through them.
// Immutable once built, and built away from any window, so it may be made on another thread.
#pragma once

#include "trace/compare.h"
#include "ui/models/document_side.h"
#include "ui/models/made_list.h"

#include <QStringList>
#include <optional>

namespace skbscope::ui {

inline constexpr std::array bothSides = {SideKind::model, SideKind::kernel};
[[nodiscard]] constexpr std::size_t sideIndex(SideKind kind) {
    return kind == SideKind::model ? 0 : 1;
}
[[nodiscard]] constexpr SideKind otherSide(SideKind kind) {
    return kind == SideKind::model ? SideKind::kernel : SideKind::model;
}

// One line of the two aligned trees. Made when it is asked for; `reason` and `fields` are the document's.
struct DocumentRow {
    quint32 index;               // of rows()
    std::array<quint32, 2> call; // by sideIndex()
    quint32 parent, depth;
    quint32 inside;                      // rows below this one
    std::optional<trace::RowMark> mark;  // none when the trace has one side only
    std::optional<trace::RowMark> worst; // of this row and all inside it
    quint32 worstRow;
    const trace::Reason &reason;
    const std::vector<trace::FieldDifference> &fields;
    quint32 firstStep;

    // Of the side that shows the row, the model first.
    QString name;
    trace::Layer layer;
    trace::Context context;
    quint8 vector, cpu, host; // vector: the softirq's number, 0xff: none known
    trace::TaskId task;
    [[nodiscard]] QString reasonWords() const; // its own, or those of its fields
    [[nodiscard]] SideKind firstSide() const { return call[0] != npos ? SideKind::model : SideKind::kernel; }
};

// What one side does in one step: the events from `begin` on; `event` is the last one that counts for what is shown.
struct StepSide {
    quint32 begin = npos, event = npos;
    bool own = false; // false: nothing happens here in this step, the state is that of an earlier one
};

// One stop: a call is entered, or the function it returned to does something to a buffer, a queue or a context. Made
// when it is asked for.
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

    using Rows = MadeList<TraceDocument, DocumentRow>;
    using Steps = MadeList<TraceDocument, Step>;
    [[nodiscard]] Rows rows() const { return {this, &TraceDocument::row, firstStep_.size()}; }
    [[nodiscard]] Steps steps() const { return {this, &TraceDocument::step, stepRow_.size()}; }
    // What a walk over millions of rows asks for, without making them:
    [[nodiscard]] quint32 parentOf(quint32 row) const {
        return comparison_ ? pairs()[row].parent : calls()[row].parent;
    }
    [[nodiscard]] quint32 depthOf(quint32 row) const { return comparison_ ? pairs()[row].depth : calls()[row].depth; }
    [[nodiscard]] quint32 insideOf(quint32 row) const;
    [[nodiscard]] quint32 firstStepOf(quint32 row) const { return firstStep_[row]; }
    // Its rows inside are the next ones: no other task's stand among them.
    [[nodiscard]] bool isRun(quint32 row) const { return inside_.empty() || insideOf(row) == 0; }
    [[nodiscard]] quint32 rowAtStep(quint32 step) const;                               // steps()[step].row
    [[nodiscard]] quint32 enteredAt(quint32 step) const { return stepRow_[step] + 1; } // steps()[step].number
    [[nodiscard]] quint32 callOf(quint32 row, SideKind kind) const;                    // npos: that side has none
    [[nodiscard]] SideKind sideOf(quint32 row) const;                                  // DocumentRow::firstSide()
    [[nodiscard]] const trace::Call &firstCallOf(quint32 row) const;                   // of that side
    [[nodiscard]] std::optional<trace::RowMark> markOf(quint32 row) const;
    [[nodiscard]] trace::Layer layerOf(quint32 row) const;
    // The rows whose mark is another one than `match`, ascending.
    [[nodiscard]] const std::vector<quint32> &unlike() const { return unlike_; }
    // Of those, the rows at which bytes of the packet differ.
    [[nodiscard]] const std::vector<quint32> &unlikeInBytes() const { return unlikeInBytes_; }
    [[nodiscard]] bool isInside(quint32 row, quint32 ancestor) const; // or the same
    [[nodiscard]] std::vector<quint32> ancestors(quint32 row) const;  // outermost first, without the row itself
    // The step at which `event` of `kind` is shown: a binary search.
    [[nodiscard]] quint32 stepAt(SideKind kind, quint32 event) const;
    // Effects (event indices) of one side in a step, in order.
    [[nodiscard]] std::vector<quint32> effects(quint32 step, SideKind kind) const;
    [[nodiscard]] QStringList functionNames() const; // of all calls, each once
    [[nodiscard]] quint64 lost() const;              // events known to be missing, both sides

private:
    explicit TraceDocument(trace::Trace trace);
    void placeSides();
    void buildRows();
    void summariseRows();
    void buildSteps();
    void takePlainStops(SideKind kind, std::vector<quint32> begin, std::vector<quint32> slot);
    [[nodiscard]] DocumentRow row(quint32 row) const;
    [[nodiscard]] Step step(quint32 step) const;
    [[nodiscard]] const std::vector<trace::Row> &pairs() const { return comparison_->rows; }
    [[nodiscard]] const std::vector<trace::Call> &calls() const { return only_->tree.calls; }

    // The worst mark inside a row, and where it is. Of a trace with two sides.
    struct Worst {
        quint32 row;
        trace::RowMark mark;
    };
    // The stops of one side as they begin, one after the other over all tasks.
    struct Stops {
        std::vector<quint32> begin; // events, ascending
        // Where the steps are not the stops, one by one: of each step the stop that shows, and whether it is its own
        // ...
        std::vector<quint32> ofStep;
        std::vector<quint32> step; // ... and of each stop the step
        [[nodiscard]] bool isPlain() const { return ofStep.empty(); }
    };
    static constexpr quint32 ownStop = 0x80000000, noStop = 0x7fffffff;
    [[nodiscard]] StepSide sideAt(quint32 step, SideKind kind) const;

    trace::Trace trace_;
    std::array<std::unique_ptr<DocumentSide>, 2> sides_;
    const DocumentSide *only_ = nullptr; // where there is one side: its calls are the rows
    std::optional<trace::Comparison> comparison_ = {};
    std::vector<quint32> firstStep_; // by row
    std::vector<quint32> inside_;    // by row; empty where a row's subtree is a run of rows
    std::vector<Worst> worst_;       // by row, of a trace with two sides
    std::vector<quint32> unlike_, unlikeInBytes_;
    std::vector<quint32> stepRow_; // by step: the row entered last
    std::array<Stops, 2> stops_;
};

} // namespace skbscope::ui
