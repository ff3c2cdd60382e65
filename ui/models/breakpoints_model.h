// SPDX-License-Identifier: GPL-2.0-or-later
// Breakpoints and watches: what F5 runs to, a row each. They outlive the trace: another one is searched for them anew.
#pragma once

#include "ui/models/breakpoint.h"
#include "ui/models/link.h"

#include <QAbstractListModel>
#include <memory>

namespace skbscope::ui {

class BreakpointsModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY updated)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged)
    Q_PROPERTY(int errorAt READ errorAt NOTIFY errorChanged) // character, from 0; -1: no error
    Q_PROPERTY(QString summary READ summary NOTIFY updated)  // markup, for the status line

public:
    enum Role { TextRole = Qt::DisplayRole, ConditionRole = Qt::UserRole, EnabledRole, DetailRole, HereRole, KindRole };

    BreakpointsModel(Selection *selection, LinkModel *link, QObject *parent = nullptr);

    // False, and error() says where and what is allowed, when it cannot be understood. What is there already is
    // switched on.
    Q_INVOKABLE bool add(const QString &text);
    Q_INVOKABLE void setEnabled(int index, bool on);
    Q_INVOKABLE void remove(int index);
    Q_INVOKABLE void clearError();
    void toggle(const Breakpoint &breakpoint); // adds it, or takes it away
    void setAllEnabled(bool on);
    void clear();

    [[nodiscard]] int count() const { return int(entries_.size()); }
    [[nodiscard]] int enabledCount() const;
    [[nodiscard]] const Breakpoint &at(int index) const { return entries_[std::size_t(index)].breakpoint; }
    [[nodiscard]] bool isEnabled(int index) const { return entries_[std::size_t(index)].enabled; }
    [[nodiscard]] const std::vector<quint32> &steps(int index) const { return entries_[std::size_t(index)].steps; }
    [[nodiscard]] int indexOf(const Breakpoint &breakpoint) const; // -1: not there
    [[nodiscard]] const QString &error() const { return error_; }
    [[nodiscard]] int errorAt() const { return errorAt_; }
    [[nodiscard]] QString summary() const;

    // The nearest stop of those switched on.
    [[nodiscard]] std::optional<quint32> next(quint32 step, Direction direction) const;
    [[nodiscard]] bool stopsAt(quint32 step) const;
    [[nodiscard]] QStringList textsAt(quint32 step) const; // of those switched on that stop there

    // A dot in the tree and on the timeline: where something stops, and whether any of it is switched on.
    struct Dot {
        quint32 row = npos;
        bool enabled = false;
    };
    [[nodiscard]] const std::vector<Dot> &dots() const { return dots_; } // ascending by row, one a row
    [[nodiscard]] const Dot *dotAt(quint32 row) const;

    [[nodiscard]] const Landmarks &landmarks(); // of the document that is open; there must be one

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void updated();
    void errorChanged();

private:
    struct Entry {
        Breakpoint breakpoint;
        bool enabled = true;
        std::vector<quint32> steps = {};
    };
    void search(); // all of them, in the document and on the side there is now
    void find(Entry &entry);
    void changed();
    void follow();
    void setError(const QString &error, int at);
    [[nodiscard]] QString detail(const Entry &entry) const;
    [[nodiscard]] QString watched(const Entry &entry) const;

    Selection *selection_;
    LinkModel *link_;
    std::unique_ptr<Landmarks> landmarks_;
    std::vector<Entry> entries_;
    std::vector<Dot> dots_;
    QString error_;
    int errorAt_ = -1;
};

} // namespace skbscope::ui
