// SPDX-License-Identifier: GPL-2.0-or-later
// A UDP exchange between two real namespaces, by processes that know nothing of us, seen by the agent's snapshot and
// watch, and done again by the model.
#include "app/twin/twin.h"
#include "app/twin/twin_watch.h"
#include "bpf/agent/syscall_watch.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::app {
namespace {

using bpf::named_namespace;

int sh(const std::string &command) {
    return std::system((command + " >/dev/null 2>&1").c_str());
}

sockaddr_in at(const char *ip, std::uint16_t port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr.s_addr = inet_addr(ip);
    return a;
}

class Exchange : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: it makes network namespaces and watches system calls";
        if (sh("command -v ip") != 0) GTEST_SKIP() << "iproute2 is not installed";
        const std::string id = std::to_string(getpid());
        a = "ska" + id;
        b = "skb" + id;
        if (sh("ip netns add " + a) != 0) GTEST_SKIP() << "ip netns add: not allowed here";
        ASSERT_EQ(sh("ip netns add " + b), 0);
        ASSERT_EQ(sh("ip -n " + a + " link add va address 02:00:00:00:00:01 type veth peer name vb netns " + b), 0);
        ASSERT_EQ(sh("ip -n " + a + " address add 10.9.0.1/24 dev va"), 0);
        ASSERT_EQ(sh("ip -n " + b + " address add 10.9.0.2/24 dev vb"), 0);
        for (const auto &[ns, device] : {std::pair(a, "va"), std::pair(b, "vb")}) {
            ASSERT_EQ(sh("ip -n " + ns + " link set lo up"), 0);
            ASSERT_EQ(sh("ip -n " + ns + " link set " + device + " up"), 0);
        }
    }
    void TearDown() override {
        if (!a.empty()) sh("ip netns del " + a);
        if (!b.empty()) sh("ip netns del " + b);
    }

    // A process in a namespace.
    template <class Work> pid_t inside(const std::string &ns, const char *name, Work work) {
        const named_namespace there = named_namespace::open(ns);
        const pid_t child = fork();
        if (child != 0) return child;
        prctl(PR_SET_NAME, name);
        alarm(20);
        const bool ok = setns(there.fd, CLONE_NEWNET) == 0 && work();
        _exit(ok ? 0 : 1);
    }
    static bool ended(pid_t child) {
        int status = 1;
        return waitpid(child, &status, 0) == child && status == 0;
    }

    // ping!! from a to b, pong back. Without `binds` the kernel chooses the client's port.
    void exchange(bool binds = true) {
        int ready[2];
        ASSERT_EQ(pipe(ready), 0);
        const pid_t server = inside(b, "server", [&] {
            const int s = socket(AF_INET, SOCK_DGRAM, 0);
            const sockaddr_in here = at("10.9.0.2", 7000);
            if (bind(s, reinterpret_cast<const sockaddr *>(&here), sizeof here) < 0) return false;
            if (write(ready[1], "r", 1) != 1) return false;
            char text[64];
            sockaddr_in from{};
            socklen_t length = sizeof from;
            const ssize_t n = recvfrom(s, text, sizeof text, 0, reinterpret_cast<sockaddr *>(&from), &length);
            return n == 6 && sendto(s, "pong", 4, 0, reinterpret_cast<const sockaddr *>(&from), length) == 4;
        });
        char one = 0;
        ASSERT_EQ(read(ready[0], &one, 1), 1);
        const pid_t client = inside(a, "client", [binds] {
            const int s = socket(AF_INET, SOCK_DGRAM, 0);
            const sockaddr_in to = at("10.9.0.2", 7000), here = at("10.9.0.1", 7001);
            char text[64];
            return (!binds || bind(s, reinterpret_cast<const sockaddr *>(&here), sizeof here) == 0) &&
                   sendto(s, "ping!!", 6, 0, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 6 &&
                   recv(s, text, sizeof text, 0) == 4;
        });
        ASSERT_TRUE(ended(client));
        ASSERT_TRUE(ended(server));
    }

    // The agent's watch of both namespaces; no watch: the test is skipped, or has failed.
    void startWatch(const std::vector<std::string> &namespaces) {
        auto way = hostWay();
        if (!way) GTEST_SKIP() << way.error().message();
        auto made = std::make_unique<TwinWatch>(std::move(*way));
        const auto started = made->start(namespaces);
        if (!started && started.error().what.find("CAP_BPF") != std::string::npos)
            GTEST_SKIP() << started.error().message();
        ASSERT_TRUE(started) << started.error().message();
        watch = std::move(made);
    }

    std::string a, b;
    std::unique_ptr<TwinWatch> watch;
};

TwinInput inputOf(TwinSeen seen) {
    TwinInput in;
    in.name = "exchange";
    in.snapshot = std::move(seen.snapshot);
    in.calls = std::move(seen.calls);
    return in;
}

void expectExchange(const Twin &twin) {
    const std::string all = testing::PrintToString(twin.remarks) + "\n" + twin.scenario.text;
    EXPECT_TRUE(twin.otherResults.empty()) << testing::PrintToString(twin.otherResults) << all;
    std::multiset<std::string> seen;
    for (const skbscope_op &op : twin.scenario.ops.ops())
        if (op.kind >= SKBSCOPE_OP_SETNS) seen.insert(opName(op.kind));
    EXPECT_EQ(seen.count("socket"), 2U) << all;
    EXPECT_EQ(seen.count("bind"), 2U) << all;
    EXPECT_EQ(seen.count("sendto"), 2U) << all;
    EXPECT_EQ(seen.count("recv"), 2U) << all;
    EXPECT_EQ(twin.scenario.ops.hosts.size(), 3U) << all;
    EXPECT_THAT(twin.scenario.text, testing::HasSubstr("\"706f6e67\"")); // pong
    EXPECT_THAT(twin.scenario.text, testing::HasSubstr("02:00:00:00:00:01"));
}

TEST_F(Exchange, IsSeenAndDoneAgainByTheModel) {
    std::vector<named_namespace> namespaces;
    namespaces.push_back(named_namespace::open(a));
    namespaces.push_back(named_namespace::open(b));
    TwinInput in;
    in.name = "exchange";
    in.snapshot = bpf::take_snapshot(namespaces);
    std::unique_ptr<bpf::syscall_watch> here;
    try {
        here = std::make_unique<bpf::syscall_watch>(namespaces);
    } catch (const std::runtime_error &e) {
        GTEST_SKIP() << "system calls cannot be watched here: " << e.what();
    }
    exchange();
    if (HasFatalFailure()) return;
    here->stop();
    bpf::call_reader reader;
    for (const std::string &piece : here->take(1U << 16))
        ASSERT_TRUE(reader.add(std::as_bytes(std::span(piece))));
    EXPECT_EQ(here->lost(), 0U);
    EXPECT_EQ(reader.unpaired(), 0U);
    in.calls = reader.take();
    const auto twin = makeTwin(std::move(in));
    ASSERT_TRUE(twin) << twin.error().message();
    expectExchange(*twin);
}

TEST_F(Exchange, IsSeenThroughTheAgent) {
    startWatch({a, b});
    if (!watch) return;
    exchange();
    if (HasFatalFailure()) return;
    auto seen = watch->stop();
    ASSERT_TRUE(seen) << seen.error().message();
    EXPECT_EQ(seen->lost, 0U);
    const auto twin = makeTwin(inputOf(std::move(*seen)));
    ASSERT_TRUE(twin) << twin.error().message();
    expectExchange(*twin);
}

// The answer goes to the port that the kernel chose: the model's client must have the same one.
TEST_F(Exchange, ThePortThatTheKernelChoseIsTheModelsToo) {
    startWatch({a, b});
    if (!watch) return;
    exchange(false);
    if (HasFatalFailure()) return;
    auto seen = watch->stop();
    ASSERT_TRUE(seen) << seen.error().message();
    std::uint16_t port = 0;
    for (const bpf::observed_call &c : seen->calls)
        if (c.comm() == "client" && c.begin.port == 0 && c.port != 0) port = c.port;
    ASSERT_GE(port, 32768);
    const auto twin = makeTwin(inputOf(std::move(*seen)));
    ASSERT_TRUE(twin) << twin.error().message();
    EXPECT_TRUE(twin->otherResults.empty()) << testing::PrintToString(twin->otherResults) << twin->scenario.text;
    const std::string text = std::to_string(port);
    EXPECT_THAT(twin->scenario.text, testing::HasSubstr("net.ipv4.ip_local_port_range"));
    EXPECT_THAT(twin->scenario.text, testing::HasSubstr(text + " " + text));
    std::multiset<std::string> calls;
    for (const skbscope_op &op : twin->scenario.ops.ops())
        calls.insert(opName(op.kind));
    EXPECT_EQ(calls.count("bind"), 1U) << "no call is added: " << twin->scenario.text;
}

TEST_F(Exchange, ANamespaceThatIsNotThereIsBadInput) {
    auto way = hostWay();
    if (!way) GTEST_SKIP() << way.error().message();
    TwinWatch nowhere(std::move(*way));
    const auto started = nowhere.start({"no-such-namespace-here"});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, RunErrorCode::badInput);
    EXPECT_NE(started.error().message().find("no-such-namespace-here"), std::string::npos);
}

TEST_F(Exchange, OtherNamespacesAreNotWatched) {
    std::vector<named_namespace> namespaces;
    namespaces.push_back(named_namespace::open(a));
    std::unique_ptr<bpf::syscall_watch> here;
    try {
        here = std::make_unique<bpf::syscall_watch>(namespaces);
    } catch (const std::runtime_error &e) {
        GTEST_SKIP() << "system calls cannot be watched here: " << e.what();
    }
    ASSERT_TRUE(ended(inside(b, "other", [] { return socket(AF_INET, SOCK_DGRAM, 0) >= 0; })));
    ASSERT_TRUE(ended(inside(a, "ours", [] { return close(socket(AF_INET, SOCK_DGRAM, 0)) == 0; })));
    ASSERT_TRUE(ended(inside(a, "unix", [] { return close(socket(AF_UNIX, SOCK_DGRAM, 0)) == 0; })));
    here->stop();
    bpf::call_reader reader;
    for (const std::string &piece : here->take(1U << 16))
        ASSERT_TRUE(reader.add(std::as_bytes(std::span(piece))));
    const std::vector<bpf::observed_call> calls = reader.take();
    ASSERT_EQ(calls.size(), 2U);
    EXPECT_EQ(calls[0].comm(), "ours");
    EXPECT_NE(calls[0].made, 0U);
    EXPECT_EQ(calls[1].begin.socket, calls[0].made);
}

} // namespace
} // namespace skbscope::app
