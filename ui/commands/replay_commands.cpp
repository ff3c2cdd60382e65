// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/replay_commands.h"

#include "ui/models/markup.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
class Adder {
public:
    Adder(CommandRegistry &registry, Session &session, Ask ask) : r_(registry), s_(&session), ask_(std::move(ask)) {}
    void runs();
    void stops();
    void looks();
    void lists();

private:
    using Run = std::function<void()>;
    using Can = std::function<bool()>;
    using Why = std::function<QString()>;
    void add(const char *id, const char *title, const char *group, std::initializer_list<const char *> keys, Run run,
             Can can = {}, Why why = {}) {
        QList<QKeySequence> sequences;
        for (const char *key : keys)
            sequences << QKeySequence(QLatin1String(key));
        r_.add({QLatin1String(id), QLatin1String(title), QLatin1String(group), sequences, std::move(run),
                std::move(can), std::move(why)});
    }
    void addRun(const char *id, const char *title, const char *group, const char *key, Replay::Goal goal,
                Direction where) {
        Session *s = s_;
        add(
            id, title, group, {key}, [s, goal, where] { s->replay.run(goal, where); },
            [s, goal, where] { return s->replay.target(goal, where).has_value(); },
            [s, goal, where] { return s->replay.refusal(goal, where); });
    }
    [[nodiscard]] Can open() const {
        return [s = s_] { return !s->selection.isEmpty(); };
    }
    static QString nothingOpen() { return phrase("ReplayCommands", "No trace is open."); }
    void watch();
    void lastChange();

    CommandRegistry &r_;
    Session *s_;
    Ask ask_;
};

void Adder::runs() {
    using enum Direction;
    addRun("run.next", "Run to the next breakpoint or watch", "Run", "F5", Replay::stop, forward);
    addRun("run.back", "Run back to a breakpoint or watch", "Run", "Ctrl+F5", Replay::stop, back);
    addRun("difference.next", "Next difference", "Run", "D", Replay::difference, forward);
    addRun("difference.previous", "Previous difference", "Run", "Shift+D", Replay::difference, back);
    addRun("run.drop", "Run to the next drop", "Run", "X", Replay::drop, forward);
    addRun("run.back.drop", "Run back to a drop", "Run", "Shift+X", Replay::drop, back);
    addRun("run.queue", "Run to the next queue operation", "Run", "U", Replay::queue, forward);
    addRun("run.back.queue", "Run back to a queue operation", "Run", "Shift+U", Replay::queue, back);
    for (const Direction where : {forward, back})
        add(
            where == forward ? "run.function" : "run.back.function",
            where == forward ? QT_TRANSLATE_NOOP("run.function", "Run to a function ...")
                             : QT_TRANSLATE_NOOP("run.back.function", "Run back to a function ..."),
            "Run", {where == forward ? "G" : "Shift+G"}, [s = s_, ask = ask_, where] { ask(functionList(*s, where)); },
            open(), nothingOpen);
}

// W and R are about what is pointed at, or else about a field one chooses.
void Adder::watch() {
    const auto toggle = [s = s_](const QString &field) {
        const std::optional<SkbFieldId> id = skbFieldNamed(field);
        if (!id)
            return s->replay.say(code(field) +
                                 phrase("ReplayCommands", " is no field of the sk_buff: nothing to watch."));
        const Breakpoint watch{Breakpoint::watch, {}, {{{*id, Relation::changed, 0, {}}}}};
        s->breakpoints.toggle(watch);
        s->replay.say(s->breakpoints.indexOf(watch) < 0
                          ? code(field) + phrase("ReplayCommands", " is not watched any more.")
                          : phrase("ReplayCommands", "Watching %1: F5 runs to its next change.").arg(code(field)));
    };
    add(
        "watch.field", "Watch a field of the sk_buff ...", "Breakpoints", {"W"},
        [s = s_, ask = ask_, toggle] {
            const Linked link = s->selection.link();
            if (link.kind == Linked::field) return toggle(link.name);
            ask(fieldList(*s, phrase("ReplayCommands", "Watch a field"), toggle));
        },
        open(), nothingOpen);
}

void Adder::lastChange() {
    add(
        "change.last", "Who changed this last? ...", "Breakpoints", {"R"},
        [s = s_, ask = ask_] {
            const Linked link = s->selection.link();
            const bool told = !link.isNothing() && link.kind != Linked::call;
            if (told) return s->replay.goToLastChange(link);
            ask(fieldList(*s, phrase("ReplayCommands", "Who changed this last?"), [s](const QString &field) {
                if (s->selection.pinned() != Linked::ofField(field)) s->selection.pin(Linked::ofField(field));
                s->replay.goToLastChange(Linked::ofField(field));
            }));
        },
        open(), nothingOpen);
}

void Adder::stops() {
    // On the call that is pointed at, or else on the current one.
    add(
        "break.function", "Breakpoint on this function, or take it away", "Breakpoints", {"B"},
        [s = s_] {
            const TraceDocument &d = *s->selection.document();
            const Linked &link = s->selection.link();
            const quint32 row = link.kind == Linked::call ? link.row : d.steps()[s->selection.step()].row;
            const Breakpoint here{Breakpoint::function, d.rows()[row].name, {}};
            s->breakpoints.toggle(here);
            const int at = s->breakpoints.indexOf(here);
            s->replay.say(at < 0 ? phrase("ReplayCommands", "No breakpoint on %1 any more.").arg(code(here.name))
                                 : phrase("ReplayCommands", "Breakpoint on %1: F5 runs to it.").arg(code(here.name)));
        },
        open(), nothingOpen);
    watch();
    lastChange();
    const Can some = [s = s_] { return s->breakpoints.count() > 0; };
    const Why none = [] { return phrase("ReplayCommands", "There is no breakpoint: B sets one on this function."); };
    add(
        "break.enableAll", "Switch all breakpoints on", "Breakpoints", {},
        [s = s_] { s->breakpoints.setAllEnabled(true); }, some, none);
    add(
        "break.disableAll", "Switch all breakpoints off", "Breakpoints", {},
        [s = s_] { s->breakpoints.setAllEnabled(false); }, some, none);
    add(
        "break.clear", "Remove all breakpoints", "Breakpoints", {}, [s = s_] { s->breakpoints.clear(); }, some, none);
}

void Adder::looks() {
    const auto mark = [s = s_](Measure::Mark which) { return [s, which] { s->measure.set(which); }; };
    add("mark.a", "Set mark A here", "Measure", {"["}, mark(Measure::a), open(), nothingOpen);
    add("mark.b", "Set mark B here", "Measure", {"]"}, mark(Measure::b), open(), nothingOpen);
    const auto goTo = [s = s_](Measure::Mark which) {
        return [s, which] { s->selection.setStep(*s->measure.step(which)); };
    };
    const auto isSet = [s = s_](Measure::Mark which) {
        return [s, which] { return s->measure.step(which).has_value(); };
    };
    const Why unset = [] { return phrase("ReplayCommands", "This mark is not set: [ sets A, ] sets B."); };
    add("mark.go.a", "Go to mark A", "Measure", {}, goTo(Measure::a), isSet(Measure::a), unset);
    add("mark.go.b", "Go to mark B", "Measure", {}, goTo(Measure::b), isSet(Measure::b), unset);
    add(
        "mark.clear", "Remove marks A and B", "Measure", {}, [s = s_] { s->measure.clear(); },
        [s = s_] { return s->measure.step(Measure::a) || s->measure.step(Measure::b); }, unset);
    const Can found = [s = s_] { return s->find.count() > 0; };
    const Why nothing = [] { return phrase("ReplayCommands", "Nothing is found yet: Ctrl+F finds."); };
    add(
        "find.next", "Next match", "Find", {"F3"}, [s = s_] { s->find.go(Direction::forward); }, found, nothing);
    add(
        "find.previous", "Previous match", "Find", {"Shift+F3"}, [s = s_] { s->find.go(Direction::back); }, found,
        nothing);
    add("link.letGo", "Let go of what is pinned, then of the filter", "Find", {"Esc"}, [s = s_] {
        if (s->selection.pinned().isNothing() && s->replay.notice().isEmpty()) s->filter.clear();
        s->selection.letGo();
        s->replay.say({});
    });
}

void Adder::lists() {
    add("palette.open", "Find or run ...", "Find", {"Ctrl+K"},
        [r = &r_, s = s_, ask = ask_] { ask(findOrRunList(*r, *s)); });
}
} // namespace

void addReplayCommands(CommandRegistry &registry, Session &session, const Ask &ask) {
    Adder adder(registry, session, ask);
    adder.runs();
    adder.stops();
    adder.looks();
    adder.lists();
    QObject::connect(&session.breakpoints, &BreakpointsModel::updated, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.measure, &Measure::updated, &registry, &CommandRegistry::refresh);
    QObject::connect(&registry, &CommandRegistry::refused, &session.replay,
                     [&session](const QString &, const QString &why) { session.replay.say(why); });
}

} // namespace skbscope::ui
