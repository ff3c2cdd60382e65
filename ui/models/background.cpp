// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/background.h"

namespace skbscope::ui {

Background::~Background() {
    if (thread_.joinable()) thread_.join();
}

void Background::ask(Question question) {
    ++newest_;
    if (busy_) {
        next_ = std::move(question);
        return;
    }
    begin(std::move(question));
}

void Background::forget() {
    ++newest_;
    next_ = nullptr;
}

void Background::begin(Question question) {
    busy_ = true;
    if (thread_.joinable()) thread_.join(); // it has handed over its answer, so it is gone or about to be
    thread_ = std::thread([this, number = newest_, question = std::move(question)] {
        Answer answer = question();
        QMetaObject::invokeMethod(
            this, [this, number, answer = std::move(answer)] { answered(number, answer); }, Qt::QueuedConnection);
    });
}

void Background::answered(quint64 number, const Answer &answer) {
    busy_ = false;
    const bool wanted = number == newest_;
    if (Question next = std::exchange(next_, nullptr)) begin(std::move(next));
    if (wanted && answer) answer();
}

} // namespace skbscope::ui
