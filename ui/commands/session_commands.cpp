// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/session_commands.h"

#include "ui/models/phrase.h"
#include "ui/models/stepper.h"

namespace skbscope::ui {

namespace {
QList<QKeySequence> keys(std::initializer_list<const char *> names) {
    QList<QKeySequence> out;
    for (const char *name : names)
        out << QKeySequence(QLatin1String(name));
    return out;
}

using Target = std::function<std::optional<quint32>()>;

// A command that goes to a step, enabled while there is one to go to.
void addJump(CommandRegistry &registry, Session &session, const char *id, const char *title, const char *group,
             QList<QKeySequence> with, const Target &target) {
    Selection *selection = &session.selection;
    registry.add({QLatin1String(id), QLatin1String(title), QLatin1String(group), std::move(with),
                  [selection, target] { selection->setStep(*target()); },
                  [selection, target] { return !selection->isEmpty() && target().has_value(); },
                  [selection] {
                      if (selection->isEmpty()) return phrase("SessionCommands", "No trace is open.");
                      if (selection->step() == 0)
                          return phrase("SessionCommands", "This is the first step: nothing comes before.");
                      return int(selection->step()) + 1 == selection->stepCount()
                                 ? phrase("SessionCommands", "This is the last step: nothing comes after.")
                                 : phrase("SessionCommands", "There is nothing further that way.");
                  }});
}

void addSteps(CommandRegistry &registry, Session &session) {
    Selection *s = &session.selection;
    const auto stride = [s](Stride how, Direction where) -> Target {
        return [s, how, where] { return stepFrom(*s->document(), s->step(), how, where); };
    };
    const auto add = [&](const char *id, const char *title, QList<QKeySequence> with, Target target) {
        addJump(registry, session, id, title, "Step", std::move(with), target);
    };
    add("step.into", "Step into", keys({"Right", "F11"}), stride(Stride::into, Direction::forward));
    add("step.over", "Step over", keys({"Down", "F10"}), stride(Stride::over, Direction::forward));
    add("step.out", "Step out", keys({"Shift+F11"}), stride(Stride::out, Direction::forward));
    add("step.back.into", "Step back into", keys({"Left", "Ctrl+F11"}), stride(Stride::into, Direction::back));
    add("step.back.over", "Step back over", keys({"Up", "Ctrl+F10"}), stride(Stride::over, Direction::back));
    add("step.back.out", "Step back out", keys({"Ctrl+Shift+F11"}), stride(Stride::out, Direction::back));
    add("step.first", "First step", keys({"Home"}),
        [s]() -> std::optional<quint32> { return s->step() > 0 ? std::optional<quint32>(0) : std::nullopt; });
    add("step.last", "Last step", keys({"End"}), [s]() -> std::optional<quint32> {
        const quint32 last = quint32(s->stepCount()) - 1;
        return s->step() < last ? std::optional<quint32>(last) : std::nullopt;
    });
}

void addRest(CommandRegistry &registry, Session &session) {
    Session *s = &session;
    const auto open = [s] { return !s->selection.isEmpty(); };
    const auto nothingOpen = [] { return phrase("SessionCommands", "No trace is open."); };
    registry.add({QStringLiteral("play.toggle"), QStringLiteral("Play or pause"), QStringLiteral("Step"),
                  keys({"Space"}), [s] { s->player.toggle(); }, open, nothingOpen});
    registry.add({QStringLiteral("play.faster"),
                  QStringLiteral("Play faster"),
                  QStringLiteral("Step"),
                  {},
                  [s] { s->player.setSpeed(s->player.speed() + 1); },
                  {}});
    registry.add({QStringLiteral("play.slower"),
                  QStringLiteral("Play slower"),
                  QStringLiteral("Step"),
                  {},
                  [s] { s->player.setSpeed(s->player.speed() - 1); },
                  {}});
    registry.add({QStringLiteral("side.toggle"), QStringLiteral("Show the model's or the kernel's state"),
                  QStringLiteral("Compare"), keys({"M"}), [s] { s->selection.setSide(otherSide(s->selection.side())); },
                  [s] { return s->selection.document() && s->selection.document()->hasBoth(); },
                  [] { return phrase("SessionCommands", "There is one side only: no other state to show."); }});
    registry.add({QStringLiteral("calls.fold"), QStringLiteral("Fold or unfold the current call"),
                  QStringLiteral("Calls"), keys({"F"}), [s] { s->calls.toggle(s->calls.currentRow()); }, open,
                  nothingOpen});
    registry.add({QStringLiteral("calls.foldAll"),
                  QStringLiteral("Fold all calls"),
                  QStringLiteral("Calls"),
                  {},
                  [s] { s->calls.foldAll(); },
                  open,
                  nothingOpen});
    registry.add({QStringLiteral("calls.unfoldAll"),
                  QStringLiteral("Unfold all calls"),
                  QStringLiteral("Calls"),
                  {},
                  [s] { s->calls.unfoldAll(); },
                  open,
                  nothingOpen});
}
} // namespace

void addSessionCommands(CommandRegistry &registry, Session &session) {
    addSteps(registry, session);
    addRest(registry, session);
    QObject::connect(&session.selection, &Selection::stepChanged, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.selection, &Selection::documentGrew, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.selection, &Selection::sideChanged, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.player, &Player::changed, &registry, &CommandRegistry::refresh);
}

} // namespace skbscope::ui
