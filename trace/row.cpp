// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/row.h"

namespace skbscope::trace {

const Row::Said Row::nothing;

Row::Row(const Row &other)
    : left(other.left), right(other.right), parent(other.parent), depth(other.depth), mark(other.mark),
      said_(other.said_ ? std::make_unique<Said>(*other.said_) : nullptr) {}

Row &Row::operator=(const Row &other) {
    if (this != &other) *this = Row(other);
    return *this;
}

void Row::set_reason(Reason reason) {
    if (!said_ && reason.code == ReasonCode::none && reason.text.empty()) return;
    if (!said_) said_ = std::make_unique<Said>();
    said_->reason = std::move(reason);
}

void Row::add_field(FieldDifference field) {
    if (!said_) said_ = std::make_unique<Said>();
    said_->fields.push_back(std::move(field));
}

} // namespace skbscope::trace
