// SPDX-License-Identifier: GPL-2.0-or-later
// The agent's stream, read into one side of a trace. Every byte is hostile input: what cannot be is refused with the
// place where it stood, and what came before stays.
#pragma once

#include "bpf/frame.h"
#include "bpf/snapshot.h"
#include "bpf/syscalls.h"
#include "trace/trace.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace skbscope::bpf {

// What the agent could probe, and how: a row of `skbscope inspect`.
struct inspect_row {
    std::string function;
    std::string by;     // "fentry", "kprobe", "stack", "tracepoint", "none"
    std::string reason; // why not the rung above; empty for fentry
};

// One thing that tracing needs of the machine the agent runs on.
struct machine_row {
    std::string what; // "BTF"
    bool there = false;
    std::string detail; // what was found, or what is missing or refused and by whom
};

struct agent_error {
    std::string place, what;
    int code = 3; // exit code of the command line
};

struct progress_note {
    std::string what;
    unsigned done = 0, of = 0;
};

struct read_state {
    trace::Side side;
    bool hello = false;
    bool ready = false;               // the agent waits for the next request
    std::optional<agent_error> error; // the run goes no further
    bool ended = false;               // END came: the run is whole
    std::uint64_t events_sent = 0;    // what END says
    std::uint64_t lost = 0;           // what END says
    unsigned status = 0;              // what END says of a lab's shell: the exit status of what it ran
    // What END says of a live watch: records in the kernel, and those that the agent had of them; losses by reason;
    // losses that this kernel does not count.
    std::uint64_t made = 0, received = 0;
    std::map<std::string, std::uint64_t> losses;
    std::string unknowable;
    std::vector<std::string> missed; // functions that ran with no probe on them
    std::vector<inspect_row> inspect;
    std::vector<machine_row> machine;
    std::vector<std::string> notes;
    std::vector<snapshot_namespace> snapshot;
    std::vector<observed_call> calls; // after take(), in the order in which they began
};

class stream_reader {
public:
    using progress_sink = std::function<void(const progress_note &)>;
    explicit stream_reader(progress_sink progress = {}) : progress_(std::move(progress)) {}

    // Takes what arrived, reads all whole frames of it.
    [[nodiscard]] tl::expected<void, stream_error> feed(std::string_view bytes);
    [[nodiscard]] const read_state &state() const { return state_; }
    // A live watch takes its events as they come.
    void forget_events();
    // Events in order of time, records that extend directly after what they extend; a LOSS record where the stream was
    // cut. The reader is empty afterwards.
    [[nodiscard]] read_state take();

private:
    tl::expected<void, std::string> read(const frame &f);
    tl::expected<void, std::string> read_json(const frame &f);
    tl::expected<void, std::string> read_snapshot(std::string_view payload);
    tl::expected<void, std::string> read_events(std::string_view payload);

    frame_parser parser_;
    read_state state_;
    call_reader calls_;
    std::vector<trace::FunctionId> function_of_; // agent's function -> catalogue's
    std::uint64_t forgotten_until_ = 0;          // time of the last event that was forgotten; 0: none was
    progress_sink progress_;
};

} // namespace skbscope::bpf
