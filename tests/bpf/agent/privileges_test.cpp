// SPDX-License-Identifier: GPL-2.0-or-later
// What is left of an agent's powers after each stage, read where the kernel tells it; that what is gone is gone; and
// that a scenario runs with what is left. Each test gives up its powers in a child of its own.
#include "bpf/agent/privileges.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/network.h"
#include "bpf/agent/steps.h"
#include "oplists.h"

#include <cap-ng.h>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/bpf.h>
#include <sched.h>
#include <sstream>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using testing::HasSubstr;

class PrivilegesTest : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: there is nothing to give up";
    }
};

// What `work` says in a child of its own.
std::string said_by(const std::function<std::string()> &work) {
    int fds[2];
    if (pipe(fds) != 0) return "no pipe";
    const pid_t child = fork();
    if (child == 0) {
        std::string text;
        try {
            text = work();
        } catch (const std::exception &e) {
            text = std::string("thrown: ") + e.what();
        }
        (void)!write(fds[1], text.data(), text.size());
        _exit(0);
    }
    close(fds[1]);
    std::string text;
    char part[4096];
    for (ssize_t n = 0; (n = read(fds[0], part, sizeof part)) > 0;)
        text.append(part, static_cast<std::size_t>(n));
    close(fds[0]);
    waitpid(child, nullptr, 0);
    return text;
}

std::string own_status() {
    const int fd = open("/proc/self/status", O_RDONLY);
    char part[8192];
    const ssize_t n = fd < 0 ? -1 : read(fd, part, sizeof part);
    close(fd);
    return n < 0 ? "unreadable" : std::string(part, static_cast<std::size_t>(n));
}

std::string field(const std::string &status, const std::string &name) {
    std::istringstream in(status);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name + ":")) return line.substr(line.find_first_not_of(" \t", name.size() + 1));
    return "absent";
}

std::uint64_t bits(const std::string &hexadecimal) {
    return std::stoull(hexadecimal, nullptr, 16);
}

TEST_F(PrivilegesTest, EachStageKeepsWhatItSays) {
    const std::uint64_t all = bits(field(own_status(), "CapEff"));
    for (const agent_stage stage : {agent_stage::attaching, agent_stage::running, agent_stage::steps}) {
        const std::string status = said_by([stage] {
            enter_stage(stage);
            return own_status();
        });
        const std::uint64_t kept = capabilities_of(stage) & all;
        ASSERT_NE(field(status, "CapEff"), "absent") << status;
        EXPECT_EQ(bits(field(status, "CapEff")), kept);
        EXPECT_EQ(bits(field(status, "CapPrm")), kept);
        EXPECT_EQ(bits(field(status, "CapInh")), 0U);
        EXPECT_EQ(bits(field(status, "CapAmb")), 0U);
        EXPECT_EQ(field(status, "NoNewPrivs"), "1");
        EXPECT_EQ(field(status, "Seccomp"), stage == agent_stage::attaching ? "0" : "2");
    }
    const auto has = [](agent_stage stage, int capability) { return (capabilities_of(stage) >> capability & 1) != 0; };
    EXPECT_TRUE(has(agent_stage::attaching, CAP_BPF));
    for (const agent_stage stage : {agent_stage::running, agent_stage::steps})
        for (const int gone : {CAP_BPF, CAP_PERFMON, CAP_SYSLOG, CAP_DAC_OVERRIDE, CAP_SYS_PTRACE, CAP_SYS_MODULE})
            EXPECT_FALSE(has(stage, gone)) << gone;
}

std::string tried(const char *name, long result) {
    return std::string(name) + (result < 0 && errno == EPERM ? " refused\n" : " allowed\n");
}

// Calls that a root without any capability could still make.
std::string try_forbidden() {
    char program[] = "/bin/true";
    char *argv[] = {program, nullptr};
    bpf_attr attr{};
    return tried("execve", execve(program, argv, nullptr)) + tried("ptrace", ptrace(PTRACE_TRACEME, 0, 0, 0)) +
           tried("bpf", syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof attr)) +
           tried("keyctl", syscall(SYS_keyctl, 0, 0, 0, 0, 0)) + tried("chdir", chdir("/")) +
           tried("unlink", unlink("/nowhere/file"));
}

TEST_F(PrivilegesTest, WhatNoStageNeedsIsRefused) {
    for (const agent_stage stage : {agent_stage::running, agent_stage::steps}) {
        const std::string result = said_by([stage] {
            enter_stage(stage);
            return try_forbidden();
        });
        EXPECT_EQ(result,
                  "execve refused\nptrace refused\nbpf refused\nkeyctl refused\nchdir refused\nunlink refused\n");
    }
    // the same calls, without the filter: it is the filter that refuses them
    EXPECT_THAT(said_by([] {
                    enter_stage(agent_stage::attaching);
                    return tried("ptrace", ptrace(PTRACE_TRACEME, 0, 0, 0)) + tried("chdir", chdir("/"));
                }),
                testing::StrEq("ptrace allowed\nchdir allowed\n"));
}

TEST_F(PrivilegesTest, StepsMakeNoProcessNamespaceOrMount) {
    EXPECT_EQ(said_by([] {
                  enter_stage(agent_stage::running);
                  enter_stage(agent_stage::steps);
                  return tried("fork", fork()) + tried("unshare", unshare(CLONE_NEWNET)) +
                         tried("mount", mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr)) +
                         tried("socket", socket(AF_INET, SOCK_DGRAM, 0));
              }),
              "fork refused\nunshare refused\nmount refused\nsocket allowed\n");
}

TEST_F(PrivilegesTest, WhatIsGoneDoesNotComeBack) {
    const std::string status = said_by([] {
        enter_stage(agent_stage::steps);
        enter_stage(agent_stage::attaching);
        return own_status();
    });
    EXPECT_EQ(bits(field(status, "CapEff")) & ~capabilities_of(agent_stage::steps), 0U);
}

// A scenario, its network made in one stage and its steps run in the next, as the agent does.
std::string run_sealed() {
    enter_stage(agent_stage::running);
    const op_list list = test::udp_loopback();
    run_names names;
    network net(names);
    std::size_t i = 0;
    for (; i < list.ops.size() && network::is_configuration(list.ops[i]); ++i)
        net.configure(list.ops[i], list.data_of(list.ops[i]));
    op more = test::on_host(SKBSCOPE_OP_HOST, 2, "b");
    net.configure(more, {});
    more = test::on_host(SKBSCOPE_OP_VETH, 1, "va");
    more.host2 = 2;
    set_name(more.name2, "vb");
    net.configure(more, {});
    net.configure(test::on_host(SKBSCOPE_OP_FEATURE, 1, "va"), "tso");
    net.configure(test::on_host(SKBSCOPE_OP_SYSCTL, 1), "net.ipv4.ip_forward=1");
    op rps = test::on_host(SKBSCOPE_OP_RPS, 1, "va");
    rps.arg[1] = 1;
    net.configure(rps, {});
    rps.kind = SKBSCOPE_OP_RPS_FLOWS;
    net.configure(rps, {});
    net.find_devices();
    enter_stage(agent_stage::steps);
    std::string results;
    steps run(net);
    for (; i < list.ops.size(); ++i) {
        if (list.ops[i].kind == SKBSCOPE_OP_TRACE) continue;
        const std::int64_t result = run.run(list.ops[i], list.data_of(list.ops[i]));
        if (result < 0)
            results +=
                "operation " + std::to_string(list.ops[i].kind) + ": " + errno_text(static_cast<int>(-result)) + "\n";
    }
    return results + "done";
}

TEST_F(PrivilegesTest, AScenarioRunsWithWhatIsLeft) {
    EXPECT_EQ(said_by(run_sealed), "done");
}

TEST_F(PrivilegesTest, WhatIsMissingIsNamedWithTheWayToGetIt) {
    const std::string message = said_by([]() -> std::string {
        capng_clear(CAPNG_SELECT_CAPS);
        (void)capng_update(CAPNG_ADD, static_cast<capng_type_t>(CAPNG_EFFECTIVE | CAPNG_PERMITTED), CAP_NET_ADMIN);
        capng_apply(CAPNG_SELECT_CAPS);
        require_privileges();
        return "nothing is missing";
    });
    EXPECT_THAT(message, HasSubstr("lacks CAP_BPF (load programs), CAP_PERFMON"));
    EXPECT_THAT(message, HasSubstr("sudo setcap cap_bpf,cap_perfmon,"));
    EXPECT_THAT(message, HasSubstr("=ep /"));
    EXPECT_THAT(message, testing::Not(HasSubstr("CAP_NET_ADMIN")));
    EXPECT_EQ(message.find('\n'), std::string::npos);
}

} // namespace
