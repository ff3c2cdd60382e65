// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/losses.h"

#include "trace/loss.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
// Calls stand in the order of their entry, so the first one entered after a loss is found by halving.
quint32 rowAfter(const TraceDocument &d, const DocumentSide &s, quint32 event) {
    const auto after = std::lower_bound(s.tree.calls.begin(), s.tree.calls.end(), event,
                                        [](const trace::Call &call, quint32 e) { return call.enter < e; });
    const auto call = std::size_t(after - s.tree.calls.begin());
    return call < s.tree.calls.size() ? s.rowOf(quint32(call)) : quint32(d.rows().size());
}

bool knowsItsSize(const trace::Event &loss) {
    return loss.kind == SKBSCOPE_EV_LOSS && loss.loss.lost > 0;
}
} // namespace

std::vector<LossNote> lossNotes(const TraceDocument &document) {
    std::vector<LossNote> out;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = document.side(kind))
            for (const quint32 event : s->tree.losses)
                out.push_back(
                    {rowAfter(document, *s, event), kind, s->event(event).cpu, qs(trace::loss_text(s->event(event)))});
    std::stable_sort(out.begin(), out.end(), [](const LossNote &a, const LossNote &b) { return a.row < b.row; });
    return out;
}

QString lostText(const TraceDocument &document) {
    bool more = false;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = document.side(kind))
            for (const quint32 event : s->tree.losses)
                more = more || !knowsItsSize(s->event(event));
    const QString counted = grouped(qint64(document.lost()));
    if (!more) return counted;
    return document.lost() == 0 ? phrase("Losses", "some") : counted + phrase("Losses", " or more");
}

} // namespace skbscope::ui
