// SPDX-License-Identifier: GPL-2.0-or-later
// Predict and lessons in the window, by keys alone.
#include "app/lesson/lesson_file.h"
#include "tests/ui/both_sides.h"
#include "tests/ui/keys_fixture.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;

WindowOptions teachOptions() {
    WindowOptions o = test::plainOptions();
    o.lessons = app::lessonsIn(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/lessons");
    o.run = test::bothSidesOf;
    Lesson broken;
    broken.name = broken.title = "broken";
    broken.error = "broken.yaml:3:1: parts: is missing";
    o.lessons.push_back(broken);
    o.offerLessons = true;
    return o;
}

class Teach : public test::Keys {
protected:
    Teach() : test::Keys(teachOptions()) {}
    GateModel &gate() { return s().gate; }
    LessonModel &lessons() { return controller.lessons(); }
    [[nodiscard]] bool modal() const { return controller.property("modal").toBool(); }
    bool settled() {
        return QTest::qWaitFor([this] { return !lessons().isWaiting() && !controller.busy(); }, 10000);
    }
};

TEST_F(Teach, QAsksAndEnterMarksAndPlays) {
    at("ip_local_deliver");
    const quint32 asked = s().selection.step();
    press(Qt::Key_Q);
    ASSERT_TRUE(gate().isOpen());
    EXPECT_TRUE(modal());
    while (gate().gate()->kind != GateKind::pointer)
        press(Qt::Key_Q);
    EXPECT_EQ(gate().truth().toStdString(), "`data += 20`");
    press(Qt::Key_Return); // nothing chosen: nothing marked
    EXPECT_FALSE(gate().isAnswered());
    press(Qt::Key_Right); // data
    type("14");
    press(Qt::Key_Return);
    ASSERT_TRUE(gate().isAnswered());
    EXPECT_EQ(gate().verdict().toStdString(), "right pointer, 6 bytes short");
    shoot("gate-wrong");
    EXPECT_EQ(s().selection.step(), asked); // not shown before it is played
    press(Qt::Key_R);
    EXPECT_FALSE(gate().isAnswered());
    press(Qt::Key_Right);
    type("20");
    press(Qt::Key_Return);
    EXPECT_TRUE(gate().isRight());
    shoot("gate-right");
    press(Qt::Key_Return);
    EXPECT_FALSE(gate().isOpen());
    EXPECT_FALSE(modal());
    EXPECT_GT(s().selection.step(), asked);
    const quint32 now = s().selection.step();
    press(Qt::Key_Left); // the keys are the window's again
    EXPECT_EQ(s().selection.step(), now - 1);
}

TEST_F(Teach, AChoiceIsMadeByNumberAndEscSkips) {
    at("ip_rcv");
    press(Qt::Key_Q);
    ASSERT_TRUE(gate().isOpen());
    EXPECT_EQ(gate().gate()->kind, GateKind::function);
    press(Qt::Key_2);
    EXPECT_EQ(gate().chosen(), 1);
    press(Qt::Key_Down);
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    EXPECT_EQ(gate().chosen(), 0);
    press(Qt::Key_Return);
    EXPECT_TRUE(gate().isAnswered());
    shoot("gate-function");
    const quint32 before = s().selection.step();
    press(Qt::Key_Escape);
    EXPECT_FALSE(gate().isOpen());
    EXPECT_EQ(s().selection.step(), before);
    press(Qt::Key_End);
    press(Qt::Key_Q);
    EXPECT_FALSE(gate().isOpen());
    EXPECT_EQ(notice(), "This is the last step: nothing is left to predict.");
}

TEST_F(Teach, ALessonIsOpenedReadLeftAndReturnedTo) {
    EXPECT_TRUE(controller.offersLessons());
    shoot("lesson-offer");
    press(Qt::Key_L, Qt::ControlModifier);
    EXPECT_TRUE(modal());
    EXPECT_FALSE(controller.offersLessons());
    shoot("lesson-list");
    press(Qt::Key_Up); // wraps to the broken one
    press(Qt::Key_Return);
    EXPECT_TRUE(modal()); // cannot be opened
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    EXPECT_FALSE(modal());
    ASSERT_TRUE(settled());
    ASSERT_TRUE(lessons().isActive());
    EXPECT_EQ(lessons().title().toStdString(), "The life of an sk_buff");
    EXPECT_EQ(lessons().problem().toStdString(), "");
    EXPECT_EQ(here(), "__alloc_skb");
    shoot("lesson");
    press(Qt::Key_N);
    press(Qt::Key_N);
    press(Qt::Key_N);
    EXPECT_EQ(lessons().part(), 4);
    press(Qt::Key_N); // its question
    ASSERT_TRUE(gate().isOpen());
    shoot("lesson-gate");
    press(Qt::Key_Escape);
    press(Qt::Key_N);
    EXPECT_EQ(lessons().part(), 5);
    const std::string there = here();
    press(Qt::Key_Home);
    EXPECT_TRUE(lessons().isElsewhere());
    press(Qt::Key_Backspace);
    EXPECT_EQ(here(), there);
    press(Qt::Key_N, Qt::ShiftModifier);
    EXPECT_EQ(lessons().part(), 4);
    press(Qt::Key_Backspace, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_FALSE(lessons().isActive());
    press(Qt::Key_N);
    EXPECT_EQ(notice(), "No lesson is open: Ctrl+L lists them.");
}

TEST_F(Teach, ALessonBringsItsOwnTrace) {
    ASSERT_TRUE(lessons().openNamed(QStringLiteral("where-packets-die"), 3));
    ASSERT_TRUE(settled());
    EXPECT_EQ(lessons().problem().toStdString(), "");
    EXPECT_EQ(here(), "ip_rcv_core");
    EXPECT_EQ(controller.scenarioName().toStdString(), "drops");
    press(Qt::Key_N);
    ASSERT_TRUE(gate().isOpen());
    EXPECT_EQ(gate().gate()->kind, GateKind::outcome);
    shoot("gate-outcome");
}

// With SKBSCOPE_SHOTS naming a folder, each page is kept there as a picture, light and dark, to be looked at.
TEST_F(Teach, EveryPageOfEveryLessonIsShownWithoutAProblem) {
    const QString folder = qEnvironmentVariable("SKBSCOPE_SHOTS");
    for (const Lesson &lesson : lessons().lessons()) {
        if (!lesson.error.empty()) continue;
        ASSERT_TRUE(lessons().openNamed(QString::fromStdString(lesson.name), 1));
        ASSERT_TRUE(settled());
        for (int part = 1;; ++part) {
            EXPECT_EQ(lessons().part(), part);
            EXPECT_EQ(lessons().problem().toStdString(), "") << lesson.name << ", part " << part;
            EXPECT_FALSE(lessons().isElsewhere()) << lesson.name << ", part " << part;
            for (int dark = 0; dark < 2 && !folder.isEmpty(); ++dark) {
                if (dark) controller.theme().toggle();
                QTest::qWait(20);
                window->grabWindow().save(QStringLiteral("%1/%2-%3-%4.png")
                                              .arg(folder, QString::fromStdString(lesson.name))
                                              .arg(part, 2, 10, QLatin1Char('0'))
                                              .arg(dark ? QStringLiteral("dark") : QStringLiteral("light")));
                if (dark) controller.theme().toggle();
            }
            if (lessons().isLast()) break;
            press(Qt::Key_N);
            if (gate().isOpen()) {
                if (!folder.isEmpty()) {
                    gate().choose(0), gate().answer();
                    QTest::qWait(20);
                    window->grabWindow().save(QStringLiteral("%1/%2-%3-gate.png")
                                                  .arg(folder, QString::fromStdString(lesson.name))
                                                  .arg(part, 2, 10, QLatin1Char('0')));
                }
                press(Qt::Key_Escape);
                EXPECT_FALSE(gate().isOpen());
                press(Qt::Key_N);
            }
        }
    }
}

TEST_F(Teach, EveryCommandOfEveryLessonExists) {
    for (const Lesson &lesson : lessons().lessons())
        for (const LessonPart &part : lesson.parts)
            for (const std::string &id : part.commands)
                EXPECT_TRUE(controller.commands().find(QString::fromStdString(id))) << lesson.name << ": " << id;
}
} // namespace
