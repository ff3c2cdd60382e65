// SPDX-License-Identifier: GPL-2.0-or-later
// What each word of the language compiles to, and that its spellings mean the same.
#include "app/scenario/loader.h"

#include <arpa/inet.h>
#include <cstring>
#include <gtest/gtest.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace skbscope::app {
namespace {

OpList compiled(const std::string &steps) {
    const std::string text = "hosts: [a, b]\nlinks:\n  - veth: [a.va, b.vb]\ntaps: [a.tap0]\nsteps:\n"
                             "  - { host: a, do: socket, as: s, type: udp }\n" +
                             steps;
    auto scenario = parseScenario(text, "s.yaml");
    EXPECT_TRUE(scenario) << scenario.error().message();
    return scenario ? scenario->ops : OpList();
}

// The operations of the steps after the first one.
std::vector<skbscope_op> later(const OpList &list) {
    std::vector<skbscope_op> out;
    for (const skbscope_op &op : list.ops())
        if (op.step != noStep && op.step > 0) out.push_back(op);
    return out;
}

skbscope_op only(const OpList &list) {
    const std::vector<skbscope_op> ops = later(list);
    EXPECT_EQ(ops.size(), 1U);
    return ops.empty() ? skbscope_op{} : ops.back();
}

std::uint32_t ip(const char *text) {
    return inet_addr(text);
}

struct Same {
    const char *name;
    std::vector<std::string> steps; // all compile to the same operations
};
void PrintTo(const Same &s, std::ostream *out) {
    *out << s.name;
}
class Spellings : public testing::TestWithParam<Same> {};

TEST_P(Spellings, MeanTheSame) {
    const OpList first = compiled("  - " + GetParam().steps[0] + "\n");
    EXPECT_FALSE(later(first).empty());
    for (const std::string &other : GetParam().steps)
        EXPECT_TRUE(first.sameAs(compiled("  - " + other + "\n"))) << other;
}

const Same same[] = {
    {"Trace",
     {"{ trace: on }", "{ trace: true }", "{ do: trace, on: yes }", "{ do: TRACE, on: 1 }", "{ host: a, trace: on }"}},
    {"Sleep", {"{ sleep: 100 }", "{ sleep: 100ms }", "{ do: sleep, ms: 100 }", "{ do: sleep, time: 100 }"}},
    {"Seconds", {"{ sleep: 2s }", "{ sleep: 2000 }"}},
    {"Bind",
     {"{ do: bind, socket: s, address: \"10.9.0.1:7000\" }", "{ do: bind, socket: s, to: 10.9.0.1:7000 }",
      "{ do: bind, socket: s, address: 10.9.0.1, port: 7000 }", "{ bind: s, address: \"10.9.0.1:7000\" }"}},
    {"BindAny",
     {"{ bind: s, address: \"0.0.0.0:7000\" }", "{ bind: s, address: \":7000\" }", "{ bind: s, address: \"*:7000\" }",
      "{ bind: s, address: \"any:7000\" }"}},
    {"SendTo",
     {"{ do: sendto, socket: s, to: \"10.9.0.2:7000\", length: 12 }",
      "{ do: send, socket: s, to: \"10.9.0.2:7000\", length: 12 }",
      "{ sendto: s, address: 10.9.0.2, port: 7000, length: 0xc }",
      "{ do: sendto, socket: s, to: 10.9.0.2:7000, length: 12, note: hello }"}},
    {"Payload",
     {"{ send: s, data: ab }", "{ send: s, hex: \"61 62\" }", "{ send: s, hex: 6162 }", "{ send: s, hex: \"61:62\" }"}},
    {"Recv",
     {"{ do: recv, socket: s, length: 100 }", "{ do: recvfrom, socket: s, length: 100 }",
      "{ receive: s, length: 100 }"}},
    {"Flags",
     {"{ recv: s, flags: [dontwait, peek] }", "{ recv: s, flags: \"dontwait|peek\" }", "{ recv: s, flags: 66 }",
      "{ recv: s, flags: \"PEEK, DONTWAIT\" }"}},
    {"Ping",
     {"{ do: ping, socket: s, to: 10.9.0.2 }", "{ do: send-ping, socket: s, to: 10.9.0.2 }",
      "{ sendping: s, to: 10.9.0.2 }"}},
    {"Shutdown",
     {"{ do: shutdown, socket: s }", "{ shut: s, how: write }", "{ shutdown: s, how: wr }", "{ shutdown: s, how: 1 }"}},
    {"Option",
     {"{ do: setsockopt, socket: s, option: SO_BROADCAST, value: 1 }",
      "{ setsockopt: s, level: socket, option: 6, value: 1 }", "{ setsockopt: s, option: so_broadcast, value: 1 }"}},
    {"Packet",
     {"{ do: socket, as: p, type: packet, device: a.va }", "{ do: packet, as: p, device: va }",
      "{ packet: va, as: p }"}},
    {"Tap",
     {"{ do: tap, as: t, device: a.tap0 }", "{ do: tap open, as: t, device: tap0 }", "{ tap: tap0, as: t, napi: off }",
      "{ host: a, do: open_tap, as: t, dev: tap0 }"}},
    {"LinkDown",
     {"{ do: link, device: a.va, up: off }", "{ do: link, device: va, state: down }", "{ link: a.va, up: no }",
      "{ host: a, link: va, up: down }"}},
    {"Address", {"{ do: address, device: a.va, address: 10.9.0.3/24 }", "{ address: 10.9.0.3/24, dev: va }"}},
    {"Route",
     {"{ do: route, host: a, to: default, via: 10.9.0.2 }", "{ route: default, gateway: 10.9.0.2 }",
      "{ do: route, host: a, to: 0.0.0.0/0, via: 10.9.0.2, type: unicast }"}},
    {"Neighbour",
     {"{ do: neighbour, device: a.va, ip: 10.9.0.2, mac: \"02:00:00:00:00:02\" }",
      "{ neigh: 10.9.0.2, dev: va, lladdr: \"02-00-00-00-00-02\", nud: permanent }"}},
    {"Qdisc",
     {"{ do: qdisc, device: a.va, qdisc: pfifo limit 100 }", "{ qdisc: root pfifo limit 100, device: a.va }",
      "{ do: qdisc, device: va, qdisc: { kind: pfifo, limit: 100 } }"}},
    {"Sysctl",
     {"{ do: sysctl, host: a, name: net.ipv4.ip_forward, value: 1 }", "{ sysctl: net.ipv4.ip_forward=1 }",
      "{ do: sysctl, name: net/ipv4/ip_forward, value: 1 }"}},
    {"Feature",
     {"{ do: feature, device: a.va, features: { gro: on } }", "{ feature: gro, device: a.va, on: true }",
      "{ do: ethtool, device: va, feature: { gro: on } }"}},
    {"Rps", {"{ do: rps, device: a.va, mask: 3 }", "{ rps: a.va, queue: 0, mask: 0x3 }"}},
    {"RpsFlows", {"{ do: rps, device: a.va, flows: 32 }", "{ rps: a.va, queue: 0, flows: 0x20 }"}},
};
INSTANTIATE_TEST_SUITE_P(Language, Spellings, testing::ValuesIn(same),
                         [](const testing::TestParamInfo<Same> &s) { return std::string(s.param.name); });

TEST(Language, VlanDevicesComeAfterTheMacsOfWhatTheyStandOn) {
    const auto s = parseScenario("hosts: [a]\nlinks:\n  - veth: [a.va, a.vb]\ntaps: [a.tap0]\ndevices:\n"
                                 "  a.va.100: { vlan: { link: va, id: 100 }, mac: \"02:00:00:00:00:09\" }\n"
                                 "  a.va: { mac: \"02:00:00:00:00:01\" }\n"
                                 "  a.t7: { vlan: { link: tap0, id: 7, protocol: 802.1ad } }\n"
                                 "steps:\n  - { tap: a.tap0, as: t }\n",
                                 "s.yaml");
    ASSERT_TRUE(s) << s.error().message();
    std::string order;
    for (const skbscope_op &op : s->ops.ops())
        if (op.kind == SKBSCOPE_OP_MAC || op.kind == SKBSCOPE_OP_VLAN || op.kind == SKBSCOPE_OP_TAP_OPEN)
            order += std::string(opName(op.kind)) + " " + op.name +
                     (op.name2[0] ? std::string(" on ") + op.name2 : "") + " " + std::to_string(op.arg[0]) + " " +
                     std::to_string(op.arg[2]) + "\n";
    EXPECT_EQ(order, "mac va 0 0\nvlan va.100 on va 100 33024\nmac va.100 0 0\ntap tap0 0 0\n"
                     "vlan t7 on tap0 7 34984\n");
}

TEST(Language, FlowsOfRfs) {
    const auto s =
        parseScenario("hosts: [a]\nlinks:\n  - veth: [a.va, a.vb]\ndevices:\n  a.va: { rps-flows: [8, 16] }\n"
                      "rps-sock-flow-entries: 64\nsteps:\n  - { rps: va, queue: 1, mask: 2, flows: 4 }\n"
                      "  - { do: rps, sock-flow-entries: 0 }\n",
                      "s.yaml");
    ASSERT_TRUE(s) << s.error().message();
    std::string all;
    for (const skbscope_op &op : s->ops.ops())
        if (std::string_view(opName(op.kind)).starts_with("rps")) all += describe(s->ops, op) + "\n";
    EXPECT_EQ(all, "rps-flows a.va queue 0, 8 flows\nrps-flows a.va queue 1, 16 flows\nrps-sock-flow-entries 64\n"
                   "rps a.va queue 1 mask 2\nrps-flows a.va queue 1, 4 flows\nrps-sock-flow-entries 0\n");
}

TEST(Language, SocketTypes) {
    const auto made = [](const std::string &rest) {
        return only(compiled("  - { do: socket, as: x, " + rest + " }\n"));
    };
    EXPECT_EQ(made("type: udp").arg[1], std::uint32_t{SOCK_DGRAM});
    EXPECT_EQ(made("type: udp").arg[3], 1000U);
    EXPECT_EQ(made("type: udp, timeout: none").arg[3], 0U);
    EXPECT_EQ(made("type: udp, timeout: 3s").arg[3], 3000U);
    EXPECT_EQ(made("type: tcp").arg[1], std::uint32_t{SOCK_STREAM});
    EXPECT_EQ(made("type: raw").arg[2], std::uint32_t{IPPROTO_ICMP});
    EXPECT_EQ(made("type: raw, protocol: udp").arg[2], std::uint32_t{IPPROTO_UDP});
    EXPECT_EQ(made("type: raw, protocol: 47").arg[2], 47U);
    EXPECT_EQ(made("type: ping").arg[1], std::uint32_t{SOCK_DGRAM});
    EXPECT_EQ(made("type: ping").arg[2], std::uint32_t{IPPROTO_ICMP});
    EXPECT_EQ(made("type: packet, device: va").kind, SKBSCOPE_OP_PACKET);
}

TEST(Language, EndpointsAndPayload) {
    const OpList list = compiled("  - { do: sendto, socket: s, to: \"10.9.0.2:7000\", data: hello, flags: more }\n");
    const skbscope_op op = only(list);
    EXPECT_EQ(op.kind, SKBSCOPE_OP_SENDTO);
    EXPECT_EQ(op.ip, ip("10.9.0.2"));
    EXPECT_EQ(op.port, 7000);
    EXPECT_EQ(op.arg[0], 5U);
    EXPECT_EQ(op.arg[1], std::uint32_t{MSG_MORE});
    EXPECT_EQ(list.data(op), "hello");
}

TEST(Language, ListenAcceptPollJoinLeave) {
    const auto ops = later(
        compiled("  - { do: socket, as: l, type: tcp }\n  - { do: listen, socket: l, backlog: 3 }\n"
                 "  - { do: accept, socket: l, as: c }\n  - { do: poll, socket: s, events: [in, out], timeout: 20 }\n"
                 "  - { do: join, socket: s, group: 224.1.1.1, interface: 10.9.0.1 }\n"
                 "  - { do: leave, socket: s, group: 224.1.1.1 }\n  - { do: nonblock, socket: s }\n"));
    ASSERT_EQ(ops.size(), 7U);
    EXPECT_EQ(ops[1].arg[0], 3U);
    EXPECT_EQ(ops[2].kind, SKBSCOPE_OP_ACCEPT);
    EXPECT_NE(ops[2].sock, ops[2].sock2);
    EXPECT_EQ(ops[3].arg[0], std::uint32_t{POLLIN | POLLOUT});
    EXPECT_EQ(ops[3].arg[1], 20U);
    EXPECT_EQ(ops[4].ip, ip("224.1.1.1"));
    EXPECT_EQ(ops[4].ip2, ip("10.9.0.1"));
    EXPECT_EQ(ops[4].arg[0], 0U);
    EXPECT_EQ(ops[5].arg[0], 1U);
    EXPECT_EQ(ops[6].kind, SKBSCOPE_OP_NONBLOCK);
}

TEST(Language, TapWriteAndRead) {
    const OpList list =
        compiled("  - { do: tap, as: t, device: tap0, napi: on }\n"
                 "  - { do: tap-write, tap: t, hex: \"00 01 ff\" }\n  - { do: tap-read, tap: t, length: 64 }\n");
    const auto ops = later(list);
    ASSERT_EQ(ops.size(), 4U); // opening a tap brings it up
    EXPECT_EQ(ops[0].arg[0], 1U);
    EXPECT_EQ(ops[1].kind, SKBSCOPE_OP_UP);
    EXPECT_EQ(list.data(ops[2]), std::string_view("\x00\x01\xff", 3));
    EXPECT_EQ(ops[3].arg[0], 64U);
}

TEST(Language, RouteFields) {
    const skbscope_op op =
        only(compiled("  - { do: route, to: 10.9.2.0/24, dev: va, src: 10.9.0.1, metric: 7, delete: true }\n"));
    EXPECT_EQ(op.ip, ip("10.9.2.0"));
    EXPECT_EQ(op.arg[0], 24U);
    EXPECT_EQ(op.arg[1], 1U);
    EXPECT_EQ(op.arg[2], std::uint32_t{RTN_UNICAST});
    EXPECT_EQ(op.arg[3], 7U);
    EXPECT_EQ(op.arg[4], ip("10.9.0.1"));
    EXPECT_STREQ(op.name, "va");
    for (const char *type : {"blackhole", "unreachable", "prohibit", "throw"})
        EXPECT_NE(only(compiled("  - { do: route, to: 10.9.2.0/24, type: " + std::string(type) + " }\n")).arg[2],
                  std::uint32_t{RTN_UNICAST});
}

TEST(Language, NeighbourStates) {
    const OpList failed = compiled("  - { do: neighbour, device: va, ip: 10.9.0.2, state: failed }\n");
    EXPECT_EQ(only(failed).arg[0], std::uint32_t{NUD_FAILED});
    EXPECT_EQ(only(failed).data_len, 0U);
    EXPECT_EQ(only(compiled("  - { do: neighbour, device: va, ip: 10.9.0.2, delete: yes }\n")).arg[1], 1U);
}

TEST(Language, NetfilterRule) {
    const OpList list =
        compiled("  - { do: netfilter, host: b, hook: input, protocol: udp, port: 7000, verdict: drop }\n");
    EXPECT_EQ(list.data(only(list)), "input udp dport 7000 drop");
    EXPECT_EQ(list.hostName(only(list).host), "b");
}

// The namespace is entered once, and configuration does not enter any.
TEST(Language, HostSwitches) {
    const auto ops = later(compiled("  - { host: a, trace: on }\n  - { host: b, do: link, device: vb, mtu: 1400 }\n"
                                    "  - { host: b, trace: off }\n  - { host: b, sleep: 1 }\n"));
    ASSERT_EQ(ops.size(), 5U);
    EXPECT_EQ(ops[0].kind, SKBSCOPE_OP_TRACE);
    EXPECT_EQ(ops[1].kind, SKBSCOPE_OP_MTU);
    EXPECT_EQ(ops[2].kind, SKBSCOPE_OP_SETNS);
    EXPECT_EQ(ops[3].kind, SKBSCOPE_OP_TRACE);
    EXPECT_EQ(ops[2].step, ops[3].step);
    EXPECT_EQ(ops[4].kind, SKBSCOPE_OP_SLEEP);
}

TEST(Language, OneHostNeedsNotBeNamed) {
    const auto s = parseScenario("hosts: a\nsteps: [{ trace: on }]\n", "s.yaml");
    ASSERT_TRUE(s) << s.error().message();
    EXPECT_EQ(s->ops.ops()[1].kind, SKBSCOPE_OP_SETNS);
    EXPECT_EQ(s->name, "s");
}

TEST(Language, ClosedNameCanBeMadeAnew) {
    const auto ops = later(compiled("  - { close: s }\n  - { do: socket, as: s, type: tcp }\n"));
    ASSERT_EQ(ops.size(), 2U);
    EXPECT_EQ(ops[0].sock, ops[1].sock);
}

TEST(Language, StepsAndLinesAreKept) {
    const OpList list = compiled("  - { trace: on }\n\n  # a comment\n  - { sleep: 1 }\n");
    EXPECT_EQ(later(list)[0].step, 1U);
    EXPECT_EQ(later(list)[0].line, 7U);
    EXPECT_EQ(later(list)[1].step, 2U);
    EXPECT_EQ(later(list)[1].line, 10U);
}

// Comments, layout and names of sockets make no other scenario; another length does.
TEST(Language, SameOperations) {
    const OpList one = compiled("  - { send: s, length: 12 }\n");
    EXPECT_TRUE(one.sameAs(compiled("\n  # twelve\n  - do: send\n    socket: s\n    length: 12\n")));
    EXPECT_FALSE(one.sameAs(compiled("  - { send: s, length: 13 }\n")));
    EXPECT_FALSE(one.sameAs(compiled("  - { send: s, data: abcdefghijkl }\n")));
}

TEST(Language, AgentAcceptsTheBytes) {
    const OpList list = compiled("  - { do: tap, as: t, device: tap0 }\n  - { do: tap-write, tap: t, hex: 0102 }\n");
    const std::string bytes = bpf::encode(list.list());
    const auto decoded = bpf::decode(std::as_bytes(std::span(bytes)));
    ASSERT_TRUE(decoded) << decoded.error().message();
    EXPECT_EQ(bpf::encode(*decoded), bytes);
}

} // namespace
} // namespace skbscope::app
