// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope live --gui: the watch on a thread of its own, the window on this one.
#include "app/cli/live_arguments.h"
#include "app/gui/gui.h"
#include "app/live/live_feed.h"

#include <thread>

namespace skbscope::app {

namespace {

// The trace is kept before the window is told: whatever becomes of the window.
int watchFor(LiveFeed &feed, const LiveArguments &a, const LiveOptions &options, const LiveWatch &watch,
             Interrupt &interrupt) {
    LiveCalls calls;
    calls.progress = [&feed](const Progress &p) { feed.progress(p); };
    calls.begun = [&feed](const bpf::read_state &state) { feed.begun(state.side); };
    calls.show = [&feed](const trace::Side &side, std::span<const trace::Event> events) { feed.add(side, events); };
    auto result = watch(std::move(calls));
    feed.ending();
    (void)interrupt.count(); // one that came too late for the watch is not meant for the window
    if (!result) {
        feed.refused(result.error().message());
        return finishLive(a, options, std::move(result));
    }
    const trace::Side all = result->state.side;
    const std::uint64_t lost = result->state.lost;
    const std::string broke = result->broke ? result->broke->message() : "";
    const int code = finishLive(a, options, std::move(result));
    feed.over(all, lost, broke, a.out);
    return code;
}

} // namespace

int liveWindow(const LiveArguments &a, const LiveOptions &options, const LiveWatch &watch, Interrupt &interrupt,
               int argc, char **argv) {
    LiveFeed feed(
        watchedOf(a), [&interrupt] { interrupt.raise(); }, interrupt.descriptor());
    feed.keepsIn(a.out);
    int watched = exitOk;
    std::thread watcher([&] { watched = watchFor(feed, a, options, watch, interrupt); });
    GuiArguments g;
    g.live = &feed;
    g.allowRoot = a.allowRoot;
    const int shown = runGui(argc, argv, g);
    feed.stop(); // the window is closed; or it never came up
    watcher.join();
    return watched != exitOk ? watched : shown;
}

} // namespace skbscope::app
