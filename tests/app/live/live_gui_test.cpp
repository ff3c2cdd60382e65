// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope live --gui as a user starts it: the built program on an X server of its own, a real kernel, real traffic.
#include "live_fixture.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace {

using namespace skbscope;
using namespace skbscope::test;

class LiveGui : public Live {
protected:
    void SetUp() override {
        if (test::sh("command -v Xvfb") != 0) GTEST_SKIP() << "Xvfb is not installed";
        Live::SetUp();
        if (IsSkipped()) return;
        int display[2];
        ASSERT_EQ(pipe(display), 0);
        server_ = fork();
        if (server_ == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            const int quiet = open("/dev/null", O_WRONLY);
            dup2(quiet, 2);
            dup2(display[1], 1);
            execlp("Xvfb", "Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", nullptr);
            _exit(127);
        }
        close(display[1]);
        std::string number;
        for (char c = 0; ::read(display[0], &c, 1) == 1 && c != '\n';)
            number += c;
        close(display[0]);
        ASSERT_FALSE(number.empty()) << "Xvfb does not start";
        setenv("DISPLAY", (":" + number).c_str(), 1);
        unsetenv("QT_QPA_PLATFORM");
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1); // libdbus keeps what it has to the end
    }
    void TearDown() override {
        if (server_ <= 0) return;
        kill(server_, SIGKILL);
        waitpid(server_, nullptr, 0);
    }
    // For who looks at it; ImageMagick makes it.
    static void picture(const char *name) {
        (void)test::sh(std::string("import -window root ") + SKBSCOPE_BINARY_DIR + "/live-" + name + ".png");
    }
    // The file has all of it, while the window is still there.
    [[nodiscard]] bool isKept() const {
        std::error_code none;
        for (int i = 0; i < 200; ++i, std::this_thread::sleep_for(50ms))
            if (std::filesystem::file_size(file(), none) > 0 && !none) return true;
        return false;
    }
    pid_t server_ = -1;
};

TEST_F(LiveGui, ShowsPacketsWhileTheyComeAndKeepsThem) {
    const int receiver = test::boundSocket(net_.b, 7000);
    ASSERT_GE(receiver, 0);
    WatchingProgram program({"live", "udp port 7000", "--gui", "--allow-root", "-o", file()});
    ASSERT_TRUE(program.says("watching")) << program.ended(1s).err;
    net_.sendDatagrams(7000, 3);
    std::this_thread::sleep_for(3s); // a window that comes up beside a build
    picture("gui");
    program.signal(SIGINT);
    ASSERT_TRUE(program.says("records made"));
    ASSERT_TRUE(isKept());
    EXPECT_EQ(kill(program.pid(), 0), 0) << "the window stays when the watch is over";
    std::this_thread::sleep_for(2s);
    picture("gui-ended");
    program.signal(SIGINT); // the second one closes it
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 0) << ran.err;
    close(receiver);
    read();
    EXPECT_EQ(packets().size(), 3U);
    expectInOrder({"dev_hard_start_xmit", "veth_xmit", "__netif_receive_skb_core"});
    EXPECT_THAT(ran.err, testing::Not(HasSubstr("qrc:"))) << "QML complains";
}

TEST_F(LiveGui, SurvivesTheAgent) {
    WatchingProgram program({"live", "udp port 7009", "--gui", "--allow-root", "-o", file()});
    ASSERT_TRUE(program.says("watching")) << program.ended(1s).err;
    net_.sendDatagrams(7009, 2);
    std::this_thread::sleep_for(1500ms);
    const pid_t agent = program.child("skbscope-agent");
    ASSERT_GT(agent, 0);
    kill(agent, SIGKILL);
    ASSERT_TRUE(program.says("signal 9"));
    std::this_thread::sleep_for(2s);
    picture("gui-killed");
    EXPECT_EQ(kill(program.pid(), 0), 0) << "the window goes with the agent";
    program.signal(SIGINT);
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 3) << ran.err;
    read();
    EXPECT_EQ(packets().size(), 2U);
}

} // namespace
