// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/commands/filter_commands.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
// Of the current call, on the side that is looked at or else on the other one.
trace::PacketId packetHere(const Session &s) {
    if (s.selection.isEmpty()) return trace::no_packet;
    const TraceDocument &d = *s.selection.document();
    const DocumentRow &row = d.rows()[d.steps()[s.selection.step()].row];
    for (const SideKind kind : {s.selection.side(), otherSide(s.selection.side())})
        if (const quint32 call = row.call[sideIndex(kind)]; call != npos)
            if (const trace::PacketId id = d.side(kind)->enterOf(call).packet; id != trace::no_packet) return id;
    return trace::no_packet;
}
} // namespace

void addFilterCommands(CommandRegistry &registry, Session &session, std::function<void()> open) {
    Session *s = &session;
    const QString group = QStringLiteral("Filter");
    registry.add({QStringLiteral("filter.open"),
                  QStringLiteral("Filter calls and timeline ..."),
                  group,
                  {QKeySequence(QStringLiteral("/"))},
                  std::move(open),
                  {}});
    registry.add({QStringLiteral("filter.clear"),
                  QStringLiteral("Take the filter away"),
                  group,
                  {},
                  [s] { s->filter.clear(); },
                  [s] { return !s->filter.query().isEmpty(); },
                  [] { return phrase("FilterCommands", "There is no filter: / sets one."); }});
    registry.add({QStringLiteral("filter.function"),
                  QStringLiteral("Filter by the function of this call"),
                  group,
                  {},
                  [s] {
                      const TraceDocument &d = *s->selection.document();
                      s->filter.setQuery(d.rows()[d.steps()[s->selection.step()].row].name + QStringLiteral("()"));
                  },
                  [s] { return !s->selection.isEmpty(); },
                  [] { return phrase("FilterCommands", "No trace is open."); }});
    registry.add({QStringLiteral("filter.packet"),
                  QStringLiteral("Filter by the packet of this call"),
                  group,
                  {},
                  [s] { s->filter.setQuery(QStringLiteral("#%1").arg(packetHere(*s))); },
                  [s] { return packetHere(*s) != trace::no_packet; },
                  [] { return phrase("FilterCommands", "This call has no packet."); }});
    QObject::connect(&session.filter, &FilterModel::updated, &registry, &CommandRegistry::refresh);
}

} // namespace skbscope::ui
