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
    const FilterModel *filter = &session.filter;
    registry.add({QLatin1String(id), QLatin1String(title), QLatin1String(group), std::move(with),
                  [selection, target] { selection->setStep(*target()); },
                  [selection, target] { return !selection->isEmpty() && target().has_value(); },
                  [selection, filter] {
                      if (selection->isEmpty()) return phrase("SessionCommands", "No trace is open.");
                      if (filter->isOn())
                          return phrase("SessionCommands", "The filter shows no call that way. Esc takes it away.");
                      if (selection->step() == 0)
                          return phrase("SessionCommands", "This is the first step: nothing comes before.");
                      return int(selection->step()) + 1 == selection->stepCount()
                                 ? phrase("SessionCommands", "This is the last step: nothing comes after.")
                                 : phrase("SessionCommands", "There is nothing further that way.");
                  }});
}

void addSteps(CommandRegistry &registry, Session &session) {
    Selection *s = &session.selection;
    FilterModel *filter = &session.filter;
    const auto stride = [s, filter](Stride how, Direction where) -> Target {
        return [s, filter, how, where] { return filter->stepFrom(s->step(), how, where); };
    };
    const auto unlessHere = [s](std::optional<quint32> step) { return step == s->step() ? std::nullopt : step; };
    const auto add = [&](const char *id, const char *title, QList<QKeySequence> with, Target target) {
        addJump(registry, session, id, title, "Step", std::move(with), target);
    };
    add("step.into", "Step into", keys({"Right", "F11", "PgDown"}), stride(Stride::into, Direction::forward));
    add("step.over", "Step over", keys({"Down", "F10"}), stride(Stride::over, Direction::forward));
    add("step.out", "Step out", keys({"Shift+F11"}), stride(Stride::out, Direction::forward));
    add("step.back.into", "Step back into", keys({"Left", "Ctrl+F11", "PgUp"}), stride(Stride::into, Direction::back));
    add("step.back.over", "Step back over", keys({"Up", "Ctrl+F10"}), stride(Stride::over, Direction::back));
    add("step.back.out", "Step back out", keys({"Ctrl+Shift+F11"}), stride(Stride::out, Direction::back));
    add("step.first", "First step", keys({"Home"}), [filter, unlessHere] { return unlessHere(filter->firstStep()); });
    add("step.last", "Last step", keys({"End"}), [filter, unlessHere] { return unlessHere(filter->lastStep()); });
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
    registry.add({QStringLiteral("side.toggle"), QStringLiteral("Show the other side's state: model or kernel"),
                  QStringLiteral("Compare"), keys({"M"}), [s] { s->selection.setSide(otherSide(s->selection.side())); },
                  [s] { return s->selection.document() && s->selection.document()->hasBoth(); },
                  [] { return phrase("SessionCommands", "There is one side only: no other state to show."); }});
    const auto folds = [s] { return !s->selection.isEmpty() && !s->filter.isOn(); };
    const auto flat = [s] {
        return s->selection.isEmpty()
                   ? phrase("SessionCommands", "No trace is open.")
                   : phrase("SessionCommands", "With a filter on nothing is folded. Esc takes it away.");
    };
    registry.add({QStringLiteral("calls.fold"), QStringLiteral("Fold or unfold the current call"),
                  QStringLiteral("Calls"), keys({"F"}), [s] { s->calls.toggle(s->calls.currentRow()); }, folds, flat});
    registry.add({QStringLiteral("calls.foldAll"),
                  QStringLiteral("Fold all calls"),
                  QStringLiteral("Calls"),
                  {},
                  [s] { s->calls.foldAll(); },
                  folds,
                  flat});
    registry.add({QStringLiteral("calls.unfoldAll"),
                  QStringLiteral("Unfold all calls"),
                  QStringLiteral("Calls"),
                  {},
                  [s] { s->calls.unfoldAll(); },
                  folds,
                  flat});
}
} // namespace

void addSessionCommands(CommandRegistry &registry, Session &session) {
    addSteps(registry, session);
    addRest(registry, session);
    QObject::connect(&session.selection, &Selection::stepChanged, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.filter, &FilterModel::changed, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.selection, &Selection::documentGrew, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.selection, &Selection::sideChanged, &registry, &CommandRegistry::refresh);
    QObject::connect(&session.player, &Player::changed, &registry, &CommandRegistry::refresh);
}

} // namespace skbscope::ui
