// SPDX-License-Identifier: GPL-2.0-or-later
// Ends a system call that sleeps, at a given time: a signal to the thread that made the alarm. One call that sleeps and
// gives the frame is half of what ppoll() and read() take; the alarm is set anew only when it has rung, or when it is
// needed sooner, so a stream of frames does not touch it.
#pragma once

#include <cstdint>
#include <ctime>

namespace skbscope::app {

class Alarm {
public:
    Alarm();
    ~Alarm();
    Alarm(const Alarm &) = delete;
    Alarm &operator=(const Alarm &) = delete;
    // False: this system gave none.
    [[nodiscard]] bool works() const { return works_; }
    // Rings at `deadline` (ns of CLOCK_MONOTONIC) or before it, and then again and again, so that one which rings just
    // before the thread sleeps is not the last.
    void ringBy(std::uint64_t deadline);

private:
    timer_t timer_{};
    bool works_ = false;
    std::uint64_t set_ = 0; // when it rings; 0: it has, or was never set
};

// CLOCK_MONOTONIC, in ns.
[[nodiscard]] std::uint64_t monotonicNanoseconds();

} // namespace skbscope::app
