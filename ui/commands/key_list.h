// SPDX-License-Identifier: GPL-2.0-or-later
// What `?` shows: the commands that have a key, under the headings of their groups. The others are in the palette.
#pragma once

#include "ui/commands/command_registry.h"

namespace skbscope::ui {

class KeyListModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int withoutKey READ withoutKey NOTIFY changed) // commands that have none

public:
    enum Role { TitleRole = Qt::DisplayRole, KeysRole = Qt::UserRole, HeadingRole };
    // `registry` must outlive it.
    explicit KeyListModel(const CommandRegistry *registry, QObject *parent = nullptr);
    [[nodiscard]] int withoutKey() const { return withoutKey_; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void changed();

private:
    struct Line {
        QString title, keys;
        bool heading = false;
    };
    void fill();
    const CommandRegistry *registry_;
    std::vector<Line> lines_;
    int withoutKey_ = 0;
};

} // namespace skbscope::ui
