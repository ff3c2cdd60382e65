// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/background.h"

#include "ui/models/app_words.h"
#include "ui/models/thrown.h"

namespace skbscope::ui {

Background::~Background() {
    if (thread_.joinable()) thread_.join();
}

namespace {
// The same question, with an answer in any case.
Background::Question guarded(Background::Question question, Background::Failed failed) {
    return [question = std::move(question), failed = std::move(failed)]() -> Background::Answer {
        try {
            return question();
        } catch (...) {
            return [failed, why = thrownWords()] { failed(appWords(why)); };
        }
    };
}
} // namespace

void Background::ask(Question asked, Failed failed) {
    Question question = guarded(std::move(asked), std::move(failed));
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
