// SPDX-License-Identifier: GPL-2.0-or-later
// What the writer writes, the loader reads as the same operations: for every scenario there is, for each operation of
// the language, and for thousands of random ones.
#include "app/scenario/writer.h"

#include "app/scenario/loader.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <random>

namespace skbscope::app {
namespace {

namespace fs = std::filesystem;

void expectSameAgain(const Scenario &scenario, const std::string &what) {
    const std::string text = writeScenario(scenario.ops, {scenario.name, scenario.title, scenario.description, {}, {}});
    const auto again = parseScenario(text, "written.yaml");
    ASSERT_TRUE(again) << what << ": " << again.error().message() << "\n" << text;
    EXPECT_TRUE(again->ops.sameAs(scenario.ops)) << what << "\n" << text;
    EXPECT_EQ(again->ops.sockets, scenario.ops.sockets) << what;
    EXPECT_EQ(again->name, scenario.name);
    EXPECT_EQ(again->title, scenario.title);
    EXPECT_EQ(again->description, scenario.description);
    EXPECT_EQ(again->steps, scenario.steps);
}

TEST(Writer, EveryScenarioOfTheTreeComesBack) {
    int seen = 0;
    for (const char *directory : {"/assets/scenarios", "/tests/app/mutations"}) {
        for (const auto &entry : fs::directory_iterator(std::string(SKBSCOPE_SOURCE_DIR) + directory)) {
            if (entry.path().extension() != ".yaml") continue;
            const auto scenario = loadScenario(entry.path());
            ASSERT_TRUE(scenario) << scenario.error().message();
            expectSameAgain(*scenario, entry.path().string());
            ++seen;
        }
    }
    EXPECT_GT(seen, 15);
}

const char *head = "hosts: [a, b]\n"
                   "links:\n"
                   "  - veth: [a.va, b.vb]\n"
                   "  - simnic: [a.eth1, b.eth1]\n"
                   "  - veth: [a.eth0.100, b.vc]\n"
                   "taps: [a.tap0]\n";

// Each is a step that stands by itself behind a socket `s`, a TCP socket `l` and a tap `t`.
const std::vector<std::string> &lines() {
    static const std::vector<std::string> all = {
        "{ do: bind, socket: s, address: \"10.9.0.2:7000\" }",
        "{ do: bind, socket: s, address: \":0\" }",
        "{ do: connect, socket: s, to: \"10.9.0.2:7000\" }",
        "{ do: listen, socket: l }",
        "{ do: sendto, socket: s, to: \"10.9.0.2:7000\", length: 12 }",
        "{ do: sendto, socket: s, to: \"10.9.0.2:7000\", hex: \"00 ff\", flags: [more, dontwait] }",
        "{ do: send, socket: s, data: \"it's \\\"text\\\"\" }",
        "{ do: send, socket: s, length: 0 }",
        "{ do: ping, socket: s, to: 10.9.0.2 }",
        "{ do: recv, socket: s, length: 100, flags: dontwait }",
        "{ do: recv, socket: s }",
        "{ do: shutdown, socket: l, how: read }",
        "{ do: shutdown, socket: l }",
        "{ do: setsockopt, socket: s, option: SO_BROADCAST, value: 1 }",
        "{ do: setsockopt, socket: s, level: ip, option: 250, value: -7 }",
        "{ do: join, socket: s, group: 224.1.1.1, interface: 10.9.0.2 }",
        "{ do: leave, socket: s, group: 224.1.1.1 }",
        "{ do: poll, socket: s, events: [in, out], timeout: 100 }",
        "{ do: nonblock, socket: s }",
        "{ do: nonblock, tap: t }",
        "{ do: link, device: b.eth1, up: off }",
        "{ do: tap-write, tap: t, hex: \"0200\" }",
        "{ do: tap-read, tap: t }",
        "{ sleep: 100 }",
        "{ trace: on }",
        "{ trace: off }",
        "{ host: b, sleep: 1 }",
        "{ host: a, sleep: 1 }",
        "{ do: link, device: a.va, up: off }",
        "{ do: link, device: b.vb, mac: \"02:00:00:00:00:09\", mtu: 1400, up: on }",
        "{ do: address, device: a.va, address: 10.9.0.3/24, delete: true }",
        "{ do: address, device: a.eth0.100, address: 10.9.0.3/32 }",
        "{ do: route, host: a, to: 10.9.2.0/24, via: 10.9.0.2, metric: 5, src: 10.9.0.1 }",
        "{ do: route, host: b, to: default, dev: vb, delete: true }",
        "{ do: route, host: b, to: 10.1.0.0/16, type: blackhole }",
        "{ do: neighbour, device: a.va, ip: 10.9.0.2, state: failed }",
        "{ do: neighbour, device: a.va, ip: 10.9.0.2, mac: \"02:00:00:00:00:02\" }",
        "{ do: neighbour, device: a.va, ip: 10.9.0.2, delete: true }",
        "{ do: qdisc, device: a.va, qdisc: pfifo limit 100 }",
        "{ do: qdisc, device: a.va, delete: true }",
        "{ do: sysctl, host: b, name: net.ipv4.ip_forward, value: 0 }",
        "{ do: sysctl, host: b, name: net.ipv4.ip_local_port_range, value: \"1000 2000\" }",
        "{ do: feature, device: a.va, features: { gro: on, tso: off } }",
        "{ do: rps, device: b.vb, queue: 0, mask: 0x1 }",
        "{ do: rps, device: b.vb, queue: 1, mask: 0x1, flows: 32 }",
        "{ do: rps, device: b.vb, flows: 32 }",
        "{ do: rps, sock-flow-entries: 128 }",
        "{ do: netfilter, host: b, hook: input, protocol: udp, port: 7000, verdict: drop }",
        "{ do: netfilter, host: b, hook: output, source: 10.9.0.1, destination: 10.9.0.2, verdict: accept }",
    };
    return all;
}

const std::vector<std::string> &topologies() {
    static const std::vector<std::string> all = {
        "devices:\n  a.va: { mac: \"02:00:00:00:00:01\", address: [10.9.0.1/24, 10.9.0.5/32], mtu: 1400, up: off }\n",
        "devices:\n  a.va: { features: { tso: off, rx-gro: on }, qdisc: fq_codel limit 100, rps: [0x1] }\n",
        "devices:\n  a.lo: { address: 10.0.0.1/32, up: on }\n  b.vb: { rps: { 1: 0x3 } }\n",
        "devices:\n  a.tap0: { mac: \"02:00:00:00:00:0a\", address: 10.9.4.1/24, mtu: 1300, features: { gro: off } }\n"
        "  b.vc: { up: off }\n",
        "devices:\n  b.eth1: { mtu: 1400, card: { queues: 4, rx-ring: 64, moderation: 50us, rss: [0, 3] } }\n"
        "  a.eth1: { card: { tx-ring: 8, interrupts: per-packet, lines: shared } }\n",
        "devices:\n  a.va: { mac: \"02:00:00:00:00:01\" }\n"
        "  a.v9: { vlan: { link: va, id: 9, protocol: 802.1ad }, mac: \"02:00:00:00:00:09\", mtu: 1400 }\n"
        "  a.va.100: { vlan: { link: v9, id: 100 }, address: 10.9.0.1/24, up: off }\n"
        "  a.tap0.7: { vlan: { link: a.tap0, id: 7 }, address: 10.9.7.1/24 }\n",
        "devices:\n  b.vb: { rps: [0x2], rps-flows: { 1: 32 } }\nrps-sock-flow-entries: 32768\n",
        "neighbours:\n  - { device: a.va, ip: 10.9.0.2, mac: \"02:00:00:00:00:02\" }\n"
        "  - { device: b.vb, ip: 10.9.0.1, state: failed }\n",
        "routes:\n  - { host: a, to: default, via: 10.9.1.254 }\n  - { to: 10.3.0.0/16, dev: b.vb, metric: 4 }\n"
        "  - { host: b, to: 10.4.0.1, type: prohibit }\n",
        "sysctls:\n  a: { net.ipv4.ip_forward: 1, net.ipv4.conf.va.rp_filter: 2 }\n"
        "  b: { net.ipv4.ip_local_port_range: \"1000 2000\" }\n",
    };
    return all;
}

std::string sockets() {
    return "steps:\n  - { host: a, do: socket, as: s, type: udp }\n"
           "  - { do: socket, as: l, type: tcp, timeout: none }\n"
           "  - { do: socket, as: r, type: raw, protocol: udp, timeout: 3s }\n"
           "  - { do: socket, as: p, type: ping }\n"
           "  - { do: packet, as: k, device: a.va }\n"
           "  - { do: tap, as: t, device: a.tap0, napi: on }\n"
           "  - { do: accept, socket: l, as: \"c 1\" }\n"
           "  - { do: close, socket: \"c 1\" }\n"
           "  - { do: socket, as: \"c 1\", type: udp }\n";
}

TEST(Writer, EveryLineOfTheLanguageComesBack) {
    for (const std::string &line : lines()) {
        const auto s = parseScenario(head + sockets() + "  - " + line + "\n", "s.yaml");
        ASSERT_TRUE(s) << s.error().message() << "\n" << line;
        expectSameAgain(*s, line);
    }
    for (const std::string &topology : topologies()) {
        const auto s = parseScenario(head + topology + sockets(), "s.yaml");
        ASSERT_TRUE(s) << s.error().message() << "\n" << topology;
        expectSameAgain(*s, topology);
    }
}

TEST(Writer, RandomScenariosComeBack) {
    std::mt19937 random(7);
    for (int round = 0; round < 400; ++round) {
        std::string text = head;
        std::vector<std::string> parts;
        std::string devices;
        for (std::size_t i = 0; i < topologies().size(); ++i) {
            const std::string &t = topologies()[i];
            const bool device = t.starts_with("devices");
            if (random() % 2 == 0 || (device && !devices.empty())) continue;
            if (device) devices = t;
            text += t;
        }
        text += sockets();
        for (auto n = random() % 20; n > 0; --n)
            text += "  - " + lines()[random() % lines().size()] + "\n";
        const auto s = parseScenario(text, "s.yaml");
        ASSERT_TRUE(s) << s.error().message() << "\n" << text;
        expectSameAgain(*s, text);
    }
}

TEST(Writer, RemarksAndNotesChangeNothing) {
    const auto s = parseScenario(std::string(head) + sockets(), "s.yaml");
    ASSERT_TRUE(s);
    ScenarioHead with{
        "n", "t: # \"x\"", "", {"a remark\nof two lines: {not yaml", std::string(300, 'w') + " end"}, {{0, "who: {"}}};
    const std::string text = writeScenario(s->ops, with);
    const auto again = parseScenario(text, "s.yaml");
    ASSERT_TRUE(again) << again.error().message() << text;
    EXPECT_TRUE(again->ops.sameAs(s->ops));
    EXPECT_EQ(again->title, with.title);
    EXPECT_NE(text.find("# a remark of two lines"), std::string::npos);
}

} // namespace
} // namespace skbscope::app
