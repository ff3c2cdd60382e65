// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/checkpoint.h"

#include "app/lab/child_io.h"
#include "trace/trace_file.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace skbscope::app {

namespace {

// All of it, or false: the other process is gone.
bool sendAll(int fd, const void *bytes, std::size_t n) {
    const char *at = static_cast<const char *>(bytes);
    while (n > 0) {
        const ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        n -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool receiveAll(int fd, void *bytes, std::size_t n) {
    char *at = static_cast<char *>(bytes);
    while (n > 0) {
        const ssize_t got = recv(fd, at, n, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        n -= static_cast<std::size_t>(got);
    }
    return true;
}

// The copy holds no device, terminal or file of the program's: they are gone when the program says so.
void closeAllBut(int one, int other) {
    const auto low = static_cast<unsigned>(std::min(one, other)), high = static_cast<unsigned>(std::max(one, other));
    if (low > 3) (void)close_range(3, low - 1, 0);
    if (high > low + 1) (void)close_range(low + 1, high - 1, 0);
    (void)close_range(high + 1, ~0U, 0);
}

struct Sizes {
    std::uint64_t names = 0, events = 0; // bytes of an encoded trace without events; records that follow it
};

bool give(int line, trace::Side side) {
    std::vector<trace::Event> events = std::move(side.events);
    side.events.clear();
    trace::Trace names;
    names.sides.push_back(std::move(side));
    const std::string encoded = trace::encode_trace(names);
    const Sizes sizes{encoded.size(), events.size()};
    return sendAll(line, &sizes, sizeof sizes) && sendAll(line, encoded.data(), encoded.size()) &&
           sendAll(line, events.data(), events.size() * sizeof(trace::Event));
}

// The life of the copy.
void serve(int line, int log, const Checkpoint::Replay &replay) {
    ReplayRequest request;
    if (!receiveAll(line, &request, sizeof request)) return;
    request.log = log;
    Replayed all = replay(request);
    char wanted = 0;
    if (!sendAll(line, &all.made, sizeof all.made) || !receiveAll(line, &wanted, sizeof wanted)) return;
    (void)give(line, std::move(all.side));
}

} // namespace

tl::expected<Checkpoint, RunError> Checkpoint::make(std::uint32_t stretch, int log, const Replay &replay) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "recording", std::strerror(errno)});
    UniqueFd ours(ends[0]), theirs(ends[1]);
    const pid_t parent = getpid(), child = fork();
    if (child < 0)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "recording",
                                       std::string("no copy of the model: ") + std::strerror(errno)});
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)std::signal(SIGINT, SIG_IGN); // meant for the program, which will ask
        if (getppid() != parent) _exit(1);
        closeAllBut(log, theirs.get());
        try {
            serve(theirs.get(), log, replay);
        } catch (...) {
            _exit(1); // the program says that the copy ended
        }
        _exit(0);
    }
    return Checkpoint(stretch, std::move(ours), child);
}

Checkpoint::Checkpoint(Checkpoint &&other) noexcept
    : stretch_(other.stretch_), line_(std::move(other.line_)), process_(std::exchange(other.process_, -1)),
      made_(other.made_) {}

Checkpoint &Checkpoint::operator=(Checkpoint &&other) noexcept {
    std::swap(stretch_, other.stretch_);
    std::swap(line_, other.line_);
    std::swap(process_, other.process_);
    std::swap(made_, other.made_);
    return *this;
}

Checkpoint::~Checkpoint() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR)
        ;
}

RunError Checkpoint::ended() {
    int status = 0;
    const pid_t gone = waitpid(std::exchange(process_, -1), &status, 0);
    std::string how = "ended";
    if (gone > 0 && WIFSIGNALED(status))
        how = "was killed by signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")";
    return {RunErrorCode::notPossibleHere, "recording",
            "the process that makes the events from what came " + how + " before it gave them"};
}

tl::expected<std::uint64_t, RunError> Checkpoint::replay(LogPosition end, std::uint64_t eventsMax) {
    const ReplayRequest request{stretch_, end, eventsMax, -1};
    if (!sendAll(line_.get(), &request, sizeof request) || !receiveAll(line_.get(), &made_, sizeof made_))
        return tl::unexpected(ended());
    return made_;
}

tl::expected<Replayed, RunError> Checkpoint::take() {
    const char wanted = 1;
    Sizes sizes;
    if (!sendAll(line_.get(), &wanted, sizeof wanted) || !receiveAll(line_.get(), &sizes, sizeof sizes))
        return tl::unexpected(ended());
    std::string names(sizes.names, '\0');
    if (!receiveAll(line_.get(), names.data(), names.size())) return tl::unexpected(ended());
    auto trace = trace::decode_trace(std::as_bytes(std::span(names)), "recording");
    if (!trace || trace->sides.empty())
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "recording", "its names cannot be read"});
    Replayed all{std::move(trace->sides[0]), made_, stretch_ == 0};
    all.side.events.resize(sizes.events);
    if (!receiveAll(line_.get(), all.side.events.data(), sizes.events * sizeof(trace::Event)))
        return tl::unexpected(ended());
    return all;
}

} // namespace skbscope::app
