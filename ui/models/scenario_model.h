// SPDX-License-Identifier: GPL-2.0-or-later
// The scenarios one can choose from.
#pragma once

#include <QAbstractListModel>
#include <vector>

namespace skbscope::ui {

struct ScenarioItem {
    QString name, title;
};

class ScenarioModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { TitleRole = Qt::DisplayRole, NameRole = Qt::UserRole };
    explicit ScenarioModel(std::vector<ScenarioItem> items, QObject *parent = nullptr)
        : QAbstractListModel(parent), items_(std::move(items)) {}
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override {
        return parent.isValid() ? 0 : int(items_.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] QString titleOf(const QString &name) const; // empty when it is none of them

private:
    std::vector<ScenarioItem> items_;
};

} // namespace skbscope::ui
