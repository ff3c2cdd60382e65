// SPDX-License-Identifier: GPL-2.0-or-later
// The Italian file itself: each text of the source is in it, and says what the English one says.
#include "ui/models/scenario_titles.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

namespace {
using namespace skbscope;
const QString source = QStringLiteral(SKBSCOPE_SOURCE_DIR);

struct Message {
    QString context, english, italian;
    bool finished = true;
};

std::vector<Message> messages() {
    QFile file(source + QStringLiteral("/assets/translations/skbscope_it.ts"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    std::vector<Message> out;
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        if (xml.name() == QLatin1String("message")) out.push_back({context, {}, {}, true});
        if (out.empty()) continue;
        if (xml.name() == QLatin1String("source")) out.back().english = xml.readElementText();
        if (xml.name() == QLatin1String("translation")) {
            out.back().finished = xml.attributes().value(QLatin1String("type")).isEmpty();
            out.back().italian = xml.readElementText();
        }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return out;
}

QStringList all(const QString &text, const QRegularExpression &pattern) {
    QStringList out;
    auto at = pattern.globalMatch(text);
    while (at.hasNext())
        out << at.next().captured();
    out.sort();
    return out;
}

QString edge(const QString &text, bool end) {
    static const QRegularExpression front(QStringLiteral("^\\s*")), back(QStringLiteral("\\s*$"));
    return (end ? back : front).match(text).captured();
}

// What the scenario files say is what the translator was given.
TEST(Translations, TitlesOfTheBundledScenarios) {
    QStringList known, titles;
    for (const char *title : ui::bundledTitles())
        known << QString::fromUtf8(title);
    for (const QFileInfo &file :
         QDir(source + QStringLiteral("/assets/scenarios")).entryInfoList({QStringLiteral("*.yaml")})) {
        QFile text(file.filePath());
        ASSERT_TRUE(text.open(QIODevice::ReadOnly));
        static const QRegularExpression title(QStringLiteral("^title: \"?([^\n\"]*)"),
                                              QRegularExpression::MultilineOption);
        titles << title.match(QString::fromUtf8(text.readAll())).captured(1);
    }
    known.sort();
    titles.sort();
    EXPECT_EQ(known.join(QLatin1Char('\n')).toStdString(), titles.join(QLatin1Char('\n')).toStdString());
}

TEST(Translations, EachTextIsTranslated) {
    const std::vector<Message> file = messages();
    EXPECT_GT(file.size(), 500U);
    for (const Message &m : file)
        EXPECT_TRUE(m.finished && !m.italian.isEmpty())
            << m.context.toStdString() << ": \"" << m.english.toStdString()
            << "\" has no Italian translation: run tools/update-translations.sh and fill it in";
}

// Numbers, emphasis and code come through; what is joined to other words keeps its spaces.
TEST(Translations, PlaceholdersAgree) {
    std::vector<QRegularExpression> patterns;
    for (const char *pattern : {"%\\d", "\\*\\*", "`", "\\|", "\\n", "F5|Ctrl\\+[A-Z]\\w*|Esc|\\bTab\\b"})
        patterns.emplace_back(QLatin1String(pattern));
    for (const Message &m : messages()) {
        for (const QRegularExpression &pattern : patterns)
            EXPECT_EQ(all(m.english, pattern), all(m.italian, pattern))
                << m.context.toStdString() << ": \"" << m.english.toStdString() << "\", \"" << m.italian.toStdString()
                << '"';
        for (const bool end : {false, true})
            EXPECT_EQ(edge(m.english, end), edge(m.italian, end))
                << m.context.toStdString() << ": \"" << m.english.toStdString() << "\", \"" << m.italian.toStdString()
                << '"';
    }
}

// What the source says now, not what it said when somebody last looked.
TEST(Translations, TheFileHoldsWhatTheSourceSays) {
    QProcess check;
    check.setWorkingDirectory(source);
    check.start(QStringLiteral("tools/update-translations.sh"), {QStringLiteral("--check")});
    ASSERT_TRUE(check.waitForFinished(60000));
    if (check.exitCode() == 3) GTEST_SKIP() << check.readAllStandardError().toStdString();
    EXPECT_EQ(check.exitCode(), 0) << check.readAllStandardError().toStdString();
}
} // namespace
