// SPDX-License-Identifier: GPL-2.0-or-later
// Saving what is shown, by keys.
#include "tests/ui/keys_fixture.h"

#include "ui/export/page.h"
#include "ui/export/page_words.h"
#include "ui/export/save_box.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

namespace skbscope::ui::test {

class Saving : public Keys {
protected:
    Saving() { EXPECT_TRUE(directory.isValid()); }
    QQuickItem *field() {
        for (auto *item : window->findChildren<QQuickItem *>())
            if (item->isVisible() && item->hasActiveFocus() && item->property("selectedText").isValid()) return item;
        return nullptr;
    }
    // What is proposed is replaced by `name` in a directory of the test's own.
    QString typePath(const char *name) {
        const QString path = directory.filePath(QLatin1String(name));
        if (QQuickItem *input = field()) input->setProperty("text", path);
        return path;
    }
    static QByteArray contents(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    SaveBox &box() { return *qobject_cast<SaveBox *>(qvariant_cast<QObject *>(controller.property("saveBox"))); }
    QTemporaryDir directory;
    static constexpr int patience = 120000; // ms: a machine may have other work
};

TEST_F(Saving, APictureOfTheStepThatIsShown) {
    at("ip_rcv_core");
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NE(field(), nullptr);
    EXPECT_TRUE(field()->property("text").toString().endsWith(QStringLiteral(".svg")));
    shoot("save");
    const QString path = typePath("a.svg");
    press(Qt::Key_Return);
    EXPECT_NE(notice().find("a.svg"), std::string::npos) << notice();
    QXmlStreamReader xml(contents(path));
    QString text;
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::Characters) text += xml.text();
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    EXPECT_TRUE(text.contains(s().banner.plain())) << text.left(300).toStdString();
    EXPECT_EQ(field(), nullptr) << "it is closed";
}

TEST_F(Saving, WhatIsThereIsReplacedAtTheSecondTime) {
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    const QString path = typePath("b.png");
    QFile there(path);
    ASSERT_TRUE(there.open(QIODevice::WriteOnly));
    there.write("old");
    there.close();
    press(Qt::Key_Return);
    EXPECT_EQ(contents(path), "old");
    press(Qt::Key_Return);
    EXPECT_TRUE(contents(path).startsWith("\x89PNG"));
}

TEST_F(Saving, AReplayAsAPage) {
    press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    const QString path = typePath("c.txt");
    press(Qt::Key_Return);
    EXPECT_FALSE(QFile::exists(path)) << "a page's name ends with .html";
    const QString page = typePath("c.html");
    press(Qt::Key_Return);
    EXPECT_TRUE(box().isBusy());
    EXPECT_NE(field(), nullptr) << "it tells how far it is";
    const quint32 step = s().selection.step();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !box().isBusy(); }, patience));
    EXPECT_TRUE(contents(page).startsWith("<!DOCTYPE html>"));
    EXPECT_NE(notice().find("c.html"), std::string::npos) << notice();
    EXPECT_EQ(field(), nullptr) << "it is closed";
    EXPECT_EQ(s().selection.step(), step) << "the page is stepped through in a session of its own";
    PageOptions options;
    options.start = step;
    options.side = s().selection.side();
    const auto here = toPage(*s().selection.document(), options);
    ASSERT_TRUE(here) << here.error().toStdString();
    EXPECT_EQ(contents(page), *here) << "it is the page that this thread makes, too";
}

// Far before a page is whole: no file, and the next one is made all the same.
TEST_F(Saving, APageIsCancelled) {
    press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    const QString path = typePath("d.html");
    press(Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return box().progress() > 0; }, patience));
    EXPECT_LT(box().progress(), 1);
    EXPECT_TRUE(box().doing().startsWith(QStringLiteral("step "))) << box().doing().toStdString();
    shoot("page");
    press(Qt::Key_Escape);
    EXPECT_FALSE(box().isBusy());
    EXPECT_EQ(field(), nullptr);
    QTest::qWait(300);
    EXPECT_FALSE(QFile::exists(path));
    press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    typePath("e.html");
    press(Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([this] { return box().progress() > 0; }, patience)) << "the next one is made";
    box().cancel();
    EXPECT_FALSE(QFile::exists(path));
}

// The page speaks the window's language.
TEST_F(Saving, ThePageSpeaksItalian) {
    PageOptions options;
    options.last = 2;
    controller.language().setMode(QStringLiteral("it"));
    const auto italian = toPage(*s().selection.document(), options);
    controller.language().setMode(QStringLiteral("en"));
    const auto english = toPage(*s().selection.document(), options);
    ASSERT_TRUE(italian && english);
    EXPECT_TRUE(italian->contains("<html lang=\"it\">"));
    EXPECT_TRUE(italian->contains("\"Keys\":\"Tasti\""));
    EXPECT_TRUE(italian->contains("Modello, C++"));
    EXPECT_TRUE(english->contains("<html lang=\"en\">"));
    EXPECT_FALSE(english->contains("Tasti"));
}

// Every word that the page's own files hold is in the list that is translated, as it stands there.
TEST_F(Saving, ThePagesOwnWordsAreFound) {
    controller.language().setMode(QStringLiteral("it"));
    const QJsonObject words = QJsonDocument::fromJson(pageWords()).object();
    controller.language().setMode(QStringLiteral("en"));
    EXPECT_GT(words.size(), 40);
    QByteArray files;
    for (const char *name : {"page.html", "page.js"})
        files += contents(QStringLiteral(SKBSCOPE_SOURCE_DIR "/ui/export/") + QLatin1String(name));
    for (const QString &word : words.keys()) { // but for those that are made of two
        const bool made = word.startsWith(QStringLiteral("State: ")) || word.startsWith(QStringLiteral("the "));
        EXPECT_TRUE(made || files.contains(word.toUtf8())) << word.toStdString();
    }
    static const QRegularExpression said(QStringLiteral("word\\('([^']+)'"));
    for (auto at = said.globalMatch(QString::fromUtf8(files)); at.hasNext();) {
        const QString word = at.next().captured(1);
        EXPECT_TRUE(words.contains(word)) << word.toStdString();
    }
}

TEST_F(Saving, AFileThatCannotBeWrittenIsSaid) {
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NE(field(), nullptr);
    field()->setProperty("text", QStringLiteral("/nowhere/at/all.svg"));
    press(Qt::Key_Return);
    ASSERT_NE(field(), nullptr) << "it stays open";
    const auto *box = qvariant_cast<QObject *>(controller.property("saveBox"));
    EXPECT_TRUE(box->property("problem").toString().startsWith(QStringLiteral("It cannot be written there")));
    press(Qt::Key_Escape);
    EXPECT_EQ(field(), nullptr);
}

} // namespace skbscope::ui::test
