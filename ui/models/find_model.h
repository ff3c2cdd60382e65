// SPDX-License-Identifier: GPL-2.0-or-later
// Find: a function, a packet ("#3", "packet 3"), a flow ("10.9.0.2:7000", ":7000", "10.9.0.1 > 10.9.0.2"), or any text
// that belongs to a call: its role, what it did, why the sides differ. Typing marks the matches; Enter goes to the next
// one.
#pragma once

#include "ui/models/selection.h"
#include "ui/models/stepper.h"

#include <QHash>
#include <functional>

namespace skbscope::ui {

class FindModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY updated)
    Q_PROPERTY(int count READ count NOTIFY updated)
    Q_PROPERTY(QString words READ words NOTIFY updated) // "3 of 17 calls", "nothing: ..."

public:
    explicit FindModel(Selection *selection, QObject *parent = nullptr);

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
    struct Flow {
        QString from, to, fromPort, toPort; // empty: the headers do not tell
    };
    void search();
    void forget();
    void searchPacket(trace::PacketId packet);
    void searchFlow(const QString &query);
    void searchText(const QString &query);
    void addPackets(const std::function<bool(SideKind, trace::PacketId)> &wanted);
    [[nodiscard]] const QHash<quint64, Flow> &flows();
    [[nodiscard]] QString textOf(quint32 row) const;

    Selection *selection_;
    enum class Kind : quint8 { function, packet, flow, text };
    [[nodiscard]] QString kindWords() const;
    QString query_;
    Kind kind_ = Kind::function; // what the query was understood as
    quint32 packet_ = 0;
    std::vector<quint32> rows_;
    QHash<quint64, Flow> flows_; // side and packet; made when first asked for
    bool wrapped_ = false;
};

} // namespace skbscope::ui
