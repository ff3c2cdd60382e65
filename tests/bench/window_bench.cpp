// SPDX-License-Identifier: GPL-2.0-or-later
// A trace in the window, from the file to the frames: what each takes, and how many bytes. Draws with the software
// renderer to no screen, so that figures of two machines, or of two versions on one, can be compared.
//     window_bench TRACE.skbt [frames]
// One line a figure: name, value, unit. A frame is from the command to the picture that shows it, in milliseconds.
#include "tests/bench/window_commands.h"
#include "trace/trace_file.h"
#include "ui/theme/fonts.h"
#include "ui/views/window_setup.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {
using namespace skbscope;

double heapBytes() {
    malloc_trim(0);
    const struct mallinfo2 now = mallinfo2();
    return double(now.uordblks + now.hblkhd);
}

double residentBytes() {
    malloc_trim(0);
    double pages = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return resident * double(sysconf(_SC_PAGESIZE));
}

void say(const char *name, double value, const char *unit) {
    std::printf("%-34s %12.2f %s\n", name, value, unit);
    std::fflush(stdout);
}

// Of this process, all threads.
double cpuMs() {
    struct timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

class Stopwatch {
public:
    Stopwatch() { timer_.start(); }
    [[nodiscard]] double ms() const { return double(timer_.nsecsElapsed()) / 1e6; }

private:
    QElapsedTimer timer_;
};

class Frames {
public:
    Frames(QQuickWindow *window, ui::Session &session) : window_(window), session_(session) {
        QObject::connect(window, &QQuickWindow::frameSwapped, [this] { drawn_ = true; });
    }
    double show(const std::function<void()> &command) {
        QCoreApplication::processEvents();
        const Stopwatch watch;
        command();
        drawn_ = false;
        window_->update();
        for (const Stopwatch waiting; !drawn_ && waiting.ms() < 2000;)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 100);
        return watch.ms();
    }
    void measure(const char *name, int count, const std::function<void(int)> &command) {
        std::vector<double> all, own;
        for (int i = 0; i < count; ++i) {
            const double before = cpuMs();
            all.push_back(show([&] { command(i); }));
            own.push_back(cpuMs() - before);
        }
        std::sort(all.begin(), all.end());
        std::sort(own.begin(), own.end());
        std::printf("%-34s %12.2f ms (median of %d; best %.2f, 95 of 100 within %.2f, worst %.2f; of the CPU %.2f)\n",
                    name, all[all.size() / 2], count, all.front(), all[all.size() * 95 / 100], all.back(),
                    own[own.size() / 2]);
        std::fflush(stdout);
    }
    [[nodiscard]] ui::Session &session() { return session_; }

private:
    QQuickWindow *window_;
    ui::Session &session_;
    bool drawn_ = false;
};

void steps(Frames &frames, int count) {
    ui::Selection &selection = frames.session().selection;
    const int all = selection.stepCount();
    for (const int percent : {0, 50, 90}) {
        const int from = int(qint64(all) * percent / 100);
        selection.setStepInt(from);
        frames.measure(qPrintable(QStringLiteral("step forward, at %1 %").arg(percent)), count,
                       [&](int) { selection.setStepInt(selection.stepInt() + 1); });
        frames.measure(qPrintable(QStringLiteral("step back, at %1 %").arg(percent)), count,
                       [&](int) { selection.setStepInt(selection.stepInt() - 1); });
    }
    ui::TimelineModel &timeline = frames.session().timeline;
    selection.setStepInt(all / 2);
    frames.measure("timeline: nearer, farther", count,
                   [&](int i) { timeline.zoom(i % 16 < 8 ? 2 : 0.5, timeline.placeOf(timeline.current())); });
    frames.measure("timeline: along", count, [&](int i) { timeline.pan(i % 2 ? 700 : -900); });
    timeline.showAll();
    frames.measure("timeline: all of it, step", count, [&](int) { selection.setStepInt(selection.stepInt() + 1); });
    frames.measure("jump", count, [&](int i) { selection.setStepInt(int((qint64(i) * 7919 % 1000) * all / 1000)); });
}
// To the picture that shows what is left.
void searches(Frames &frames) {
    ui::FilterModel &filter = frames.session().filter;
    // What there is in the middle of the trace: its function, its packet.
    const ui::TraceDocument &d = *frames.session().selection.document();
    const quint32 row = d.rowAtStep(quint32(d.steps().size()) / 2);
    const ui::DocumentSide &side = *d.side(d.sideOf(row));
    quint32 event = d.firstCallOf(row).enter;
    while (event + 1 < side.side->events.size() && side.event(event).packet == trace::no_packet)
        ++event;
    for (const QString &query :
         {d.rows()[row].name + QStringLiteral("()"), QStringLiteral("#%1").arg(side.event(event).packet),
          QStringLiteral("10.99.0.1 > 10.99.0.2")}) {
        const double took = frames.show([&] { filter.setQuery(query); });
        say(qPrintable(QStringLiteral("filter ") + query), took, "ms");
        std::printf("    %s\n", qPrintable(filter.words()));
        filter.clear();
    }
}

// It is gathered on another thread; the longest time the window did nothing else.
void wholeMap(Frames &frames) {
    ui::MapModel &map = frames.session().map;
    const Stopwatch all;
    double longest = frames.show([&] { map.setZoom(ui::MapModel::overviewZoom); });
    while (!map.overview().gathering.isEmpty()) {
        const Stopwatch turn;
        QCoreApplication::processEvents();
        longest = std::max(longest, turn.ms());
    }
    say("map of all hosts, the first time", all.ms(), "ms");
    say("    longest block", longest, "ms");
}

// Words that no function has: how soon something is shown, how long all of it takes, and the longest time in which the
// window did nothing else. Frames are drawn meanwhile.
void textSearch(Frames &frames, const QString &words) {
    ui::FilterModel &filter = frames.session().filter;
    const double before = cpuMs();
    const Stopwatch all;
    filter.setQuery(words);
    double longest = all.ms(), first = filter.matches() > 0 ? all.ms() : -1;
    while (filter.isSearching()) {
        const Stopwatch turn;
        QCoreApplication::processEvents();
        longest = std::max(longest, turn.ms());
        if (first < 0 && filter.matches() > 0) first = all.ms();
    }
    std::printf("text \"%s\": first %.1f ms, all %.0f ms (of the CPU %.0f), longest block %.1f ms: %s\n",
                qPrintable(words), first, all.ms(), cpuMs() - before, longest, qPrintable(filter.words()));
    std::fflush(stdout);
    filter.clear();
}
} // namespace

int main(int argc, char **argv) {
    if (argc < 2) {
        std::fprintf(stderr, "window_bench TRACE.skbt [frames]\n");
        return 2;
    }
    const int count = argc > 2 ? std::atoi(argv[2]) : 100;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QPA_UPDATE_IDLE_TIME", "0"); // a frame as soon as one is wanted
    ui::prepareWindow();
    QGuiApplication app(argc, argv);
    ui::loadFonts();
    ui::WindowOptions options;
    options.allowRoot = true;
    options.theme = "light";
    options.reducedMotion = true;
    options.sourceDirectory = SKBSCOPE_SOURCE_DIR;
    options.scenarios = {{"one", "One step"}};
    options.run = [](const std::string &) { return tl::expected<trace::Trace, std::string>(trace::Trace{}); };
    ui::WindowController controller(options);
    QQmlApplicationEngine engine;
    if (!controller.openFirst()) return 2;
    QQuickWindow *window = ui::openWindow(engine, controller, 1600, 1000);
    if (!window) return 2;
    Frames frames(window, controller.session());
    frames.show([] {});
    const double heapBefore = heapBytes(), residentBefore = residentBytes();

    const Stopwatch all;
    auto trace = trace::read_trace(argv[1]);
    if (!trace) {
        std::fprintf(stderr, "%s\n", trace.error().message().c_str());
        return 2;
    }
    say("read", all.ms(), "ms");
    double events = 0;
    for (const trace::Side &side : trace->sides)
        events += double(side.events.size());
    const Stopwatch building;
    auto document = ui::TraceDocument::build(std::move(*trace));
    say("build", building.ms(), "ms");
    const Stopwatch opening;
    controller.session().open(std::move(document));
    say("open in the models", opening.ms(), "ms");
    const Stopwatch first;
    frames.show([] {});
    say("first frame", first.ms(), "ms");
    say("open, in all", all.ms(), "ms");
    say("events", events, "");
    say("heap an event", (heapBytes() - heapBefore) / events, "bytes");
    say("resident an event", (residentBytes() - residentBefore) / events, "bytes");

    steps(frames, count);
    measureCommands(frames.session());
    searches(frames);
    for (const char *words : {"room for the Ethernet header", "softirq NET_RX", "nowhere to be found"})
        textSearch(frames, QString::fromLatin1(words));
    ui::MapModel &map = frames.session().map;
    wholeMap(frames);
    frames.measure("map of all hosts: step", count,
                   [&](int) { frames.session().selection.setStepInt(frames.session().selection.stepInt() + 1); });
    map.setZoom(ui::MapModel::wayZoom);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    engine.collectGarbage();
    say("heap an event, after stepping", (heapBytes() - heapBefore) / events, "bytes");
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    say("most that was resident, an event", double(usage.ru_maxrss) * 1024 / events, "bytes");
    return 0;
}
