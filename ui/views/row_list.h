// SPDX-License-Identifier: GPL-2.0-or-later
// The real list behind a drawn pane, for screen readers: the rows of its model, all of them, in their order. It draws
// nothing and makes a row only when a reader asks for it, so a long trace costs no more than a short one.
#pragma once

#include <QAbstractItemModel>
#include <QPointer>
#include <QQuickItem>

namespace skbscope::ui {

class SceneView;

class RowList : public QQuickItem {
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel *rows READ rows WRITE setRows NOTIFY changed) // not owned
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)             // "Calls"

public:
    explicit RowList(QQuickItem *parent = nullptr) : QQuickItem(parent) {}
    [[nodiscard]] QAbstractItemModel *rows() const { return rows_; }
    void setRows(QAbstractItemModel *rows);
    [[nodiscard]] const QString &name() const { return name_; }
    void setName(const QString &name);
    [[nodiscard]] int count() const { return rows_ ? rows_->rowCount() : 0; }
    [[nodiscard]] QString text(int row) const;
    [[nodiscard]] QString detail(int row) const; // of a call: its level in the tree, and whether it is the current one
    // The drawn pane beside it, whose regions are the rows' places; null: nothing is drawn.
    [[nodiscard]] SceneView *view() const;
    // Where row `row` is drawn, in the scene; empty while it is scrolled out or drawn nowhere.
    [[nodiscard]] QRectF place(int row) const;
    void press(int row); // as a click on it

    // Tells screen readers that the row drawn as the region `id` is what the keys point at now; empty: none is. False:
    // no row is drawn so.
    bool announce(const QString &id);
    [[nodiscard]] int announced() const { return announced_; } // -1: none

    static void installReader(); // for screen readers; once

signals:
    void changed();

private:
    [[nodiscard]] QString id(int row) const;
    void tellReaders(int first, int last); // rows say something else now
    QPointer<QAbstractItemModel> rows_;
    QString name_;
    int announced_ = -1;
};

} // namespace skbscope::ui
