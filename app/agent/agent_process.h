// SPDX-License-Identifier: GPL-2.0-or-later
// One agent that we started, here or at the other end of an ssh connection: requests go to its standard input, its
// stream comes from its standard output. It ends with the object. Everything that waits has a deadline.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/lab/unique_fd.h"
#include "bpf/stream_reader.h"

#include <chrono>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace skbscope::app {

class AgentProcess {
public:
    using Clock = std::chrono::steady_clock;

    // `place` names it in messages: "host", "ssh:box"; so does `program`, when it ends too soon. The reader must
    // outlive the process.
    AgentProcess(std::string place, bpf::stream_reader &stream, std::string program = "the agent")
        : place_(std::move(place)), program_(std::move(program)), stream_(stream) {}
    ~AgentProcess();
    AgentProcess(const AgentProcess &) = delete;
    AgentProcess &operator=(const AgentProcess &) = delete;

    // argv[0] is a path, or a name that is looked up in PATH. The process is in a group of its own: an interrupt from
    // the terminal is ours to pass on (as a STOP frame, or by ending).
    [[nodiscard]] tl::expected<void, RunError> start(std::vector<std::string> argv);
    // Frames of a request. They leave while readSome() runs: an agent that does not read blocks nobody.
    void send(std::string_view frames) { unsent_.append(frames); }
    // Says that no request will follow, once all are sent.
    void sendNoMore() { noMore_ = true; }

    // What comes before the stream: the rest of the next line that begins with `mark`. Lines that do not are skipped.
    [[nodiscard]] tl::expected<std::string, RunError> readLine(std::string_view mark, std::chrono::seconds limit);
    // Reads until `done` says so of what the stream told; an error when the agent said so or died first, or time ran
    // out.
    [[nodiscard]] tl::expected<void, RunError> waitFor(const std::function<bool(const bpf::read_state &)> &done,
                                                       std::chrono::seconds limit);
    // Waits for something to come (or until then, or until `wake` is readable: -1 none) and reads it. An error when the
    // stream is no stream, or the agent is gone: what came before is in the reader.
    [[nodiscard]] tl::expected<void, RunError> readSome(Clock::time_point until, int wake = -1);

    [[nodiscard]] pid_t pid() const { return process_; }

private:
    [[nodiscard]] RunError failed(std::string what) const;
    [[nodiscard]] tl::expected<void, RunError> wait(Clock::time_point until, int wake);
    void writeSome();
    [[nodiscard]] tl::expected<void, RunError> readStream();
    [[nodiscard]] RunError died();

    std::string place_, program_;
    bpf::stream_reader &stream_;
    pid_t process_ = -1;
    UniqueFd requests_, events_, errors_;
    std::string unsent_, unread_, errorText_;
    bool noMore_ = false;
};

// "exit status 3", "signal 9 (Killed)".
[[nodiscard]] std::string describeStatus(int waitStatus);

} // namespace skbscope::app
