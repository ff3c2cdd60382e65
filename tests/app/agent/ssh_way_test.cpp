// SPDX-License-Identifier: GPL-2.0-or-later
// What is run to reach another machine: no name of a host is ever an option, or read by a shell.
#include "app/agent/ssh_way.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using testing::HasSubstr;

class SshWay : public testing::Test {
protected:
    void SetUp() override {
        agent_ = std::filesystem::temp_directory_path() / ("skbscope-agent-" + std::to_string(getpid()));
        std::ofstream(agent_) << "12345";
        setenv("SKBSCOPE_AGENT", agent_.c_str(), 1);
    }
    void TearDown() override {
        unsetenv("SKBSCOPE_AGENT");
        std::filesystem::remove(agent_);
    }
    std::filesystem::path agent_;
};

TEST_F(SshWay, RefusesWhatIsNoHost) {
    for (const char *host : {"", "-oProxyCommand=id", "a b", "a\nb", "\x1b[2J"}) {
        const auto way = app::sshWay(host);
        ASSERT_FALSE(way) << host;
        EXPECT_EQ(way.error().code, app::RunErrorCode::badInput);
        EXPECT_THAT(way.error().message(), HasSubstr("use ssh:HOST"));
    }
}

TEST_F(SshWay, TheHostIsOneArgumentAndNotInTheCommand) {
    const std::string host = "me@$(id)'\"`;&|";
    const auto way = app::sshWay(host);
    ASSERT_TRUE(way);
    EXPECT_EQ(way->place, "ssh:" + host);
    const auto &c = way->command;
    ASSERT_GE(c.size(), 4U);
    EXPECT_EQ(c[c.size() - 3], "--");
    EXPECT_EQ(c[c.size() - 2], host);
    EXPECT_EQ(c.back(), app::remoteCommand(5));
    EXPECT_THAT(c, testing::Contains("BatchMode=yes"));
}

TEST_F(SshWay, TheCommandIsQuotedWhole) {
    const std::string command = app::remoteCommand(5);
    EXPECT_TRUE(command.starts_with("exec sh -c '"));
    EXPECT_EQ(std::ranges::count(command, '\''), 2); // none inside
    EXPECT_THAT(command, HasSubstr("head -c 5 "));
    EXPECT_THAT(command, testing::Not(HasSubstr("@")));
}

} // namespace
