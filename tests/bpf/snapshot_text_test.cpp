// SPDX-License-Identifier: GPL-2.0-or-later
// A snapshot on the stream: what goes in comes out, and no bytes do harm.
#include "bpf/snapshot.h"

#include <gtest/gtest.h>
#include <random>

namespace skbscope::bpf {
namespace {

snapshot_namespace sample() {
    snapshot_namespace ns;
    ns.name = "a";
    ns.inode = 4026532201;
    ns.links.push_back({.index = 2,
                        .name = "va",
                        .kind = "veth",
                        .mac = "02:00:00:00:00:01",
                        .mtu = 1400,
                        .flags = 0x1043,
                        .peer_index = 2,
                        .peer_namespace = "b",
                        .master = "",
                        .vlan_id = 100,
                        .vlan_protocol = 0x88a8,
                        .below = 7,
                        .below_elsewhere = true,
                        .vlan_more = "gvrp on",
                        .xdp = true,
                        .rps = {"3"},
                        .features_known = true,
                        .features = {{"rx-gro", true, false}}});
    ns.addresses.push_back({"va", "inet", "10.9.0.1", 24, "", 0});
    ns.neighbours.push_back({"va", "inet", "10.9.0.2", "02:00:00:00:00:02", 0x80, 0});
    ns.sockets.push_back({.protocol = "udp",
                          .family = "inet",
                          .local = "0.0.0.0",
                          .remote = "0.0.0.0",
                          .local_port = 7000,
                          .remote_port = 0,
                          .state = 7,
                          .inode = 99,
                          .device = "",
                          .owners = {{12, 3, "nc"}}});
    ns.problems = {"routes: refused"};
    return ns;
}

TEST(SnapshotText, WhatGoesInComesOut) {
    const auto back = parse_snapshot(to_json(sample()));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(to_json(*back), to_json(sample()));
    ASSERT_EQ(back->links.size(), 1U);
    EXPECT_EQ(back->links[0].peer_namespace, "b");
    EXPECT_TRUE(back->links[0].features[0].on);
    ASSERT_EQ(back->sockets.size(), 1U);
    EXPECT_EQ(back->sockets[0].owners[0].comm, "nc");
}

TEST(SnapshotText, AbsentKeysAreDefaults) {
    const auto ns = parse_snapshot(R"({"name": "a", "links": [{"name": "va"}]})");
    ASSERT_TRUE(ns) << ns.error();
    EXPECT_EQ(ns->links[0].mtu, 0U);
    EXPECT_TRUE(ns->sockets.empty());
}

TEST(SnapshotText, ControlCharactersDoNotReachATerminal) {
    const auto ns = parse_snapshot(R"({"name": "a\u001b[2J"})");
    ASSERT_TRUE(ns);
    EXPECT_EQ(ns->name, "a [2J");
}

TEST(SnapshotText, WrongInputIsRefused) {
    EXPECT_FALSE(parse_snapshot(""));
    EXPECT_FALSE(parse_snapshot("[]"));
    EXPECT_FALSE(parse_snapshot(R"({"links": 7})"));
    EXPECT_FALSE(parse_snapshot(R"({"links": [{"mtu": "wide"}]})"));
    EXPECT_FALSE(parse_snapshot(std::string(100'000, '[')));
    EXPECT_FALSE(parse_snapshot("{\"a\":" + std::string(50'000, '[') + std::string(50'000, ']') + "}"));
}

TEST(SnapshotText, DamagedInputIsRefusedOrRead) {
    const std::string good = to_json(sample());
    std::mt19937 random(1);
    for (int i = 0; i < 5000; ++i) {
        std::string bad = good;
        for (int n = 0; n < 3; ++n)
            bad[random() % bad.size()] = static_cast<char>(random());
        bad.resize(random() % 8 == 0 ? random() % bad.size() : bad.size());
        const auto ns = parse_snapshot(bad);
        EXPECT_TRUE(!ns || parse_snapshot(to_json(*ns)));
    }
}

} // namespace
} // namespace skbscope::bpf
