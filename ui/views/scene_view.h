// SPDX-License-Identifier: GPL-2.0-or-later
// A pane drawn from a display list. It paints, finds what the pointer meets, and hands clicks on; what to draw is its
// subclass's affair. QPainter does the work, so the software renderer suffices.
#pragma once

#include "ui/display/display_list.h"

#include "ui/views/window_controller.h"

#include <QQuickPaintedItem>

namespace skbscope::ui {

class SceneView : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(skbscope::ui::WindowController *controller READ controller WRITE setController NOTIFY controllerChanged)
    Q_PROPERTY(QString tip READ tip NOTIFY hovered)
    Q_PROPERTY(QPointF tipAt READ tipAt NOTIFY hovered)

public:
    explicit SceneView(QQuickItem *parent = nullptr);
    [[nodiscard]] WindowController *controller() const { return controller_; }
    void setController(WindowController *controller);
    [[nodiscard]] QString tip() const { return tip_; }
    [[nodiscard]] QPointF tipAt() const { return tipAt_; } // in the item
    [[nodiscard]] const DisplayList &list() const { return list_; }
    [[nodiscard]] const QString &over() const { return over_; } // the region that is pointed at, by pointer or keys

    // Alt+arrows: to the next region that way, without stepping. Enter: as a click there.
    Q_INVOKABLE void look(int right, int down);
    Q_INVOKABLE void press(bool pinning);
    void pressOn(const QString &id) { activate(id); } // as a click on that region, drawn now or not

    void paint(QPainter *painter) override;

signals:
    void controllerChanged();
    void hovered();
    void looked(); // keys point at something else now

protected:
    // `size` in design pixels.
    [[nodiscard]] virtual DisplayList build(const QSizeF &size) = 0;
    virtual void attach() {}                              // connect to the models; called once
    virtual void activate(const QString &) {}             // a region was clicked; empty: none was
    virtual void pin(const QString &id) { activate(id); } // ... with Ctrl: stay here, but keep it framed
    // Regions that the keys reach; those that only fold or scroll have keys of their own.
    [[nodiscard]] virtual bool isReachable(const QString &) const { return true; }
    virtual void point(const QString &) {}              // the pointer is over a region; empty: over none
    virtual void drag(QPointF) {}                       // pressed or moved while pressed, in design pixels
    virtual bool scroll(QPointF, int) { return false; } // wheel, in lines; true: used
    void invalidate();
    [[nodiscard]] virtual qreal unit() const; // pixels of the window a pixel of the design

    void updatePolish() override;
    void itemChange(ItemChange change, const ItemChangeData &value) override;
    void geometryChange(const QRectF &now, const QRectF &before) override;
    void hoverMoveEvent(QHoverEvent *event) override;
    void hoverLeaveEvent(QHoverEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void repaint(); // all of it
    void meet(QPointF at);
    void meet(const Region *region, QPointF at);
    [[nodiscard]] QPointF toDesign(QPointF at) const;
    WindowController *controller_ = nullptr;
    DisplayList list_;
    bool whole_ = true; // the picture that is kept is of another size, theme or window
    QString over_, tip_;
    QPointF tipAt_;
    int wheel_ = 0; // eighths of a degree not used up yet
};

} // namespace skbscope::ui
