// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bench/window_commands.h"

#include "ui/export/page.h"
#include "ui/export/view_picture.h"

#include <QElapsedTimer>
#include <cstdio>

using namespace skbscope::ui;

namespace {
// Until the command returns: all models have been told. The frame after it costs what that of a jump does.
class Commands {
public:
    explicit Commands(Session &session) : s_(session) {}

    void run() {
        runs();
        breakpoints();
        others();
        exports();
    }

private:
    void timed(const char *name, const std::function<void()> &command) {
        QElapsedTimer timer;
        timer.start();
        command();
        std::printf("%-46s %10.2f ms, at step %d\n", name, double(timer.nsecsElapsed()) / 1e6, s_.selection.stepInt());
        std::fflush(stdout);
    }
    void toEnd() { s_.selection.setStepInt(s_.selection.stepCount() - 1); }
    void toMiddle() { s_.selection.setStepInt(s_.selection.stepCount() / 2); }

    void runs() {
        using skbscope::ui::Direction;
        s_.selection.setStepInt(0);
        timed("next queue operation, the first time", [&] { s_.replay.run(Replay::queue, Direction::forward); });
        timed("next queue operation", [&] { s_.replay.run(Replay::queue, Direction::forward); });
        timed("next drop", [&] { s_.replay.run(Replay::drop, Direction::forward); });
        timed("next difference", [&] { s_.replay.run(Replay::difference, Direction::forward); });
        const QString name = QStringLiteral("__alloc_skb");
        timed("next call of __alloc_skb, the first time", [&] { s_.replay.runToFunction(name, Direction::forward); });
        timed("next call of __alloc_skb", [&] { s_.replay.runToFunction(name, Direction::forward); });
        toEnd();
        timed("from the end: drop before", [&] { s_.replay.run(Replay::drop, Direction::back); });
        toEnd();
        timed("from the end: queue operation before", [&] { s_.replay.run(Replay::queue, Direction::back); });
        toEnd();
        timed("from the end: difference before", [&] { s_.replay.run(Replay::difference, Direction::back); });
        toEnd();
        timed("from the end: call before", [&] { s_.replay.runToFunction(name, Direction::back); });
    }

    void breakpoints() {
        toMiddle();
        for (const char *text : {"__alloc_skb", "fib_*", "drop", "len > 60", "watch truesize"}) {
            timed(qPrintable(QStringLiteral("breakpoint ") + QLatin1String(text)),
                  [&] { s_.breakpoints.add(QString::fromLatin1(text)); });
            if (s_.breakpoints.error().isEmpty())
                std::printf("    %zu stops\n", s_.breakpoints.steps(s_.breakpoints.count() - 1).size());
            else
                std::printf("    %s\n", qPrintable(s_.breakpoints.error()));
        }
        timed("run to the next stop", [&] { s_.replay.run(Replay::stop, Direction::forward); });
        timed("run to the stop before", [&] { s_.replay.run(Replay::stop, Direction::back); });
        s_.breakpoints.clear();
    }

    void others() {
        toMiddle();
        for (int i = 0; i < 3; ++i) {
            timed("last change of len", [&] { s_.replay.goToLastChange(Linked::ofField(QStringLiteral("len"))); });
            s_.selection.setStepInt(s_.selection.stepInt() + 40);
        }
        timed("predict: the first question", [&] { s_.gate.start(); });
        timed("predict: another", [&] { s_.gate.another(); });
        s_.gate.skip();
        timed("list of differences, opened", [&] { s_.differences.setOpen(true); });
        timed("list of differences, a word", [&] { s_.differences.setQuery(QStringLiteral("truesize")); });
        s_.differences.setOpen(false);
        timed("find a function", [&] { s_.find.setQuery(QStringLiteral("__alloc_skb()")); });
        timed("find: the next one", [&] { s_.find.go(Direction::forward); });
        s_.find.setQuery({});
        timed("names of all functions", [&] { (void)s_.selection.document()->functionNames(); });
    }

    void exports() {
        toMiddle();
        timed("the view as a picture", [&] { (void)toSvg(viewPicture(s_), Palette::light()); });
        PageOptions options;
        options.first = quint32(s_.selection.stepInt());
        options.last = options.first + 200;
        options.start = options.first;
        options.side = s_.selection.side();
        timed("200 steps as a page", [&] {
            const auto page = toPage(*s_.selection.document(), options);
            std::printf("    %s\n", page ? qPrintable(QString::number(page->size()) + QStringLiteral(" bytes"))
                                         : qPrintable(page.error()));
        });
    }

    Session &s_;
};
} // namespace

void measureCommands(Session &session) {
    Commands(session).run();
}
