// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/export_commands.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

void addExportCommands(CommandRegistry &registry, Session &session, SaveBox &box) {
    const auto add = [&](const char *id, const char *title, const char *key, SaveBox::Kind kind) {
        registry.add({QLatin1String(id),
                      QLatin1String(title),
                      QStringLiteral("Export"),
                      {QKeySequence(QLatin1String(key))},
                      [&session, &box, kind] {
                          session.player.pause();
                          box.ask(kind);
                      },
                      [&session] { return !session.selection.isEmpty(); },
                      [] { return phrase("ExportCommands", "No trace is open: there is nothing to save."); }});
    };
    add("export.picture", "Save the view as SVG or PNG", "Ctrl+Shift+S", SaveBox::picture);
    add("export.page", "Save the replay as a page", "Ctrl+Shift+E", SaveBox::page);
}

} // namespace skbscope::ui
