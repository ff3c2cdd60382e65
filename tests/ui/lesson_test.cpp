// SPDX-License-Identifier: GPL-2.0-or-later
// Every bundled lesson, walked: each place is found in its trace, each command exists, each question can be asked
// there, each number in its text stands in the trace or where the lesson says the kernel has it.
#include "app/lesson/lesson_file.h"
#include "tests/ui/both_sides.h"
#include "ui/models/lesson_model.h"
#include "ui/models/lesson_place.h"
#include "ui/models/names.h"
#include "ui/models/sentences.h"
#include "ui/models/session.h"

#include <QRegularExpression>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

const std::string root = SKBSCOPE_SOURCE_DIR;

std::vector<Lesson> lessons() {
    return app::lessonsIn(root + "/assets/lessons");
}

std::shared_ptr<const TraceDocument> documentOf(const Lesson &l) {
    if (l.trace.empty()) {
        auto trace = test::bothSidesOf(l.scenario);
        EXPECT_TRUE(trace) << trace.error();
        return trace ? TraceDocument::build(std::move(*trace)) : nullptr;
    }
    auto trace = trace::read_trace(l.trace);
    EXPECT_TRUE(trace) << l.trace;
    return trace ? TraceDocument::build(std::move(*trace)) : nullptr;
}

void addNumbers(const QString &text, std::set<qint64> &out) {
    static const QRegularExpression number(QStringLiteral("0x[0-9a-fA-F]+|\\d[\\d,]*"));
    for (auto it = number.globalMatch(text); it.hasNext();) {
        QString word = it.next().captured();
        if (word.startsWith(QLatin1String("0x")))
            out.insert(word.toLongLong(nullptr, 16));
        else
            out.insert(word.remove(QLatin1Char(',')).toLongLong());
    }
}

// All that the window shows around a step: fields of the packet, headers, what the events say.
// The lengths of all headers that any packet of the trace has.
std::set<qint64> headerLengths(const TraceDocument &d) {
    std::set<qint64> out;
    for (quint32 step = 0; step < d.steps().size(); ++step)
        if (const Moment m = momentAt(d, step, d.firstSide()); m.hasPacket())
            for (const Header &h : decodeHeaders(m.state))
                out.insert(h.length);
    return out;
}

std::set<qint64> numbersAround(const TraceDocument &d, quint32 step, quint32 until) {
    std::set<qint64> out{0, 1};
    addNumbers(QString::fromStdString(d.trace().scenario_text), out);
    const quint32 from = step > 2 ? step - 2 : 0, to = std::min(until + 6, quint32(d.steps().size()) - 1);
    for (quint32 i = from; i <= to; ++i)
        for (const SideKind kind : bothSides) {
            const Moment m = momentAt(d, i, kind);
            if (!m.side) continue;
            if (m.hasPacket()) {
                for (SkbFieldId field = 0; field < skbFields().size(); ++field)
                    out.insert(skbFieldValue(field, {m.state.skb, m.state.device}));
                out.insert(qint64(m.state.skb.end)), out.insert(qint64(trace::tail_of(m.state.skb)));
                for (const Header &h : decodeHeaders(m.state)) {
                    out.insert(h.length);
                    for (const HeaderField &f : h.fields)
                        addNumbers(f.value, out);
                }
            }
            const StepSide here = d.steps()[i].sides[sideIndex(kind)];
            for (quint32 e = here.begin; here.own && e <= here.event; ++e)
                addNumbers(eventSentence(*m.side, e), out);
            for (const trace::QueueState &q : m.queues)
                out.insert(q.limit), out.insert(q.length);
        }
    return out;
}

// Without names in code, addresses, and what is written of a version.
QString prose(const QString &text) {
    static const QRegularExpression quiet(QStringLiteral("`[^`]*`|\\d+\\.\\d+\\.\\d+\\.\\d+|IPv4|SKB_[A-Z_]+"));
    return QString(text).remove(quiet);
}

void expectNumbers(const Lesson &l, const QString &text, const std::set<qint64> &known) {
    std::set<qint64> said;
    addNumbers(prose(text), said);
    for (const qint64 n : said) {
        const bool constant =
            std::any_of(l.constants.begin(), l.constants.end(), [n](const LessonConstant &c) { return c.number == n; });
        EXPECT_TRUE(constant || known.count(n)) << n << " in: " << text.toStdString();
    }
}

class Walk : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        for (Lesson &l : lessons())
            if (l.name == GetParam()) lesson = std::move(l);
        ASSERT_EQ(lesson.error, "");
        document = documentOf(lesson);
        ASSERT_TRUE(document);
    }
    Lesson lesson;
    std::shared_ptr<const TraceDocument> document;
};

TEST_P(Walk, PlacesQuestionsAndNumbersHold) {
    EXPECT_GE(lesson.parts.size(), 6U);
    EXPECT_LE(lesson.parts.size(), 14U);
    const std::set<qint64> lengths = headerLengths(*document);
    int gates = 0;
    quint32 before = 0;
    for (const LessonPart &part : lesson.parts) {
        SCOPED_TRACE(part.title + ", line " + std::to_string(part.line));
        const auto step = lessonStep(*document, part.at);
        ASSERT_TRUE(step) << step.error().toStdString();
        EXPECT_GE(*step, before) << "a lesson goes forwards";
        before = *step;
        quint32 until = *step;
        EXPECT_TRUE(part.pin.empty() || skbFieldNamed(qs(part.pin))) << part.pin;
        if (part.gate) {
            ++gates;
            const auto gate =
                makeGate(*document, *step, part.look.value_or(SideKind::model), *gateNamed(qs(part.gate->kind)));
            ASSERT_TRUE(gate) << gate.error().toStdString();
            EXPECT_FALSE(part.gate->kind == "pointer" && gate->truth().pointer == SkbPointer::none);
            until = gate->target;
            RecordProperty(part.title, gate->truth().text.toStdString());
        }
        std::set<qint64> known = numbersAround(*document, *step, *step);
        known.insert(lengths.begin(), lengths.end());
        if (until > *step) known.merge(numbersAround(*document, until, until));
        expectNumbers(lesson, qs(part.text), known);
        if (part.gate) expectNumbers(lesson, qs(part.gate->ask + " " + part.gate->because), known);
    }
    EXPECT_GE(gates, 2);
}

// Each constant stands in one line of the kernel's source with its name; only where that source is.
TEST_P(Walk, ConstantsAreTheKernels) {
    const char *source = std::getenv("SKBSCOPE_KERNEL_SOURCE");
    if (!source) GTEST_SKIP() << "SKBSCOPE_KERNEL_SOURCE names no linux-source-6.1";
    for (const LessonConstant &c : lesson.constants) {
        std::ifstream in(std::string(source) + "/" + c.file);
        ASSERT_TRUE(in) << c.file;
        bool found = false;
        for (std::string line; std::getline(in, line);)
            found = found || (line.find(c.name) != line.npos && line.find(std::to_string(c.number)) != line.npos);
        EXPECT_TRUE(found) << c.name << " is not " << c.number << " in " << c.file;
    }
}

INSTANTIATE_TEST_SUITE_P(Lessons, Walk, testing::ValuesIn([] {
                             std::vector<std::string> names;
                             for (const Lesson &l : lessons())
                                 names.push_back(l.name);
                             return names;
                         }()),
                         [](const auto &lesson) {
                             std::string out = lesson.param;
                             std::replace(out.begin(), out.end(), '-', '_');
                             return out;
                         });

TEST(Lessons, ThereAreSixInTheOrderOfTheCourse) {
    std::vector<std::string> names;
    for (const Lesson &l : lessons()) {
        names.push_back(l.name);
        EXPECT_EQ(l.error, "");
    }
    EXPECT_EQ(names, (std::vector<std::string>{"sk-buff-life", "udp-send", "udp-receive", "softirq-rps", "napi-gro",
                                               "where-packets-die"}));
}

TEST(Lessons, ABadFileIsToldByFileLineAndKey) {
    const auto wrong = [](const std::string &text) {
        const auto lesson = app::parseLesson(text, "my.yaml");
        return lesson ? std::string("fine") : lesson.error().message();
    };
    const std::string head = "title: T\nsummary: S\nscenario: udp-veth\n";
    EXPECT_EQ(wrong(head + "parts:\n  - title: A\n    text: B\n    at: ip_rcv\n"), "fine");
    EXPECT_EQ(wrong(head + "parts:\n  - title: A\n    txt: B\n    at: ip_rcv\n"),
              "my.yaml:6:5: txt: unknown key for a part; did you mean 'text'?");
    EXPECT_EQ(wrong(head + "parts:\n  - title: A\n    text: B\n    at: ip_rcv\n    gate: pionter\n"),
              "my.yaml:8:5: gate: 'pionter' is none of them; did you mean 'pointer'?");
    EXPECT_EQ(wrong(head + "parts:\n  - title: A\n    text: \"say `this\"\n    at: ip_rcv\n"),
              "my.yaml:6:5: text: has a ` that is not closed; close it, or take it out");
    EXPECT_EQ(wrong(head + "parts:\n  - title: A\n    text: B\n    at: { call: x, nth: 0 }\n"),
              "my.yaml:7:20: nth: '0' is out of range; give a whole number from 1 to 1000000");
    EXPECT_EQ(wrong("title: T\nsummary: S\nparts: []\n"), "my.yaml:1:1: scenario: is missing, and so is trace; give "
                                                          "one of them: a bundled scenario's name, or a .skbt file");
    EXPECT_NE(wrong("title: [\n").find("my.yaml:"), std::string::npos);
    EXPECT_EQ(wrong(""), "my.yaml: is empty; see docs/lessons.md for what a lesson holds");
}

TEST(Lessons, GoingElsewhereAndComingBack) {
    Session s;
    std::vector<Lesson> all = lessons();
    LessonModel model(all, &s.selection, &s.gate);
    std::vector<std::string> ran;
    model.setTrigger([&](const QString &id) { return ran.push_back(id.toStdString()), true; });
    QObject::connect(&model, &LessonModel::traceWanted, [&](const QString &, const QString &) {
        s.open(documentOf(*model.lesson()));
        model.arrived();
    });
    model.open(0);
    ASSERT_TRUE(model.isActive());
    EXPECT_EQ(model.part(), 1);
    EXPECT_EQ(ran, (std::vector<std::string>{"pane.show.memory"}));
    for (int i = 0; i < 3; ++i)
        model.next();
    EXPECT_EQ(model.part(), 4);
    EXPECT_TRUE(model.asks());
    EXPECT_FALSE(model.isElsewhere());
    model.next(); // its question, before it goes on
    EXPECT_TRUE(s.gate.isOpen());
    EXPECT_EQ(model.part(), 4);
    s.gate.skip();
    EXPECT_FALSE(model.asks());
    model.next();
    EXPECT_EQ(model.part(), 5);
    const quint32 here = s.selection.step();
    s.selection.setStep(0);
    EXPECT_TRUE(model.isElsewhere());
    model.goBack();
    EXPECT_EQ(s.selection.step(), here);
    s.open(documentOf(all[4])); // another trace altogether
    EXPECT_TRUE(model.isElsewhere());
    model.goBack();
    EXPECT_FALSE(model.isElsewhere());
    EXPECT_EQ(s.selection.step(), here);
    model.leave();
    EXPECT_FALSE(model.isActive());
    model.open(0); // where it was left
    EXPECT_EQ(model.part(), 5);
    EXPECT_EQ(model.data(model.index(0), LessonModel::PartRole).toInt(), 5);
}

TEST(Lessons, AnAddressThatIsNotThereSaysHowManyThereAre) {
    const auto d = documentOf(lessons().front());
    const auto step = lessonStep(*d, {"ip_rcv", 7, {}, 0, {}, 0});
    ASSERT_FALSE(step);
    EXPECT_EQ(step.error().toStdString(), "This trace has no call 7 of `ip_rcv`: there are 1.");
    EXPECT_EQ(lessonStep(*d, {"ip_rcv", 1, {}, 0, "free", 0}).error().toStdString(),
              "In call 1 of `ip_rcv` there is no event `free`.");
    EXPECT_TRUE(lessonStep(*d, {"ip_rcv", 1, SideKind::kernel, 1, {}, 0}));
    EXPECT_FALSE(lessonStep(*d, {"ip_rcv", 1, {}, 2, {}, 0}));
}

// "Trace, call 145" while the window is at 228 of 238 would seem to lie behind: the kernel has fewer calls.
TEST(LessonGates, TheTracesCallIsCountedAsTheBannerCounts) {
    Session s;
    for (const Lesson &l : lessons())
        if (l.title == "The life of an sk_buff") s.open(documentOf(l));
    const TraceDocument &d = *s.selection.document();
    ASSERT_EQ(s.selection.side(), SideKind::model);
    int both = 0; // counted otherwise by the kernel: only these can show the fault
    for (quint32 step = 0; step < d.steps().size(); ++step) {
        s.selection.setStep(step);
        if (!s.gate.start(GateKind::freer)) continue;
        const auto &call = d.rows()[d.steps()[s.gate.gate()->target].row].call;
        if (call[0] == npos) continue;
        both += s.gate.gate()->side == SideKind::kernel && call[1] != npos && call[0] != call[1];
        EXPECT_EQ(s.gate.truthHead().toStdString(), "Trace, call " + std::to_string(call[0] + 1)) << step;
    }
    EXPECT_GT(both, 0) << "nothing is marked by the kernel: the test cannot fail";
}
} // namespace
