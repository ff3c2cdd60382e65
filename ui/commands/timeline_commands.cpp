// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/timeline_commands.h"

#include "ui/models/phrase.h"

namespace skbscope::ui {

void addTimelineCommands(CommandRegistry &registry, Session &session) {
    TimelineModel *t = &session.timeline;
    Selection *selection = &session.selection;
    const auto add = [&](const char *id, const char *title, const char *key, std::function<void()> run,
                         std::function<bool()> can, const char *no) {
        registry.add({QLatin1String(id),
                      QLatin1String(title),
                      QStringLiteral("Timeline"),
                      {QKeySequence(QLatin1String(key))},
                      std::move(run),
                      [selection, can = std::move(can)] { return !selection->isEmpty() && can(); },
                      [selection, no] {
                          return selection->isEmpty() ? phrase("TimelineCommands", "No trace is open.")
                                                      : phrase("TimelineCommands", no);
                      }});
    };
    const char *all = QT_TRANSLATE_NOOP("TimelineCommands", "The timeline shows the whole trace.");
    const auto part = [t] { return !t->showsAll(); };
    const auto zoom = [t](double factor) {
        const quint32 now = t->isInView(t->placeOf(t->current())) ? t->placeOf(t->current())
                                                                  : t->viewFrom() + (t->viewTo() - t->viewFrom()) / 2;
        t->zoom(factor, now);
    };
    add(
        "timeline.in", "Timeline: fewer calls, larger", "Z", [zoom] { zoom(0.5); }, [t] { return t->canZoomIn(); },
        QT_TRANSLATE_NOOP("TimelineCommands", "The timeline is as near as it goes."));
    add(
        "timeline.out", "Timeline: more calls, smaller", "Shift+Z", [zoom] { zoom(2); }, part, all);
    add(
        "timeline.all", "Timeline: the whole trace", "Ctrl+Shift+Z", [t] { t->showAll(); }, part, all);
    add(
        "timeline.back", "Timeline: what comes before", "Ctrl+Left",
        [t] { t->pan(-qint64(t->viewTo() - t->viewFrom()) / 2); }, [t] { return t->viewFrom() > 0; },
        QT_TRANSLATE_NOOP("TimelineCommands", "The timeline shows the beginning."));
    add(
        "timeline.ahead", "Timeline: what comes after", "Ctrl+Right",
        [t] { t->pan(qint64(t->viewTo() - t->viewFrom()) / 2); }, [t] { return t->viewTo() < t->places(); },
        QT_TRANSLATE_NOOP("TimelineCommands", "The timeline shows the end."));
    QObject::connect(t, &TimelineModel::viewChanged, &registry, &CommandRegistry::refresh);
}

} // namespace skbscope::ui
