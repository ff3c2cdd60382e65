// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope attach --gui: the model on a thread of its own, from its first object to its last, the window on this one.
#include "app/cli/attach_arguments.h"
#include "app/cli/output.h"
#include "app/gui/gui.h"
#include "app/live/live_feed.h"

#include <thread>

namespace skbscope::app {

namespace {

int attachFor(LiveFeed &feed, AttachArguments &a, Interrupt &interrupt) {
    const AttachEnd end = attachDevice(a, interrupt, [&feed](Attachment &model) {
        model.follow([&feed](const trace::Side &names, std::span<const trace::Event> events) {
            feed.begun(names);
            feed.add(names, events);
        });
    });
    feed.ending();
    (void)interrupt.count(); // one that came too late for the model is not meant for the window
    if (end.failure && end.side.events.empty())
        feed.refused(end.failure->message);
    else
        feed.over(end.side, 0, end.failure ? end.failure->message : "", a.out);
    return end.failure ? report(*end.failure) : exitOk;
}

} // namespace

int attachWindow(AttachArguments &a, Interrupt &interrupt, int argc, char **argv) {
    LiveFeed feed(
        a.wire.device, [&interrupt] { interrupt.raise(); }, interrupt.descriptor(), trace::SideKind::model);
    feed.keepsIn(a.out);
    int ended = exitOk;
    std::thread runner([&] { ended = attachFor(feed, a, interrupt); });
    GuiArguments g;
    g.live = &feed;
    g.allowRoot = a.allowRoot;
    const int shown = runGui(argc, argv, g);
    feed.stop(); // the window is closed; or it never came up
    runner.join();
    return ended != exitOk ? ended : shown;
}

} // namespace skbscope::app
