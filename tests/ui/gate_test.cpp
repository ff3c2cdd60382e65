// SPDX-License-Identifier: GPL-2.0-or-later
// Questions about the next step: at every step of every bundled trace each question has one right answer, which the
// trace confirms by another way than the one that made it; wrong answers are distinct and told why.
#include "tests/ui/bundled.h"
#include "trace/drop_reasons.h"
#include "ui/models/effects.h"
#include "ui/models/gate_model.h"
#include "ui/models/landmarks.h"
#include "ui/models/names.h"
#include "ui/models/session.h"

#include <QSet>
#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::BundledTrace;

std::string place(const BundledTrace &t, const Gate &g) {
    return t.name + " step " + std::to_string(g.step) + ": " + g.question.toStdString();
}

// The right answer, found again from the events of the target's step alone.
bool holds(const TraceDocument &d, const Gate &g) {
    const DocumentSide &s = *d.side(g.side);
    const Step &target = d.steps()[g.target];
    const StepSide &there = target.sides[sideIndex(g.side)];
    const GateAnswer &truth = g.truth();
    const QString plain = QString(truth.text).remove(QLatin1Char('`'));
    const auto any = [&](auto is) {
        for (quint32 i = there.begin; there.own && i <= there.event; ++i)
            if (is(s.event(i), i)) return true;
        return false;
    };
    switch (g.kind) {
    case GateKind::function:
        return !target.late && d.rows()[target.row].name == plain;
    case GateKind::queue:
        return any([&, name = plain.section(QStringLiteral(": "), 0, 0)](const trace::Event &e,
                                                                         quint32) { // what it is follows
            return isQueueEvent(e) && queueLabel(s, e.queue.queue) == name;
        });
    case GateKind::runner: {
        const DocumentRow &row = d.rows()[target.row];
        return plain.startsWith(contextWords(row.context, row.vector)) &&
               plain.contains(QStringLiteral("CPU %1").arg(row.cpu));
    }
    case GateKind::pointer:
        if (truth.pointer == SkbPointer::none)
            return !any([](const trace::Event &e, quint32) { return movesPointers(e); });
        return any([&](const trace::Event &e, quint32 i) {
            if (!movesPointers(e)) return false;
            const bool back = e.kind == SKBSCOPE_EV_PUSH || e.kind == SKBSCOPE_EV_TRIM;
            return amountOf(s, i) == std::abs(truth.amount) && back == (truth.amount < 0);
        });
    case GateKind::outcome:
        if (plain.startsWith(QLatin1String("dropped: ")))
            return any([&](const trace::Event &e, quint32) {
                const bool ends = e.kind == SKBSCOPE_EV_DROP || e.kind == SKBSCOPE_EV_FREE;
                return ends && QStringLiteral("SKB_DROP_REASON_") + plain.mid(9).section(QLatin1Char(','), 0, 0) ==
                                   qs(trace::drop_reason_name(s.side->info, e.drop.reason));
            });
        return any([&](const trace::Event &e, quint32 i) {
            if (e.kind == SKBSCOPE_EV_MERGED_INTO) return true;
            if (e.kind != SKBSCOPE_EV_FREE) return false;
            bool read = e.drop.reason == 0; // or freed while the buffer that it hung on was consumed
            for (quint32 call = s.tree.call_at[i]; call != npos; call = s.tree.calls[call].parent)
                read = read || s.functionName(s.tree.calls[call].fn).contains(QLatin1String("consume"));
            return read;
        });
    case GateKind::freer:
        break;
    }
    bool running = false; // whoever frees it runs at that moment
    any([&](const trace::Event &e, quint32 i) {
        if (e.kind != SKBSCOPE_EV_FREE) return false;
        for (quint32 call = s.tree.call_at[i]; call != npos; call = s.tree.calls[call].parent)
            running = running || s.functionName(s.tree.calls[call].fn) == plain;
        return running;
    });
    return running;
}

TEST(Gates, EveryOneOfEveryBundledTraceHasOneRightAnswerThatTheTraceConfirms) {
    std::map<QString, int> made;
    for (const BundledTrace &t : test::bundledTraces()) {
        const TraceDocument &d = *t.document;
        const quint32 steps = quint32(d.steps().size()), stride = std::max<quint32>(1, steps / 150);
        for (quint32 step = 0; step < steps; step += stride)
            for (const Gate &g : gatesAt(d, step, d.firstSide())) {
                SCOPED_TRACE(place(t, g));
                ++made[gateWord(g.kind)];
                QSet<QString> texts;
                int right = 0;
                for (const GateAnswer &a : g.answers) {
                    texts.insert(a.text);
                    right += a.right;
                    EXPECT_FALSE(a.text.isEmpty());
                }
                EXPECT_EQ(right, 1);
                EXPECT_EQ(texts.size(), qsizetype(g.answers.size()));
                EXPECT_GE(g.answers.size(), 2U);
                EXPECT_LE(g.answers.size(), 8U);
                EXPECT_EQ(g.step, step);
                EXPECT_GT(g.target, step);
                EXPECT_TRUE(g.question.endsWith(QLatin1Char('?')));
                EXPECT_FALSE(g.because.isEmpty());
                EXPECT_TRUE(holds(d, g)) << "said: " << g.truth().text.toStdString();
                if (HasFailure()) return;
            }
    }
    for (const GateKind kind : allGateKinds)
        EXPECT_GT(made[gateWord(kind)], 10) << gateWord(kind).toStdString();
}

const TraceDocument &udpVeth() {
    for (const BundledTrace &t : test::bundledTraces())
        if (t.name == "udp-veth.yaml") return *t.document;
    throw std::runtime_error("no udp-veth.yaml");
}

quint32 stepOf(const TraceDocument &d, const char *function, int nth = 1) {
    for (quint32 row = 0; row < d.rows().size(); ++row)
        if (d.rows()[row].name == QLatin1String(function) && --nth == 0) return d.rows()[row].firstStep;
    ADD_FAILURE() << function;
    return 0;
}

// What is freed with a buffer that was read is not lost, though the kernel's tracepoint reports it: no answer may say
// so.
TEST(Gates, APartOfAReadBufferDoesItsWork) {
    int asked = 0;
    for (const BundledTrace &t : test::bundledTraces()) {
        if (!t.name.starts_with("udp-fragments.")) continue;
        for (quint32 step = 0; step < t.document->steps().size(); ++step)
            for (const SideKind side : bothSides) {
                const auto gate = makeGate(*t.document, step, side, GateKind::outcome);
                if (!gate) continue;
                EXPECT_FALSE(gate->truth().text.startsWith(QLatin1String("dropped"))) << place(t, *gate);
                ++asked;
            }
        EXPECT_TRUE(Landmarks(*t.document).drops().empty()) << t.name;
    }
    EXPECT_GT(asked, 100);
}

TEST(Gates, APointerMoveIsMarkedInParts) {
    const TraceDocument &d = udpVeth();
    const auto gate = makeGate(d, stepOf(d, "ip_local_deliver"), SideKind::model, GateKind::pointer);
    ASSERT_TRUE(gate) << gate.error().toStdString();
    EXPECT_EQ(gate->question.toStdString(), "Next is `ip_local_deliver_finish`. Which pointer moves, and by how much?");
    EXPECT_EQ(gate->truth().text.toStdString(), "`data += 20`");
    const auto verdict = [&](SkbPointer pointer, qint64 amount) {
        return pointerVerdict({{}, {}, false, pointer, amount}, gate->truth()).toStdString();
    };
    EXPECT_EQ(verdict(SkbPointer::data, 14), "right pointer, 6 bytes short");
    EXPECT_EQ(verdict(SkbPointer::data, 21), "right pointer, 1 byte too far");
    EXPECT_EQ(verdict(SkbPointer::data, -20), "right pointer, right distance, other way");
    EXPECT_EQ(verdict(SkbPointer::data, -8), "right pointer, other way");
    EXPECT_EQ(verdict(SkbPointer::tail, 20), "right distance, another pointer");
    EXPECT_EQ(verdict(SkbPointer::tail, -20), "right distance only");
    EXPECT_EQ(verdict(SkbPointer::tail, 8), "a pointer moves, but not this one");
    EXPECT_EQ(verdict(SkbPointer::none, 0), "one does move");
    const auto push = makeGate(d, stepOf(d, "eth_header"), SideKind::model, GateKind::pointer);
    ASSERT_TRUE(push);
    EXPECT_EQ(push->truth().text.toStdString(), "`data −= 14`");
}

TEST(Gates, ReserveMovesBothPointers) {
    const TraceDocument &d = udpVeth();
    const auto gate = makeGate(d, stepOf(d, "skb_orphan"), SideKind::model, GateKind::pointer);
    ASSERT_TRUE(gate) << gate.error().toStdString();
    EXPECT_EQ(gate->truth().pointer, SkbPointer::dataAndTail);
    EXPECT_EQ(gate->truth().amount, 16);
    const auto verdict = [](const GateAnswer &truth, SkbPointer pointer, qint64 amount) {
        return pointerVerdict({{}, {}, false, pointer, amount}, truth).toStdString();
    };
    EXPECT_EQ(verdict(gate->truth(), SkbPointer::data, 16), "right distance, but tail moves with it");
    EXPECT_EQ(verdict(gate->truth(), SkbPointer::data, 20),
              "data moves, but by another distance, and tail moves with it");
    const GateAnswer pull{{}, {}, true, SkbPointer::data, 20};
    EXPECT_EQ(verdict(pull, SkbPointer::dataAndTail, 20), "right distance, but tail stays");
    EXPECT_EQ(verdict(pull, SkbPointer::dataAndTail, 16), "data moves, but by another distance, and tail stays");
}

TEST(Gates, WhereNothingMovesNoneIsRight) {
    const TraceDocument &d = udpVeth();
    const auto gate = makeGate(d, stepOf(d, "ip_rcv"), SideKind::model, GateKind::pointer);
    ASSERT_TRUE(gate) << gate.error().toStdString();
    EXPECT_EQ(gate->truth().pointer, SkbPointer::none);
    EXPECT_NE(gatesAt(d, stepOf(d, "ip_rcv"), SideKind::model).front().kind, GateKind::pointer);
}

TEST(Gates, WhyNoneIsSaid) {
    const TraceDocument &d = udpVeth();
    const auto last = makeGate(d, quint32(d.steps().size()) - 1, SideKind::model, GateKind::function);
    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().toStdString(), "This is the last step: nothing is left to predict.");
    EXPECT_EQ(makeGate(d, 0, SideKind::model, GateKind::runner).error().toStdString(),
              "What comes next runs where this runs.");
    EXPECT_EQ(makeGate(d, 0, SideKind::model, GateKind::queue).error().toStdString(), "No queue is worked on next.");
}

class Asked : public testing::Test {
protected:
    Asked() {
        for (const BundledTrace &t : test::bundledTraces())
            if (t.name == "udp-veth.yaml") s.open(t.document);
        s.selection.setStep(stepOf(*s.selection.document(), "ip_local_deliver"));
    }
    // Everything that panes and screen readers are given, as one text.
    std::string told() {
        std::string out = s.banner.sentence().toStdString();
        for (const QAbstractItemModel *model :
             std::initializer_list<const QAbstractItemModel *>{&s.calls, &s.stack, &s.timeline, &s.function})
            for (int row = 0; row < model->rowCount(); ++row)
                for (const int role : model->roleNames().keys())
                    out += model->data(model->index(row, 0), role).toString().toStdString() + '\n';
        return out;
    }
    Session s;
};

TEST_F(Asked, NoPaneTellsWhatComesNextWhileTheQuestionIsOpen) {
    for (const char *later : {"ip_local_deliver_finish", "udp_rcv", "data += 20"})
        EXPECT_NE(told().find(later), std::string::npos) << later << " is told without a question: the test can fail";
    ASSERT_TRUE(s.gate.start());
    const std::string text = told();
    for (const char *later :
         {"ip_local_deliver_finish", "ip_protocol_deliver_rcu", "udp_rcv", "udp_recvmsg", "data += 20"})
        EXPECT_EQ(text.find(later), std::string::npos) << later;
    EXPECT_NE(text.find("ip_rcv"), std::string::npos); // what was, stays
    for (const QVariant &answer : s.gate.answers())
        EXPECT_FALSE(answer.toMap().value(QStringLiteral("right")).toBool());
    s.gate.skip();
    EXPECT_NE(told().find("udp_rcv"), std::string::npos);
}

TEST_F(Asked, AWrongGuessStaysUntilRetryAndPlayGoesThere) {
    ASSERT_TRUE(s.gate.start(GateKind::pointer));
    const quint32 asked = s.selection.step();
    EXPECT_FALSE(s.gate.isReady());
    s.gate.choosePointer(int(SkbPointer::data));
    s.gate.type(QStringLiteral("1"));
    s.gate.type(QStringLiteral("4"));
    EXPECT_EQ(s.gate.amountText().toStdString(), "+14");
    s.gate.answer();
    EXPECT_TRUE(s.gate.isAnswered());
    EXPECT_FALSE(s.gate.isRight());
    EXPECT_EQ(s.gate.verdict().toStdString(), "right pointer, 6 bytes short");
    EXPECT_EQ(s.gate.guessed()->amount, 14);
    EXPECT_NE(s.gate.because().indexOf(QStringLiteral("20 bytes")), -1) << s.gate.because().toStdString();
    s.gate.choosePointer(int(SkbPointer::tail)); // marked: nothing to change any more
    EXPECT_EQ(s.gate.pointer(), int(SkbPointer::data));
    s.gate.retry();
    EXPECT_FALSE(s.gate.isAnswered());
    s.gate.nudge(1), s.gate.nudge(1), s.gate.nudge(1);
    for (int i = 0; i < 8 && s.gate.amount() != 20; ++i)
        s.gate.nudge(1);
    EXPECT_EQ(s.gate.amount(), 20);
    s.gate.answer();
    EXPECT_TRUE(s.gate.isRight());
    EXPECT_EQ(s.selection.step(), asked);
    const quint32 target = s.gate.gate()->target;
    s.gate.play();
    EXPECT_EQ(s.selection.step(), target);
    EXPECT_FALSE(s.gate.isOpen());
    EXPECT_FALSE(s.calls.curtain());
}

TEST_F(Asked, SteppingAwayEndsIt) {
    ASSERT_TRUE(s.gate.start());
    EXPECT_TRUE(s.calls.curtain());
    s.selection.setStep(0);
    EXPECT_FALSE(s.gate.isOpen());
    EXPECT_FALSE(s.calls.curtain());
    s.selection.setStep(quint32(s.selection.stepCount()) - 1);
    EXPECT_FALSE(s.gate.start());
    EXPECT_EQ(s.gate.refusal().toStdString(), "This is the last step: nothing is left to predict.");
}

TEST_F(Asked, AnotherQuestionIsAnotherKind) {
    ASSERT_TRUE(s.gate.start());
    ASSERT_GT(s.gate.kinds(), 2);
    const GateKind first = s.gate.gate()->kind;
    s.gate.another();
    EXPECT_NE(s.gate.gate()->kind, first);
    for (int i = 1; i < s.gate.kinds(); ++i)
        s.gate.another();
    EXPECT_EQ(s.gate.gate()->kind, first);
}
} // namespace
