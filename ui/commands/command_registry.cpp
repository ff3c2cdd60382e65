// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/command_registry.h"

namespace skbscope::ui {

void CommandRegistry::add(Command command) {
    Q_ASSERT(!find(command.id));
    beginInsertRows({}, int(commands_.size()), int(commands_.size()));
    commands_.push_back(std::move(command));
    endInsertRows();
}

const Command *CommandRegistry::find(const QString &id) const {
    for (const Command &c : commands_)
        if (c.id == id) return &c;
    return nullptr;
}

bool CommandRegistry::isEnabled(const QString &id) const {
    const Command *c = find(id);
    return c && (!guard_ || guard_(id).isEmpty()) && (!c->enabled || c->enabled());
}

bool CommandRegistry::trigger(const QString &id) {
    if (!isEnabled(id)) {
        emit refused(id, whyNot(id));
        return false;
    }
    const std::function<void()> run = find(id)->run;
    run();
    emit triggered(id);
    return true;
}

QString CommandRegistry::whyNot(const QString &id) const {
    const Command *c = find(id);
    if (!c) return QStringLiteral("There is no command %1.").arg(id);
    if (isEnabled(id)) return {};
    if (const QString against = guard_ ? guard_(id) : QString(); !against.isEmpty()) return against;
    const QString reason = c->why ? c->why() : QString();
    return reason.isEmpty() ? QStringLiteral("%1: not possible here.").arg(c->title) : reason;
}

QString CommandRegistry::keysOf(const QString &id) const {
    const Command *c = find(id);
    QStringList names;
    if (c)
        for (const QKeySequence &key : c->keys)
            names << key.toString(QKeySequence::NativeText);
    return names.join(QStringLiteral(", "));
}

QString CommandRegistry::titleOf(const QString &id) const {
    const Command *c = find(id);
    return c ? c->title : QString();
}

QString CommandRegistry::commandFor(const QKeySequence &key) const {
    for (const Command &c : commands_)
        if (c.keys.contains(key)) return c.id;
    return {};
}

void CommandRegistry::refresh() {
    ++revision_;
    if (!commands_.empty()) emit dataChanged(index(0), index(int(commands_.size()) - 1), {EnabledRole});
    emit revised();
}

int CommandRegistry::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(commands_.size());
}

QVariant CommandRegistry::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Command &c = commands_[std::size_t(index.row())];
    switch (role) {
    case TitleRole:
        return c.title;
    case IdRole:
        return c.id;
    case GroupRole:
        return c.group;
    case KeysRole:
        return keysOf(c.id);
    case EnabledRole:
        return isEnabled(c.id);
    default:
        return {};
    }
}

QHash<int, QByteArray> CommandRegistry::roleNames() const {
    return {{TitleRole, "title"}, {IdRole, "id"}, {GroupRole, "group"}, {KeysRole, "keys"}, {EnabledRole, "enabled"}};
}

} // namespace skbscope::ui
