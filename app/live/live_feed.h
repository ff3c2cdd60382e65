// SPDX-License-Identifier: GPL-2.0-or-later
// Between a watch, or the model on a device, which runs on a thread of its own, and the window that shows it meanwhile.
#pragma once

#include "app/live/live_run.h"
#include "ui/live.h"

#include <mutex>
#include <unordered_set>

namespace skbscope::app {

class LiveFeed final : public ui::LiveSource {
public:
    // `stop`: called from the window's thread when the user wants the end. `interrupts`: a descriptor, not owned, that
    // is readable when the terminal wants it; -1: none.
    LiveFeed(std::string title, std::function<void()> stop, int interrupts = -1,
             trace::SideKind kind = trace::SideKind::kernel)
        : title_(std::move(title)), stop_(std::move(stop)), interrupts_(interrupts), kind_(kind) {
        side_.info.kind = kind;
    }

    // The watch's side; from its thread.
    void progress(const Progress &p);
    void begun(const trace::Side &names);
    void add(const trace::Side &side, std::span<const trace::Event> events);
    // It ends by itself: a stop that comes now is not passed on.
    void ending();
    // Over: the whole side, or as much as came. `broke`: what died; `kept`: the file that has the trace.
    void over(const trace::Side &all, std::uint64_t lost, std::string broke, std::string kept);
    // Over before it began.
    void refused(std::string why);

    // Before the window comes up: the file that will have the trace.
    void keepsIn(std::string file) { keptIn_ = std::move(file); }

    // The window's side.
    [[nodiscard]] std::string title() const override { return title_; }
    [[nodiscard]] ui::LiveState state() override;
    [[nodiscard]] trace::Trace trace() override;
    void stop() override;
    [[nodiscard]] int interrupts() const override { return interrupts_; }
    [[nodiscard]] std::string keptIn() const override { return keptIn_; }
    [[nodiscard]] bool followsPackets() const override { return kind_ == trace::SideKind::model; }

private:
    void takeNames(const trace::Side &side);

    std::string title_, keptIn_;
    std::function<void()> stop_;
    int interrupts_;
    trace::SideKind kind_;
    std::mutex mutex_; // of what follows
    bool ended_ = false;
    ui::LiveState state_;
    trace::Side side_;
    std::unordered_set<trace::PacketId> packets_;
    std::size_t names_ = 0;
};

} // namespace skbscope::app
