// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/key_list.h"

#include "ui/models/phrase.h"

#include <QStringList>

namespace skbscope::ui {

KeyListModel::KeyListModel(const CommandRegistry *registry, QObject *parent)
    : QAbstractListModel(parent), registry_(registry) {
    connect(registry, &QAbstractItemModel::rowsInserted, this, &KeyListModel::fill);
    connect(registry, &CommandRegistry::retold, this, &KeyListModel::fill);
    fill();
}

void KeyListModel::fill() {
    beginResetModel();
    lines_.clear();
    withoutKey_ = 0;
    QStringList groups;
    for (const Command &c : registry_->commands()) {
        if (c.keys.isEmpty())
            ++withoutKey_;
        else if (!groups.contains(c.group))
            groups << c.group;
    }
    for (const QString &group : groups) {
        lines_.push_back({phrase("Groups", group.toUtf8()), {}, true});
        for (const Command &c : registry_->commands())
            if (c.group == group && !c.keys.isEmpty()) lines_.push_back({titleOf(c), registry_->keysOf(c.id), false});
    }
    endResetModel();
    emit changed();
}

int KeyListModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(lines_.size());
}

QVariant KeyListModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Line &line = lines_[std::size_t(index.row())];
    switch (role) {
    case TitleRole:
        return line.title;
    case KeysRole:
        return line.keys;
    case HeadingRole:
        return line.heading;
    default:
        return {};
    }
}

QHash<int, QByteArray> KeyListModel::roleNames() const {
    return {{TitleRole, "title"}, {KeysRole, "keys"}, {HeadingRole, "heading"}};
}

} // namespace skbscope::ui
