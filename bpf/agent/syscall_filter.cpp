// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/syscall_filter.h"

#include "bpf/agent/agent_error.h"

#include <linux/bpf.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <span>

namespace skbscope::bpf {

namespace {

// What a static program's memory, files, pipes, signals and time take.
constexpr int always[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fcntl),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(openat),
    SCMP_SYS(getdents64),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(tgkill),
    SCMP_SYS(uname),
    SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    // giving up more
    SCMP_SYS(prctl),
    SCMP_SYS(capget),
    SCMP_SYS(capset),
    SCMP_SYS(seccomp),
    // netlink in one stage, the scenario's packets in the other
    SCMP_SYS(setns),
    SCMP_SYS(socket),
    SCMP_SYS(bind),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(setsockopt),
    SCMP_SYS(getsockopt),
    SCMP_SYS(getsockname),
    SCMP_SYS(ioctl),
};

// The network, the process that runs the steps, and sysfs of a namespace for the masks of its queues.
constexpr int running_only[] = {
    SCMP_SYS(unshare), SCMP_SYS(mount),  SCMP_SYS(clone),     SCMP_SYS(fork),       SCMP_SYS(wait4),
    SCMP_SYS(waitid),  SCMP_SYS(kill),   SCMP_SYS(pipe),      SCMP_SYS(pipe2),      SCMP_SYS(dup),
    SCMP_SYS(dup3),    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(set_tid_address),
};

// The scenario's system calls that need no more than a socket.
constexpr int steps_only[] = {
    SCMP_SYS(connect),  SCMP_SYS(listen), SCMP_SYS(accept),    SCMP_SYS(accept4),
    SCMP_SYS(shutdown), SCMP_SYS(alarm),  SCMP_SYS(setitimer), SCMP_SYS(getpeername),
};

// Reading and writing maps that are there, running programs that are there.
constexpr int bpf_running[] = {BPF_MAP_LOOKUP_ELEM, BPF_MAP_UPDATE_ELEM,    BPF_MAP_GET_NEXT_KEY,
                               BPF_PROG_TEST_RUN,   BPF_OBJ_GET_INFO_BY_FD, BPF_MAP_LOOKUP_BATCH};
constexpr int bpf_steps[] = {BPF_PROG_TEST_RUN};

using filter_ptr = std::unique_ptr<void, decltype(&seccomp_release)>;

void check(int result) {
    if (result < 0) throw agent_failure("system call filter", errno_text(-result));
}

void allow(const filter_ptr &filter, std::span<const int> calls) {
    for (const int call : calls)
        if (call >= 0) check(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0)); // < 0: not of this machine
}

void allow_bpf(const filter_ptr &filter, std::span<const int> commands) {
    for (const int command : commands)
        check(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(bpf), 1,
                               SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))));
}

} // namespace

void filter_system_calls(agent_stage stage) {
    const filter_ptr filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
    if (!filter) throw agent_failure("system call filter", "out of memory");
    const bool steps = stage == agent_stage::steps;
    allow(filter, always);
    allow(filter, steps ? std::span<const int>(steps_only) : std::span<const int>(running_only));
    // the other stage's filter comes on top of this one: what steps need has to pass both
    if (!steps) allow(filter, steps_only);
    allow_bpf(filter, steps ? std::span<const int>(bpf_steps) : std::span<const int>(bpf_running));
    check(seccomp_load(filter.get()));
}

} // namespace skbscope::bpf
