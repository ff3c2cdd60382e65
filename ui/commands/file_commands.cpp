// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/file_commands.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

void addFileCommands(CommandRegistry &registry, FileDesk &desk) {
    FileDesk *d = &desk;
    const auto add = [&registry](const char *id, const char *title, const char *key, std::function<void()> run,
                                 std::function<QString()> why = {}) {
        std::function<bool()> can;
        if (why) can = [why] { return why().isEmpty(); };
        QList<QKeySequence> keys;
        if (*key) keys << QKeySequence(QLatin1String(key));
        registry.add({QLatin1String(id), QLatin1String(title), QStringLiteral("File"), keys, std::move(run),
                      std::move(can), std::move(why)});
    };
    const auto several = [d] {
        return d->traces().count() > 1 ? QString()
                                       : phrase("FileCommands", "No other trace is open: Ctrl+Shift+O opens one.");
    };
    add("trace.open", "Open a trace file ...", "Ctrl+Shift+O", [d] { d->openWithChooser(); });
    add(
        "trace.recent", "Recent files ...", "Ctrl+Shift+R", [d] { d->listRecent(); },
        [d] {
            return d->recent().files().isEmpty() ? phrase("FileCommands", "No trace file was opened or saved yet.")
                                                 : QString();
        });
    add(
        "trace.save", "Save this trace as ...", "Ctrl+S", [d] { d->saveWithChooser(); },
        [d] { return d->whyNotSave(); });
    add(
        "trace.compare", "Compare two traces ...", "Ctrl+Shift+C", [d] { d->compare(); },
        [d] { return d->whyNotCompare(); });
    add(
        "trace.list", "Open traces ...", "Ctrl+Shift+T", [d] { d->listOpen(); }, several);
    add(
        "trace.next", "Next open trace", "Ctrl+Tab", [d] { d->showNext(1); }, several);
    add(
        "trace.previous", "Previous open trace", "Ctrl+Shift+Tab", [d] { d->showNext(-1); }, several);
    add(
        "trace.close", "Close this trace", "Ctrl+W", [d] { d->close(); },
        [d] { return d->traces().count() > 1 ? QString() : phrase("FileCommands", "This is the only open trace."); });
    QObject::connect(&desk.traces(), &OpenTraces::changed, &registry, &CommandRegistry::refresh);
}

} // namespace skbscope::ui
