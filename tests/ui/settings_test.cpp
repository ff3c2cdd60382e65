// SPDX-License-Identifier: GPL-2.0-or-later
// What the window keeps between two runs, and what it does with settings that make no sense.
#include "tests/ui/window_fixture.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Opened;

class Settings : public test::Windows {
protected:
    Settings() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home_.path()); }
    static WindowOptions remembering() {
        WindowOptions o = test::plainOptions();
        o.theme.clear();
        o.reducedMotion = false;
        o.remember = true;
        return o;
    }
    void write(const QByteArray &text) {
        QDir(home_.path()).mkpath(QStringLiteral("skbscope"));
        QFile file(home_.filePath(QStringLiteral("skbscope/window.conf")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QTemporaryDir home_;
};

TEST_F(Settings, ComeBackAsTheyWere) {
    EXPECT_EQ(readWindowState(), WindowState());
    const WindowState state{
        QStringLiteral("dark"),   QStringLiteral("it"),   true, true, 1.21, QRect(40, 30, 1400, 900), true,
        QStringLiteral("source"), QStringLiteral("bytes")};
    writeWindowState(state);
    EXPECT_EQ(readWindowState(), state);
}

TEST_F(Settings, ABrokenFileIsNoObstacle) {
    for (const QByteArray &text :
         {QByteArray("\x00\xff[[[\n=\n%%%", 9), QByteArray("[General]\nplace=@Rect(-5 0 0 99999999)\nzoom=nan\n"),
          QByteArray(
              "theme=mauve\nlanguage=tlh\nzoom=100\nplace=wide\nmaximised=perhaps\nmiddleTab=stack\nonlyTab=7\n"),
          QByteArray(200000, '[')}) {
        write(text);
        const WindowState read = readWindowState();
        EXPECT_EQ(read.theme.toStdString(), "system");
        EXPECT_EQ(read.language.toStdString(), "system");
        EXPECT_EQ(read.zoom, 1);
        EXPECT_TRUE(read.place.isEmpty());
        EXPECT_TRUE(read.middleTab.isEmpty() && read.onlyTab.isEmpty());
        {
            Opened o(remembering(), 0, 0);
            ASSERT_TRUE(o.window);
            o.controller.theme().setMode(QStringLiteral("dark"));
        }
        EXPECT_EQ(readWindowState().theme.toStdString(), "dark"); // and it is mended
    }
}

TEST_F(Settings, TheWindowKeepsWhatTheUserChose) {
    {
        Opened o(remembering(), 0, 0);
        o.controller.theme().setMode(QStringLiteral("dark"));
        o.controller.trigger(QStringLiteral("view.contrast"));
        o.controller.trigger(QStringLiteral("view.motion"));
        o.controller.trigger(QStringLiteral("view.zoom.in"));
        o.controller.language().setMode(QStringLiteral("it"));
        o.window->setGeometry(5, 7, 900, 650);
        QTest::qWait(20);
        o.window->close();
    }
    Opened o(remembering(), 0, 0);
    EXPECT_TRUE(o.controller.theme().isDark());
    EXPECT_TRUE(o.controller.theme().highContrast());
    EXPECT_TRUE(o.controller.theme().reducedMotion());
    EXPECT_EQ(o.controller.theme().palette(), Palette::dark().highContrast());
    EXPECT_EQ(o.controller.language().spoken().toStdString(), "it");
    EXPECT_EQ(o.window->height(), 650);
    EXPECT_EQ(o.window->y(), 7);
    EXPECT_GT(o.controller.unit(), 0.9);
}

TEST_F(Settings, ThePaneInFrontComesBack) {
    const auto shows = [](const Opened &o, const char *pane) {
        return std::ranges::any_of(o.items(), [pane](const QQuickItem *item) {
            return item->property("tabs").isValid() && item->property("name").toString() == QLatin1String(pane);
        });
    };
    {
        Opened o(remembering(), 1280, 800);
        ASSERT_TRUE(o.window);
        QTest::qWait(30); // laid out
        EXPECT_TRUE(shows(o, "bytes"));
        EXPECT_FALSE(shows(o, "source"));
        o.controller.trigger(QStringLiteral("pane.show.source"));
        EXPECT_TRUE(shows(o, "source"));
        o.window->close();
    }
    EXPECT_EQ(readWindowState().middleTab.toStdString(), "source");
    Opened o(remembering(), 1280, 800);
    QTest::qWait(30);
    EXPECT_TRUE(shows(o, "source"));
    EXPECT_FALSE(shows(o, "bytes"));
}

// An option holds for its own run.
TEST_F(Settings, OptionsAreNotKept) {
    writeWindowState({QStringLiteral("light"), QStringLiteral("en"), false, false, 1, {}, false});
    WindowOptions options = remembering();
    options.theme = "dark";
    options.language = "it";
    options.highContrast = options.reducedMotion = true;
    {
        Opened o(options);
        EXPECT_TRUE(o.controller.theme().isDark());
        EXPECT_TRUE(o.controller.theme().highContrast());
        EXPECT_EQ(o.controller.language().spoken().toStdString(), "it");
        o.controller.trigger(QStringLiteral("view.zoom.in"));
    }
    const WindowState kept = readWindowState();
    EXPECT_EQ(kept.theme.toStdString(), "light");
    EXPECT_EQ(kept.language.toStdString(), "en");
    EXPECT_FALSE(kept.highContrast || kept.reducedMotion);
    EXPECT_GT(kept.zoom, 1);
}

TEST_F(Settings, WithoutRememberNothingIsReadOrWritten) {
    writeWindowState({QStringLiteral("dark"), QStringLiteral("it"), true, true, 1.5, {}, false});
    const WindowState before = readWindowState();
    Opened o(test::plainOptions());
    EXPECT_FALSE(o.controller.theme().isDark());
    EXPECT_EQ(o.controller.language().spoken().toStdString(), "en");
    o.controller.trigger(QStringLiteral("view.theme"));
    o.controller.trigger(QStringLiteral("view.zoom.out"));
    EXPECT_EQ(readWindowState(), before);
}

TEST(Place, IsOnAScreen) {
    const QList<QRect> screens{QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 1000)};
    EXPECT_EQ(onScreen(QRect(100, 50, 1600, 900), screens), QRect(100, 50, 1600, 900));
    EXPECT_EQ(onScreen(QRect(2000, 50, 1600, 900), screens), QRect(1920, 50, 1280, 900)); // as much as there is
    EXPECT_EQ(onScreen(QRect(9000, 50, 1600, 900), screens), QRect(320, 50, 1600, 900));  // that screen is gone
    EXPECT_EQ(onScreen(QRect(0, 0, 1600, 1000), {QRect(0, 30, 1366, 738)}), QRect(0, 30, 1366, 738));
    EXPECT_EQ(onScreen(QRect(1, 2, 3, 4), {}), QRect(1, 2, 3, 4));
}
} // namespace
