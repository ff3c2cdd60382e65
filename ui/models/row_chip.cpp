// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/row_chip.h"

#include "ui/models/effects.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
// The kernel's caller is seen to do what the model shows a call inside of it doing: it stands there, once.
bool isToldInside(const TraceDocument &d, const DocumentRow &row, unsigned kind) {
    const quint32 call = row.call[sideIndex(SideKind::model)];
    if (call == npos) return false;
    const DocumentSide &s = *d.side(SideKind::model);
    const trace::Call &c = s.tree.calls[call];
    const auto &effects = s.effects();
    for (auto at = std::ranges::upper_bound(effects, c.enter); at != effects.end() && *at < c.leave; ++at)
        if (s.event(*at).kind == kind) return true;
    return false;
}

} // namespace

QString chipOf(const TraceDocument &d, const DocumentRow &row) {
    for (const SideKind kind : bothSides) {
        const quint32 call = row.call[sideIndex(kind)];
        if (call == npos) continue;
        for (const quint32 event : d.side(kind)->effectsOf(call))
            if (const QString chip = effectChip(*d.side(kind), event); !chip.isEmpty())
                if (kind == SideKind::model || !isToldInside(d, row, d.side(kind)->event(event).kind)) return chip;
    }
    return {};
}

} // namespace skbscope::ui
