// SPDX-License-Identifier: GPL-2.0-or-later
// What the window keeps from one run to the next, in the user's settings (~/.config/skbscope/window.conf).
#pragma once

#include <QList>
#include <QRect>
#include <QString>

namespace skbscope::ui {

struct WindowState {
    QString theme = QStringLiteral("system");    // "light", "dark" or "system"
    QString language = QStringLiteral("system"); // "en", "it" or "system"
    bool highContrast = false, reducedMotion = false;
    qreal zoom = 1;
    QRect place; // of the window while it is not maximised, in logical pixels; empty: not known
    bool maximised = false;
    QString middleTab = {},
            onlyTab = {}; // the pane in front where some share a place, and where all do; empty: the first one
    bool operator==(const WindowState &) const = default;
};

inline constexpr qreal leastZoom = 0.6, mostZoom = 2;

// What is missing or makes no sense is the default's: a broken file is no obstacle.
[[nodiscard]] WindowState readWindowState();
// Settings that cannot be written are not kept; the window works without.
void writeWindowState(const WindowState &state);

// `place` moved and shrunk until all of it is on the one of `screens` (available room) where its middle is, else on the
// first. An invalid corner (a size alone: x and y are 0) is centred by the caller's window manager and left alone.
[[nodiscard]] QRect onScreen(const QRect &place, const QList<QRect> &screens);

} // namespace skbscope::ui
