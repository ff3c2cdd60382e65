// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/window_state.h"

#include <QSettings>
#include <algorithm>
#include <cmath>

namespace skbscope::ui {

namespace {
QSettings settings() {
    return QSettings(QStringLiteral("skbscope"), QStringLiteral("window"));
}

QString oneOf(const QSettings &from, const char *key, std::initializer_list<const char *> allowed,
              const QString &otherwise) {
    const QString value = from.value(QLatin1String(key)).toString();
    return std::any_of(allowed.begin(), allowed.end(), [&](const char *a) { return value == QLatin1String(a); })
               ? value
               : otherwise;
}
} // namespace

WindowState readWindowState() {
    const QSettings from = settings();
    WindowState out;
    out.theme = oneOf(from, "theme", {"light", "dark", "system"}, out.theme);
    out.language = oneOf(from, "language", {"en", "it", "system"}, out.language);
    out.highContrast = from.value(QStringLiteral("highContrast"), false).toBool();
    out.reducedMotion = from.value(QStringLiteral("reducedMotion"), false).toBool();
    const qreal zoom = from.value(QStringLiteral("zoom"), 1.0).toReal();
    if (std::isfinite(zoom) && zoom >= leastZoom && zoom <= mostZoom) out.zoom = zoom;
    const QRect place = from.value(QStringLiteral("place")).toRect();
    constexpr int most = 20000; // wider than any desk of screens
    if (place.width() > 0 && place.height() > 0 && place.width() < most && place.height() < most &&
        std::abs(place.x()) < most && std::abs(place.y()) < most)
        out.place = place;
    out.maximised = from.value(QStringLiteral("maximised"), false).toBool();
    out.middleTab = oneOf(from, "middleTab", {"memory", "bytes", "card", "source"}, {});
    out.onlyTab = oneOf(from, "onlyTab", {"calls", "stack", "memory", "bytes", "card", "source"}, {});
    return out;
}

void writeWindowState(const WindowState &state) {
    QSettings to = settings();
    to.setValue(QStringLiteral("theme"), state.theme);
    to.setValue(QStringLiteral("language"), state.language);
    to.setValue(QStringLiteral("highContrast"), state.highContrast);
    to.setValue(QStringLiteral("reducedMotion"), state.reducedMotion);
    to.setValue(QStringLiteral("zoom"), state.zoom);
    to.setValue(QStringLiteral("place"), state.place);
    to.setValue(QStringLiteral("maximised"), state.maximised);
    to.setValue(QStringLiteral("middleTab"), state.middleTab);
    to.setValue(QStringLiteral("onlyTab"), state.onlyTab);
}

QRect onScreen(const QRect &place, const QList<QRect> &screens) {
    if (screens.isEmpty()) return place;
    const auto here = std::find_if(screens.begin(), screens.end(),
                                   [&place](const QRect &screen) { return screen.contains(place.center()); });
    const QRect &room = here == screens.end() ? screens.first() : *here;
    const QSize size = place.size().boundedTo(room.size());
    const auto inside = [](int at, int length, int from, int to) {
        return std::clamp(at, from, std::max(from, to - length));
    };
    return {QPoint(inside(place.x(), size.width(), room.x(), room.x() + room.width()),
                   inside(place.y(), size.height(), room.y(), room.y() + room.height())),
            size};
}

} // namespace skbscope::ui
