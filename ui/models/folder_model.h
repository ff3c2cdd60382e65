// SPDX-License-Identifier: GPL-2.0-or-later
// What can be chosen behind a path that is being typed: the folders and files of its folder that go on as it does.
#pragma once

#include <QAbstractListModel>
#include <QFileInfoList>

namespace skbscope::ui {

class FolderModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(QString note READ note NOTIFY changed) // why the list is empty; empty: it is not
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool exists READ exists NOTIFY changed)

public:
    enum Role { NameRole = Qt::DisplayRole, DetailRole = Qt::UserRole, FolderRole };
    explicit FolderModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setEndings(const QStringList &endings); // of the files that count: "skbt", "tree"
    [[nodiscard]] const QString &text() const { return text_; }
    void setText(const QString &text); // a leading ~ is the user's home
    [[nodiscard]] QString note() const;
    [[nodiscard]] bool exists() const { return exists_; } // the folder
    [[nodiscard]] int count() const { return int(entries_.size()); }

    // The text with the entry in place of its last part; a folder ends in a slash.
    Q_INVOKABLE QString with(int index) const;
    // The text as far as all entries agree on how it goes on.
    Q_INVOKABLE QString completed() const;
    Q_INVOKABLE QString above() const; // the folder around it
    Q_INVOKABLE bool isFolder(int index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void changed();

private:
    void list();
    [[nodiscard]] QString folderPart() const; // of the text, with its slash
    [[nodiscard]] QString namePart() const { return text_.mid(folderPart().size()); }
    QString text_;
    QStringList endings_;
    QFileInfoList entries_;
    bool exists_ = true;
};

} // namespace skbscope::ui
