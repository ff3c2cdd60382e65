// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/scenario_model.h"

#include "ui/models/scenario_titles.h"

namespace skbscope::ui {

QVariant ScenarioModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const ScenarioItem &item = items_[std::size_t(index.row())];
    if (role == TitleRole) return scenarioTitleWords(item.title);
    return role == NameRole ? QVariant(item.name) : QVariant();
}

QHash<int, QByteArray> ScenarioModel::roleNames() const {
    return {{TitleRole, "title"}, {NameRole, "name"}};
}

QString ScenarioModel::titleOf(const QString &name) const {
    for (const ScenarioItem &item : items_)
        if (item.name == name) return scenarioTitleWords(item.title);
    return {};
}

} // namespace skbscope::ui
