// SPDX-License-Identifier: GPL-2.0-or-later
// The user's terminal is as it was, however the program ends.
#include "app/lab/terminal.h"

#include <csignal>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace {

using skbscope::app::RawTerminal;

class Terminal : public testing::Test {
protected:
    void SetUp() override {
        if (openpty(&ours_, &theirs_, nullptr, nullptr, nullptr) != 0) GTEST_SKIP() << "no pseudo terminal here";
    }
    void TearDown() override {
        close(ours_);
        close(theirs_);
    }
    [[nodiscard]] bool raw() const {
        termios t{};
        tcgetattr(theirs_, &t);
        return (t.c_lflag & (ICANON | ECHO | ISIG)) == 0;
    }
    int ours_ = -1, theirs_ = -1;
};

TEST_F(Terminal, IsRawOnlyWhileItLasts) {
    EXPECT_FALSE(raw());
    {
        const RawTerminal terminal(theirs_);
        EXPECT_TRUE(raw());
    }
    EXPECT_FALSE(raw());
}

TEST_F(Terminal, IsPutBackWhenASignalEndsTheProgram) {
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGABRT}) {
        const pid_t child = fork();
        if (child == 0) {
            const RawTerminal terminal(theirs_);
            if (!raw()) _exit(1);
            raise(signal);
            _exit(2);
        }
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << status;
        EXPECT_EQ(WTERMSIG(status), signal);
        EXPECT_FALSE(raw());
    }
}

} // namespace
