// SPDX-License-Identifier: GPL-2.0-or-later
// A window per test in one application, its options chosen by the test.
#pragma once

#include "tests/ui/complaints.h"
#include "tests/ui/contents.h"
#include "tests/ui/fixture.h"
#include "tests/ui/offscreen.h"
#include "ui/models/phrase.h"
#include "ui/views/window_setup.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace skbscope::ui::test {

// A controller with its window, on the tests' own trace.
struct Opened {
    explicit Opened(const WindowOptions &options, int width = 1600, int height = 1000) : controller(options) {
        EXPECT_TRUE(controller.openFirst());
        window = openWindow(engine, controller, width, height);
    }
    Session &session() { return controller.session(); }
    void at(const char *name) {
        const auto &rows = session().selection.document()->rows();
        for (quint32 i = 0; i < rows.size(); ++i)
            if (rows[i].name == QLatin1String(name)) return session().selection.setRow(i);
        FAIL() << name;
    }
    QImage shot(const QString &name) {
        QTest::qWait(30);
        const QImage image = window->grabWindow();
        image.save(QStringLiteral(SKBSCOPE_BINARY_DIR "/") + name + QStringLiteral(".png"));
        return image;
    }
    // Everything that is shown, in the order of the tree.
    [[nodiscard]] std::vector<QQuickItem *> items() const {
        std::vector<QQuickItem *> out;
        collect(window->contentItem(), out);
        return out;
    }

    WindowController controller;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;

private:
    static void collect(QQuickItem *item, std::vector<QQuickItem *> &out) {
        if (!item->isVisible()) return;
        out.push_back(item);
        for (QQuickItem *child : item->childItems())
            collect(child, out);
    }
};

inline WindowOptions plainOptions() {
    WindowOptions o;
    o.allowRoot = true;
    o.theme = "light";
    o.reducedMotion = true;
    o.sourceDirectory = SKBSCOPE_SOURCE_DIR;
    o.scenarios = {{"udp-veth", "One UDP datagram across a veth pair"}};
    o.run = [](const std::string &) -> tl::expected<trace::Trace, std::string> { return udpVeth(); };
    return o;
}

class Windows : public Offscreen {
protected:
    static void SetUpTestSuite() {
        qInstallMessageHandler(listen);
        static const bool once = (prepareWindow(), true); // some programs have two suites, and one scene graph
        Q_UNUSED(once)
        Offscreen::SetUpTestSuite();
    }
    ~Windows() override {
        EXPECT_TRUE(complaints().isEmpty()) << complaints().join(QLatin1Char('\n')).toStdString();
        complaints().clear();
    }
};

} // namespace skbscope::ui::test
