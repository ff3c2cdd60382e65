// SPDX-License-Identifier: GPL-2.0-or-later
// Lessons in another language: the same places and questions, the same numbers and names, and what is said where there
// is none.
#include "app/lesson/lesson_file.h"
#include "app/lesson/lesson_words.h"
#include "ui/models/lesson_model.h"
#include "ui/models/names.h"
#include "ui/models/session.h"

#include <QRegularExpression>
#include <gtest/gtest.h>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

std::vector<Lesson> lessons() {
    return app::lessonsIn(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/lessons");
}

// What may not be translated: numbers, names in code, and how often something is emphasised.
std::multiset<QString> fixedParts(const std::string &text) {
    static const QRegularExpression part(QStringLiteral("`[^`]*`|\\*\\*|\\d+|\\b[A-Z]{3,}"));
    std::multiset<QString> out;
    for (auto it = part.globalMatch(qs(text)); it.hasNext();)
        out.insert(it.next().captured());
    return out;
}

std::string joined(const std::multiset<QString> &parts) {
    QStringList out(parts.begin(), parts.end());
    return out.join(QLatin1Char(' ')).toStdString();
}

// Places, commands and questions are the lesson's own; the words say the same things in each language.
TEST(LessonWords, ItalianSaysTheSame) {
    for (const Lesson &lesson : lessons()) {
        ASSERT_TRUE(lesson.words.count("it")) << "no " << lesson.name << ".it.yaml";
        const LessonWords &it = lesson.words.at("it");
        ASSERT_EQ(it.error, "");
        ASSERT_EQ(it.parts.size(), lesson.parts.size());
        EXPECT_NE(it.title, lesson.title);
        EXPECT_NE(it.summary, lesson.summary);
        for (std::size_t i = 0; i < it.parts.size(); ++i) {
            SCOPED_TRACE(lesson.parts[i].title);
            const LessonPart &english = lesson.parts[i];
            const LessonGate gate = english.gate.value_or(LessonGate{});
            EXPECT_NE(it.parts[i].text, english.text);
            EXPECT_EQ(joined(fixedParts(it.parts[i].text)), joined(fixedParts(english.text)));
            EXPECT_EQ(joined(fixedParts(it.parts[i].ask)), joined(fixedParts(gate.ask)));
            EXPECT_EQ(joined(fixedParts(it.parts[i].because)), joined(fixedParts(gate.because)));
        }
    }
}

TEST(LessonWords, WordsThatDoNotGoWithTheLessonAreTold) {
    const auto lesson = app::parseLesson("title: T\nsummary: S\nscenario: udp-veth\nparts:\n"
                                         "  - title: A\n    text: B\n    at: ip_rcv\n"
                                         "    gate: { kind: pointer, ask: \"Which?\" }\n",
                                         "my.yaml");
    ASSERT_TRUE(lesson) << lesson.error().message();
    const auto wrong = [&](const std::string &parts) {
        const auto words = app::parseLessonWords("title: T\nsummary: S\nparts:\n" + parts, "my.it.yaml", *lesson);
        return words ? std::string("fine") : words.error().message();
    };
    const std::string part = "  - at: ip_rcv\n    title: A\n    text: B\n";
    EXPECT_EQ(wrong(part + "    ask: Quale?\n"), "fine");
    EXPECT_EQ(wrong(part), "my.it.yaml:4:5: ask: is missing: the lesson has one; translate it");
    EXPECT_EQ(wrong(part + "    ask: Quale?\n    because: No\n"),
              "my.it.yaml:8:5: because: is not in the lesson; take it out");
    EXPECT_EQ(wrong("  - at: ip_output\n    title: A\n    text: B\n    ask: Q\n"),
              "my.it.yaml:4:5: at: 'ip_output' is not where part 1 of the lesson is; that is ip_rcv; put the parts in "
              "the lesson's order");
    EXPECT_EQ(wrong(part + "    ask: Q\n" + part + "    ask: Q\n"),
              "my.it.yaml:3:1: parts: has 2 parts, the lesson 1; give each part of the lesson its words");
    EXPECT_EQ(wrong(part + "    ask: Q\n    do: pane.show.bytes\n").substr(0, 31), "my.it.yaml:8:5: do: unknown key");
}

// The first language that a lesson has; where it has none of them its own, with a word on it.
TEST(LessonWords, EachIsShownInALanguageTheUserReads) {
    Session s;
    std::vector<Lesson> all = lessons();
    all[1].words.clear();
    all[2].words.at("it").error = "udp-receive.it.yaml:4:5: at: wrong";
    LessonModel model(all, &s.selection, &s.gate);
    const auto title = [&](int lesson) { return model.data(model.index(lesson), LessonModel::TitleRole).toString(); };
    const auto note = [&](int lesson) {
        return model.data(model.index(lesson), LessonModel::LanguageNoteRole).toString().toStdString();
    };
    EXPECT_EQ(title(0).toStdString(), all[0].title);
    EXPECT_EQ(note(0), "");
    model.setLanguages({QStringLiteral("fr"), QStringLiteral("it"), QStringLiteral("en")});
    EXPECT_EQ(title(0).toStdString(), all[0].words.at("it").title);
    EXPECT_EQ(note(0), "");
    EXPECT_EQ(title(1).toStdString(), all[1].title);
    EXPECT_EQ(note(1), "") << "English is read, too";
    model.setLanguages({QStringLiteral("it")});
    EXPECT_EQ(title(1).toStdString(), all[1].title);
    EXPECT_EQ(note(1), "This lesson is not there in your language: it is shown as it was written.");
    EXPECT_EQ(title(2).toStdString(), all[2].title);
    EXPECT_EQ(note(2), "Its words in your language cannot be shown: udp-receive.it.yaml:4:5: at: wrong");
    model.open(0);
    model.arrived();
    EXPECT_EQ(model.partTitle().toStdString(), all[0].words.at("it").parts[0].title);
    EXPECT_TRUE(model.paragraphs().join(QString()).contains(QStringLiteral("due pezzi di memoria")));
    EXPECT_EQ(model.languageNote().toStdString(), "");
}

} // namespace
