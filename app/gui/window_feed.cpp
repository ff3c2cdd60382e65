// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/window_feed.h"

#include "ui/models/thrown.h"

namespace skbscope::app {

WindowFeed::WindowFeed(std::string title, trace::SideKind kind, Work work)
    : feed_(
          std::move(title), [this] { interrupt_.raise(); }, -1, kind) {
    thread_ = std::thread([this, work = std::move(work)] {
        Cancellation::obey(&cancellation_);
        try {
            work(feed_, interrupt_);
        } catch (...) {
            feed_.refused(ui::thrownWords());
        }
    });
}

// Twice: it does not wait for what is on its way.
WindowFeed::~WindowFeed() {
    cancellation_.cancel();
    interrupt_.raise();
    interrupt_.raise();
    thread_.join();
}

namespace {

void attachFor(AttachArguments a, LiveFeed &feed, Interrupt &interrupt) {
    const AttachEnd end = attachDevice(a, interrupt, [&feed](Attachment &model) {
        model.follow([&feed](const trace::Side &names, std::span<const trace::Event> events) {
            feed.begun(names);
            feed.add(names, events);
        });
    });
    feed.ending();
    if (end.failure && end.side.events.empty())
        feed.refused(end.failure->message);
    else
        feed.over(end.side, 0, end.failure ? end.failure->message : "", {});
}

void watchFor(const LiveArguments &a, LiveFeed &feed, Interrupt &interrupt) {
    OrFailure<LiveOptions> options = liveOptionsOf(a);
    if (!options) return feed.refused(options.error().message);
    LiveCalls calls;
    calls.progress = [&feed](const Progress &p) { feed.progress(p); };
    calls.begun = [&feed](const bpf::read_state &state) { feed.begun(state.side); };
    calls.show = [&feed](const trace::Side &side, std::span<const trace::Event> events) { feed.add(side, events); };
    calls.interrupts = [&interrupt] { return interrupt.count(); };
    calls.wake = interrupt.descriptor();
    auto result = watchLive(*options, calls);
    feed.ending();
    if (!result) return feed.refused(result.error().message());
    feed.over(result->state.side, result->state.lost, result->broke ? result->broke->message() : "", {});
}

} // namespace

std::unique_ptr<ui::LiveSource> attachFeed(AttachArguments arguments) {
    std::string title = arguments.wire.device;
    return std::make_unique<WindowFeed>(
        std::move(title), trace::SideKind::model,
        [a = std::move(arguments)](LiveFeed &feed, Interrupt &interrupt) { attachFor(a, feed, interrupt); });
}

std::unique_ptr<ui::LiveSource> watchFeed(LiveArguments arguments) {
    std::string title = watchedOf(arguments);
    return std::make_unique<WindowFeed>(
        std::move(title), trace::SideKind::kernel,
        [a = std::move(arguments)](LiveFeed &feed, Interrupt &interrupt) { watchFor(a, feed, interrupt); });
}

} // namespace skbscope::app
