// SPDX-License-Identifier: GPL-2.0-or-later
// The agent on this very host. What its kernel allows differs from machine to machine: a run is whole, or one line says
// what is refused and why. Either way nothing is left behind.
#include "app/agent/agent_process.h"
#include "app/lab/kernel_run.h"
#include "app/scenario/loader.h"
#include "bpf/frame.h"
#include "long_run.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using namespace std::chrono_literals;
using app::AgentProcess;
using testing::HasSubstr;
namespace fs = std::filesystem;

class HostTest : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "the agent needs root";
        setenv("SKBSCOPE_AGENT", SKBSCOPE_AGENT_PROGRAM, 1);
    }
};

// Every network namespace that a process is in or holds open by its name.
std::set<std::string> namespaces() {
    std::set<std::string> found;
    std::error_code ec;
    for (const auto &process : fs::directory_iterator("/proc", ec)) {
        const fs::path target = fs::read_symlink(process.path() / "ns/net", ec);
        if (!target.empty()) found.insert(target);
    }
    for (const auto &named : fs::directory_iterator("/run/netns", ec))
        found.insert(named.path());
    return found;
}

bool ready(const bpf::read_state &s) {
    return s.ready;
}

std::string request(const std::string &more = bpf::make_frame(SKBSCOPE_FRAME_WAIT, {})) {
    return bpf::make_frame(SKBSCOPE_FRAME_REQUEST, R"({"serial":1})") + more;
}

TEST_F(HostTest, ARunIsWholeOrOneLineSaysWhyNot) {
    const auto scenario = app::loadScenario(SKBSCOPE_SOURCE_DIR "/assets/scenarios/udp-veth.yaml");
    ASSERT_TRUE(scenario);
    const auto before = namespaces();
    const auto side = app::runOnKernel(scenario->ops.list(), app::KernelTarget::host());
    EXPECT_EQ(namespaces(), before);
    if (side) {
        EXPECT_EQ(side->info.transport, "host");
        EXPECT_EQ(side->info.clock, trace::Clock::real_ns);
        EXPECT_GT(side->events.size(), 10U);
        return;
    }
    EXPECT_EQ(side.error().code, app::RunErrorCode::notPossibleHere);
    EXPECT_EQ(side.error().message().find('\n'), std::string::npos);
    EXPECT_THAT(side.error().message(), testing::AnyOf(HasSubstr("refuses"), HasSubstr("cannot be read")));
}

TEST_F(HostTest, KilledInMidRunKeepsWhatCame) {
    const test::KilledRun run = test::killInMidRun(app::KernelTarget::host(), "skbscope-agent");
    ASSERT_FALSE(run.side);
    if (!run.killed) GTEST_SKIP() << run.side.error().message(); // this kernel lets nobody look
    EXPECT_THAT(run.side.error().message(), HasSubstr("the agent ended before the run was done: signal 9 (Killed)"));
    ASSERT_TRUE(run.side.error().partial);
    EXPECT_EQ(test::notWholeUpToThere(*run.side.error().partial), "");
}

TEST_F(HostTest, AnswersAndEndsWhenNothingMoreIsAsked) {
    bpf::stream_reader stream;
    AgentProcess agent("host", stream);
    ASSERT_TRUE(agent.start({SKBSCOPE_AGENT_PROGRAM, "--stdio"}));
    agent.send(request());
    auto ok = agent.waitFor(ready, 20s);
    ASSERT_TRUE(ok) << ok.error().message();
    EXPECT_TRUE(stream.state().hello);
    EXPECT_EQ(stream.state().side.info.clock, trace::Clock::real_ns);
    agent.send(bpf::make_frame(SKBSCOPE_FRAME_STOP, {}));
    ok = agent.waitFor([](const auto &) { return false; }, 20s);
    ASSERT_FALSE(ok);
    EXPECT_THAT(ok.error().message(), HasSubstr("exit status 0"));
}

TEST_F(HostTest, RefusesARequestThatIsNone) {
    const auto refusal = [](const std::string &bytes) {
        bpf::stream_reader stream;
        AgentProcess agent("host", stream);
        EXPECT_TRUE(agent.start({SKBSCOPE_AGENT_PROGRAM, "--stdio"}));
        agent.send(bytes);
        const auto ok = agent.waitFor(ready, 20s);
        EXPECT_FALSE(ok);
        return ok ? app::RunError() : ok.error();
    };
    EXPECT_THAT(refusal("GET / HTTP/1.1\r\n\r\n").message(), HasSubstr("request: byte 0: not a frame"));
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\n\r\n").code, app::RunErrorCode::badInput);
    EXPECT_THAT(refusal(request(bpf::make_frame(static_cast<skbscope_frame_type>(99), {}))).message(),
                HasSubstr("type 99 is unknown"));
    EXPECT_THAT(refusal(request(bpf::make_frame(SKBSCOPE_FRAME_RUN, "no list"))).message(),
                HasSubstr("a run before a catalogue"));
}

// A child starts an agent and dies without a word; the test adopts the agent, and so sees its end.
TEST_F(HostTest, DiesWithWhoStartedIt) {
    ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    int pids[2];
    ASSERT_EQ(pipe(pids), 0);
    const pid_t starter = fork();
    if (starter == 0) {
        bpf::stream_reader stream;
        AgentProcess agent("host", stream);
        if (!agent.start({SKBSCOPE_AGENT_PROGRAM, "--stdio"})) _exit(1);
        agent.send(request());
        if (!agent.waitFor(ready, 20s)) _exit(1);
        const pid_t pid = agent.pid();
        (void)!write(pids[1], &pid, sizeof pid);
        pause();
    }
    close(pids[1]);
    pid_t agent = -1;
    ASSERT_EQ(read(pids[0], &agent, sizeof agent), static_cast<ssize_t>(sizeof agent));
    close(pids[0]);
    ASSERT_EQ(kill(agent, 0), 0);
    kill(starter, SIGKILL);
    ASSERT_EQ(waitpid(starter, nullptr, 0), starter);
    int status = 0;
    EXPECT_EQ(waitpid(agent, &status, 0), agent); // returns: else the test's time limit says that it did not
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

} // namespace
