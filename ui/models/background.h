// SPDX-License-Identifier: GPL-2.0-or-later
// Questions that may take a moment, asked on a thread of their own, one at a time. What is asked while another one is
// being answered waits; of those that wait only the newest is asked, and only the newest one's answer is taken.
#pragma once

#include <QObject>

#include <functional>
#include <thread>

namespace skbscope::ui {

class Background : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void()>;                   // on this object's thread
    using Question = std::function<Answer()>;               // on the other one: touches no Qt object
    using Failed = std::function<void(const QString &why)>; // in the answer's place: the question threw
    explicit Background(QObject *parent = nullptr) : QObject(parent) {}
    ~Background() override; // waits for what is being asked

    void ask(Question question, Failed failed);
    void forget(); // no answer to what was asked is taken
    [[nodiscard]] bool isBusy() const { return busy_; }

private:
    void begin(Question question);
    void answered(quint64 number, const Answer &answer);

    std::thread thread_;
    Question next_;
    quint64 newest_ = 0;
    bool busy_ = false;
};

} // namespace skbscope::ui
