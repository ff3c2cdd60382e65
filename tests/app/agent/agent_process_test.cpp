// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of an agent that does not do what it should: each way of dying has its own words, in one line.
#include "app/agent/agent_process.h"
#include "app/lab/kernel_run.h"
#include "bpf/frame.h"
#include "broken_stream.h"
#include "oplists.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using namespace std::chrono_literals;
using app::AgentProcess;
using app::RunErrorCode;
using testing::HasSubstr;

bool ended(const bpf::read_state &s) {
    return s.ended;
}

// What came of an agent that is this shell script.
app::RunError failureOf(const std::string &script, std::chrono::seconds limit = 20s) {
    bpf::stream_reader stream;
    AgentProcess agent("host", stream);
    const auto started = agent.start({"/bin/sh", "-c", script});
    if (!started) return started.error();
    agent.send(bpf::make_frame(SKBSCOPE_FRAME_REQUEST, "{}"));
    const auto ok = agent.waitFor(ended, limit);
    EXPECT_FALSE(ok);
    if (ok) return {};
    EXPECT_EQ(ok.error().message().find('\n'), std::string::npos);
    return ok.error();
}

TEST(AgentProcess, TellsWhatItDiedOf) {
    EXPECT_THAT(failureOf("exit 7").message(),
                HasSubstr("host: the agent ended before the run was done: exit status 7"));
    EXPECT_THAT(failureOf("kill -9 $$").message(), HasSubstr("signal 9 (Killed)"));
    const std::string words = failureOf("echo first >&2; printf 'out of\\033 luck\\n\\n' >&2; exit 1").message();
    EXPECT_THAT(words, HasSubstr("exit status 1; its last words: out of  luck"));
    EXPECT_THAT(words, testing::Not(HasSubstr("first")));
}

TEST(AgentProcess, TellsOfAProgramThatIsNotThere) {
    bpf::stream_reader stream;
    AgentProcess agent("host", stream);
    ASSERT_TRUE(agent.start({"/nowhere/skbscope-agent", "--stdio"}));
    const auto ok = agent.waitFor(ended, 20s);
    ASSERT_FALSE(ok);
    EXPECT_THAT(ok.error().message(), HasSubstr("cannot be started: No such file or directory"));
}

TEST(AgentProcess, RefusesWhatIsNoStream) {
    EXPECT_THAT(failureOf("echo Welcome to this machine; sleep 60").message(),
                HasSubstr("the agent's stream is damaged at byte 0: not a frame"));
}

TEST(AgentProcess, DoesNotWaitForEver) {
    EXPECT_THAT(failureOf("sleep 60", 1s).message(), HasSubstr("takes too long"));
}

TEST(AgentProcess, WritesWhatItIsGivenWhileItReads) {
    const std::string large(3U << 20, 'x'); // more than any pipe holds, both ways
    bpf::stream_reader stream;
    AgentProcess agent("host", stream);
    ASSERT_TRUE(agent.start({"/bin/cat"}));
    std::string frames;
    for (unsigned i = 0; i < 200; ++i)
        frames += bpf::make_frame(SKBSCOPE_FRAME_NOTE, R"({"text":")" + large.substr(0, 10'000) + "\"}");
    agent.send(frames + bpf::make_frame(SKBSCOPE_FRAME_END, R"({"events":0})"));
    const auto ok = agent.waitFor(ended, 20s);
    EXPECT_TRUE(ok) << ok.error().message();
    EXPECT_EQ(stream.state().notes.size(), 200U);
}

TEST(AgentProcess, EndsWithItsObject) {
    pid_t pid = -1;
    {
        bpf::stream_reader stream;
        AgentProcess agent("host", stream);
        ASSERT_TRUE(agent.start({"/bin/sleep", "1000"}));
        pid = agent.pid();
        ASSERT_EQ(kill(pid, 0), 0);
    }
    EXPECT_EQ(kill(pid, 0), -1);
}

TEST(AgentProcess, ReadsLinesBeforeTheStream) {
    bpf::stream_reader stream;
    AgentProcess agent("host", stream);
    ASSERT_TRUE(agent.start({"/bin/sh", "-c", "echo Welcome; echo mark: one; echo mark: two; exec cat"}));
    agent.send(bpf::make_frame(SKBSCOPE_FRAME_END, R"({"events":0})"));
    EXPECT_EQ(agent.readLine("mark: ", 20s).value_or(""), "one");
    EXPECT_EQ(agent.readLine("mark: ", 20s).value_or(""), "two");
    const auto ok = agent.waitFor(ended, 20s);
    EXPECT_TRUE(ok) << ok.error().message();
}

TEST(HostRun, NamesTheAgentThatIsNotThere) {
    setenv("SKBSCOPE_AGENT", "/nowhere/agent", 1);
    const auto side = app::runOnKernel(test::udp_loopback(), app::KernelTarget::host());
    unsetenv("SKBSCOPE_AGENT");
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, RunErrorCode::notPossibleHere);
    EXPECT_THAT(side.error().message(), HasSubstr("/nowhere/agent: not found"));
}

// What came before is whole, and says that it ends early.
TEST(HostRun, KeepsWhatCameBeforeTheAgentDied) {
    const auto directory = std::filesystem::temp_directory_path() / ("skbscope-broken-" + std::to_string(getpid()));
    std::filesystem::create_directories(directory);
    setenv("SKBSCOPE_AGENT", test::brokenAgent(directory).c_str(), 1);
    const auto side = app::runOnKernel(test::udp_loopback(), app::KernelTarget::host());
    unsetenv("SKBSCOPE_AGENT");
    std::filesystem::remove_all(directory);
    ASSERT_FALSE(side);
    EXPECT_THAT(side.error().message(), HasSubstr("exit status 7"));
    const auto &part = side.error().partial;
    ASSERT_TRUE(part);
    ASSERT_EQ(part->events.size(), 4U);
    EXPECT_EQ(part->function_name(part->events[1].fn), "sockfd_lookup_light");
    EXPECT_EQ(part->events[3].kind, SKBSCOPE_EV_LOSS);
    EXPECT_EQ(part->events[3].loss.reason, SKBSCOPE_LOSS_STREAM_CUT);
    EXPECT_EQ(part->tasks.at(9), "skbscope");
    EXPECT_THAT(part->info.facts.at("broke off"), HasSubstr("exit status 7"));
}

} // namespace
