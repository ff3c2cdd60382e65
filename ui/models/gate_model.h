// SPDX-License-Identifier: GPL-2.0-or-later
// The question on the screen: what is asked, what was chosen, how it was marked. While it is open the session draws the
// panes' curtain, so that none tells what comes next.
#pragma once

#include "ui/models/gate.h"
#include "ui/models/memory_map_model.h"
#include "ui/models/selection.h"

#include <QStringList>
#include <QVariantList>

namespace skbscope::ui {

class GateModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool open READ isOpen NOTIFY updated)
    Q_PROPERTY(bool answered READ isAnswered NOTIFY updated)
    Q_PROPERTY(bool right READ isRight NOTIFY updated)
    Q_PROPERTY(bool pointers READ isPointers NOTIFY updated)
    Q_PROPERTY(QString question READ question NOTIFY updated) // markup, as all texts here
    Q_PROPERTY(QVariantList answers READ answers NOTIFY updated)
    Q_PROPERTY(int chosen READ chosen NOTIFY updated) // -1: none yet
    Q_PROPERTY(int pointer READ pointer NOTIFY updated)
    Q_PROPERTY(QString amount READ amountText NOTIFY updated)
    Q_PROPERTY(bool moves READ moves NOTIFY updated) // the pointer chosen can move: it has a distance
    Q_PROPERTY(bool ready READ isReady NOTIFY updated)
    Q_PROPERTY(QString yours READ yours NOTIFY updated)
    Q_PROPERTY(QString verdict READ verdict NOTIFY updated)
    Q_PROPERTY(QString truth READ truth NOTIFY updated)
    Q_PROPERTY(QString truthHead READ truthHead NOTIFY updated) // "Trace, call 110"
    Q_PROPERTY(QString vouched READ vouched NOTIFY updated)     // "model and kernel agree"
    Q_PROPERTY(QString because READ because NOTIFY updated)
    Q_PROPERTY(int kinds READ kinds NOTIFY updated) // questions that can be asked here
    Q_PROPERTY(int which READ which NOTIFY updated) // this one among them, from 1

public:
    explicit GateModel(Selection *selection, QObject *parent = nullptr);

    // The first question that the current step allows, or one of a kind. Says why there is none in refusal().
    bool start();
    bool start(GateKind kind);
    // A lesson's own words, in place of the question and in front of what the trace says.
    void say(const QString &question, const QString &because);
    [[nodiscard]] QString refusal() const { return refusal_; }
    Q_INVOKABLE void another(); // the next question that can be asked here

    Q_INVOKABLE void choose(int answer);
    Q_INVOKABLE void choosePointer(int pointer);
    Q_INVOKABLE void nudge(int by);             // to the next likely distance, down or up
    Q_INVOKABLE void dragTo(int byte);          // the pointer chosen, or data, is drawn to this byte
    Q_INVOKABLE void type(const QString &text); // a digit, a sign, or "back"
    Q_INVOKABLE void answer();
    Q_INVOKABLE void retry();
    Q_INVOKABLE void play(); // goes to the step that shows it
    Q_INVOKABLE void skip();

    [[nodiscard]] bool isOpen() const { return gate_.has_value(); }
    [[nodiscard]] const Gate *gate() const { return gate_ ? &*gate_ : nullptr; }
    [[nodiscard]] bool isAnswered() const { return answered_; }
    [[nodiscard]] bool isRight() const { return answered_ && guess() && guess()->right; }
    [[nodiscard]] bool isPointers() const { return gate_ && gate_->kind == GateKind::pointer; }
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] QString question() const { return gate_ ? gate_->question : QString(); }
    [[nodiscard]] QVariantList answers() const;
    [[nodiscard]] int chosen() const { return chosen_; }
    [[nodiscard]] int pointer() const { return pointer_; }
    [[nodiscard]] qint64 amount() const { return amount_; }
    [[nodiscard]] bool moves() const;
    [[nodiscard]] QString amountText() const;
    [[nodiscard]] QString yours() const;
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] QString truth() const { return gate_ ? gate_->truth().text : QString(); }
    [[nodiscard]] QString truthHead() const;
    [[nodiscard]] QString vouched() const;
    [[nodiscard]] QString because() const { return gate_ ? gate_->because : QString(); }
    [[nodiscard]] int kinds() const { return int(kinds_.size()); }
    [[nodiscard]] int which() const { return which_ + 1; }
    // What the memory map of a pointer gate is drawn from: before the step.
    [[nodiscard]] const MemoryMap &map() const { return map_; }
    // What is drawn dashed: the guess so far; and, once answered, the trace's move.
    [[nodiscard]] std::optional<GateAnswer> guessed() const;

signals:
    void updated();
    // The question is over: its step was played, or it was skipped.
    void finished(bool played);

private:
    void put(std::optional<Gate> gate);
    void close(bool played);
    [[nodiscard]] const GateAnswer *guess() const;

    Selection *selection_;
    std::optional<Gate> gate_;
    std::vector<GateKind> kinds_;
    int which_ = 0, chosen_ = -1, pointer_ = -1;
    qint64 amount_ = 0;
    bool negative_ = false, answered_ = false;
    QString refusal_;
    std::optional<GateAnswer> own_; // a guess that is none of the answers offered
    MemoryMap map_;
};

} // namespace skbscope::ui
