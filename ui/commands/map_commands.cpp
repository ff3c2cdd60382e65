// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/map_commands.h"

#include "ui/models/phrase.h"

namespace skbscope::ui {

void addMapCommands(CommandRegistry &registry, Session &session) {
    MapModel *map = &session.map;
    const auto add = [&](const char *id, const char *title, const char *key, int change, const char *no) {
        registry.add({QLatin1String(id),
                      QLatin1String(title),
                      QStringLiteral("Map"),
                      {QKeySequence(QLatin1String(key))},
                      [map, change] { map->setZoomInt(map->zoomInt() + change); },
                      [map, change] { return map->zoomInt() + change >= 0 && map->zoomInt() + change <= 2; },
                      [no] { return phrase("MapCommands", no); }});
    };
    add("map.out", "Map: see more of it (way, all hosts)", "-", -1,
        QT_TRANSLATE_NOOP("MapCommands", "The map shows all hosts and packets already."));
    add("map.in", "Map: go nearer (way, one layer)", "+", +1,
        QT_TRANSLATE_NOOP("MapCommands", "The map shows one layer: nearer it cannot go."));
    QObject::connect(map, &MapModel::zoomChanged, &registry, &CommandRegistry::refresh);
}

} // namespace skbscope::ui
