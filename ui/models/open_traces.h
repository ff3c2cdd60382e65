// SPDX-License-Identifier: GPL-2.0-or-later
// The traces that are open at once, in the order in which they were opened; one of them is shown. A trace that was
// named but not looked at yet is not read.
#pragma once

#include "ui/models/trace_files.h"

#include <QAbstractListModel>

namespace skbscope::ui {

struct OpenTrace {
    enum Origin : quint8 { file, run, live, comparison };
    Origin origin = file;
    QString title;          // "capture.skbt", "udp-veth"
    QString path = {};      // absolute; as opened, with its ":kernel"; empty: no file holds it
    Document document = {}; // null: not read yet
    quint32 step = 0;       // where one was when another one was shown
    bool unsaved = false;   // it cannot be had again
    bool fresh = false;     // of a run that was asked for in this window: no file holds it yet
    QString source = {};    // of a run: the scenario, as it was asked for
};

class OpenTraces : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(int current READ current NOTIFY changed)

public:
    enum Role { TitleRole = Qt::DisplayRole, DetailRole = Qt::UserRole, CurrentRole, UnsavedRole };
    explicit OpenTraces(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    // Its index. A run takes the place of an earlier one of the same scenario, which can be had again.
    int add(OpenTrace trace);
    void replace(int index, OpenTrace trace);
    void remove(int index);
    void setCurrent(int index);
    void keepStep(quint32 step); // of the current one

    [[nodiscard]] int count() const { return int(traces_.size()); }
    [[nodiscard]] int current() const { return current_; } // -1: none
    [[nodiscard]] const OpenTrace &at(int index) const { return traces_[std::size_t(index)]; }
    [[nodiscard]] const OpenTrace *shown() const { return current_ < 0 ? nullptr : &at(current_); }
    [[nodiscard]] int indexOf(const QString &path) const; // -1: not open
    [[nodiscard]] int indexOf(OpenTrace::Origin origin) const;
    [[nodiscard]] QString detail(int index) const; // "231 calls, model and kernel; ~/traces; not saved"

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void changed();

private:
    std::vector<OpenTrace> traces_;
    int current_ = -1;
};

} // namespace skbscope::ui
