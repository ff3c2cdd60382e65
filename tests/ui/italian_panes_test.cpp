// SPDX-License-Identifier: GPL-2.0-or-later
// Forms, files, filter, comparing, lessons, questions and what-if in the Italian window: no English sentence is left.
#include "app/gui/gui_what_if.h"
#include "app/lesson/lesson_file.h"
#include "app/scenario/changes.h"
#include "app/scenario/loader.h"
#include "tests/ui/both_sides.h"
#include "tests/ui/drawn_words.h"
#include "tests/ui/english_words.h"
#include "tests/ui/fake_runner.h"
#include "tests/ui/keys_fixture.h"
#include "trace/trace_file.h"
#include "ui/models/app_words.h"
#include "ui/models/differences.h"
#include "ui/models/gate.h"

#include <QTemporaryDir>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

// The fake one, with the words that the program's own runner has (tests/app/gui holds those against the list).
class Runner : public test::FakeRunner {
public:
    Runner() { hostProblem = "skbscope-agent: not found; build with SKBSCOPE_AGENT=ON, or name it in $SKBSCOPE_AGENT"; }
    std::vector<KernelOffer> kernels() override {
        return {{"lab", "The lab", "a stock Linux 6.1 in QEMU", {}, false, false, true},
                {"host", "This host", "the kernel that runs here, in namespaces of its own", hostProblem, false, false},
                {"recorded", "Recorded", "what ships with the program: no kernel runs", {}, false, true},
                {"ssh", "Another machine", "over ssh, without a password asked", {}, true, false}};
    }
    using test::FakeRunner::check;
    ScenarioCheck check(const std::string &scenario) override {
        ScenarioCheck out = test::FakeRunner::check(scenario);
        out.title = "Titolo"; // a scenario's own
        return out;
    }
    std::vector<Problem> check(const AttachRequest &r) override {
        if (r.device.empty()) return {{"device", "choose one, or write the name of a tap that is to be made"}};
        return {{"address", ": the prefix's length is missing; write it as 10.9.0.2/24"}};
    }
};
Runner runner;

WindowOptions italianOptions() {
    WindowOptions o = test::plainOptions();
    o.language = "it";
    o.scenario = "udp-veth";
    o.scenarios = {{"udp-veth", "Un datagramma UDP"}};
    o.run = test::bothSidesOf;
    o.lessons = app::lessonsIn(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/lessons");
    o.whatIf = app::whatIfSource();
    o.runner = &runner;
    return o;
}

class ItalianPanes : public test::Keys {
protected:
    ItalianPanes() : test::Keys(italianOptions()) {}
    // The visible items of a QML file: "RunForm".
    QQuickItem *pane(const char *type) const {
        for (auto *item : window->findChildren<QQuickItem *>())
            if (item->isVisible() && QByteArray(item->metaObject()->className()).startsWith(QByteArray(type) + "_QML"))
                return item;
        return nullptr;
    }
    void expectItalian(const char *type, int least = 3, bool picture = true) {
        QTest::qWait(20);
        QQuickItem *item = pane(type);
        ASSERT_NE(item, nullptr) << type << " is not there";
        QStringList texts;
        test::collectWords(item, texts);
        texts.removeAll(QString());
        EXPECT_GE(texts.size(), least) << type;
        for (const QString &text : texts)
            EXPECT_EQ(test::englishWords(text).join(QLatin1Char(' ')).toStdString(), "")
                << type << ": " << text.toStdString();
        if (picture) shoot((QByteArray("italian-") + type).constData());
    }
    void settle() {
        EXPECT_TRUE(QTest::qWaitFor(
            [this] { return !controller.busy() && !controller.files().isBusy() && !controller.lessons().isWaiting(); },
            20000));
    }
    void expectItalianNotice() {
        QTest::qWait(30);
        const QString said = s().replay.notice();
        EXPECT_FALSE(said.isEmpty());
        EXPECT_EQ(test::englishWords(said).join(QLatin1Char(' ')).toStdString(), "") << said.toStdString();
    }
    QTemporaryDir dir;
};

TEST_F(ItalianPanes, Forms) {
    press(Qt::Key_F9);
    expectItalian("RunForm", 10);
    press(Qt::Key_Escape);
    press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    expectItalian("AttachForm", 10);
    press(Qt::Key_Return); // refused: what is wrong is said
    expectItalian("AttachForm", 10);
    press(Qt::Key_Escape);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    expectItalian("WatchForm", 8);
    press(Qt::Key_Escape);
}

TEST_F(ItalianPanes, WhileItRuns) {
    press(Qt::Key_F9);
    auto *run = controller.property("run").value<QObject *>();
    run->setProperty("scenario", QStringLiteral("udp-veth"));
    run->setProperty("kernel", 0);
    ASSERT_TRUE(QTest::qWaitFor([run] { return run->property("refusal").toString().isEmpty(); }, 5000))
        << run->property("refusal").toString().toStdString();
    press(Qt::Key_Return);
    ASSERT_TRUE(runner.script);
    runner.script->say("attaching probes", 96, 137);
    QTest::qWait(250);
    EXPECT_EQ(run->property("doing").toString().toStdString(), "aggancio delle sonde 96 di 137");
    expectItalian("RunBox", 2);
    runner.script->end({{},
                        "qemu-system-x86_64: not found; the lab boots its kernel in it: apt-get install "
                        "qemu-system-x86, or take the recorded kernel (--kernel recorded)",
                        false});
    ASSERT_TRUE(QTest::qWaitFor([run] { return !run->property("running").toBool(); }, 5000));
    EXPECT_TRUE(run->property("failure").toString().startsWith(QStringLiteral("qemu-system-x86_64: non trovato; ")))
        << run->property("failure").toString().toStdString();
}

TEST_F(ItalianPanes, FilesAndFilter) {
    press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    expectItalian("FileChooser", 3);
    press(Qt::Key_Escape);
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier); // which sides to compare
    expectItalian("Picker", 3);
    press(Qt::Key_Return);
    expectItalian("Picker", 2);
    press(Qt::Key_Return);
    settle();
    press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    expectItalian("Picker", 3);
    press(Qt::Key_Escape);
    press(Qt::Key_Slash);
    expectItalian("FilterBox", 1);
    type("ip_rcv");
    expectItalian("FilterBox", 1);
    press(Qt::Key_Escape);
    press(Qt::Key_Slash);
    type("#x");
    expectItalian("FilterBox", 1);
    press(Qt::Key_Escape);
}

TEST_F(ItalianPanes, LessonsAndQuestions) {
    press(Qt::Key_L, Qt::ControlModifier);
    expectItalian("LessonList", 15);
    press(Qt::Key_Escape);
    for (const Lesson &lesson : controller.lessons().lessons()) {
        ASSERT_TRUE(controller.lessons().openNamed(QString::fromStdString(lesson.name), 1));
        settle();
        for (int part = 1; part <= controller.lessons().parts(); ++part) {
            SCOPED_TRACE(lesson.name + ", " + std::to_string(part));
            expectItalian("LessonPane", 6, part == 1);
            if (controller.lessons().asks()) {
                controller.lessons().next();
                ASSERT_TRUE(s().gate.isOpen());
                expectItalian("Gate", 5, part < 5);
                s().gate.isPointers() ? s().gate.choosePointer(5) : s().gate.choose(0);
                s().gate.answer();
                expectItalian("Gate", 5, part < 5);
                s().gate.skip();
            }
            controller.lessons().next();
        }
        if (lesson.scenario != "udp-veth")
            break; // the panes are the same; each lesson's words have a test of their own
    }
}

TEST_F(ItalianPanes, WhatIfAndSavingIt) {
    press(Qt::Key_C);
    expectItalian("Picker", 10);
    press(Qt::Key_Return);
    settle();
    ASSERT_TRUE(s().selection.document()->isTwoRuns());
    expectItalianNotice();
    for (const QString &text :
         QStringList{s().kernelLine(), s().kernelHead(), controller.scenarioTitle(), s().agreeWords(), s().fidelity()} +
             s().sideWords())
        EXPECT_EQ(test::englishWords(text).join(QLatin1Char(' ')).toStdString(), "") << text.toStdString();
    press(Qt::Key_D);
    QTest::qWait(30);
    const DocumentRow &row = s().selection.document()->rows()[s().calls.currentRow()];
    EXPECT_TRUE(row.reasonWords().startsWith(QStringLiteral("hai cambiato "))) << row.reasonWords().toStdString();
    press(Qt::Key_S, Qt::ControlModifier);
    expectItalian("FileChooser", 2);
    press(Qt::Key_Escape);
}

TEST_F(ItalianPanes, Presenting) {
    at("skb_pull_inline"); // a step without an event is told by the catalogue's line, which is English
    press(Qt::Key_P);
    expectItalian("Presentation", 6);
    press(Qt::Key_Escape);
}

TEST_F(ItalianPanes, SavingAPicture) {
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    expectItalian("SaveBox", 2);
    press(Qt::Key_Escape);
}

// Every change of every bundled scenario has its Italian words: title, what to look for, setting and values.
TEST_F(ItalianPanes, EachChangeIsTranslated) {
    int changes = 0;
    for (const auto &entry :
         std::filesystem::directory_iterator(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios")) {
        const auto scenario = app::loadScenario(entry.path());
        ASSERT_TRUE(scenario);
        for (const app::ScenarioChange &c : app::changesFor(scenario->ops)) {
            ++changes;
            for (const std::string &text : {c.title, c.watch}) {
                EXPECT_NE(appWords(text).toStdString(), text) << "no Italian: ui/models/app_words_list.cpp";
                EXPECT_EQ(test::englishWords(appWords(text)).join(QLatin1Char(' ')).toStdString(), "")
                    << appWords(text).toStdString();
            }
            const std::string reason = "you changed " + c.setting + ": " + c.before + " → " + c.after;
            EXPECT_EQ(test::englishWords(appWords(reason)).join(QLatin1Char(' ')).toStdString(), "")
                << appWords(reason).toStdString();
            EXPECT_TRUE(appWords(reason).startsWith(QStringLiteral("hai cambiato ")));
        }
    }
    EXPECT_GT(changes, 80);
}

// Sentence and evidence of each difference of each bundled trace: what an Italian list of differences shows.
TEST_F(ItalianPanes, DifferencesAndWhatProvesThem) {
    std::set<std::string> said;
    for (const auto &entry :
         std::filesystem::directory_iterator(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios")) {
        auto both = test::bothSidesOf(entry.path().stem());
        if (!both || both->sides.size() < 2) continue;
        const auto document = TraceDocument::build(std::move(*both));
        for (const DifferenceGroup &group : differencesOf(*document))
            for (const Difference &d : group.all) {
                said.insert(differenceSentence(*document, d).toStdString());
                said.insert(appWords(reasonOf(*document, d).evidence).toStdString());
            }
    }
    EXPECT_GT(said.size(), 100U);
    for (const std::string &text : said)
        EXPECT_EQ(test::englishWords(QString::fromStdString(text)).join(QLatin1Char(' ')).toStdString(), "") << text;
    EXPECT_EQ(appWords(std::string_view("returns")).toStdString(), "restituisce");
    EXPECT_EQ(appWords(std::string_view("UDP source port: random by design")).toStdString(),
              "porta sorgente UDP: casuale per progetto");
}

TEST_F(ItalianPanes, ErrorsOfScenarioFiles) {
    const std::pair<const char *, const char *> files[] = {
        {"", "è vuoto"},
        {"name: x\ntitle: x\nhots: [a]\n", "chiave sconosciuta"},
        {"name: x\ntitle: x\nhosts: [a, a]\nsteps: []\n", "c'è due volte"},
        {"name: x\ntitle: x\nhosts: [a]\nsteps: []\n", "aggiungi almeno un passo"},
        {"name: x\ntitle: x\nhosts: [a]\nsteps: [{ host: a, do: sento }]\n", "operazione sconosciuta"},
        {"name: x\ntitle: x\nhosts: [a]\nsteps: [{ host: a, do: socket, as: r, type: ud }]\n",
         "non è un tipo di socket"},
        {"name: x\ntitle: x\nhosts: [a]\nsteps: [{ host: a, do: socket, as: r, type: udp }, { do: bind, socket: q }]\n",
         "nessun socket"},
        {"name: [\n", "non è YAML"},
    };
    for (const auto &[text, expected] : files) {
        const auto scenario = app::parseScenario(text, "x.yaml");
        ASSERT_FALSE(scenario) << text;
        const std::string words = appWords(scenario.error().message()).toStdString();
        EXPECT_NE(words.find(expected), std::string::npos) << words << "\n" << scenario.error().message();
        EXPECT_EQ(words.find("x.yaml"), 0U) << words; // the place stays
    }
}

// What is not known stays as it is, and so does what surrounds the known.
TEST_F(ItalianPanes, WhatIsNotKnownStays) {
    EXPECT_EQ(appWords(std::string_view("x.yaml:3:5: hots: is a riddle")).toStdString(),
              "x.yaml:3:5: hots: is a riddle");
    EXPECT_EQ(
        appWords(std::string_view(
                     "tap7: has an address: this host would answer too; take a device without one, or name a new tap"))
            .toStdString(),
        "tap7: ha un indirizzo: risponderebbe anche questo host; prendi un dispositivo che non ne ha, o il nome di un "
        "nuovo tap");
    EXPECT_EQ(appWords(std::string_view("")).toStdString(), "");
}
} // namespace
