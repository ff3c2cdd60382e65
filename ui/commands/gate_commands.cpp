// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/gate_commands.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
QString titleOf(GateKind kind) {
    switch (kind) {
    case GateKind::pointer:
        return QStringLiteral("Predict: which pointer moves?");
    case GateKind::function:
        return QStringLiteral("Predict: which function is next?");
    case GateKind::queue:
        return QStringLiteral("Predict: which queue?");
    case GateKind::runner:
        return QStringLiteral("Predict: who runs what comes next?");
    case GateKind::outcome:
        return QStringLiteral("Predict: dropped or delivered?");
    case GateKind::freer:
        break;
    }
    return QStringLiteral("Predict: who frees the packet?");
}

QString whyNot(const Session &s, std::optional<GateKind> kind) {
    const Selection &selection = s.selection;
    if (selection.isEmpty()) return phrase("GateCommands", "No trace is open.");
    const QString none = whyNoGate(*selection.document(), selection.step());
    if (!none.isEmpty() || !kind) return none;
    const auto gate = makeGate(*selection.document(), selection.step(), selection.side(), *kind);
    return gate ? QString() : gate.error();
}
} // namespace

void addGateCommands(CommandRegistry &registry, Session &session) {
    Session *s = &session;
    const auto add = [&registry, s](const QString &id, const QString &title, const QList<QKeySequence> &keys,
                                    std::optional<GateKind> kind) {
        registry.add({id, title, QStringLiteral("Learn"), keys,
                      [s, kind] {
                          s->player.pause();
                          if (kind ? !s->gate.start(*kind) : !s->gate.start()) s->replay.say(s->gate.refusal());
                      },
                      [s, kind] { return whyNot(*s, kind).isEmpty(); }, [s, kind] { return whyNot(*s, kind); }});
    };
    add(QStringLiteral("gate.ask"), QStringLiteral("Predict the next step"), {QKeySequence(QStringLiteral("Q"))}, {});
    for (const GateKind kind : allGateKinds)
        add(QStringLiteral("gate.ask.") + gateWord(kind), titleOf(kind), {}, kind);
}

} // namespace skbscope::ui
