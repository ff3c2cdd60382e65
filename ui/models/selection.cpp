// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/selection.h"

namespace skbscope::ui {

void Selection::setDocument(std::shared_ptr<const TraceDocument> document) {
    document_ = std::move(document);
    step_ = 0;
    hover_ = pin_ = {};
    emit documentChanged();
    emit rangeChanged();
    emit stepChanged(0, 0);
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

void Selection::hover(const ByteRange &range) {
    if (range == hover_) return;
    hover_ = range;
    emit rangeChanged();
}

void Selection::pin(const ByteRange &range) {
    pin_ = range == pin_ ? ByteRange{} : range;
    emit rangeChanged();
}

} // namespace skbscope::ui
