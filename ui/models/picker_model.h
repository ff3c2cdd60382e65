// SPDX-License-Identifier: GPL-2.0-or-later
// A list one chooses from by typing: the command palette, the functions to run to, the fields to watch. The best match
// stands first; with nothing typed all stand in their own order.
#pragma once

#include "ui/models/fuzzy.h"

#include <QAbstractListModel>
#include <functional>

namespace skbscope::ui {

struct PickerItem {
    QString title, detail; // "Step back over", "Step"
    QString keys = {};     // "Up, Ctrl+F10"
    QString why = {};      // not empty: it cannot be chosen now, and this is why
    std::function<void()> run = {};
    QString also = {}; // another name by which it is found, not shown
};

// What is to be chosen.
struct PickerRequest {
    QString title;  // "Commands"
    QString prompt; // stands in the empty field
    std::vector<PickerItem> items;
    bool tall = false; // details are sentences: they stand below the titles
};

class PickerModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(QString title READ title NOTIFY opened)
    Q_PROPERTY(QString prompt READ prompt NOTIFY opened)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(bool tall READ isTall NOTIFY opened)
    Q_PROPERTY(int count READ count NOTIFY queryChanged)

public:
    enum Role { TitleRole = Qt::DisplayRole, MarkupRole = Qt::UserRole, DetailRole, KeysRole, WhyRole };
    explicit PickerModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void open(PickerRequest request);
    [[nodiscard]] const QString &title() const { return request_.title; }
    [[nodiscard]] const QString &prompt() const { return request_.prompt; }
    [[nodiscard]] bool isTall() const { return request_.tall; }
    [[nodiscard]] const QString &query() const { return query_; }
    void setQuery(const QString &query);
    [[nodiscard]] int count() const { return int(shown_.size()); }
    // False where it cannot be chosen now: the list stays, its row says why.
    Q_INVOKABLE bool isChoosable(int index) const;
    Q_INVOKABLE void choose(int index);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void opened();
    void queryChanged();

private:
    struct Shown {
        std::size_t item;
        FuzzyMatch match;
    };
    void filter();
    PickerRequest request_;
    QString query_;
    std::vector<Shown> shown_;
};

} // namespace skbscope::ui
