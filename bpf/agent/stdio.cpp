// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/stdio.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/privileges.h"
#include "bpf/agent/request_stream.h"
#include "bpf/agent/session.h"

#include <csignal>
#include <fcntl.h>
#include <iostream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

// An agent without its asker has nothing left to do.
void end_with_parent() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)std::signal(SIGPIPE, SIG_IGN); // the sink sees that the reader is gone
}

// Where nobody has mounted tracefs, it is mounted in a mount namespace of our own: nobody else sees it, and it ends
// with this process. When that fails, whoever needs a file of it says so.
void have_tracefs() {
    constexpr const char *where = "/sys/kernel/tracing";
    if (access("/sys/kernel/tracing/README", F_OK) == 0 || unshare(CLONE_NEWNS) < 0) return;
    (void)mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    (void)mount("tracefs", where, "tracefs", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
}

void serve(const sink &out) {
    request_stream requests(STDIN_FILENO);
    have_tracefs();
    enter_stage(agent_stage::attaching);
    session s(out, {.transport = "host",
                    .clock = "real-ns",
                    .privileges = true,
                    .input = requests.descriptor(),
                    .stopped = [&requests] { return requests.stopped(); }});
    while (const auto f = requests.next())
        s.handle(f->type, f->payload);
}

// Libraries may print: the stream has a descriptor of its own, and what is printed goes where errors go.
int take_standard_output() {
    const int stream = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (stream < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) return -1;
    return stream;
}

} // namespace

int serve_stdio() {
    end_with_parent();
    const int stream = take_standard_output();
    if (stream < 0) {
        std::cerr << "skbscope-agent: standard output and standard error must be open: " << errno_text() << "\n";
        return 2;
    }
    const sink out(stream);
    try {
        serve(out);
        return 0;
    } catch (const agent_failure &e) {
        out.error(e);
        return e.code;
    } catch (const std::exception &e) {
        out.error(agent_failure("agent", e.what()));
        return 3;
    }
}

} // namespace skbscope::bpf
