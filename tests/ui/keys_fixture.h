// SPDX-License-Identifier: GPL-2.0-or-later
// The window driven by keys alone, as a person does: palette, find, breakpoints, who changed this, marks, looking
// around.
#include "tests/ui/complaints.h"
#include "tests/ui/contents.h"
#include "tests/ui/fixture.h"
#include "ui/theme/fonts.h"
#include "ui/views/window_setup.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace skbscope::ui::test {

inline WindowOptions keyOptions() {
    WindowOptions o;
    o.allowRoot = true;
    o.theme = "light";
    o.reducedMotion = true;
    o.sourceDirectory = SKBSCOPE_SOURCE_DIR;
    o.run = [](const std::string &) -> tl::expected<trace::Trace, std::string> { return udpVeth(); };
    return o;
}

class Keys : public testing::Test {
protected:
    static void SetUpTestSuite() {
        static int one = 1;
        static char name[] = "keys";
        static char *argv[] = {name, nullptr};
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qInstallMessageHandler(listen);
        prepareWindow();
        app = std::make_unique<QGuiApplication>(one, argv);
        loadFonts();
    }
    static void TearDownTestSuite() { app.reset(); }
    static inline std::unique_ptr<QGuiApplication> app;
    Keys() : Keys(keyOptions()) {}
    explicit Keys(WindowOptions options) : controller(std::move(options)) {
        EXPECT_TRUE(controller.openFirst());
        window = openWindow(engine, controller, 1600, 1000);
        window->requestActivate();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window));
    }
    ~Keys() override { EXPECT_TRUE(complaints().isEmpty()) << complaints().join(QLatin1Char('\n')).toStdString(); }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window, key, modifiers);
    }
    void type(const char *text) {
        for (const char *c = text; *c; ++c)
            QTest::keyClick(window, *c);
    }
    Session &s() { return controller.session(); }
    std::string here() {
        const TraceDocument &d = *s().selection.document();
        return d.rows()[d.steps()[s().selection.step()].row].name.toStdString();
    }
    void at(const char *name) {
        const auto &rows = s().selection.document()->rows();
        for (quint32 i = 0; i < rows.size(); ++i)
            if (rows[i].name == QLatin1String(name)) return s().selection.setRow(i);
        FAIL() << name;
    }
    SceneView *view(const char *type) {
        for (auto *v : window->findChildren<SceneView *>())
            if (QString::fromLatin1(v->metaObject()->className()).endsWith(QLatin1String(type))) return v;
        return nullptr;
    }
    void shoot(const char *name) {
        QTest::qWait(30);
        window->grabWindow().save(QStringLiteral(SKBSCOPE_BINARY_DIR) +
                                  QStringLiteral("/keys-%1.png").arg(QLatin1String(name)));
    }
    std::string notice() { return s().replay.notice().toStdString(); }

    WindowController controller;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
};

} // namespace skbscope::ui::test
