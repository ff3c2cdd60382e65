// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/row_list.h"

#include "ui/models/pane_model.h"
#include "ui/models/phrase.h"
#include "ui/views/row_reader.h"
#include "ui/views/scene_view.h"

namespace skbscope::ui {

void RowList::setRows(QAbstractItemModel *rows) {
    if (rows == rows_) return;
    if (rows_) disconnect(rows_, nullptr, this, nullptr);
    rows_ = rows;
    if (rows) {
        const auto whole = [this] { tellReaders(0, -1); };
        connect(rows, &QAbstractItemModel::rowsInserted, this, whole);
        connect(rows, &QAbstractItemModel::rowsRemoved, this, whole);
        connect(rows, &QAbstractItemModel::modelReset, this, whole);
        connect(rows, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &from, const QModelIndex &to) { tellReaders(from.row(), to.row()); });
    }
    tellReaders(0, -1);
    emit changed();
}

void RowList::setName(const QString &name) {
    if (name == name_) return;
    name_ = name;
    emit changed();
}

QString RowList::text(int row) const {
    return rows_ ? rows_->data(rows_->index(row, 0), PaneModel::TextRole).toString() : QString();
}

QString RowList::detail(int row) const {
    if (!rows_) return {};
    QStringList out;
    const auto names = rows_->roleNames();
    const auto value = [&](const char *role) { return rows_->data(rows_->index(row, 0), names.key(role, -1)); };
    if (value("here").toBool()) out << phrase("RowList", "the current call");
    if (const QVariant depth = value("depth"); depth.isValid())
        out << phrase("RowList", "level %1").arg(depth.toInt() + 1);
    return out.join(QStringLiteral(", "));
}

QString RowList::id(int row) const {
    if (!rows_) return {};
    const QString own = rows_->data(rows_->index(row, 0), PaneModel::IdRole).toString();
    // the tree of calls tells its row's number, which its scene draws as "row:12"
    return rows_->roleNames().value(PaneModel::IdRole) == "row" ? QStringLiteral("row:") + own : own;
}

SceneView *RowList::view() const {
    if (parentItem())
        for (QQuickItem *beside : parentItem()->childItems())
            if (auto *view = qobject_cast<SceneView *>(beside)) return view;
    return nullptr;
}

QRectF RowList::place(int row) const {
    const SceneView *drawn = view();
    if (!drawn || !drawn->isVisible()) return {};
    const QString wanted = id(row);
    for (const Region &region : drawn->list().regions)
        if (region.id == wanted) {
            const qreal unit = drawn->controller() ? drawn->controller()->unit() : 1;
            return drawn->mapRectToScene(QRectF(region.rect.topLeft() * unit, region.rect.size() * unit));
        }
    return {};
}

void RowList::press(int row) {
    if (SceneView *drawn = view()) drawn->pressOn(id(row));
}

bool RowList::announce(const QString &wanted) {
    announced_ = -1;
    for (int row = 0; !wanted.isEmpty() && row < count(); ++row) {
        if (id(row) != wanted) continue;
        announced_ = row;
        RowListReader::focused(this, row);
        return true;
    }
    return false;
}

void RowList::tellReaders(int first, int last) {
    if (QAccessible::isActive()) RowListReader::changed(this, first, last);
}

} // namespace skbscope::ui
