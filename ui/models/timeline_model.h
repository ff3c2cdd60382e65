// SPDX-License-Identifier: GPL-2.0-or-later
// When, and what is still to come: call depth over the call number, one lane a side, with the contexts as texture and
// what happened between the lanes. Binned, so that drawing costs what the pane is wide, not what the trace is long.
// With a filter on, only the calls it leaves have a place; the tags of the others are not there.
//
// Of a long trace a stretch is shown, which follows the current call and which one zooms and pans; what belongs to it
// (tags, phases) is made for that stretch alone.
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
    trace::PacketId packet = trace::no_packet; // of an operation on a buffer
    bool again = false;                        // a difference for the reason of one before it
};

// How much a tag is in the way of others: the most telling one least.
[[nodiscard]] double tagWeight(const TimelineTag &tag);

struct TimelinePhase {
    quint32 from = 0, to = 0; // rows, `to` included
    QString text;             // "a: sendto(), process context"
    QString brief;            // "sendto()", where there is no room for more; may be empty
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
    [[nodiscard]] bool hasSide(SideKind side) const;

    // The stretch of places that is shown: from viewFrom() up to viewTo(), which is no more part of it.
    [[nodiscard]] quint32 viewFrom() const { return from_; }
    [[nodiscard]] quint32 viewTo() const { return to_; }
    [[nodiscard]] bool showsAll() const { return from_ == 0 && to_ == places(); }
    [[nodiscard]] bool isInView(quint32 place) const { return place >= from_ && place < to_; }
    [[nodiscard]] bool canZoomIn() const { return to_ - from_ > fewestShown; }
    void zoom(double factor, quint32 around); // below 1: fewer calls; the place `around` stays where it is
    void pan(qint64 places);                  // ahead; below 0: back
    void showAll();
    [[nodiscard]] QString laneName(SideKind side) const; // "kernel 6.1"
    [[nodiscard]] QString cpu(SideKind side) const;      // "CPU 0", "2 CPUs"; empty without the side
    // What is shown, as at most `bins` stretches of equal numbers of calls; 0: a stretch a call.
    [[nodiscard]] std::vector<TimelineBin> lane(SideKind side, quint32 bins) const;
    // Of the calls that are shown; where these are too many, drops and differences alone, and of a crowd one.
    [[nodiscard]] const std::vector<TimelineTag> &tags() const { return tags_; }
    [[nodiscard]] const std::vector<TimelinePhase> &phases() const { return phases_; }
    // The clock at a call's entry, from the first one on: "266 µs"; empty where that call has none.
    [[nodiscard]] QString timeAt(quint32 row) const;
    // What timeAt() counts where its words do not say so: "instructions".
    [[nodiscard]] QString timeUnit() const;
    // What was last done with the current packet's buffer, up to the current call: drawn stronger.
    [[nodiscard]] int lastMove() const;

signals:
    void viewChanged(); // another stretch is shown

private:
    void rebuild();
    void tellTags(); // other calls have a place
    void showTags();
    void follow();
    static constexpr quint32 fewestShown = 20, mostTold = 20'000, shownAtFirst = 2'000;
    // The deepest call among so many rows, and whether the side has one there at all.
    struct Block {
        quint16 deepest = 0;
        bool present = false;
    };
    static constexpr quint32 block = 64;

    void buildBlocks(const TraceDocument &d);
    void chooseView();
    void setView(qint64 from, qint64 count);
    bool keepInView(); // the current call; true: the view moved
    void retell();
    [[nodiscard]] bool tellsAll() const { return to_ - from_ <= mostTold; }
    [[nodiscard]] std::pair<quint32, quint32> rowsInView() const; // the first one, and one past the last
    [[nodiscard]] TimelineBin binAt(SideKind side, quint32 place) const;
    void deepen(TimelineBin &bin, SideKind side, quint32 from, quint32 to) const;
    void addEffects(const TraceDocument &d, quint32 first, quint32 end);
    void addEffect(const DocumentSide &s, quint32 row, quint32 event);
    void addDifferences(const TraceDocument &d, quint32 first, quint32 end);
    void thin();
    void buildPhases(const TraceDocument &d, quint32 first, quint32 end);
    [[nodiscard]] QString hostOf(const TraceDocument &d, const TimelinePhase &phase) const;

    Selection *selection_;
    bool curtain_ = false;
    FilterModel *filter_;
    quint32 guest_ = npos;
    quint32 rows_ = 0, deepest_ = 0;
    quint32 from_ = 0, to_ = 0; // the view
    bool all_ = true;           // it shows everything, and goes on doing so when the trace grows ...
    bool asked_ = false;        // ... however long it gets
    std::array<std::vector<Block>, 2> blocks_;
    std::vector<TimelineTag> allTags_, tags_; // tags_: of calls that have a place
    std::vector<TimelinePhase> phases_;
};

} // namespace skbscope::ui
