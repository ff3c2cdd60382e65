// SPDX-License-Identifier: GPL-2.0-or-later
// Every pane and dialog at the sizes people have, with each kind of packet: no word is cut off, none lies on another,
// nothing is drawn over one.
#include "app/lesson/lesson_file.h"
#include "tests/ui/both_sides.h"
#include "tests/ui/fake_runner.h"
#include "tests/ui/whole_words.h"
#include "tests/ui/window_fixture.h"

#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Opened;

constexpr QSize sizes[] = {{1280, 800}, {1920, 1080}};

test::FakeRunner &runner() {
    static test::FakeRunner it;
    it.hostProblem = "skbscope-agent: not found; build with SKBSCOPE_AGENT=ON, or name it in $SKBSCOPE_AGENT";
    return it;
}

WindowOptions optionsFor(const char *scenario, const char *language) {
    WindowOptions o = test::plainOptions();
    o.scenarios = {{scenario, "A scenario with a title that is long enough to be cut"}};
    o.scenario = scenario;
    o.run = test::bothSidesOf;
    o.language = language;
    o.runner = &runner();
    o.lessons = app::lessonsIn(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/lessons");
    return o;
}

enum class Look : quint8 { window, lesson, maps, dialogs, presentation };
struct Case {
    const char *scenario, *language;
    Look look;
};

void PrintTo(const Case &c, std::ostream *out) {
    constexpr const char *looks[] = {"", ", in a lesson", ", maps", ", dialogs", ", presented"};
    *out << c.scenario << " in " << c.language << looks[int(c.look)];
}

// One suite: Qt's animation timers do not outlive one application.
class WholeWords : public test::Windows, public testing::WithParamInterface<Case> {
protected:
    static void size(Opened &o, const QSize &to) {
        o.window->resize(to);
        QTest::qWait(20);
        o.window->grabWindow(); // whatever waits to be laid out is now
    }
    // Each once: what is wrong is so at many steps.
    void expectNone(const std::vector<std::string> &complaints) {
        for (const std::string &complaint : complaints)
            if (told_.insert(complaint).second) ADD_FAILURE() << complaint;
    }
    int checkPanes(Opened &o) {
        int drawn = 0;
        for (auto *v : o.window->findChildren<SceneView *>()) {
            if (!v->isVisible() || v->list().items.empty()) continue;
            SCOPED_TRACE(v->metaObject()->className());
            expectNone(test::paneComplaints(v->list()));
            ++drawn;
        }
        return drawn;
    }
    // The map of all hosts, that of the way, that of one layer.
    void maps(Opened &o) {
        o.session().selection.setStep(quint32(o.session().selection.document()->steps().size() / 2));
        for (const char *map : {"map.out", "map.in", "map.in", "map.out"}) {
            SCOPED_TRACE(map);
            EXPECT_TRUE(o.controller.trigger(QLatin1String(map)));
            QTest::qWait(20);
            o.window->grabWindow();
            EXPECT_GE(checkPanes(o), 3);
            expectNone(test::textComplaints(o.window, o.window->contentItem()));
        }
    }
    void checkOver(Opened &o, const char *what) {
        SCOPED_TRACE(what);
        QTest::qWait(60);
        o.window->grabWindow();
        int shown = 0;
        for (QQuickItem *item : o.items()) {
            if (item->z() < 100 || !item->isVisible()) continue;
            ++shown;
            expectNone(test::textComplaints(o.window, item));
        }
        EXPECT_GT(shown, 0);
        QTest::keyClick(o.window, Qt::Key_Escape);
    }
    // What opens over the window.
    void dialogs(Opened &o) {
        const auto check = [&](const char *what) { checkOver(o, what); };
        for (const char *command :
             {"palette.open", "help.keys", "difference.list", "break.list", "lesson.open", "scenario.choose",
              "gate.ask", "trace.save", "run.open", "attach.open", "live.open", "export.picture"}) {
            EXPECT_TRUE(o.controller.trigger(QLatin1String(command))) << command;
            check(command);
        }
        answers(o);
        o.controller.picker().open({QStringLiteral("Compare udp-veth.skbt: kernel 6.1.0-56-cloud-amd64 with: choose B"),
                                    QStringLiteral("Type"),
                                    {{QStringLiteral("one"), QStringLiteral("its detail")}}});
        emit o.controller.pickerRequested();
        check("a picker with a long title");
    }
    // How a guess is marked, for each kind of question: at the first step that allows it, and at the last.
    void answers(Opened &o) {
        GateModel &gate = o.session().gate;
        Selection &selection = o.session().selection;
        const auto count = quint32(selection.document()->steps().size());
        int asked = 0;
        for (const GateKind kind : allGateKinds)
            for (const bool first : {true, false})
                for (quint32 i = 0; i < count; ++i) {
                    selection.setStep(first ? i : count - 1 - i);
                    if (!gate.start(kind)) continue;
                    gate.isPointers() ? gate.choosePointer(5) : gate.choose(0);
                    gate.answer();
                    ASSERT_TRUE(gate.isAnswered());
                    checkOver(o, qPrintable(gateWord(kind)));
                    gate.skip();
                    ++asked;
                    break;
                }
        EXPECT_GE(asked, 8);
    }
    // What is projected: each pane beside another.
    void presentation(Opened &o) {
        ASSERT_TRUE(o.controller.trigger(QStringLiteral("present.toggle")));
        int drawn = 0;
        for (const auto &[left, right] :
             {std::pair{"calls", "memory"}, {"stack", "bytes"}, {"card", "source"}, {"memory", "stack"}}) {
            SCOPED_TRACE(testing::Message() << left << " beside " << right);
            o.controller.present().setPane(0, QLatin1String(left));
            o.controller.present().setPane(1, QLatin1String(right));
            size(o, o.window->size());
            drawn += walk(o);
        }
        EXPECT_GT(drawn, 40);
        ASSERT_TRUE(o.controller.trigger(QStringLiteral("present.toggle")));
    }
    // Some steps of the trace, on both sides. How many panes were looked at that are drawn, not made of items.
    int walk(Opened &o) {
        Selection &selection = o.session().selection;
        const TraceDocument &d = *selection.document();
        std::vector<quint32> stops;
        for (quint32 i = 0; i <= 8; ++i)
            stops.push_back(quint32(d.steps().size() - 1) * i / 8);
        // Where something hangs on the buffer: a frag_list, pages, a clone.
        for (quint32 row = 0; row < d.rows().size(); ++row)
            for (const char *name : {"ip_local_deliver_finish", "udp_gro_complete_segment", "skb_set_owner_r"})
                if (d.rows()[row].name == QLatin1String(name)) stops.push_back(d.firstStepOf(row));
        int drawn = 0;
        for (std::size_t i = 0; i < stops.size(); ++i) {
            selection.setStep(stops[i]);
            if (d.hasBoth()) selection.setSide(i % 2 ? trace::SideKind::kernel : trace::SideKind::model);
            QTest::qWait(1);
            for (int once = 0; once < 2; ++once) // laid out, not painted; rows ask their items for it again
                for (QQuickItem *item : o.items())
                    item->ensurePolished();
            SCOPED_TRACE(testing::Message() << "step " << selection.step());
            drawn += checkPanes(o);
            expectNone(test::textComplaints(o.window, o.window->contentItem()));
        }
        return drawn;
    }

    void look(Opened &o, Look how) {
        switch (how) {
        case Look::window:
        case Look::lesson:
            EXPECT_GT(walk(o), 18);
            break;
        case Look::maps:
            return maps(o);
        case Look::dialogs:
            return dialogs(o);
        case Look::presentation:
            return presentation(o);
        }
    }

private:
    std::set<std::string> told_;
};

TEST_P(WholeWords, NothingIsCutOffOrCovered) {
    const Case &c = GetParam();
    WindowOptions options = optionsFor(c.scenario, c.language);
    if (c.look == Look::lesson) options.lesson = "sk-buff-life";
    Opened o(options, 1280, 800);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !o.controller.busy() && !o.controller.lessons().isWaiting(); }, 5000));
    for (const QSize &to : sizes) {
        size(o, to);
        SCOPED_TRACE(testing::Message() << c.scenario << " at " << to.width());
        look(o, c.look);
        if (HasFailure()) o.shot(QStringLiteral("whole-%1-%2").arg(QLatin1String(c.scenario)).arg(to.width()));
    }
}
INSTANTIATE_TEST_SUITE_P(Traces, WholeWords,
                         testing::Values(Case{"udp-veth", "en", Look::window}, Case{"udp-veth", "it", Look::window},
                                         Case{"udp-veth", "en", Look::lesson}, Case{"udp-veth", "it", Look::lesson},
                                         Case{"udp-fragments", "en", Look::window},
                                         Case{"card-gro", "en", Look::window}, Case{"udp-veth-arp", "en", Look::window},
                                         Case{"udp-packet-socket", "en", Look::window},
                                         Case{"udp-forward", "en", Look::maps}, Case{"udp-rps", "it", Look::maps},
                                         Case{"udp-veth", "en", Look::dialogs}, Case{"udp-veth", "it", Look::dialogs},
                                         Case{"udp-veth", "en", Look::presentation},
                                         Case{"udp-fragments", "it", Look::presentation}));
} // namespace
