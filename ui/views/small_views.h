// SPDX-License-Identifier: GPL-2.0-or-later
// Small painted things for QML: a gutter mark, a layer's badge, an icon.
#pragma once

#include "ui/theme/theme.h"

#include <QQuickPaintedItem>

namespace skbscope::ui {

class MarkView : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(int mark MEMBER mark_ NOTIFY changed) // trace::RowMark; -1: nothing
    Q_PROPERTY(skbscope::ui::Theme *theme MEMBER theme_ NOTIFY changed)

public:
    explicit MarkView(QQuickItem *parent = nullptr);
    void paint(QPainter *painter) override;

signals:
    void changed();

private:
    void follow();
    int mark_ = -1;
    Theme *theme_ = nullptr;
};

class BadgeView : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(QString letter MEMBER letter_ NOTIFY changed)
    Q_PROPERTY(skbscope::ui::Theme *theme MEMBER theme_ NOTIFY changed)

public:
    explicit BadgeView(QQuickItem *parent = nullptr);
    void paint(QPainter *painter) override;

signals:
    void changed();

private:
    void follow();
    QString letter_;
    Theme *theme_ = nullptr;
};

// "into", "over", "out", "first", "last", "play", "pause", "stop", "down", "theme", "help"; 20 x 20 in its own units.
class IconView : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(QString name MEMBER name_ NOTIFY changed)
    Q_PROPERTY(QColor color MEMBER color_ NOTIFY changed)
    Q_PROPERTY(bool mirrored MEMBER mirrored_ NOTIFY changed)

public:
    explicit IconView(QQuickItem *parent = nullptr);
    void paint(QPainter *painter) override;

signals:
    void changed();

private:
    QString name_;
    QColor color_;
    bool mirrored_ = false;
};

// A thin dashed frame: what the pointer's link would pin.
class DashView : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(QColor color MEMBER color_ NOTIFY changed)

public:
    explicit DashView(QQuickItem *parent = nullptr);
    void paint(QPainter *painter) override;

signals:
    void changed();

private:
    QColor color_;
};

} // namespace skbscope::ui
