// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/measure.h"

#include "trace/duration.h"
#include "ui/models/app_words.h"
#include "ui/models/call_number.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

Measure::Measure(Selection *selection, QObject *parent) : QObject(parent), selection_(selection) {
    connect(selection, &Selection::documentChanged, this, &Measure::clear);
    connect(selection, &Selection::sideChanged, this, &Measure::updated);
    connect(selection, &Selection::documentGrowing, this,
            [this](const TraceDocument *before, const TraceDocument *now) {
                for (std::optional<quint32> &step : steps_)
                    if (step) step = stepInGrown(*before, *step, *now);
            });
    connect(selection, &Selection::documentGrew, this, &Measure::updated);
}

void Measure::set(Mark mark) {
    if (selection_->isEmpty()) return;
    steps_[mark] = selection_->step();
    emit updated();
}

void Measure::clear() {
    steps_ = {};
    emit updated();
}

std::optional<quint32> Measure::row(Mark mark) const {
    if (!steps_[mark] || selection_->isEmpty()) return {};
    return selection_->document()->steps()[*steps_[mark]].row;
}

// From entry to entry, in the unit of the kernel's clock.
QString Measure::time() const {
    const TraceDocument &d = *selection_->document();
    const DocumentSide *kernel = d.side(SideKind::kernel);
    if (!kernel || d.isTwoRuns()) return {};
    std::array<quint64, 2> at{};
    for (const Mark mark : {a, b}) {
        const quint32 call = d.rows()[*row(mark)].call[sideIndex(SideKind::kernel)];
        if (call == npos)
            return phrase("Measure", "no kernel time: the kernel has no call at %1")
                .arg(mark == a ? QLatin1Char('A') : QLatin1Char('B'));
        at[mark] = kernel->event(kernel->tree.calls[call].enter).time;
    }
    const auto units = trace::clock_units(kernel->side->info, at[a] > at[b] ? at[a] - at[b] : at[b] - at[a]);
    return units ? appWords(trace::duration_text(kernel->side->info, *units)) + phrase("Measure", " in the kernel")
                 : QString();
}

QString Measure::text() const {
    const std::optional<quint32> from = row(a), to = row(b);
    if (!from && !to) return {};
    const TraceDocument &d = *selection_->document();
    const auto name = [&](const char *mark, quint32 r) {
        return QLatin1String(mark) + QLatin1Char(' ') + bold(d.rows()[r].name);
    };
    if (!from) return name("B", *to);
    if (!to) return name("A", *from);
    // Counted on the side that is looked at; a call that only the other has stands between two of its own.
    const CallNumber first = callNumber(d, *from, selection_->side()), last = callNumber(d, *to, selection_->side());
    const bool oneSide = first.side == last.side;
    const qint64 calls = oneSide ? qAbs(qint64(last.number) - qint64(first.number)) : qAbs(qint64(*to) - qint64(*from));
    QString out = name("A", *from) + phrase("Measure", " to ") + name("B", *to) + QStringLiteral(": ") +
                  plural(calls, phrase("Measure", "call"), phrase("Measure", "calls"));
    if (!oneSide) out += phrase("Measure", " of both sides");
    if (*steps_[a] > *steps_[b]) out += phrase("Measure", " back");
    const QString took = time();
    return took.isEmpty() ? out : out + QStringLiteral(", ") + took;
}

} // namespace skbscope::ui
