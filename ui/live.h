// SPDX-License-Identifier: GPL-2.0-or-later
// A trace that grows while it is shown, as the window sees it. Who watches does so on a thread of its own; the window
// asks it, and never waits for it.
#pragma once

#include "trace/trace.h"

#include <cstdint>
#include <string>

namespace skbscope::ui {

struct LiveState {
    enum class Phase : std::uint8_t { starting, watching, ending, over };
    Phase phase = Phase::starting;
    std::string doing;          // while it starts: "attaching probes"
    std::uint64_t packets = 0;  // seen so far
    std::uint64_t events = 0;   // that came so far
    std::uint64_t lost = 0;     // events known to be missing so far
    bool lostMore = false;      // ... and there were gaps that do not know their size
    std::string broke;          // over before its time: what died, one line; empty: it ended as it was asked to
    std::string kept;           // over: the file that has the trace; empty: nobody asked for one
    std::uint64_t revision = 0; // another number: trace() would give another trace
    bool operator==(const LiveState &) const = default;
};

class LiveSource {
public:
    virtual ~LiveSource() = default;
    [[nodiscard]] virtual std::string title() const = 0; // "udp port 7000"; does not change
    // From the window's thread. At most as long as it takes to copy the state.
    [[nodiscard]] virtual LiveState state() = 0;
    // All that came by now. From a thread of the window's own; copies every event.
    [[nodiscard]] virtual trace::Trace trace() = 0;
    // Asks for the end, which state() tells later.
    virtual void stop() = 0;
    // The file that gets the trace when the watch is over, whatever becomes of the window; empty: none.
    [[nodiscard]] virtual std::string keptIn() const { return {}; }
    // Once the watch is over: a descriptor that is readable when the user wants the program to end; -1: none.
    [[nodiscard]] virtual int interrupts() const { return -1; }
    // True: much of what comes has no packet (a model's ticks). The window follows the newest packet, from the start.
    [[nodiscard]] virtual bool followsPackets() const { return false; }

protected:
    LiveSource() = default;
    LiveSource(const LiveSource &) = default;
    LiveSource &operator=(const LiveSource &) = default;
};

} // namespace skbscope::ui
