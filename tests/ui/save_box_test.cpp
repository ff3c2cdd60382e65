// SPDX-License-Identifier: GPL-2.0-or-later
// Saving what is shown, by keys.
#include "tests/ui/keys_fixture.h"

#include <QFile>
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
    QTemporaryDir directory;
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
    EXPECT_TRUE(contents(page).startsWith("<!DOCTYPE html>"));
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
