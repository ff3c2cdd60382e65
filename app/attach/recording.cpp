// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/recording.h"

#include <algorithm>
#include <numeric>

namespace skbscope::app {

namespace {

constexpr std::uint64_t fewestEventsAFrame = 50; // one that is dropped early
constexpr std::uint64_t enoughToGoBy = 256;      // frames
constexpr std::size_t checkpointsMost = 8;       // half a gigabyte of log

} // namespace

tl::expected<Recording, RunError> Recording::begin(const RecordingLimits &limits, Checkpoint::Replay replay) {
    auto log = InputLog::create();
    if (!log) return tl::unexpected(log.error());
    Recording r(limits, std::move(replay), std::move(*log));
    if (auto ok = r.checkpoint(); !ok) return tl::unexpected(ok.error());
    return r;
}

tl::expected<void, RunError> Recording::checkpoint() {
    auto made = Checkpoint::make(log_.end().stretch, log_.descriptor(), replay_);
    if (!made) return tl::unexpected(made.error());
    checkpoints_.push_back(std::move(*made));
    frames_.push_back(0);
    return {};
}

// Without another copy of the model the last one has a longer way to go: slower, nothing else.
void Recording::turn() {
    sinceTurn_ = 0;
    on_ = log_.beginStretch().has_value();
    if (!on_) return;
    if (checkpoint()) forgetOld();
}

// The oldest goes when the next one is far enough back.
void Recording::forgetOld() {
    while (checkpoints_.size() > checkpointsMost ||
           (checkpoints_.size() > 1 && framesSince(1) >= limits_.eventsMax / fewestEventsAFrame)) {
        checkpoints_.erase(checkpoints_.begin());
        frames_.erase(frames_.begin());
    }
    log_.forgetBefore(checkpoints_.front().stretch());
}

std::uint64_t Recording::framesSince(std::size_t checkpoint) const {
    return std::accumulate(frames_.begin() + static_cast<std::ptrdiff_t>(checkpoint), frames_.end(), std::uint64_t{0});
}

// The newest one before `tried` from which on there will be events enough, going by the `made` that came of that.
std::size_t Recording::olderThan(std::size_t tried, std::uint64_t made) const {
    if (framesSince(tried) < enoughToGoBy) return tried - 1;
    const std::uint64_t perFrame = std::max<std::uint64_t>(made / framesSince(tried), 1);
    const std::uint64_t frames = limits_.eventsMax / perFrame + limits_.eventsMax / perFrame / 8 + 1;
    std::size_t i = tried - 1;
    while (i > 0 && framesSince(i) < frames)
        --i;
    return i;
}

tl::expected<std::uint64_t, RunError> Recording::replay(std::size_t checkpoint) {
    return checkpoints_[checkpoint].replay(log_.end(), limits_.eventsMax);
}

tl::expected<Replayed, RunError> Recording::end() {
    std::size_t i = checkpoints_.size() - 1;
    auto made = replay(i);
    while (made && *made < limits_.eventsMax && i > 0) {
        i = olderThan(i, *made);
        while (checkpoints_.size() > i + 1)
            checkpoints_.pop_back(); // their memory is needed
        made = replay(i);
    }
    if (!made) return tl::unexpected(made.error());
    return checkpoints_[i].take();
}

} // namespace skbscope::app
