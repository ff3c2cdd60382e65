// SPDX-License-Identifier: GPL-2.0-or-later
// A watch, or the model on a device, that the window started: its feed, and the thread that fills it. Ends with the
// object.
#pragma once

#include "app/cli/attach_arguments.h"
#include "app/cli/live_arguments.h"
#include "app/lab/cancellation.h"
#include "app/live/live_feed.h"

#include <thread>

namespace skbscope::app {

class WindowFeed final : public ui::LiveSource {
public:
    // `work` runs on the thread until `interrupt` is raised; it can be cancelled besides.
    using Work = std::function<void(LiveFeed &, Interrupt &interrupt)>;
    WindowFeed(std::string title, trace::SideKind kind, Work work);
    ~WindowFeed() override;
    WindowFeed(const WindowFeed &) = delete;
    WindowFeed &operator=(const WindowFeed &) = delete;

    [[nodiscard]] std::string title() const override { return feed_.title(); }
    [[nodiscard]] ui::LiveState state() override { return feed_.state(); }
    [[nodiscard]] trace::Trace trace() override { return feed_.trace(); }
    void stop() override { feed_.stop(); }
    [[nodiscard]] bool followsPackets() const override { return feed_.followsPackets(); }

private:
    Interrupt interrupt_{Interrupt::Of::caller};
    Cancellation cancellation_;
    LiveFeed feed_;
    std::thread thread_;
};

// The request was checked before; what is refused all the same is told by the feed.
[[nodiscard]] std::unique_ptr<ui::LiveSource> attachFeed(AttachArguments arguments);
[[nodiscard]] std::unique_ptr<ui::LiveSource> watchFeed(LiveArguments arguments);

} // namespace skbscope::app
