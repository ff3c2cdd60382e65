// SPDX-License-Identifier: GPL-2.0-or-later
// What a screen reader says of itself: after a step the banner's sentence, what Alt+arrows meet in a drawn pane, and
// the entry that the arrows reach in a list while one types above it. None of these takes the keyboard's focus, so the
// reader is told that its own has moved there; it goes back with the next change of the real one. While it plays
// nothing is told, but where it stops. QML calls it "reader".
#pragma once

#include "ui/views/row_list.h"
#include "ui/views/window_controller.h"

#include <QPointer>
#include <QQuickItem>
#include <QQuickWindow>

namespace skbscope::ui {

class Announcer : public QObject {
    Q_OBJECT

public:
    explicit Announcer(WindowController &controller, QObject *parent = nullptr); // `controller` must outlive it
    void follow(QQuickWindow *window);                                           // once its panes and lists are there
    Q_INVOKABLE void hear(QQuickItem *item);                                     // it says so in its Accessible.focused

signals:
    void told(const QString &name); // of what has the reader's focus now

private slots:
    void entryReached(); // of the list that sends it

private:
    void wait(); // until the models have followed
    void sayStep();
    void met(SceneView *view); // by keys
    void fallSilent();
    [[nodiscard]] bool isHeard() const;
    [[nodiscard]] bool isModal() const { return controller_.property("modal").toBool(); }

    WindowController &controller_;
    QPointer<QQuickWindow> window_;
    QPointer<QQuickItem> banner_;
    bool waiting_ = false;
};

} // namespace skbscope::ui
