// SPDX-License-Identifier: GPL-2.0-or-later
// When, and what is still to come: call depth over the call number, one lane a side, with the contexts as texture and
// what happened between the lanes. Binned, so that drawing costs what the pane is wide, not what the trace is long.
// With a filter on, only the calls it leaves have a place; the tags of the others are not there.
#pragma once

#include "ui/models/filter_model.h"
#include "ui/models/pane_model.h"

namespace skbscope::ui {

// A stretch of calls in one lane.
struct TimelineBin {
    quint32 row = 0;   // the first of its calls
    quint32 depth = 0; // the deepest
    trace::Context context = trace::Context::process;
    bool present = false; // this side has a call here
};

struct TimelineTag {
    enum Kind : quint8 { buffer, queue, difference, drop };
    quint32 row = 0;
    Kind kind = buffer;
    QString text; // "pull 14", "+1"
    trace::RowMark mark = trace::RowMark::match;
    QString tip;
};

struct TimelinePhase {
    quint32 from = 0, to = 0; // rows, `to` included
    QString text;             // "a: sendto(), process context"
    trace::Context context = trace::Context::process;
};

class TimelineModel : public PaneModel { // rows: the tags
    Q_OBJECT

public:
    // `filter` may be null; it must follow the selection before this does.
    explicit TimelineModel(Selection *selection, FilterModel *filter = nullptr, QObject *parent = nullptr);

    // A question is open: nothing that comes after the current step is told.
    void setCurtain(bool drawn);
    [[nodiscard]] bool curtain() const { return curtain_; }
    [[nodiscard]] quint32 rows() const { return rows_; } // calls in all
    [[nodiscard]] bool isFiltered() const { return filter_ && filter_->isOn(); }
    [[nodiscard]] quint32 places() const; // calls that have one
    // Where a call stands among them; of one that has none, the place of the next one that has.
    [[nodiscard]] quint32 placeOf(quint32 row) const { return isFiltered() ? filter_->placeOf(row) : row; }
    [[nodiscard]] quint32 rowAt(quint32 place) const { return isFiltered() ? filter_->visible()[place] : place; }
    [[nodiscard]] bool hasPlace(quint32 row) const { return !isFiltered() || filter_->isVisible(row); }
    [[nodiscard]] quint32 hiddenBefore(quint32 place) const { return filter_ ? filter_->hiddenBefore(place) : 0; }
    [[nodiscard]] quint32 hidden() const { return filter_ ? filter_->hidden() : 0; }
    [[nodiscard]] quint32 current() const; // the row being entered last
    [[nodiscard]] QString currentName() const;
    [[nodiscard]] quint32 deepest() const { return deepest_; }
    [[nodiscard]] bool hasSide(SideKind side) const { return !lanes_[sideIndex(side)].empty(); }
    [[nodiscard]] QString laneName(SideKind side) const; // "kernel 6.1"
    [[nodiscard]] QString cpu(SideKind side) const;      // "CPU 0", "2 CPUs"; empty without the side
    // At most `bins` stretches of equal numbers of calls.
    [[nodiscard]] std::vector<TimelineBin> lane(SideKind side, quint32 bins) const;
    [[nodiscard]] const std::vector<TimelineTag> &tags() const { return tags_; }
    [[nodiscard]] const std::vector<TimelinePhase> &phases() const { return phases_; }
    // The clock at a call's entry, from the first one on: "266 µs"; empty where that call has none.
    [[nodiscard]] QString timeAt(quint32 row) const;
    // The last tag up to the current call whose kind is buffer: drawn stronger.
    [[nodiscard]] int lastMove() const;

private:
    void rebuild();
    void tellTags();
    void follow();
    void buildLanes(const TraceDocument &d);
    void buildTags(const TraceDocument &d);
    void buildPhases(const TraceDocument &d);

    Selection *selection_;
    bool curtain_ = false;
    FilterModel *filter_;
    quint32 guest_ = npos;
    quint32 rows_ = 0, deepest_ = 0;
    std::array<std::vector<TimelineBin>, 2> lanes_; // one entry a row
    std::vector<TimelineTag> allTags_, tags_;       // tags_: of calls that have a place
    std::vector<TimelinePhase> phases_;
};

} // namespace skbscope::ui
