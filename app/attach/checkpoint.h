// SPDX-License-Identifier: GPL-2.0-or-later
// The model as it was at one instant: a copy of this process, which sleeps until it is asked to go on from there with
// what the log holds since, and gives the events.
#pragma once

#include "app/attach/input_log.h"
#include "trace/trace.h"

#include <functional>
#include <memory>
#include <sys/types.h>

namespace skbscope::app {

struct ReplayRequest {
    std::uint32_t firstStretch = 0;
    LogPosition end;
    std::uint64_t eventsMax = 0; // the last so many
    int log = -1;                // its descriptor
};

struct Replayed {
    trace::Side side;
    std::uint64_t made = 0; // the side has the last of them
    bool whole = false;     // from the begin of the recording on: none was before these
};

class Checkpoint {
public:
    using Replay = std::function<Replayed(const ReplayRequest &)>;

    // `replay` is called in the copy, which shares nothing with this process but `log`.
    [[nodiscard]] static tl::expected<Checkpoint, RunError> make(std::uint32_t stretch, int log, const Replay &replay);
    Checkpoint(Checkpoint &&) noexcept;
    Checkpoint &operator=(Checkpoint &&) noexcept;
    ~Checkpoint(); // the copy ends

    [[nodiscard]] std::uint32_t stretch() const { return stretch_; } // it stands at its begin
    // Has the events made, and tells how many there are. Once.
    [[nodiscard]] tl::expected<std::uint64_t, RunError> replay(LogPosition end, std::uint64_t eventsMax);
    // After that: gives them.
    [[nodiscard]] tl::expected<Replayed, RunError> take();

    // Only for tests that kill it.
    [[nodiscard]] pid_t process() const { return process_; }

private:
    Checkpoint(std::uint32_t stretch, UniqueFd line, pid_t process)
        : stretch_(stretch), line_(std::move(line)), process_(process) {}
    [[nodiscard]] RunError ended();

    std::uint32_t stretch_;
    UniqueFd line_;
    pid_t process_;
    std::uint64_t made_ = 0;
};

} // namespace skbscope::app
