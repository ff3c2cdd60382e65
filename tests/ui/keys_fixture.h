// SPDX-License-Identifier: GPL-2.0-or-later
// The window driven by keys alone, as a person does: palette, find, breakpoints, who changed this, marks, looking
// around.
#include "tests/ui/window_fixture.h"

namespace skbscope::ui::test {

class Keys : public Windows {
protected:
    Keys() : Keys(plainOptions()) {}
    explicit Keys(WindowOptions options) : controller(std::move(options)) {
        EXPECT_TRUE(controller.openFirst());
        window = openWindow(engine, controller, 1600, 1000);
        window->requestActivate();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window));
    }

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
