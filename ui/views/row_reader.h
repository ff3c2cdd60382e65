// SPDX-License-Identifier: GPL-2.0-or-later
// How QAccessible sees a RowList: a list, and under it one item a row.
#pragma once

#include "ui/views/row_list.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QHash>
#include <QQuickWindow>

namespace skbscope::ui {

class RowListReader : public QAccessibleObject {
public:
    explicit RowListReader(RowList *list) : QAccessibleObject(list) {}
    ~RowListReader() override;
    // Tells whoever listens. last < first: the whole list.
    static void changed(RowList *list, int first, int last);

    static void focused(RowList *list, int row);

    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::List; }
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QWindow *window() const override;

private:
    [[nodiscard]] RowList *list() const { return qobject_cast<RowList *>(object()); }
    mutable QHash<int, QAccessible::Id> made_; // rows that were asked for
};

class RowReader : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    RowReader(RowList *list, int row) : list_(list), row_(row) {}
    [[nodiscard]] int row() const { return row_; }

    [[nodiscard]] bool isValid() const override { return list_ && row_ < list_->count(); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QWindow *window() const override { return list_ ? list_->window() : nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(list_); }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &action) override;
    [[nodiscard]] QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<RowList> list_;
    int row_;
};

} // namespace skbscope::ui
