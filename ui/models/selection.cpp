// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/selection.h"

#include <algorithm>

namespace skbscope::ui {

void Selection::setDocument(std::shared_ptr<const TraceDocument> document) {
    const SideKind was = side();
    document_ = std::move(document);
    step_ = 0;
    hover_ = pin_ = {};
    emit stepCountChanged();
    emit documentChanged();
    if (side() != was) emit sideChanged(); // the one that was chosen is not in every trace
    emit linkChanged();
    emit stepChanged(0, 0);
}

namespace {
bool sameRecord(const trace::Event &a, const trace::Event &b) {
    return a.time == b.time && a.cpu == b.cpu && a.seq == b.seq && a.kind == b.kind;
}

} // namespace

// Steps mostly come behind those there are. A record that was late comes between.
quint32 stepInGrown(const TraceDocument &before, quint32 step, const TraceDocument &now) {
    for (const SideKind kind : bothSides) {
        const StepSide part = before.steps()[step].sides[sideIndex(kind)];
        if (!part.own || !now.side(kind)) continue;
        const trace::Event &event = before.side(kind)->event(part.begin);
        const auto isHere = [&](const Step &s) {
            const StepSide &there = s.sides[sideIndex(kind)];
            return there.own && sameRecord(now.side(kind)->event(there.begin), event);
        };
        if (step < now.steps().size() && isHere(now.steps()[step])) return step;
        const auto at = std::find_if(now.steps().begin(), now.steps().end(), isHere);
        if (at != now.steps().end()) return quint32(at - now.steps().begin());
    }
    return std::min(step, quint32(now.steps().size()) - 1);
}

void Selection::grow(std::shared_ptr<const TraceDocument> document) {
    if (isEmpty() || document->steps().empty()) return setDocument(std::move(document));
    step_ = stepInGrown(*document_, step_, *document);
    for (Linked *link : {&hover_, &pin_}) // rows have other numbers now
        if (link->kind == Linked::call)
            link->row =
                document->steps()[stepInGrown(*document_, document_->rows()[link->row].firstStep, *document)].row;
    emit documentGrowing(document_.get(), document.get());
    const SideKind was = side();
    document_ = std::move(document);
    emit stepCountChanged();
    emit documentGrew();
    if (side() != was) emit sideChanged();
}

void Selection::setStep(quint32 step) {
    if (isEmpty()) return;
    step = std::min(step, quint32(document_->steps().size() - 1));
    if (step == step_) return;
    const quint32 from = std::exchange(step_, step);
    emit stepChanged(from, step);
}

void Selection::setRow(quint32 row) {
    if (!isEmpty() && row < document_->rows().size()) setStep(document_->rows()[row].firstStep);
}

SideKind Selection::side() const {
    if (document_ && !document_->side(side_)) return otherSide(side_);
    return side_;
}

void Selection::setSide(SideKind side) {
    if (side == side_) return;
    side_ = side;
    emit sideChanged();
}

void Selection::hover(const Linked &link) {
    if (link == hover_) return;
    hover_ = link;
    emit linkChanged();
}

void Selection::pin(const Linked &link) {
    pin_ = link == pin_ ? Linked{} : link;
    emit linkChanged();
}

void Selection::letGo() {
    if (hover_.isNothing() && pin_.isNothing()) return;
    hover_ = pin_ = {};
    emit linkChanged();
}

} // namespace skbscope::ui
