// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/live_feed.h"

namespace skbscope::app {

using Phase = ui::LiveState::Phase;

void LiveFeed::progress(const Progress &p) {
    const std::lock_guard lock(mutex_);
    state_.doing = p.what;
    if (p.of > 0) state_.doing += " " + std::to_string(p.done) + " of " + std::to_string(p.of);
}

void LiveFeed::begun(const trace::Side &names) {
    const std::lock_guard lock(mutex_);
    if (state_.phase == Phase::starting) state_.phase = Phase::watching;
    takeNames(names);
    ++state_.revision;
}

// Names only come; an id keeps its own.
void LiveFeed::takeNames(const trace::Side &side) {
    const std::size_t names =
        side.hosts.size() + side.devices.size() + side.queues.size() + side.tasks.size() + side.extra_functions.size();
    if (names == names_) return;
    names_ = names;
    side_.info = side.info;
    side_.hosts = side.hosts;
    side_.devices = side.devices;
    side_.queues = side.queues;
    side_.tasks = side.tasks;
    side_.extra_functions = side.extra_functions;
}

void LiveFeed::add(const trace::Side &side, std::span<const trace::Event> events) {
    const std::lock_guard lock(mutex_);
    takeNames(side);
    side_.events.insert(side_.events.end(), events.begin(), events.end());
    for (const trace::Event &e : events) {
        if (e.packet != trace::no_packet) packets_.insert(e.packet);
        if (e.kind != SKBSCOPE_EV_LOSS) continue;
        state_.lost += e.loss.lost;
        state_.lostMore = state_.lostMore || e.loss.lost == 0;
    }
    state_.packets = packets_.size();
    state_.events = side_.events.size();
    ++state_.revision;
}

void LiveFeed::over(const trace::Side &all, std::uint64_t lost, std::string broke, std::string kept) {
    const std::lock_guard lock(mutex_);
    names_ = 0;
    takeNames(all);
    side_.events = all.events;
    state_.events = side_.events.size();
    state_.lost = std::max(state_.lost, lost);
    state_.broke = std::move(broke);
    state_.kept = std::move(kept);
    state_.phase = Phase::over;
    ++state_.revision;
}

void LiveFeed::refused(std::string why) {
    const std::lock_guard lock(mutex_);
    state_.broke = std::move(why);
    state_.phase = Phase::over;
}

ui::LiveState LiveFeed::state() {
    const std::lock_guard lock(mutex_);
    return state_;
}

trace::Trace LiveFeed::trace() {
    const std::lock_guard lock(mutex_);
    trace::Trace t;
    t.sides.push_back(side_);
    return t;
}

void LiveFeed::ending() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
}

void LiveFeed::stop() {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    state_.phase = Phase::ending;
    stop_();
}

} // namespace skbscope::app
