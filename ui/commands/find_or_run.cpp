// SPDX-License-Identifier: GPL-2.0-or-later
// The palette: what can be done, what happened in this trace, and the functions that ran. Someone who has never seen
// the program types "push" and finds the push.
#include "ui/commands/replay_commands.h"

#include "ui/models/call_number.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

namespace skbscope::ui {

namespace {
// A long trace has millions of deeds, and nobody looks for them in a list: Ctrl+F and U, X and G find those.
constexpr std::size_t mostDeeds = 400;
constexpr std::size_t mostSteps = 50'000;

void addDeeds(PickerRequest &out, Session &session) {
    const TraceDocument &d = *session.selection.document();
    const SideKind kind = session.selection.side();
    std::size_t deeds = 0;
    for (quint32 step = 0; step < d.steps().size() && step < mostSteps && deeds < mostDeeds; ++step)
        for (const quint32 event : d.effects(step, kind)) {
            const DocumentSide &side = *d.side(kind);
            const trace::Event &e = side.event(event);
            if (!trace::is_buffer_op(e) && !isQueueEvent(e) && e.kind != SKBSCOPE_EV_DROP) continue;
            const QString said = plainText(eventSentence(side, event)).section(QStringLiteral("; "), 0, 0);
            if (said.isEmpty()) continue;
            ++deeds;
            out.items.push_back({said,
                                 phrase("FindOrRun", "call %1").arg(grouped(d.steps()[step].number)),
                                 {},
                                 {},
                                 [s = &session, step] { s->selection.setStep(step); }});
        }
}

void addFunctions(PickerRequest &out, Session &session) {
    for (const QString &name : session.breakpoints.landmarks().functions()) {
        const qsizetype calls = qsizetype(session.breakpoints.landmarks().callsOf(name).size());
        out.items.push_back({name,
                             plural(calls, phrase("FindOrRun", "call"), phrase("FindOrRun", "calls")),
                             {},
                             {},
                             [s = &session, name] {
                                 const bool ahead = s->replay.targetFunction(name, Direction::forward).has_value();
                                 s->replay.runToFunction(name, ahead ? Direction::forward : Direction::back);
                             }});
    }
}
} // namespace

PickerRequest findOrRunList(CommandRegistry &registry, Session &session) {
    PickerRequest out = commandList(registry);
    out.title = phrase("FindOrRun", "Find or run");
    out.prompt = phrase("FindOrRun", "A command, a function, or what happened: push");
    if (session.selection.isEmpty()) return out;
    addDeeds(out, session);
    addFunctions(out, session);
    return out;
}

} // namespace skbscope::ui
