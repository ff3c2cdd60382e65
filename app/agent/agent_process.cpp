// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/agent/agent_process.h"

#include "app/lab/cancellation.h"
#include "app/lab/child_io.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::app {

using namespace std::chrono_literals;

namespace {

// Pipes, not sockets: what goes through them is no packet of the kernel that is watched. Both ends close on exec.
struct Pipe {
    UniqueFd read, write;
    bool open() {
        int fds[2];
        if (pipe2(fds, O_CLOEXEC) < 0) return false;
        read.reset(fds[0]);
        write.reset(fds[1]);
        return true;
    }
};

// A pipe whose reader is gone answers with EPIPE; the signal that comes with it is taken away.
ssize_t writeQuietly(int fd, std::string_view bytes) {
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    const int error = errno;
    if (n < 0 && error == EPIPE && sigismember(&before, SIGPIPE) == 0) {
        constexpr timespec now{0, 0};
        sigtimedwait(&pipe, nullptr, &now);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return n;
}

constexpr std::size_t textMax = 64 * 1024;
constexpr std::size_t streamMax = 64U << 20; // read at once

// Between fork and exec: nothing that allocates.
[[noreturn]] void become(char **argv, int in, int out, int errors) {
    sigset_t none; // whoever started us may take signals another way
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(errors, 2) < 0) _exit(126);
    execvp(argv[0], argv);
    constexpr std::string_view why = "cannot be started: ";
    const char *text = std::strerror(errno);
    (void)!write(2, why.data(), why.size());
    (void)!write(2, text, std::strlen(text));
    _exit(127);
}

pid_t spawn(std::vector<std::string> &arguments, int in, int out, int errors) {
    std::vector<char *> argv;
    argv.reserve(arguments.size() + 1);
    for (std::string &a : arguments)
        argv.push_back(a.data());
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) become(argv.data(), in, out, errors);
    return child;
}

} // namespace

std::string describeStatus(int waitStatus) {
    if (WIFSIGNALED(waitStatus)) {
        const int n = WTERMSIG(waitStatus);
        return "signal " + std::to_string(n) + " (" + strsignal(n) + ")";
    }
    return "exit status " + std::to_string(WEXITSTATUS(waitStatus));
}

AgentProcess::~AgentProcess() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

RunError AgentProcess::failed(std::string what) const {
    return {RunErrorCode::notPossibleHere, place_, std::move(what)};
}

tl::expected<void, RunError> AgentProcess::start(std::vector<std::string> argv) {
    Pipe in, out, errors;
    if (!in.open() || !out.open() || !errors.open()) return tl::unexpected(failed(std::strerror(errno)));
    process_ = spawn(argv, in.read.get(), out.write.get(), errors.write.get());
    if (process_ < 0) return tl::unexpected(failed(argv.front() + " cannot be started: " + std::strerror(errno)));
    requests_ = std::move(in.write);
    events_ = std::move(out.read);
    errors_ = std::move(errors.read);
    for (const UniqueFd *ours : {&requests_, &events_, &errors_})
        fcntl(ours->get(), F_SETFL, O_NONBLOCK);
    return {};
}

tl::expected<void, RunError> AgentProcess::waitFor(const std::function<bool(const bpf::read_state &)> &done,
                                                   std::chrono::seconds limit) {
    const auto until = Clock::now() + limit;
    for (;;) {
        const bpf::read_state &s = stream_.state();
        if (s.error) {
            const auto code = s.error->code == 2 ? RunErrorCode::badInput : RunErrorCode::notPossibleHere;
            return tl::unexpected(RunError{code, s.error->place, s.error->what});
        }
        if (done(s)) return {};
        if (Clock::now() >= until) return tl::unexpected(failed("takes too long"));
        if (auto ok = readSome(until); !ok) return ok;
    }
}

tl::expected<std::string, RunError> AgentProcess::readLine(std::string_view mark, std::chrono::seconds limit) {
    const auto until = Clock::now() + limit;
    for (bool open = true;;) {
        for (std::size_t end; (end = unread_.find('\n')) != unread_.npos;) {
            const std::string line = lastLine(unread_.substr(0, end));
            unread_.erase(0, end + 1);
            if (line.starts_with(mark)) return line.substr(mark.size());
        }
        if (!open) return tl::unexpected(died());
        if (Clock::now() >= until) return tl::unexpected(failed("takes too long"));
        if (auto ok = wait(until, -1); !ok) return tl::unexpected(ok.error());
        open = drainInto(events_, unread_, textMax);
    }
}

tl::expected<void, RunError> AgentProcess::readSome(Clock::time_point until, int wake) {
    if (auto ok = wait(until, wake); !ok) return ok;
    return readStream();
}

tl::expected<void, RunError> AgentProcess::wait(Clock::time_point until, int wake) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    const auto wait = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
    if (noMore_ && unsent_.empty()) requests_.reset();
    std::array<pollfd, 5> fds{pollfd{events_.get(), POLLIN, 0}, pollfd{errors_.get(), POLLIN, 0},
                              pollfd{unsent_.empty() ? -1 : requests_.get(), POLLOUT, 0}, pollfd{wake, POLLIN, 0},
                              pollfd{Cancellation::descriptor(), POLLIN, 0}};
    if (poll(fds.data(), fds.size(), wait) < 0 && errno != EINTR) return tl::unexpected(failed(std::strerror(errno)));
    if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
    if (errors_ && !drainInto(errors_, errorText_, textMax)) errors_.reset();
    if (fds[2].revents != 0) writeSome();
    return {};
}

// An agent that takes no more is dying: its stream will say so.
void AgentProcess::writeSome() {
    const ssize_t n = writeQuietly(requests_.get(), unsent_);
    if (n > 0) unsent_.erase(0, static_cast<std::size_t>(n));
    if (n < 0 && errno != EAGAIN && errno != EINTR) unsent_.clear();
}

tl::expected<void, RunError> AgentProcess::readStream() {
    std::string bytes = std::exchange(unread_, {});
    const bool open = drainInto(events_, bytes, streamMax);
    if (auto ok = stream_.feed(bytes); !ok)
        return tl::unexpected(failed("the agent's stream is damaged at " + ok.error().message()));
    if (open || stream_.state().ended || stream_.state().error) return {};
    return tl::unexpected(died());
}

// Its output is closed: it is gone, or will be. What it said on its way out is the reason.
RunError AgentProcess::died() {
    const auto until = Clock::now() + 2s;
    int status = 0;
    pid_t gone = 0;
    while (errors_ && Clock::now() < until) {
        pollfd p{errors_.get(), POLLIN, 0};
        (void)poll(&p, 1, 50);
        if (!drainInto(errors_, errorText_, textMax)) errors_.reset();
    }
    while (process_ > 0 && (gone = waitpid(process_, &status, WNOHANG)) == 0 && Clock::now() < until)
        usleep(5'000);
    if (gone == process_) process_ = -1;
    std::string what = process_ > 0 ? program_ + " closed its stream before the run was done"
                                    : program_ + " ended before the run was done: " + describeStatus(status);
    if (const std::string words = lastLine(errorText_); !words.empty()) what += "; its last words: " + words;
    return failed(what);
}

} // namespace skbscope::app
