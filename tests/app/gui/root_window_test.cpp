// SPDX-License-Identifier: GPL-2.0-or-later
// The model on a real tap, and a watch on this host's kernel, started from the window; in a network namespace of the
// test's own.
#include "app/attach/devices.h"
#include "real_window.h"

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <thread>

namespace skbscope::app {
namespace {

using testing::HasSubstr;

std::string output(const std::string &command) {
    std::string text;
    if (FILE *p = popen((command + " 2>&1").c_str(), "r")) {
        char part[4096];
        while (const std::size_t n = fread(part, 1, sizeof part, p))
            text.append(part, n);
        pclose(p);
    }
    return text;
}

int sh(const std::string &command) {
    return std::system(("(" + command + ") >/dev/null 2>&1").c_str());
}

class RootWindow : public RealWindow {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: it makes a network namespace";
        if (sh("command -v ip && command -v ping") != 0) GTEST_SKIP() << "iproute2 and iputils-ping are not installed";
        // Of this thread, and of those that it makes: the runner's. Nothing has to be put back.
        if (unshare(CLONE_NEWNET) != 0) GTEST_SKIP() << "no network namespace can be made here";
        ASSERT_EQ(sh("ip link set lo up"), 0);
    }
    // Meanwhile the window lives on.
    [[nodiscard]] static std::string beside(const std::string &command) {
        std::string text;
        std::atomic<bool> done = false;
        std::thread other([&] {
            text = output(command);
            done = true;
        });
        EXPECT_TRUE(waitFor([&] { return done.load(); }, 60));
        other.join();
        return text;
    }
    void openAttach() {
        press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        ASSERT_TRUE(isOpen());
    }
};

TEST_F(RootWindow, PutsTheModelOnATapAndLeavesItAsItWas) {
    ASSERT_EQ(sh("ip tuntap add tap0 mode tap && ip address add 10.9.0.1/24 dev tap0 && ip link set tap0 up"), 0);
    ASSERT_EQ(sh("ip link add v0 type veth peer name v1 && ip address add 10.8.0.1/24 dev v0"), 0);
    const std::string before = output("ip -d link show tap0; ip -4 address show tap0");
    openAttach();
    ui::StartForm &form = controller->attachForm();
    ASSERT_TRUE(waitFor([&] { return form.devices().size() == 4; }));
    const auto device = [&](const char *name, const char *role) {
        for (const QVariant &d : form.devices())
            if (d.toMap()[QStringLiteral("name")].toString() == QLatin1String(name))
                return d.toMap()[QLatin1String(role)].toString().toStdString();
        return std::string("none");
    };
    EXPECT_EQ(device("tap0", "kind"), "tap");
    EXPECT_EQ(device("tap0", "state"), "up, 10.9.0.1/24");
    EXPECT_EQ(device("tap0", "problem"), "");
    EXPECT_EQ(device("v1", "kind"), "veth");
    EXPECT_THAT(device("v1", "problem"), HasSubstr("is down; ip link set v1 up"));
    EXPECT_THAT(device("v0", "problem"), HasSubstr("has an address"));
    EXPECT_EQ(device("lo", "problem"), "is no Ethernet device");
    shoot("attach-form");
    press(Qt::Key_Down); // what can be used comes first
    press(Qt::Key_Tab);
    type("10.9.0.2/24");
    press(Qt::Key_Return);
    ASSERT_TRUE(waitFor([this] { return controller->live().isRunning(); }))
        << form.problems()[QString()].toString().toStdString();
    EXPECT_FALSE(isOpen());
    EXPECT_THAT(beside("ping -c 3 -i 0.2 -W 5 10.9.0.2"), HasSubstr("3 packets transmitted, 3 received"));
    ASSERT_TRUE(waitFor([this] { return controller->live().state().packets >= 6; }));
    shoot("attached");
    press(Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([this] { return !controller->live().isRunning(); }));
    EXPECT_EQ(controller->live().state().broke, "");
    const trace::Side *side = shown().side(trace::SideKind::model);
    ASSERT_TRUE(side);
    EXPECT_TRUE(std::ranges::any_of(side->events,
                                    [&](const trace::Event &e) { return side->function_name(e.fn) == "icmp_echo"; }));
    EXPECT_TRUE(controller->isUnsaved());
    EXPECT_EQ(output("ip -d link show tap0; ip -4 address show tap0"), before);
}

TEST_F(RootWindow, ATapThatAnotherProgramHasIsRefusedInTheForm) {
    openAttach();
    type("skbtap9");
    press(Qt::Key_Tab);
    type("10.9.0.2/24");
    press(Qt::Key_Return); // it is made
    ASSERT_TRUE(waitFor([this] { return controller->live().isRunning(); }));
    EXPECT_THAT(output("ip link show skbtap9"), HasSubstr("UP"));
    WindowRunner second;
    const auto source =
        second.attach({.device = "skbtap9", .netns = {}, .address = "10.9.0.3/24", .peer = {}, .gateway = {}});
    ASSERT_TRUE(waitFor([&] { return source->state().phase == ui::LiveState::Phase::over; }));
    EXPECT_THAT(source->state().broke, HasSubstr("another program has it open"));
    engine.reset();
    controller.reset(); // the window is closed while it runs
    EXPECT_NE(sh("ip link show skbtap9"), 0) << "the tap that was made stays behind";
}

TEST_F(RootWindow, WatchesThisHostsKernelUntilItIsEnded) {
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(isOpen());
    type("udp port 7011");
    press(Qt::Key_Return);
    ui::StartForm &form = controller->watchForm();
    ASSERT_TRUE(waitFor([&] { return controller->live().isRunning() || !form.isStarting(); }, 120));
    if (!controller->live().isRunning()) GTEST_SKIP() << form.problems()[QString()].toString().toStdString();
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(7011);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(sendto(socket, "x", 1, 0, reinterpret_cast<sockaddr *>(&to), sizeof to), 1);
    close(socket);
    ASSERT_TRUE(waitFor([this] { return controller->live().state().packets >= 3; }));
    EXPECT_THAT(controller->session().kernelLine().toStdString(), HasSubstr("traced on this host"));
    press(Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([this] { return !controller->live().isRunning(); }));
    EXPECT_EQ(controller->live().state().broke, "");
    EXPECT_TRUE(shown().side(trace::SideKind::kernel));
}

} // namespace
} // namespace skbscope::app
