// SPDX-License-Identifier: GPL-2.0-or-later
// What a drawn pane says, as a list: one line a thing, in the order in which it is drawn. Screen readers read it, tests
// compare it; the drawing itself comes from the model's own data.
#pragma once

#include "ui/models/selection.h"

#include <QAbstractListModel>

namespace skbscope::ui {

struct PaneRow {
    QString id;   // the region's id in the display list
    QString text; // a whole phrase
    bool operator==(const PaneRow &) const = default;
};

class PaneModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { TextRole = Qt::DisplayRole, IdRole = Qt::UserRole };

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void updated(); // something to draw changed, be it a row or not

protected:
    explicit PaneModel(QObject *parent) : QAbstractListModel(parent) {}
    void setRows(std::vector<PaneRow> rows);

private:
    std::vector<PaneRow> rows_;
};

} // namespace skbscope::ui
