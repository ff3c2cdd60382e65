// SPDX-License-Identifier: GPL-2.0-or-later
// The filter: a query of search_query.h says which calls the tree and the timeline show. All others are folded away and
// counted; the current one is always there. Steps go from one shown call to the next. The query outlives the trace: it
// is asked again of another one, and of one that grew.
#pragma once

#include "ui/models/search_index.h"
#include "ui/models/selection.h"
#include "ui/models/stepper.h"
#include "ui/models/text_search.h"

namespace skbscope::ui {

class FilterModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY updated)
    Q_PROPERTY(bool on READ isOn NOTIFY updated)
    Q_PROPERTY(QString words READ words NOTIFY updated) // "17 of 231 calls, 214 not shown", or what is wrong
    Q_PROPERTY(bool wrong READ isWrong NOTIFY updated)  // nothing fits, or the query cannot be read
    Q_PROPERTY(int errorAt READ errorAt NOTIFY updated) // character, from 0; -1: it can be read

public:
    // `index` must know the document before this does, and outlive it.
    FilterModel(Selection *selection, SearchIndex *index, QObject *parent = nullptr);

    [[nodiscard]] const QString &query() const { return query_; }
    // One that cannot be read says so, and what was shown stays.
    void setQuery(const QString &query);
    void clear() { setQuery({}); }
    [[nodiscard]] bool isOn() const { return applied_.kind != SearchQuery::nothing; }
    [[nodiscard]] bool isWrong() const;
    [[nodiscard]] int errorAt() const { return errorAt_; }
    [[nodiscard]] QString words() const;

    [[nodiscard]] bool isMatch(quint32 row) const;         // the current call may be shown without being one
    [[nodiscard]] quint32 guest() const { return guest_; } // the current row, where it is none; else npos
    [[nodiscard]] bool isSearching() const { return texts_.isRunning(); } // more matches may come
    [[nodiscard]] int matches() const { return int(matches_); }
    // While it is on: the rows that are shown, ascending, the current one among them.
    [[nodiscard]] const std::vector<quint32> &visible() const { return visible_; }
    [[nodiscard]] bool isVisible(quint32 row) const;
    // How many of visible() stand before `row`.
    [[nodiscard]] quint32 placeOf(quint32 row) const;
    // Rows that are folded away right before the one at `place`; before visible().size(): at the end.
    [[nodiscard]] quint32 hiddenBefore(std::size_t place) const;
    [[nodiscard]] quint32 hidden() const; // in all
    // Shows those that are folded away before `row` too, until another query is set. rows().size(): those at the end.
    void reveal(quint32 row);

    // Where a step leads: while the filter is on, past all that is not shown.
    [[nodiscard]] std::optional<quint32> stepFrom(quint32 step, Stride stride, Direction direction) const;
    [[nodiscard]] std::optional<quint32> firstStep() const; // of those shown
    [[nodiscard]] std::optional<quint32> lastStep() const;

signals:
    void changed(); // other rows are shown, for another reason than a step
    void updated();

private:
    void search();
    void takeMore(); // of what the texts are searched for
    void show();
    void follow();
    [[nodiscard]] const std::vector<quint32> &steps() const; // of matches, ascending

    Selection *selection_;
    SearchIndex *index_;
    TextSearch texts_;
    QString query_, kind_, error_;
    int errorAt_ = -1;
    SearchQuery applied_;
    std::vector<bool> isMatch_; // by row
    std::size_t matches_ = 0;
    std::vector<std::pair<quint32, quint32>> revealed_; // rows, the second one past the last
    std::vector<quint32> visible_;
    quint32 guest_ = npos;               // the current row, where it is shown without being a match
    mutable std::vector<quint32> steps_; // made when first stepped
    mutable bool stepsMade_ = false;
};

} // namespace skbscope::ui
