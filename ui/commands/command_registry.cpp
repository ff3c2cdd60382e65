// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/command_registry.h"

#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
[[maybe_unused]] constexpr const char *groups[] = {
    QT_TRANSLATE_NOOP("Groups", "Step"),        QT_TRANSLATE_NOOP("Groups", "Run"),
    QT_TRANSLATE_NOOP("Groups", "Breakpoints"), QT_TRANSLATE_NOOP("Groups", "Measure"),
    QT_TRANSLATE_NOOP("Groups", "Find"),        QT_TRANSLATE_NOOP("Groups", "Compare"),
    QT_TRANSLATE_NOOP("Groups", "Calls"),       QT_TRANSLATE_NOOP("Groups", "Look around"),
    QT_TRANSLATE_NOOP("Groups", "Scenario"),    QT_TRANSLATE_NOOP("Groups", "View"),
    QT_TRANSLATE_NOOP("Groups", "Help"),        QT_TRANSLATE_NOOP("Groups", "Live"),
    QT_TRANSLATE_NOOP("Groups", "Map"),         QT_TRANSLATE_NOOP("Groups", "Timeline")};
} // namespace

QString titleOf(const Command &command) {
    return phrase(command.id.toUtf8(), command.title.toUtf8());
}

QString groupOf(const Command &command) {
    return phrase("Groups", command.group.toUtf8());
}

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
    if (!c) return phrase("CommandRegistry", "There is no command %1.").arg(id);
    if (isEnabled(id)) return {};
    if (const QString against = guard_ ? guard_(id) : QString(); !against.isEmpty()) return against;
    const QString reason = c->why ? c->why() : QString();
    return reason.isEmpty() ? phrase("CommandRegistry", "%1: not possible here.").arg(ui::titleOf(*c)) : reason;
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
    return c ? ui::titleOf(*c) : QString();
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

void CommandRegistry::sayAgain() {
    refresh();
    if (!commands_.empty()) emit dataChanged(index(0), index(int(commands_.size()) - 1));
    emit retold();
}

int CommandRegistry::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(commands_.size());
}

QVariant CommandRegistry::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Command &c = commands_[std::size_t(index.row())];
    switch (role) {
    case TitleRole:
        return ui::titleOf(c);
    case IdRole:
        return c.id;
    case GroupRole:
        return groupOf(c);
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
