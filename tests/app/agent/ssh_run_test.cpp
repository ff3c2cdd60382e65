// SPDX-License-Identifier: GPL-2.0-or-later
// The agent at the other end of a real ssh connection: to this machine, through an sshd of the test's own.
#include "app/agent/ssh_way.h"
#include "app/lab/kernel_run.h"
#include "app/scenario/loader.h"
#include "bpf/frame.h"
#include "long_run.h"
#include "own_sshd.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <sys/utsname.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using namespace std::chrono_literals;
using app::AgentProcess;
using testing::HasSubstr;
namespace fs = std::filesystem;

bool ready(const bpf::read_state &s) {
    return s.ready;
}

class SshTest : public testing::Test {
protected:
    void SetUp() override { serve("/usr/bin:/bin"); }
    void TearDown() override {
        unsetenv("SKBSCOPE_SSH");
        unsetenv("SKBSCOPE_AGENT");
    }
    void serve(const std::string &path) {
        sshd_.reset();
        sshd_ = std::make_unique<test::OwnSshd>(path);
        if (!sshd_->unusable().empty()) GTEST_SKIP() << sshd_->unusable();
        setenv("SKBSCOPE_SSH", sshd_->client().c_str(), 1);
        setenv("SKBSCOPE_AGENT", SKBSCOPE_AGENT_PROGRAM, 1);
    }
    // Starts an agent there and has it answer.
    static tl::expected<void, app::RunError> greet(AgentProcess &agent, const std::string &host = "box") {
        const auto way = app::sshWay(host);
        if (!way) return tl::unexpected(way.error());
        if (auto ok = app::startAgent(agent, *way); !ok) return ok;
        agent.send(bpf::make_frame(SKBSCOPE_FRAME_REQUEST, R"({"serial":1})") +
                   bpf::make_frame(SKBSCOPE_FRAME_WAIT, {}));
        return agent.waitFor(ready, 60s);
    }

    // Agents that run from a copy, which was removed before they started: those that logged in here.
    [[nodiscard]] std::vector<pid_t> copiedAgents() const {
        std::vector<pid_t> found;
        std::error_code ec;
        for (const auto &process : fs::directory_iterator("/proc", ec)) {
            const std::string program = fs::read_symlink(process.path() / "exe", ec);
            if (!program.ends_with("/skbscope-agent (deleted)")) continue;
            std::ifstream in(process.path() / "environ");
            const std::string environment{std::istreambuf_iterator<char>(in), {}};
            if (environment.find(sshd_->temporary().string()) != environment.npos)
                found.push_back(std::stoi(process.path().filename()));
        }
        return found;
    }

    std::unique_ptr<test::OwnSshd> sshd_;
};

TEST_F(SshTest, TheAgentIsCopiedAndNothingStays) {
    bpf::stream_reader stream;
    AgentProcess agent("ssh:box", stream, "the ssh connection");
    const auto ok = greet(agent);
    ASSERT_TRUE(ok) << ok.error().message();
    utsname u{};
    uname(&u);
    EXPECT_EQ(stream.state().side.info.release, u.release);
    EXPECT_EQ(copiedAgents().size(), 1U);
    EXPECT_TRUE(fs::is_empty(sshd_->temporary()));
}

TEST_F(SshTest, AnInstalledAgentIsFound) {
    // what an installed one is: a program of this name in the PATH there, of our version
    const fs::path bin = fs::temp_directory_path() / ("skbscope-bin-" + std::to_string(getpid()));
    fs::create_directories(bin);
    std::ofstream(bin / "skbscope-agent") << "#!/bin/sh\n[ $1 = --version ] || touch " << (bin / "used").string()
                                          << "\nexec " << SKBSCOPE_AGENT_PROGRAM << " \"$@\"\n";
    fs::permissions(bin / "skbscope-agent", fs::perms::owner_all);
    serve(bin.string() + ":/usr/bin:/bin");
    if (IsSkipped()) return;
    bpf::stream_reader stream;
    AgentProcess agent("ssh:box", stream, "the ssh connection");
    const auto ok = greet(agent);
    EXPECT_TRUE(ok) << ok.error().message();
    EXPECT_TRUE(fs::exists(bin / "used"));
    EXPECT_TRUE(copiedAgents().empty());
    fs::remove_all(bin);
}

TEST_F(SshTest, ARunIsWholeOrOneLineSaysWhyNot) {
    const auto scenario = app::loadScenario(SKBSCOPE_SOURCE_DIR "/assets/scenarios/udp-veth.yaml");
    ASSERT_TRUE(scenario);
    const auto here = app::runOnKernel(scenario->ops.list(), app::KernelTarget::host());
    const auto there = app::runOnKernel(scenario->ops.list(), app::KernelTarget::ssh("box"));
    ASSERT_EQ(here.has_value(), there.has_value()); // it is the same machine
    if (there) {
        EXPECT_EQ(there->info.transport, "ssh:box");
        EXPECT_GT(there->events.size(), 10U);
    } else {
        EXPECT_EQ(there.error().message(), here.error().message());
    }
}

TEST_F(SshTest, WhatSshSaysComesThrough) {
    const auto failure = [](const std::string &host) {
        bpf::stream_reader stream;
        AgentProcess agent("ssh:" + host, stream, "the ssh connection");
        const auto ok = greet(agent, host);
        EXPECT_FALSE(ok);
        if (ok) return std::string();
        EXPECT_EQ(ok.error().code, app::RunErrorCode::notPossibleHere);
        EXPECT_EQ(ok.error().message().find('\n'), std::string::npos);
        return ok.error().message();
    };
    EXPECT_THAT(failure("stranger"), testing::AllOf(HasSubstr("ssh:stranger: "), HasSubstr("exit status 255"),
                                                    HasSubstr("Permission denied")));
    EXPECT_THAT(failure("no-such-host.invalid"), HasSubstr("Could not resolve hostname"));
}

// The link dies, at this end; the agent at the other end sees it and ends.
TEST_F(SshTest, TheAgentEndsWithTheLink) {
    bpf::stream_reader stream;
    AgentProcess agent("ssh:box", stream, "the ssh connection");
    ASSERT_TRUE(greet(agent));
    ASSERT_EQ(copiedAgents().size(), 1U);
    kill(agent.pid(), SIGKILL);
    const auto ok = agent.waitFor([](const auto &) { return false; }, 20s);
    ASSERT_FALSE(ok);
    EXPECT_THAT(ok.error().message(), testing::AllOf(HasSubstr("ssh:box: the ssh connection"), HasSubstr("signal 9")));
    for (int tries = 0; tries < 500 && !copiedAgents().empty(); ++tries)
        usleep(20'000);
    EXPECT_TRUE(copiedAgents().empty());
}

// The agent dies, at the other end.
TEST_F(SshTest, TheEndOfTheAgentIsSeen) {
    bpf::stream_reader stream;
    AgentProcess agent("ssh:box", stream, "the ssh connection");
    ASSERT_TRUE(greet(agent));
    const auto agents = copiedAgents();
    ASSERT_EQ(agents.size(), 1U);
    kill(agents.front(), SIGKILL);
    const auto ok = agent.waitFor([](const auto &) { return false; }, 20s);
    ASSERT_FALSE(ok);
    EXPECT_THAT(ok.error().message(), HasSubstr("ssh:box: the ssh connection ended before the run was done"));
}

TEST_F(SshTest, TheLinkCutInMidRunKeepsWhatCame) {
    const test::KilledRun run = test::killInMidRun(app::KernelTarget::ssh("box"), "ssh");
    ASSERT_FALSE(run.side);
    if (!run.killed) GTEST_SKIP() << run.side.error().message(); // this kernel lets nobody look
    EXPECT_THAT(run.side.error().message(), HasSubstr("the ssh connection ended before the run was done: signal 9"));
    ASSERT_TRUE(run.side.error().partial);
    EXPECT_EQ(test::notWholeUpToThere(*run.side.error().partial), "");
    EXPECT_EQ(run.side.error().partial->info.transport, "ssh:box");
}

} // namespace
