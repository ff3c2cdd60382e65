// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/runner.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/privileges.h"
#include "bpf/agent/steps.h"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

template <class T> bool send_value(int fd, const T &value) {
    return write(fd, &value, sizeof value) == static_cast<ssize_t>(sizeof value);
}
template <class T> bool receive_value(int fd, T &value) {
    return read(fd, &value, sizeof value) == static_cast<ssize_t>(sizeof value);
}

constexpr std::uint32_t no_operation = 0xffffffff; // "the devices may have changed, look again"

// The traced process. `ask` takes the index of a configuration operation, `told` answers with its result.
class traced_process {
public:
    traced_process(const run_parts &parts, int ask, int told) : p_(parts), steps_(parts.net), ask_(ask), told_(told) {}

    void run(std::size_t first) {
        for (std::size_t i = first; i < p_.list.ops.size(); ++i) {
            const op &o = p_.list.ops[i];
            if (o.step != step_) begin_step(o);
            result_ = perform(o, static_cast<std::uint32_t>(i));
        }
        end_step();
    }

private:
    void begin_step(const op &o) {
        end_step();
        step_ = o.step;
        line_ = o.line;
        if (step_ != no_step) p_.probes.mark(SKBSCOPE_EV_STEP_BEGIN, step_, line_, 0, 0);
    }
    void end_step() {
        if (step_ != no_step) p_.probes.mark(SKBSCOPE_EV_STEP_END, step_, line_, result_, 0);
        step_ = no_step;
    }

    std::int64_t perform(const op &o, std::uint32_t index) {
        if (o.kind == SKBSCOPE_OP_TRACE) return trace(o.arg[0] != 0);
        if (network::is_configuration(o)) return configure(index);
        const std::int64_t result = steps_.run(o, p_.list.data_of(o));
        if (o.kind == SKBSCOPE_OP_TAP_OPEN) (void)configure(no_operation);
        return result;
    }

    std::int64_t trace(bool on) {
        tracing_ = on;
        if (on) {
            if (p_.watch) p_.watch->on();
            p_.probes.mark(SKBSCOPE_EV_TRACE_ON, step_, line_, 0, 2);
        } else {
            p_.probes.mark(SKBSCOPE_EV_TRACE_OFF, step_, line_, 0, 1);
            if (p_.watch) p_.watch->off();
        }
        return 0;
    }

    // Another process does it, and the trace does not show that: neither what it calls, nor the ticks that come while
    // it waits for the kernel. With other CPUs, those go on with the packet's work meanwhile: nothing is left out then.
    std::int64_t configure(std::uint32_t index) {
        const bool pause = tracing_ && sysconf(_SC_NPROCESSORS_ONLN) == 1;
        if (pause) show(false);
        const std::int64_t result = ask(index);
        if (pause) show(true);
        return result;
    }
    void show(bool on) {
        if (p_.watch && on) p_.watch->on();
        p_.probes.mark(0, step_, line_, 0, on ? 2 : 1);
        if (p_.watch && !on) p_.watch->off();
    }

    std::int64_t ask(std::uint32_t index) {
        std::int64_t result = -EPIPE;
        if (!send_value(ask_, index) || !receive_value(told_, result)) _exit(1);
        return result;
    }

    const run_parts &p_;
    steps steps_;
    int ask_, told_;
    std::uint32_t step_ = no_step, line_ = 0;
    std::int64_t result_ = 0;
    bool tracing_ = false;
};

// A request puts work off to kernel threads (a lost carrier is one). Who asks with a command of its own finds it done.
void give_way() {
    constexpr int turns = 16;
    for (int i = 0; i < turns; ++i)
        sched_yield();
}

void answer_one(const run_parts &parts, std::uint32_t index) {
    if (index != no_operation) {
        const op &o = parts.list.ops.at(index);
        parts.net.configure(o, parts.list.data_of(o));
        give_way();
    }
    parts.net.find_devices();
}

// In the lab the process stays on the first CPU, where the model's is: so a mask of RPS means the same on both sides.
void stay_on_first_cpu() {
    if (getppid() != 1) return;
    cpu_set_t first;
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    (void)sched_setaffinity(0, sizeof first, &first);
}

// The child's whole life: nothing may return, or throw, into what the parent was doing.
[[noreturn]] void run_traced(const run_parts &parts, int ask, int told, int go, std::size_t first) noexcept {
    prctl(PR_SET_NAME, "skbscope");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    stay_on_first_cpu();
    if (parts.host.privileges) enter_stage(agent_stage::steps);
    traced_process process(parts, ask, told);
    char start = 0;
    if (!receive_value(go, start)) _exit(1);
    std::signal(SIGPIPE, SIG_IGN); // a step that writes to a connection that is gone fails with EPIPE
    alarm(60);
    process.run(first);
    _exit(0);
}

} // namespace

std::vector<std::uint32_t> softirq_tasks() {
    std::vector<std::uint32_t> tasks;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        const std::string pid = entry.path().filename();
        if (pid.find_first_not_of("0123456789") != pid.npos) continue;
        std::string comm;
        std::ifstream(entry.path() / "comm") >> comm;
        if (comm.starts_with("ksoftirqd/")) tasks.push_back(static_cast<std::uint32_t>(std::stoul(pid)));
    }
    return tasks;
}

pipe_pair::pipe_pair() {
    int fds[2];
    if (pipe(fds) < 0) throw agent_failure("pipe", errno_text());
    read = fds[0];
    write = fds[1];
}

pipe_pair::~pipe_pair() {
    close(read);
    close(write);
}

running_steps::running_steps(const run_parts &parts, std::size_t first) : parts_(parts) {
    child_ = fork();
    if (child_ < 0) throw agent_failure("fork", errno_text());
    if (child_ == 0) {
        close(asks_.read);
        run_traced(parts_, asks_.write, answers_.read, go_.read, first);
    }
    close(std::exchange(asks_.write, -1)); // so that its end is seen here
    // ksoftirqd runs the softirqs that became too many; it is as much the packet's path as idle is.
    std::vector<std::uint32_t> tasks = softirq_tasks();
    tasks.push_back(task());
    parts_.probes.trace_tasks(tasks);
    send_value(go_.write, 'g');
}

running_steps::~running_steps() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

bool running_steps::serve(int wait_ms) {
    std::array<pollfd, 2> fds{pollfd{asks_.read, POLLIN, 0}, pollfd{parts_.host.input, POLLIN, 0}};
    if (poll(fds.data(), fds.size(), wait_ms) < 0 && errno != EINTR) throw agent_failure("poll", errno_text());
    unwanted_ = unwanted_ || (fds[1].revents != 0 && parts_.host.stopped());
    if (unwanted_) return false;
    if (fds[0].revents == 0) return true;
    std::uint32_t index = 0;
    if (!receive_value(asks_.read, index)) return false;
    answer_one(parts_, index);
    return send_value(answers_.write, std::int64_t{0});
}

void running_steps::finish() {
    if (unwanted_) kill(child_, SIGKILL);
    int status = 0;
    waitpid(std::exchange(child_, -1), &status, 0);
    if (unwanted_) return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        throw agent_failure("scenario", "its steps took longer than a minute: a step waits for what never comes");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw agent_failure("scenario", "the process that runs its steps died (status " + std::to_string(status) + ")");
}

} // namespace skbscope::bpf
