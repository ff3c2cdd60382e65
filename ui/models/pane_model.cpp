// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/pane_model.h"

namespace skbscope::ui {

int PaneModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant PaneModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const PaneRow &row = rows_[std::size_t(index.row())];
    if (role == TextRole) return row.text;
    return role == IdRole ? QVariant(row.id) : QVariant();
}

QHash<int, QByteArray> PaneModel::roleNames() const {
    return {{TextRole, "text"}, {IdRole, "id"}};
}

// Rows are replaced in place, so that a reader's position survives a step.
void PaneModel::setRows(std::vector<PaneRow> rows) {
    const int before = int(rows_.size()), after = int(rows.size()), common = std::min(before, after);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        rows_.resize(std::size_t(after));
        endRemoveRows();
    }
    for (int i = 0; i < common; ++i) {
        if (rows_[std::size_t(i)] == rows[std::size_t(i)]) continue;
        rows_[std::size_t(i)] = std::move(rows[std::size_t(i)]);
        emit dataChanged(index(i), index(i));
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        for (int i = before; i < after; ++i)
            rows_.push_back(std::move(rows[std::size_t(i)]));
        endInsertRows();
    }
    emit updated();
}

} // namespace skbscope::ui
