// SPDX-License-Identifier: GPL-2.0-or-later
// Everything a user can do, by a stable id: keys, buttons and the palette all call the same entries. An id,
// once published, keeps its meaning.
#pragma once

#include <QAbstractListModel>
#include <QKeySequence>
#include <functional>

namespace skbscope::ui {

struct Command {
    QString id;    // "step.back.over"
    QString title; // "Step back over"; English, as the group: titleOf() and groupOf() speak the window's language
    QString group; // "Step"
    QList<QKeySequence> keys;
    std::function<void()> run;
    std::function<bool()> enabled;     // empty: always
    std::function<QString()> why = {}; // while it is not enabled: a sentence for the user; empty: a general one
};

// In the window's language: the context of a title is its id, that of a group "Groups".
[[nodiscard]] QString titleOf(const Command &command);
[[nodiscard]] QString groupOf(const Command &command);

class CommandRegistry : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int revision READ revision NOTIFY revised) // for bindings: enabled states may have changed

public:
    enum Role { TitleRole = Qt::DisplayRole, IdRole = Qt::UserRole, GroupRole, KeysRole, EnabledRole };
    explicit CommandRegistry(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void add(Command command); // an id is added once
    [[nodiscard]] const std::vector<Command> &commands() const { return commands_; }
    [[nodiscard]] const Command *find(const QString &id) const;

    // False when there is no such command or it cannot run now; refused() tells the user why.
    Q_INVOKABLE bool trigger(const QString &id);
    Q_INVOKABLE bool isEnabled(const QString &id) const;
    Q_INVOKABLE QString keysOf(const QString &id) const;   // "Right, F11"
    [[nodiscard]] QString whyNot(const QString &id) const; // empty while it can run
    Q_INVOKABLE QString titleOf(const QString &id) const;
    // The command a key stands for; empty for none.
    [[nodiscard]] QString commandFor(const QKeySequence &key) const;

    // Says for some time why a command cannot run, whatever it says itself; empty: nothing against it.
    void setGuard(std::function<QString(const QString &id)> guard) { guard_ = std::move(guard); }

    void refresh();  // enabled states may have changed
    void sayAgain(); // in another language
    [[nodiscard]] int revision() const { return revision_; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void revised();
    void retold(); // titles and groups are in another language
    void triggered(const QString &id);
    void refused(const QString &id, const QString &why); // markup

private:
    std::vector<Command> commands_;
    std::function<QString(const QString &id)> guard_;
    int revision_ = 0;
};

} // namespace skbscope::ui
