// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/landmarks.h"

#include "ui/models/effects.h"

#include <algorithm>

namespace skbscope::ui {

bool isDrop(const trace::Event &e) {
    return e.kind == SKBSCOPE_EV_DROP;
}

void sortUnique(std::vector<quint32> &steps) {
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
}

Landmarks::Landmarks(const TraceDocument &d) {
    for (const SideKind kind : bothSides) {
        const DocumentSide *s = d.side(kind);
        if (!s) continue;
        for (quint32 i = 0; i < s->side->events.size(); ++i) {
            if (isDrop(s->event(i))) drops_.push_back(d.stepAt(kind, i));
            if (isQueueEvent(s->event(i))) queues_.push_back(d.stepAt(kind, i));
        }
    }
    for (const DocumentRow &row : d.rows()) {
        if (isDifference(row)) differences_.push_back(row.firstStep);
        calls_[row.name].push_back(row.firstStep);
    }
    sortUnique(drops_);
    sortUnique(queues_);
    sortUnique(differences_);
}

const std::vector<quint32> *Landmarks::callsOf(const QString &function) const {
    const auto it = calls_.find(function);
    return it == calls_.end() ? nullptr : &*it;
}

QStringList Landmarks::functions() const {
    QStringList out = calls_.keys();
    out.sort();
    return out;
}

std::optional<quint32> nextAmong(const std::vector<quint32> &steps, quint32 step, Direction direction) {
    if (direction == Direction::forward) {
        const auto it = std::upper_bound(steps.begin(), steps.end(), step);
        return it == steps.end() ? std::nullopt : std::optional(*it);
    }
    const auto it = std::lower_bound(steps.begin(), steps.end(), step);
    return it == steps.begin() ? std::nullopt : std::optional(*std::prev(it));
}

} // namespace skbscope::ui
