// SPDX-License-Identifier: GPL-2.0-or-later
// A live watch on a real kernel: events come while they happen. Blocking; needs no privilege of its own.
#pragma once

#include "app/lab/kernel_run.h"
#include "bpf/live_request.h"
#include "bpf/stream_reader.h"

#include <chrono>
#include <functional>
#include <optional>
#include <span>

namespace skbscope::app {

struct LiveOptions {
    KernelTarget target;
    bpf::live_request request;
    std::vector<std::string> functions; // to put probes on, where the kernel takes probes
    std::vector<std::string> only;      // events in functions whose name matches one of these; none: all
    std::uint64_t count = 0;            // ends after that many packets; 0: does not
    std::optional<std::chrono::milliseconds> duration;
    bool keep = false; // all events stay in the result; else they are only shown
};

struct LiveCalls {
    // New events, in order.
    std::function<void(const trace::Side &side, std::span<const trace::Event> events)> show;
    std::function<void(const bpf::read_state &)> begun; // from now on packets are seen
    std::function<void()> meanwhile;                    // again and again, while it runs
    ProgressSink progress;
    // Asked while it runs: how often the user wanted an end by now. The first time ends the watch, the second one does
    // not wait for what is on its way. `wake` is readable when that may have changed; -1: it is asked often.
    std::function<unsigned()> interrupts;
    int wake = -1;
};

struct LiveResult {
    bpf::read_state state;         // side.events: with `keep`
    std::uint64_t events = 0;      // how many were shown
    std::uint64_t packets = 0;     // ... of how many
    std::optional<RunError> broke; // what ended the watch before its time; what came until then is whole
};

// Ends when the user wants it, after `count` or `duration`, or with the scenario of the request. The probes are taken
// off then.
[[nodiscard]] tl::expected<LiveResult, RunError> watchLive(const LiveOptions &options, const LiveCalls &calls);

} // namespace skbscope::app
