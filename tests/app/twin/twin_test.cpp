// SPDX-License-Identifier: GPL-2.0-or-later
// From what was seen to a scenario that runs on the model, and what is said of the rest.
#include "app/twin/twin.h"

#include "observed.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/neighbour.h>

namespace skbscope::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Twin twinOf(std::vector<bpf::snapshot_namespace> snapshot, std::vector<bpf::observed_call> calls) {
    TwinInput in;
    in.name = "seen";
    in.title = "A test";
    in.snapshot = std::move(snapshot);
    in.calls = std::move(calls);
    auto twin = makeTwin(std::move(in));
    EXPECT_TRUE(twin) << twin.error().message();
    return twin ? std::move(*twin) : Twin{};
}

std::vector<std::string> described(const Twin &t) {
    std::vector<std::string> out;
    for (const skbscope_op &op : t.scenario.ops.ops())
        out.push_back(describe(t.scenario.ops, op));
    return out;
}

Calls exchange() {
    Calls c;
    c.socket(12, 900, inodeB);
    c.bind(12, 900, inodeB, "10.9.0.2", 7000);
    c.socket(34, 901, inodeA);
    c.sendto(34, 901, inodeA, "10.9.0.2", 7000, "hello");
    c.recv(12, 900, inodeB, 100, 5);
    return c;
}

TEST(Twin, AnExchangeRunsOnTheModelWithTheSameResults) {
    const Twin t = twinOf(twoNamespaces(), exchange().all);
    EXPECT_THAT(t.otherResults, IsEmpty()) << testing::PrintToString(t.otherResults);
    const std::vector<std::string> ops = described(t);
    EXPECT_THAT(ops, Contains("veth a.va - b.vb"));
    EXPECT_THAT(ops, Contains("address b.vb 10.9.0.2/24"));
    EXPECT_THAT(ops, Contains("sendto nc-34-3 10.9.0.2:7000, 5 bytes"));
    EXPECT_THAT(ops, Contains("recv nc-12-3"));
    EXPECT_THAT(ops, Not(Contains(HasSubstr("127.0.0.1"))));
    ASSERT_EQ(t.trace.sides.size(), 1U);
    EXPECT_GT(t.trace.sides[0].events.size(), 100U);
    EXPECT_THAT(t.remarks, Contains(HasSubstr("processes: 2 made these calls")));
    EXPECT_THAT(t.scenario.text, HasSubstr("# processes: 2 made these calls"));
    EXPECT_THAT(t.scenario.text, HasSubstr("hex: \"68656c6c6f\""));
    EXPECT_THAT(t.scenario.text, HasSubstr("note: sendto of nc 34"));
}

TEST(Twin, TheTextIsAScenarioOfItsOwn) {
    const Twin t = twinOf(twoNamespaces(), exchange().all);
    const auto again = parseScenario(t.scenario.text, "again.yaml");
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_TRUE(again->ops.sameAs(t.scenario.ops));
    EXPECT_EQ(again->name, "seen");
}

TEST(Twin, OnlyWhatMovesPacketsIsTraced) {
    const Twin t = twinOf(twoNamespaces(), exchange().all);
    bool on = false;
    for (const skbscope_op &op : t.scenario.ops.ops()) {
        if (op.kind == SKBSCOPE_OP_TRACE) on = op.arg[0] != 0;
        const bool moves = op.kind == SKBSCOPE_OP_SENDTO || op.kind == SKBSCOPE_OP_RECV;
        if (op.kind > SKBSCOPE_OP_SETNS && op.kind != SKBSCOPE_OP_TRACE) {
            EXPECT_EQ(on, moves) << describe(t.scenario.ops, op);
        }
    }
    EXPECT_FALSE(on);
}

// The receiver waited long before the datagram was sent.
TEST(Twin, AReceiveThatWaitedStandsWhereItReturned) {
    Calls c = exchange();
    bpf::observed_call &recv = c.all[4];
    recv.begin.time = c.all[1].begin.time + 1;
    const Twin t = twinOf(twoNamespaces(), c.all);
    EXPECT_THAT(t.otherResults, IsEmpty());
    const std::vector<std::string> ops = described(t);
    EXPECT_LT(std::find(ops.begin(), ops.end(), "sendto nc-34-3 10.9.0.2:7000, 5 bytes"),
              std::find(ops.begin(), ops.end(), "recv nc-12-3"));
}

// A VLAN on a VLAN at each end; the upper one comes first in the snapshot.
std::vector<bpf::snapshot_namespace> withVlans() {
    std::vector<bpf::snapshot_namespace> all = twoNamespaces();
    for (std::size_t i = 0; i < all.size(); ++i) {
        bpf::snapshot_namespace &ns = all[i];
        const bpf::snapshot_link &veth = ns.links[1];
        bpf::snapshot_link outer = veth, inner = veth;
        outer.kind = inner.kind = "vlan";
        outer.index = 5, inner.index = 4;
        outer.name = "tag", inner.name = "tag.7";
        outer.below = veth.index, inner.below = outer.index;
        outer.vlan_id = 100, inner.vlan_id = 7;
        outer.vlan_protocol = 0x88a8, inner.vlan_protocol = 0x8100;
        ns.links.push_back(inner);
        ns.links.push_back(outer);
        bpf::snapshot_address address;
        address.device = "tag.7";
        address.family = "inet";
        address.address = i == 0 ? "10.8.0.1" : "10.8.0.2";
        address.prefix = 24;
        ns.addresses.push_back(address);
    }
    return all;
}

TEST(Twin, VlanDevicesComeAlong) {
    Calls c;
    c.socket(12, 900, inodeB);
    c.bind(12, 900, inodeB, "10.8.0.2", 7000);
    c.socket(34, 901, inodeA);
    c.sendto(34, 901, inodeA, "10.8.0.2", 7000, "hello");
    c.recv(12, 900, inodeB, 100, 5);
    const Twin t = twinOf(withVlans(), c.all);
    EXPECT_THAT(t.otherResults, IsEmpty()) << testing::PrintToString(t.otherResults);
    EXPECT_THAT(t.remarks, Not(Contains(HasSubstr("left out")))) << testing::PrintToString(t.remarks);
    ASSERT_EQ(t.trace.sides.size(), 1U);
    const trace::Side &side = t.trace.sides[0];
    const auto calls = [&side](std::string_view name) {
        return std::ranges::count_if(
            side.events, [&](const trace::Event &e) { return trace::is_enter(e) && side.function_name(e.fn) == name; });
    };
    EXPECT_GE(calls("vlan_dev_hard_start_xmit"), 2) << "a tag, and one around it";
    EXPECT_GE(calls("vlan_do_receive"), 2);
    const auto again = parseScenario(t.scenario.text, "again.yaml");
    ASSERT_TRUE(again) << again.error().message() << t.scenario.text;
}

TEST(Twin, AVlanOnWhatIsNotThereIsSaid) {
    std::vector<bpf::snapshot_namespace> all = withVlans();
    all[0].links.back().below = 77;                  // the outer one, so the inner one goes as well
    all[1].links.back().vlan_more = "an egress map"; // of b's
    const Twin t = twinOf(all, exchange().all);
    EXPECT_THAT(t.remarks, Contains(HasSubstr("a.tag: the device that this VLAN stands on")));
    EXPECT_THAT(t.remarks, Contains(HasSubstr("a.tag.7: the device that this VLAN stands on")));
    EXPECT_THAT(t.remarks, Contains(HasSubstr("b.tag: an egress map")));
    EXPECT_THAT(t.otherResults, IsEmpty());
}

TEST(Twin, SocketsFromBeforeAreMadeFirst) {
    std::vector<bpf::snapshot_namespace> snapshot = twoNamespaces();
    bpf::snapshot_socket s;
    s.protocol = "udp";
    s.family = "inet";
    s.local = "0.0.0.0";
    s.remote = "0.0.0.0";
    s.local_port = 7000;
    s.inode = 900;
    s.owners = {{12, 3, "nc"}};
    snapshot[1].sockets = {s};
    Calls c;
    c.socket(34, 901, inodeA);
    c.sendto(34, 901, inodeA, "10.9.0.2", 7000, "abcdef");
    c.recv(12, 900, inodeB, 100, 6);
    const Twin t = twinOf(snapshot, c.all);
    EXPECT_THAT(t.otherResults, IsEmpty());
    EXPECT_THAT(described(t), Contains("bind nc-12-3 0.0.0.0:7000"));
    EXPECT_THAT(t.remarks, Contains(HasSubstr("options are not known")));
    EXPECT_THAT(t.scenario.text, HasSubstr("length: 6")); // a to z: no need to spell it
}

TEST(Twin, AnotherAnswerOfTheModelIsSaid) {
    Calls c = exchange();
    c.all[4].result = 4; // the kernel, we say, gave one byte less
    const Twin t = twinOf(twoNamespaces(), c.all);
    ASSERT_EQ(t.otherResults.size(), 1U);
    EXPECT_THAT(t.otherResults[0], HasSubstr("(recvfrom of nc 12): the kernel says 4, the model 5"));
}

TEST(Twin, WhatTheModelRefusesIsLeftOutAndSaid) {
    std::vector<bpf::snapshot_namespace> snapshot = twoNamespaces();
    snapshot[0].sysctls = {{"net.ipv4.no_such_setting", "7", "1"}, {"net.ipv4.ip_default_ttl", "61", "64"}};
    snapshot[0].qdiscs = {{"va", "netem", 0x80010000, 0xffffffff, "netem limit 100 delay 5us", ""}};
    const Twin t = twinOf(snapshot, exchange().all);
    EXPECT_THAT(t.remarks, Contains(HasSubstr("net.ipv4.no_such_setting=7: the model kernel has no such sysctl")));
    EXPECT_THAT(described(t), Contains("sysctl a net.ipv4.ip_default_ttl=61"));
    EXPECT_THAT(described(t), Not(Contains(HasSubstr("no_such_setting"))));
    EXPECT_THAT(t.otherResults, IsEmpty());
}

// Its step also went into the host that the sockets after it are made in.
TEST(Twin, ASocketThatTheModelRefusesLeavesTheHostToTheNext) {
    Calls c;
    c.socket(56, 899, inodeB);
    c.all.back().begin.type = SOCK_STREAM;
    for (const bpf::observed_call &more : exchange().all)
        c.all.push_back(more);
    const Twin t = twinOf(twoNamespaces(), c.all);
    if (described(t).empty() || std::ranges::none_of(t.remarks, [](const std::string &r) {
            return r.find("TCP") != std::string::npos && r.find("left out") != std::string::npos;
        }))
        GTEST_SKIP() << "the model takes the socket that this test wants refused: choose another";
    EXPECT_THAT(t.otherResults, IsEmpty()) << testing::PrintToString(t.otherResults) << t.scenario.text;
    EXPECT_THAT(described(t), Contains("sendto nc-34-3 10.9.0.2:7000, 5 bytes"));
}

TEST(Twin, EverythingThatCannotBeWrittenIsNamed) {
    std::vector<bpf::snapshot_namespace> snapshot = twoNamespaces();
    bpf::snapshot_namespace &a = snapshot[0];
    bpf::snapshot_link bridge = a.links[1];
    bridge.name = "br0";
    bridge.kind = "bridge";
    bridge.index = 5;
    bpf::snapshot_link lonely = a.links[1];
    lonely.name = "ve";
    lonely.index = 6;
    lonely.peer_namespace = "";
    a.links[1].xdp = true;
    a.links[1].master = "br0";
    a.links[1].flags |= IFF_PROMISC;
    a.links[1].features = {{"tx-of-the-future", true, false}};
    a.links.push_back(bridge);
    a.links.push_back(lonely);
    a.addresses.push_back({"va", "inet6", "fe80::1", 64, "", 0});
    a.addresses.push_back({"va", "inet", "10.1.0.1", 32, "10.1.0.2", 0});
    a.neighbours.push_back({"va", "inet", "10.9.0.7", "", NUD_INCOMPLETE, 0});
    a.neighbours.push_back({"va", "inet", "10.9.0.8", "", NUD_PERMANENT, NTF_PROXY});
    bpf::snapshot_route r;
    r.family = "inet";
    r.table = 100;
    r.type = RTN_UNICAST;
    r.device = "va";
    a.routes.push_back(r);
    r.table = RT_TABLE_MAIN;
    r.more = {"multipath"};
    a.routes.push_back(r);
    r.more = {};
    r.device = "br0";
    r.to = "10.8.0.0";
    r.prefix = 16;
    a.routes.push_back(r);
    r.family = "inet6";
    a.routes.push_back(r);
    a.rules = {{"inet", 100, 100}};
    a.qdiscs = {{"va", "htb", 0x10000, 0xffffffff, "htb", "its parameters"},
                {"va", "fq_codel", 0x20000, 0x10001, "fq_codel", ""}};
    a.sysctls = {{"net.ipv6.conf.all.forwarding", "1", "0"}, {"net.ipv4.conf.br0.rp_filter", "1", "0"}};
    a.netfilter = {"nft ip nat"};
    a.problems = {"RPS masks: refused"};
    const Twin t = twinOf(snapshot, exchange().all);
    for (const char *named : {"a.br0 (bridge)",
                              "a.ve: its peer",
                              "XDP",
                              "is a port of br0",
                              "promiscuous",
                              "tx-of-the-future",
                              "IPv6 addresses",
                              "point-to-point",
                              "neighbour 10.9.0.7",
                              "proxy entries",
                              "table 100",
                              "multipath",
                              "leads to br0",
                              "IPv6 routes",
                              "policy rule 100",
                              "qdisc htb",
                              "qdisc fq_codel: is not the root's",
                              "net.ipv6.conf.all.forwarding",
                              "net.ipv4.conf.br0.rp_filter",
                              "nft ip nat",
                              "RPS masks"}) {
        EXPECT_THAT(t.remarks, Contains(HasSubstr(named)));
        EXPECT_THAT(t.scenario.text, HasSubstr("#"));
    }
    EXPECT_THAT(t.otherResults, IsEmpty());
}

TEST(Twin, CallsThatCannotBeWrittenAreNamed) {
    Calls c = exchange();
    bpf::observed_call &six = c.add(SYS_sendto, 12, 903, inodeB, 5);
    six.begin.family = AF_INET6;
    bpf::observed_call &waits = c.recv(12, 900, inodeB, 10, 0);
    waits.ended = false;
    bpf::observed_call &cut = c.sendto(34, 901, inodeA, "10.9.0.2", 7000, "12345");
    cut.begin.length = 1000;
    cut.result = 1000;
    c.add(SYS_writev, 34, 901, inodeA, 1);
    const Twin t = twinOf(twoNamespaces(), c.all);
    EXPECT_THAT(t.remarks, Contains(HasSubstr("on a socket of IPv6")));
    EXPECT_THAT(t.remarks, Contains(HasSubstr("recvfrom of nc 12: had not returned")));
    EXPECT_THAT(t.remarks, Contains(HasSubstr("5 of its 1000 bytes were kept")));
    EXPECT_THAT(t.remarks, Contains(HasSubstr("writev of nc 34: the scenario language has no such call")));
    EXPECT_THAT(t.otherResults, IsEmpty());
}

TEST(Twin, ADuplicateKeepsASocketOpen) {
    Calls c = exchange();
    bpf::observed_call &other = c.sendto(35, 901, inodeA, "10.9.0.2", 7000, "x"); // a child has it as well
    other.begin.arg[0] = 7;
    c.add(SYS_close, 34, 901, inodeA, 0);
    c.recv(12, 900, inodeB, 10, 1);
    const Twin t = twinOf(twoNamespaces(), c.all);
    EXPECT_THAT(described(t), Not(Contains(HasSubstr("close"))));
    c.add(SYS_close, 35, 901, inodeA, 0).begin.arg[0] = 7;
    EXPECT_THAT(described(twinOf(twoNamespaces(), c.all)), Contains("close nc-34-3"));
}

TEST(Twin, NothingSeenIsAScenarioThatSaysSo) {
    const Twin t = twinOf(twoNamespaces(), {});
    EXPECT_THAT(t.remarks, Contains(HasSubstr("no system call was seen")));
    EXPECT_TRUE(parseScenario(t.scenario.text, "x"));
}

TEST(Twin, NamespacesThatTrafficCannotReachAreLeftAlone) {
    std::vector<bpf::snapshot_namespace> snapshot = twoNamespaces();
    bpf::snapshot_namespace other = snapshot[0];
    other.name = "a name that no host can have";
    other.inode = 300;
    other.links.pop_back();
    snapshot.push_back(other);
    const Twin t = twinOf(snapshot, exchange().all);
    EXPECT_EQ(t.scenario.ops.hosts, (std::vector<std::string>{"", "a", "b"}));
    const Twin all = twinOf(snapshot, {});
    EXPECT_EQ(all.scenario.ops.hosts[3], "a_name_that_no_");
}

TEST(Twin, TheKernelsEventsTellWhichCallsCount) {
    TwinInput in;
    in.name = "seen";
    in.snapshot = twoNamespaces();
    Calls c = exchange();
    c.sendto(34, 901, inodeA, "10.9.0.2", 9999, "another"); // the filter did not match: no events
    in.calls = c.all;
    trace::Event e{};
    e.kind = SKBSCOPE_EV_ENTER;
    e.fn = in.kernel.intern_function("udp_sendmsg");
    e.task = 34;
    e.time = c.all[3].begin.time + 1;
    in.kernel.events = {e};
    const auto t = makeTwin(std::move(in));
    ASSERT_TRUE(t) << t.error().message();
    bool on = false;
    for (const skbscope_op &op : t->scenario.ops.ops()) {
        if (op.kind == SKBSCOPE_OP_TRACE) on = op.arg[0] != 0;
        if (op.kind == SKBSCOPE_OP_SENDTO) {
            EXPECT_EQ(on, op.port == 7000);
        }
        if (op.kind == SKBSCOPE_OP_RECV) {
            EXPECT_FALSE(on);
        }
    }
    EXPECT_EQ(t->trace.sides.size(), 2U);
}

} // namespace
} // namespace skbscope::app
