// SPDX-License-Identifier: GPL-2.0-or-later
// Find: a function, a packet, a flow (search_query.h says how they are written), or any text that belongs to a call:
// its role, what it did, why the sides differ. Typing marks the matches; Enter goes to the next one.
#pragma once

#include "ui/models/search_index.h"
#include "ui/models/selection.h"
#include "ui/models/stepper.h"
#include "ui/models/text_search.h"

namespace skbscope::ui {

class FindModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY updated)
    Q_PROPERTY(int count READ count NOTIFY updated)
    Q_PROPERTY(QString words READ words NOTIFY updated) // "3 of 17 calls", "nothing: ..."

public:
    // `index` must know the document before this does, and outlive it.
    FindModel(Selection *selection, SearchIndex *index, QObject *parent = nullptr);

    [[nodiscard]] const QString &query() const { return query_; }
    void setQuery(const QString &query);
    [[nodiscard]] const std::vector<quint32> &rows() const { return rows_; } // ascending
    [[nodiscard]] int count() const { return int(rows_.size()); }
    [[nodiscard]] bool matches(quint32 row) const;
    [[nodiscard]] QString words() const;
    // Behind the current call, and on from the other end of the trace when there is none.
    void go(Direction direction);

signals:
    void updated();

private:
    void search();

    Selection *selection_;
    SearchIndex *index_;
    TextSearch texts_;
    QString query_, kind_, error_; // error_: why the query cannot be read
    std::vector<quint32> rows_;
    bool wrapped_ = false;
};

} // namespace skbscope::ui
