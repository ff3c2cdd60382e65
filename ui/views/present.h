// SPDX-License-Identifier: GPL-2.0-or-later
// Presentation mode: the banner and two panes on the whole screen, large enough for the last row. What it changes of
// the window (theme, size, zoom) is as it was when it ends.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/picker_model.h"
#include "ui/theme/theme.h"

#include <QWindow>
#include <array>
#include <functional>

namespace skbscope::ui {

class Present : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool on READ isOn NOTIFY changed)
    Q_PROPERTY(int blank READ blank NOTIFY changed) // 0: no, 1: black, 2: white
    Q_PROPERTY(QString left READ left NOTIFY changed)
    Q_PROPERTY(QString right READ right NOTIFY changed)
    Q_PROPERTY(qreal pixel READ pixel NOTIFY pixelChanged) // of the window, a pixel of 1600 x 1000

public:
    // The smallest letters that any pane has on a desk, 11 px, are 20 px of 1000 here. So one design pixel of the other
    // panes and lists is so many.
    static constexpr qreal magnified = 20.0 / 11.0;

    explicit Present(Theme *theme, QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const { return on_; }
    [[nodiscard]] int blank() const { return blank_; }
    [[nodiscard]] const QString &left() const { return panes_[0]; }
    [[nodiscard]] const QString &right() const { return panes_[1]; }
    [[nodiscard]] qreal pixel() const { return pixel_; }
    void attach(QWindow *window);
    // Scale to fit; true when it changed.
    bool resize(const QSize &window);

    void enter();
    void leave();
    void setBlank(int blank); // the same again: no longer blank
    // "stack", "memory", "calls", "bytes", "card", "source". The other place's pane comes here: they change places.
    void setPane(int place, const QString &pane);
    // What a key means here and not elsewhere; empty: what it always means. Any key ends a blank screen.
    [[nodiscard]] QString commandFor(const QKeySequence &key) const;
    // Why a command is not for the projector; empty: it is.
    [[nodiscard]] QString refuses(const QString &command) const;
    void addCommands(CommandRegistry &registry, const std::function<void(PickerRequest)> &ask);

signals:
    void changed();
    void toggled(); // on or off: sizes follow
    void pixelChanged();

private:
    [[nodiscard]] PickerRequest paneList(int place);

    Theme *theme_;
    QWindow *window_ = nullptr;
    bool on_ = false;
    int blank_ = 0;
    std::array<QString, 2> panes_{QStringLiteral("stack"), QStringLiteral("memory")};
    qreal pixel_ = 1;
    QString themeBefore_, themeHere_ = QStringLiteral("light");
    QWindow::Visibility before_ = QWindow::Windowed;
    QRect placeBefore_;
};

} // namespace skbscope::ui
