// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/replay.h"

#include "ui/models/banner_model.h"
#include "ui/models/markup.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
QString where(Direction direction) {
    return direction == Direction::forward ? phrase("Replay", "ahead") : phrase("Replay", "before this");
}

QString nameOf(Replay::Goal goal) {
    switch (goal) {
    case Replay::stop:
        return phrase("Replay", "stop");
    case Replay::drop:
        return phrase("Replay", "drop");
    case Replay::queue:
        return phrase("Replay", "queue operation");
    case Replay::difference:
        return phrase("Replay", "difference");
    }
    return {};
}
} // namespace

Replay::Replay(Selection *selection, BreakpointsModel *breakpoints, LinkModel *link, QObject *parent)
    : QObject(parent), selection_(selection), breakpoints_(breakpoints), link_(link) {
    connect(selection, &Selection::stepChanged, this, [this] {
        if (!going_) say({});
    });
    connect(selection, &Selection::documentChanged, this, [this] { say({}); });
}

void Replay::say(const QString &markup) {
    if (markup == notice_) return;
    notice_ = markup;
    emit noticed();
}

std::optional<quint32> Replay::target(Goal goal, Direction direction) const {
    if (selection_->isEmpty()) return {};
    const quint32 step = selection_->step();
    switch (goal) {
    case stop:
        return breakpoints_->next(step, direction);
    case drop:
        return nextAmong(breakpoints_->landmarks().drops(), step, direction);
    case queue:
        return nextAmong(breakpoints_->landmarks().queueOperations(), step, direction);
    case difference:
        return nextAmong(breakpoints_->landmarks().differences(), step, direction);
    }
    return {};
}

std::optional<quint32> Replay::targetFunction(const QString &name, Direction direction) const {
    if (selection_->isEmpty()) return {};
    return nextAmong(breakpoints_->landmarks().callsOf(name), selection_->step(), direction);
}

QString Replay::refusal(Goal goal, Direction direction) const {
    if (selection_->isEmpty()) return phrase("Replay", "No trace is open.");
    if (goal == stop && breakpoints_->count() == 0)
        return phrase("Replay", "There is no breakpoint: Shift+B lists them, and takes a new one.");
    if (goal == stop && breakpoints_->enabledCount() == 0)
        return phrase("Replay", "All breakpoints are switched off: Shift+B lists them.");
    if (goal == difference && !selection_->document()->hasBoth())
        return phrase("Replay", "There is one side only, so there is nothing to compare.");
    return phrase("Replay", "There is no %1 %2.").arg(nameOf(goal), where(direction));
}

void Replay::arrive(quint32 step, const QString &markup) {
    going_ = true;
    selection_->setStep(step);
    going_ = false;
    say(markup);
}

// What is found on one side alone is seen there: the other side's packet may be elsewhere by then.
void Replay::lookWhereItIs(quint32 step, bool told) {
    const TraceDocument &d = *selection_->document();
    const SideKind side = selection_->side();
    const bool calls = d.rows()[d.steps()[step].row].call[sideIndex(side)] != npos;
    if (told ? tellingSide(d, step, side) != side : !calls) selection_->setSide(otherSide(side));
}

void Replay::run(Goal goal, Direction direction) {
    const std::optional<quint32> step = target(goal, direction);
    if (!step) return say(refusal(goal, direction));
    if (goal != difference) lookWhereItIs(*step, goal != stop);
    QString words;
    if (goal == stop) {
        QStringList texts = breakpoints_->textsAt(*step);
        for (QString &text : texts)
            text = code(text);
        words = phrase("Replay", "Stopped at ") + texts.join(QStringLiteral(", ")) + QLatin1Char('.');
    }
    arrive(*step, words);
}

void Replay::runToFunction(const QString &name, Direction direction) {
    if (const std::optional<quint32> step = targetFunction(name, direction)) {
        lookWhereItIs(*step, false);
        return arrive(*step, {});
    }
    say(phrase("Replay", "%1 is not called %2.").arg(code(name), where(direction)));
}

void Replay::goToLastChange(const Linked &link) {
    QString why;
    const std::optional<LastChange> change = link_->lastChange(link, &why);
    if (!change) return say(why);
    arrive(change->step, change->sentence);
}

} // namespace skbscope::ui
