// SPDX-License-Identifier: GPL-2.0-or-later
// Titles of commands that are added in a loop, for lupdate: it reads source texts, and finds none where they are added
// (gates: ui/commands/gate_commands.cpp; panes: ui/views/window_lessons.cpp). tests/ui/italian_test.cpp fails where one
// is missing here.
#include <QtGlobal>

namespace skbscope::ui {

extern const char *const loopTitles[];
const char *const loopTitles[] = {
    QT_TRANSLATE_NOOP("gate.ask.pointer", "Predict: which pointer moves?"),
    QT_TRANSLATE_NOOP("gate.ask.queue", "Predict: which queue?"),
    QT_TRANSLATE_NOOP("gate.ask.function", "Predict: which function is next?"),
    QT_TRANSLATE_NOOP("gate.ask.runner", "Predict: who runs what comes next?"),
    QT_TRANSLATE_NOOP("gate.ask.outcome", "Predict: dropped or delivered?"),
    QT_TRANSLATE_NOOP("gate.ask.freer", "Predict: who frees the packet?"),
    QT_TRANSLATE_NOOP("pane.show.calls", "Show the calls"),
    QT_TRANSLATE_NOOP("pane.show.stack", "Show the stack"),
    QT_TRANSLATE_NOOP("pane.show.memory", "Show the sk_buff"),
    QT_TRANSLATE_NOOP("pane.show.bytes", "Show the bytes"),
    QT_TRANSLATE_NOOP("pane.show.card", "Show the function card"),
    QT_TRANSLATE_NOOP("pane.show.source", "Show the source"),
    QT_TRANSLATE_NOOP("timeline.in", "Timeline: fewer calls, larger"),
    QT_TRANSLATE_NOOP("timeline.out", "Timeline: more calls, smaller"),
    QT_TRANSLATE_NOOP("timeline.all", "Timeline: the whole trace"),
    QT_TRANSLATE_NOOP("timeline.back", "Timeline: what comes before"),
    QT_TRANSLATE_NOOP("timeline.ahead", "Timeline: what comes after"),
    QT_TRANSLATE_NOOP("Groups", "Predict"),
    QT_TRANSLATE_NOOP("Groups", "Lesson"),
    QT_TRANSLATE_NOOP("Groups", "Present"),
    QT_TRANSLATE_NOOP("Groups", "Export"),
};

} // namespace skbscope::ui
