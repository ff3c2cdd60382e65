// SPDX-License-Identifier: GPL-2.0-or-later
// A recording of the model on a device: what came, and the model as it was now and then. The events are made from both
// when they are wanted, by running the model once more with its tracer on: while frames come, recording costs a copy of
// each. Only as much is kept as the last events need.
#pragma once

#include "app/attach/checkpoint.h"
#include "app/attach/input_log.h"

#include <vector>

namespace skbscope::app {

struct RecordingLimits {
    std::uint64_t eventsMax = 20'000'000; // the last so many are wanted
    std::uint64_t stretchFrames = 65'536; // a new stretch after so many
};

class Recording {
public:
    // The model stands where the recording begins; `replay` runs it from where it stands, in a copy.
    [[nodiscard]] static tl::expected<Recording, RunError> begin(const RecordingLimits &limits,
                                                                 Checkpoint::Replay replay);

    // A look at `now` (the model's ns) begins; a frame it finds; it ends.
    void look(std::uint64_t now) {
        if (on_) log_.look(now);
    }
    void frame(std::span<const std::uint8_t> bytes) {
        if (!on_) return;
        log_.frame(bytes);
        ++frames_.back();
        ++sinceTurn_;
    }
    void lookEnds() {
        if (!on_) return;
        log_.lookEnds();
        if (sinceTurn_ >= limits_.stretchFrames || log_.full()) [[unlikely]]
            turn();
    }
    // There was no memory for more: the recording ends there.
    [[nodiscard]] bool on() const { return on_; }
    void stop() { on_ = false; }
    // Makes the events. Once, after the last look.
    [[nodiscard]] tl::expected<Replayed, RunError> end();

    // Only for tests.
    [[nodiscard]] const std::vector<Checkpoint> &checkpoints() const { return checkpoints_; }

private:
    Recording(const RecordingLimits &limits, Checkpoint::Replay replay, InputLog log)
        : limits_(limits), replay_(std::move(replay)), log_(std::move(log)) {}
    void turn();
    void forgetOld();
    [[nodiscard]] tl::expected<void, RunError> checkpoint();
    [[nodiscard]] tl::expected<std::uint64_t, RunError> replay(std::size_t checkpoint);
    [[nodiscard]] std::uint64_t framesSince(std::size_t checkpoint) const;
    [[nodiscard]] std::size_t olderThan(std::size_t tried, std::uint64_t made) const;

    RecordingLimits limits_;
    Checkpoint::Replay replay_;
    InputLog log_;
    std::vector<Checkpoint> checkpoints_; // oldest first
    std::vector<std::uint64_t> frames_;   // that came after each, before the next
    std::uint64_t sinceTurn_ = 0;
    bool on_ = true;
};

} // namespace skbscope::app
