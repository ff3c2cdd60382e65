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

Landmarks::Landmarks(const TraceDocument &d) : document_(d) {
    for (const SideKind kind : bothSides) {
        const DocumentSide *s = d.side(kind);
        if (!s) continue;
        for (const quint32 i : s->effects()) {
            if (isLoss(*s, i)) drops_.push_back(d.stepAt(kind, i));
            if (isQueueEvent(s->event(i))) queues_.push_back(d.stepAt(kind, i));
        }
    }
    for (const quint32 row : d.unlike())
        if (isDifference(d.markOf(row))) differences_.push_back(d.firstStepOf(row));
    sortUnique(drops_);
    sortUnique(queues_);
    sortUnique(differences_);
}

void Landmarks::sortCalls() const {
    if (!begin_.empty()) return;
    std::array<std::vector<quint32>, 2> known; // by side and function
    const auto numberOf = [&](quint32 row) {
        const SideKind kind = document_.sideOf(row);
        const trace::FunctionId fn = document_.firstCallOf(row).fn;
        std::vector<quint32> &numbers = known[sideIndex(kind)];
        if (numbers.size() <= fn) numbers.resize(std::size_t(fn) + 1, npos);
        if (numbers[fn] == npos) {
            const QString name = document_.side(kind)->functionName(fn);
            numbers[fn] = numbers_.value(name, quint32(numbers_.size()));
            numbers_.insert(name, numbers[fn]);
        }
        return numbers[fn];
    };
    const quint32 rows = quint32(document_.rows().size());
    std::vector<quint32> counts;
    for (quint32 row = 0; row < rows; ++row) {
        const quint32 number = numberOf(row);
        if (counts.size() <= number) counts.resize(number + 1);
        ++counts[number];
    }
    begin_.push_back(0);
    for (const quint32 count : counts)
        begin_.push_back(begin_.back() + count);
    calls_.resize(rows);
    std::vector<quint32> next(begin_.begin(), begin_.end() - 1);
    for (quint32 row = 0; row < rows; ++row)
        calls_[next[numberOf(row)]++] = document_.firstStepOf(row);
}

std::span<const quint32> Landmarks::callsOf(const QString &function) const {
    sortCalls();
    const auto found = numbers_.constFind(function);
    if (found == numbers_.constEnd()) return {};
    return std::span(calls_).subspan(begin_[*found], begin_[*found + 1] - begin_[*found]);
}

QStringList Landmarks::functions() const {
    sortCalls();
    QStringList out = numbers_.keys();
    out.sort();
    return out;
}

std::optional<quint32> nextAmong(std::span<const quint32> steps, quint32 step, Direction direction) {
    if (direction == Direction::forward) {
        const auto it = std::upper_bound(steps.begin(), steps.end(), step);
        return it == steps.end() ? std::nullopt : std::optional(*it);
    }
    const auto it = std::lower_bound(steps.begin(), steps.end(), step);
    return it == steps.begin() ? std::nullopt : std::optional(*std::prev(it));
}

} // namespace skbscope::ui
