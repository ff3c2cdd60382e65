// SPDX-License-Identifier: GPL-2.0-or-later
// Real programs in namespaces, seen by skbscope live.
#include "../agent/own_sshd.h"
#include "live_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using namespace skbscope::test;

TEST_F(Live, ADatagramGoesItsWayInOrder) {
    const int receiver = test::boundSocket(net_.b, 7000);
    ASSERT_GE(receiver, 0);
    const Ran ran = watch({"udp port 7000"}, [&] {
        net_.sendDatagrams(7000, 1);
        net_.sendDatagrams(7001, 3); // not wanted
        char text[16];
        EXPECT_EQ(recv(receiver, text, sizeof text, MSG_DONTWAIT), 8);
    });
    close(receiver);
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    expectInOrder({"udp_send_skb", "ip_output", "__dev_queue_xmit", "dev_hard_start_xmit", "veth_xmit",
                   "__netif_receive_skb_core", "__udp_enqueue_schedule_skb"});
    EXPECT_EQ(packets().size(), 1U) << "the filter let another packet pass";
    EXPECT_FALSE(ofKind(SKBSCOPE_EV_CROSSED).empty());
    EXPECT_TRUE(ofKind(SKBSCOPE_EV_LOSS).empty() || lostFor(SKBSCOPE_LOSS_RING_FULL) == 0);
    for (const std::string &host : {net_.a, net_.b})
        EXPECT_THAT(side_.hosts, testing::Contains(host));
    if (!inferred()) return;
    expectInOrder({"__sys_sendto", "udp_sendmsg", "udp_send_skb", "process_backlog", "ip_rcv", "__sys_recvfrom"});
    for (const Event &e : side_.events)
        if (trace::is_enter(e)) {
            EXPECT_EQ(trace::provenance_of(e), trace::Provenance::inferred);
        }
}

TEST_F(Live, PingThereAndBack) {
    if (test::sh("command -v ping") != 0) GTEST_SKIP() << "ping is not installed";
    const Ran ran =
        watch({"icmp and host 10.9.0.2"}, [&] { EXPECT_EQ(net_.in(net_.a, "ping -c 1 -W 2 10.9.0.2"), 0); });
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    std::vector<std::string> arrivals;
    for (const Event &e : side_.events)
        if (trace::is_enter(e) && side_.function_name(e.fn) == "__netif_receive_skb_core")
            arrivals.push_back(side_.hosts[e.host]);
    EXPECT_THAT(arrivals, testing::ElementsAre(net_.b, net_.a));
    EXPECT_GE(packets().size(), 2U); // a raw socket gets a clone of the answer
    expectInOrder({"dev_hard_start_xmit", "veth_xmit", "__netif_receive_skb_core", "dev_hard_start_xmit", "veth_xmit",
                   "__netif_receive_skb_core"});
    if (inferred()) expectInOrder({"raw_sendmsg", "icmp_rcv", "icmp_echo", "icmp_reply"});
}

// Accepts one connection, reads what comes first, answers, closes.
bool serveOnce(unsigned port, int ready) {
    const int s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(static_cast<std::uint16_t>(port));
    if (bind(s, reinterpret_cast<const sockaddr *>(&here), sizeof here) < 0 || listen(s, 1) < 0) return false;
    if (write(ready, "r", 1) != 1) return false;
    const int peer = accept(s, nullptr, nullptr);
    char text[1024];
    if (read(peer, text, sizeof text) <= 0) return false;
    constexpr std::string_view answer = "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nhi\n";
    return write(peer, answer.data(), answer.size()) == static_cast<ssize_t>(answer.size());
}

class LiveTcp : public Live {
protected:
    void exchange(const std::string &client) {
        int ready[2];
        ASSERT_EQ(pipe(ready), 0);
        const pid_t server = net_.start(net_.b, [&] { return serveOnce(8080, ready[1]); });
        char one = 0;
        ASSERT_EQ(::read(ready[0], &one, 1), 1);
        const Ran ran = watch({"tcp", "port", "8080"}, [&] {
            EXPECT_EQ(net_.in(net_.a, client), 0);
            EXPECT_TRUE(net_.ended(server));
        });
        close(ready[0]);
        close(ready[1]);
        ASSERT_EQ(ran.code, 0) << ran.err;
        read();
        // Connection, request, answer.
        expectInOrder({"__tcp_transmit_skb", "veth_xmit", "tcp_v4_rcv", "__tcp_transmit_skb", "veth_xmit",
                       "tcp_rcv_established", "skb_copy_datagram_iter"});
        EXPECT_GE(packets().size(), 6U); // SYN, SYN-ACK, ACK, data both ways, FIN at the least
        if (inferred())
            expectInOrder({"tcp_v4_connect", "tcp_rcv_state_process", "tcp_sendmsg_locked", "tcp_rcv_established",
                           "tcp_recvmsg"});
    }
};

TEST_F(LiveTcp, Curl) {
    if (test::sh("command -v curl") != 0) GTEST_SKIP() << "curl is not installed";
    exchange("curl -s -m 5 http://10.9.0.2:8080/");
}

TEST_F(LiveTcp, Nc) {
    if (test::sh("command -v busybox") != 0) GTEST_SKIP() << "busybox is not installed";
    exchange("sh -c 'echo hello | busybox nc 10.9.0.2 8080'");
}

TEST_F(Live, DropsAloneAreTold) {
    const Ran ran = watch({"--drops", "udp port 7009"}, [&] {
        net_.sendDatagrams(7009, 2); // nobody listens
        net_.sendDatagrams(7010, 2);
    });
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    const auto drops = ofKind(SKBSCOPE_EV_DROP);
    ASSERT_EQ(drops.size(), 2U);
    for (const Event &e : drops) {
        EXPECT_EQ(trace::context_of(e), trace::Context::softirq);
        EXPECT_EQ(side_.hosts[e.host], net_.b);
    }
    EXPECT_EQ(packets().size(), 2U);
    EXPECT_EQ(testing::PrintToString(entered()).find("veth_xmit"), std::string::npos);
    EXPECT_THAT(ran.out, HasSubstr("SKB_DROP_REASON_NO_SOCKET"));
}

// Read one after the other: each has the memory of one before it.
TEST_F(Live, EveryDatagramIsAPacketOfItsOwn) {
    constexpr unsigned count = 100;
    const int receiver = test::boundSocket(net_.b, 7000);
    ASSERT_GE(receiver, 0);
    const Ran ran = watch({"udp port 7000"}, [&] {
        const pid_t reader = fork();
        if (reader == 0) {
            char text[16];
            for (unsigned i = 0; i < count; ++i)
                if (recv(receiver, text, sizeof text, 0) != 8) _exit(1);
            _exit(0);
        }
        net_.sendDatagrams(7000, count);
        EXPECT_TRUE(net_.ended(reader));
    });
    close(receiver);
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    EXPECT_EQ(packets().size(), count);
}

TEST_F(Live, OnlyWhatFirstPassesTheDevice) {
    const Ran there =
        watch({"udp port 7009", "--netns", net_.b, "--device", "vb"}, [&] { net_.sendDatagrams(7009, 1); });
    ASSERT_EQ(there.code, 0) << there.err;
    read();
    EXPECT_EQ(packets().size(), 1U);
    for (const Event &e : ofKind(SKBSCOPE_EV_CROSSED)) // first seen in b: where it came from is not known
        EXPECT_EQ(side_.hosts[e.host], net_.b);
    const Ran elsewhere =
        watch({"udp port 7009", "--netns", net_.b, "--device", "lo"}, [&] { net_.sendDatagrams(7009, 1); });
    ASSERT_EQ(elsewhere.code, 0) << elsewhere.err;
    read();
    EXPECT_TRUE(packets().empty());
}

TEST_F(Live, OnlySomeFunctions) {
    const int receiver = test::boundSocket(net_.b, 7000); // else an ICMP error goes back
    ASSERT_GE(receiver, 0);
    const Ran ran = watch({"udp port 7000", "--function", "veth_*"}, [&] { net_.sendDatagrams(7000, 1); });
    close(receiver);
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    EXPECT_THAT(entered(), testing::ElementsAre("veth_xmit"));
}

TEST_F(Live, EndsByItselfAfterSoManyPackets) {
    WatchingProgram program({"live", "udp port 7009", "--count", "3", "--format", "jsonl", "-o", file()});
    ASSERT_TRUE(program.says("watching"));
    net_.sendDatagrams(7009, 10);
    const Ran ran = program.ended();
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    EXPECT_EQ(packets().size(), 3U);
    EXPECT_EQ(numberBefore(ran.err, "packets"), 3U);
}

TEST_F(Live, EventsAreThereWhileItRuns) {
    WatchingProgram program({"live", "udp port 7009", "--jsonl"});
    ASSERT_TRUE(program.says("watching"));
    net_.sendDatagrams(7009, 1);
    EXPECT_TRUE(program.shows("\"function\":\"veth_xmit\"", 10s));
    program.signal(SIGINT);
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 0) << ran.err;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < ran.out.size(); ++lines) {
        EXPECT_EQ(ran.out[at], '{');
        at = ran.out.find('\n', at) + 1;
        ASSERT_NE(at, 0U);
        EXPECT_EQ(ran.out[at - 2], '}');
    }
    EXPECT_GT(lines, 20U);
}

// A server that answers, a client whose port the kernel chooses: the model does the same, and its path stands beside
// the kernel's.
TEST_F(Live, TheTwinDoesWhatWasSeen) {
    const std::string saved = directory_.path() / "seen.yaml";
    WatchingProgram program({"live", "udp port 7000", "--twin", "--save", saved});
    ASSERT_TRUE(program.says("watching"));
    const pid_t server = net_.start(net_.b, [this] {
        const int s = test::boundSocket(net_.b, 7000);
        char text[64], answer[] = {'p', 'o', 'n', 'g'}; // on the stack: a page that is not there yet cannot be kept
        sockaddr_in from{};
        socklen_t length = sizeof from;
        return recvfrom(s, text, sizeof text, 0, reinterpret_cast<sockaddr *>(&from), &length) == 6 &&
               sendto(s, answer, sizeof answer, 0, reinterpret_cast<const sockaddr *>(&from), length) == 4;
    });
    std::this_thread::sleep_for(300ms); // it is bound
    const pid_t client = net_.start(net_.a, [] {
        const int s = socket(AF_INET, SOCK_DGRAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(7000);
        to.sin_addr.s_addr = inet_addr("10.9.0.2");
        char text[64];
        return sendto(s, "ping!!", 6, 0, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 6 &&
               recv(s, text, sizeof text, 0) == 4;
    });
    EXPECT_TRUE(net_.ended(client));
    EXPECT_TRUE(net_.ended(server));
    std::this_thread::sleep_for(300ms);
    program.signal(SIGINT);
    const Ran ran = program.ended();
    ASSERT_TRUE(ran.code == 0 || ran.code == 1) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("the model answers every call as the kernel did"));
    EXPECT_THAT(ran.out, testing::ContainsRegex("udp_sendmsg +.*=.*udp_sendmsg"));
    EXPECT_THAT(ran.out, testing::ContainsRegex("calls +F1 "));
    const std::string text = app::contentsOf(saved);
    EXPECT_THAT(text, HasSubstr("net.ipv4.ip_local_port_range"));
    EXPECT_THAT(text, HasSubstr("706f6e67")); // pong
}

TEST_F(Live, OverSsh) {
    const test::OwnSshd sshd;
    if (!sshd.unusable().empty()) GTEST_SKIP() << sshd.unusable();
    setenv("SKBSCOPE_SSH", sshd.client().c_str(), 1);
    const Ran ran = watch({"udp port 7009", "--kernel", "ssh:box"}, [&] { net_.sendDatagrams(7009, 1); });
    unsetenv("SKBSCOPE_SSH");
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    EXPECT_EQ(side_.info.transport, "ssh:box");
    EXPECT_EQ(packets().size(), 1U);
    expectInOrder({"dev_hard_start_xmit", "veth_xmit", "__netif_receive_skb_core"});
}

TEST_F(Live, WhatIsNotThereIsNamed) {
    const auto refused = [](std::vector<std::string> arguments, const std::string &what) {
        arguments.insert(arguments.begin(), "live");
        WatchingProgram program(arguments);
        const Ran ran = program.ended();
        EXPECT_EQ(ran.code, 2) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr(what));
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    };
    refused({"udp", "--netns", "no-such-one"}, "network namespace no-such-one");
    refused({"udp", "-o", "/no/such/directory/x.skbt"}, "/no/such/directory/x.skbt: cannot be written");
    refused({"udp", "--save", "x.yaml"}, "--save keeps the scenario that --twin makes");
    refused({"udp", "--scenario", "udp-veth"}, "--scenario makes traffic in the lab only");
    refused({"udp prt 7"}, "filter 'udp prt 7': ");
    refused({"udp", "--ring", "5000"}, "the ring's size is no power of two");
    refused({"udp", "--netns", net_.b, "--device", "va"}, "device va: there is none of that name in " + net_.b);
}

} // namespace
