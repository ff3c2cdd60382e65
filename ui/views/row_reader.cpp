// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/row_reader.h"

#include <QQuickWindow>

namespace skbscope::ui {

namespace {
QRect onDesk(const QQuickItem *item, const QRectF &inScene) {
    const QQuickWindow *window = item->window();
    return window ? inScene.translated(window->position()).toAlignedRect() : QRect();
}

QAccessibleInterface *readerOf(const QString &, QObject *object) {
    auto *list = qobject_cast<RowList *>(object);
    return list ? new RowListReader(list) : nullptr;
}
} // namespace

void RowList::installReader() {
    static const bool once = (QAccessible::installFactory(readerOf), true);
    Q_UNUSED(once)
}

// -- the list
RowListReader::~RowListReader() {
    for (const QAccessible::Id id : std::as_const(made_))
        QAccessible::deleteAccessibleInterface(id);
}

void RowListReader::changed(RowList *list, int first, int last) {
    auto *reader = static_cast<RowListReader *>(QAccessible::queryAccessibleInterface(list));
    if (!reader) return;
    for (auto at = reader->made_.begin(); at != reader->made_.end();) { // rows that are there no more
        if (at.key() < list->count()) {
            ++at;
            continue;
        }
        QAccessible::deleteAccessibleInterface(at.value());
        at = reader->made_.erase(at);
    }
    if (last < first) {
        QAccessibleEvent event(list, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&event);
        return;
    }
    for (auto at = reader->made_.cbegin(); at != reader->made_.cend(); ++at) {
        if (at.key() < first || at.key() > last) continue;
        QAccessibleEvent event(QAccessible::accessibleInterface(at.value()), QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void RowListReader::focused(RowList *list, int row) {
    QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(list);
    QAccessibleInterface *child = reader ? reader->child(row) : nullptr;
    if (!child) return;
    QAccessibleEvent event(child, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

// The pane it stands in: what lies between is no part of the tree.
QAccessibleInterface *RowListReader::parent() const {
    for (QQuickItem *up = list() ? list()->parentItem() : nullptr; up; up = up->parentItem()) {
        QAccessibleInterface *there = QAccessible::queryAccessibleInterface(up);
        if (there && there->indexOfChild(this) >= 0) return there;
    }
    return list() ? QAccessible::queryAccessibleInterface(list()->window()) : nullptr;
}

QAccessibleInterface *RowListReader::child(int index) const {
    if (!list() || index < 0 || index >= list()->count()) return nullptr;
    const auto made = made_.constFind(index);
    if (made != made_.cend()) return QAccessible::accessibleInterface(*made);
    auto *row = new RowReader(list(), index); // QAccessible owns it
    made_.insert(index, QAccessible::registerAccessibleInterface(row));
    return row;
}

int RowListReader::childCount() const {
    return list() ? list()->count() : 0;
}

int RowListReader::indexOfChild(const QAccessibleInterface *child) const {
    const auto *row = dynamic_cast<const RowReader *>(child);
    return row && row->parent() == this ? row->row() : -1;
}

QAccessibleInterface *RowListReader::childAt(int x, int y) const {
    for (int i = 0; i < childCount(); ++i)
        if (onDesk(list(), list()->place(i)).contains(x, y)) return child(i);
    return nullptr;
}

QString RowListReader::text(QAccessible::Text which) const {
    return list() && which == QAccessible::Name ? list()->name() : QString();
}

QRect RowListReader::rect() const {
    return list() ? onDesk(list(), list()->mapRectToScene(list()->boundingRect())) : QRect();
}

QAccessible::State RowListReader::state() const {
    QAccessible::State state;
    state.readOnly = true;
    state.invisible = !list() || !list()->isVisible();
    return state;
}

QWindow *RowListReader::window() const {
    return list() ? list()->window() : nullptr;
}

// -- a row
QString RowReader::text(QAccessible::Text which) const {
    if (!isValid()) return {};
    return which == QAccessible::Name          ? list_->text(row_)
           : which == QAccessible::Description ? list_->detail(row_)
                                               : QString();
}

QRect RowReader::rect() const {
    return isValid() ? onDesk(list_, list_->place(row_)) : QRect();
}

QAccessible::State RowReader::state() const {
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.readOnly = state.focusable = true;
    state.focused = list_->announced() == row_;
    state.invisible = !list_->isVisible();
    state.offscreen = list_->place(row_).isEmpty();
    return state;
}

void *RowReader::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

void RowReader::doAction(const QString &action) {
    if (action == pressAction() && isValid()) list_->press(row_);
}

} // namespace skbscope::ui
