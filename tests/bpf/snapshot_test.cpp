// SPDX-License-Identifier: GPL-2.0-or-later
// Two namespaces with everything that a snapshot tells of, made by iproute2 and ethtool, and read back.
#include "bpf/agent/snapshot.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

namespace skbscope::bpf {
namespace {

int sh(const std::string &command) {
    return std::system((command + " >/dev/null 2>&1").c_str());
}

template <class List, class Is> const auto *find(const List &list, Is is) {
    const auto at = std::find_if(list.begin(), list.end(), is);
    return at == list.end() ? nullptr : &*at;
}

class Snapshot : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: it makes network namespaces";
        for (const char *tool : {"ip", "tc", "ethtool"})
            if (sh(std::string("command -v ") + tool) != 0) GTEST_SKIP() << tool << " is not installed";
        const std::string id = std::to_string(getpid());
        a = "ska" + id;
        b = "skb" + id;
        if (sh("ip netns add " + a) != 0) GTEST_SKIP() << "ip netns add: not allowed here";
        ASSERT_EQ(sh("ip netns add " + b), 0);
        ASSERT_EQ(sh("ip -n " + a + " link add va type veth peer name vb netns " + b), 0);
    }
    void TearDown() override {
        if (!a.empty()) sh("ip netns del " + a);
        if (!b.empty()) sh("ip netns del " + b);
    }
    void inA(const std::string &command) { ASSERT_EQ(sh("ip netns exec " + a + " " + command), 0) << command; }

    void take(const std::vector<std::string> &names) {
        std::vector<named_namespace> open;
        for (const std::string &name : names)
            open.push_back(named_namespace::open(name));
        all = take_snapshot(open);
        ASSERT_FALSE(all.empty());
        for (const snapshot_namespace &ns : all)
            EXPECT_TRUE(ns.problems.empty()) << ns.name << ": " << ns.problems[0];
    }
    const snapshot_link *link(const snapshot_namespace &ns, const std::string &name) {
        return find(ns.links, [&](const auto &l) { return l.name == name; });
    }

    std::string a, b;
    std::vector<snapshot_namespace> all;
};

TEST_F(Snapshot, TellsLinksAndTheirPeers) {
    inA("ip link set va address 02:00:00:00:00:01 mtu 1400 up");
    take({a, b});
    ASSERT_EQ(all.size(), 2U);
    const snapshot_link *va = link(all[0], "va"), *vb = link(all[1], "vb"), *lo = link(all[0], "lo");
    ASSERT_TRUE(va && vb && lo);
    EXPECT_EQ(va->kind, "veth");
    EXPECT_EQ(va->mac, "02:00:00:00:00:01");
    EXPECT_EQ(va->mtu, 1400U);
    EXPECT_TRUE(va->flags & IFF_UP);
    EXPECT_FALSE(vb->flags & IFF_UP);
    EXPECT_EQ(va->peer_namespace, b);
    EXPECT_EQ(va->peer_index, vb->index);
    EXPECT_EQ(vb->peer_namespace, a);
    EXPECT_EQ(vb->peer_index, va->index);
    EXPECT_EQ(lo->kind, "loopback");
    EXPECT_TRUE(va->features_known);
    EXPECT_TRUE(va->features.empty()) << va->features[0].name;
}

TEST_F(Snapshot, APeerOutsideIsNotNamed) {
    take({a});
    const snapshot_link *va = link(all[0], "va");
    ASSERT_TRUE(va);
    EXPECT_NE(va->peer_index, 0U);
    EXPECT_EQ(va->peer_namespace, "");
}

TEST_F(Snapshot, TellsAddressesNeighboursAndRoutes) {
    inA("ip link set va up");
    inA("ip address add 10.9.0.1/24 dev va");
    inA("ip address add fd00::1/64 dev va nodad");
    inA("ip neighbour add 10.9.0.2 lladdr 02:00:00:00:00:02 nud permanent dev va");
    inA("ip route add 10.9.8.0/24 via 10.9.0.2 dev va metric 7");
    inA("ip route add unreachable 10.9.7.0/24");
    inA("ip rule add from 10.9.0.1 table 100");
    take({a});
    const snapshot_namespace &ns = all[0];
    const auto *v4 = find(ns.addresses, [](const auto &x) { return x.address == "10.9.0.1"; });
    ASSERT_TRUE(v4);
    EXPECT_EQ(v4->device, "va");
    EXPECT_EQ(v4->prefix, 24U);
    EXPECT_EQ(v4->family, "inet");
    EXPECT_TRUE(find(ns.addresses, [](const auto &x) { return x.address == "fd00::1" && x.family == "inet6"; }));
    const auto *n = find(ns.neighbours, [](const auto &x) { return x.ip == "10.9.0.2"; });
    ASSERT_TRUE(n);
    EXPECT_EQ(n->mac, "02:00:00:00:00:02");
    EXPECT_EQ(n->state, unsigned{NUD_PERMANENT});
    EXPECT_EQ(n->device, "va");
    const auto *r = find(ns.routes, [](const auto &x) { return x.to == "10.9.8.0"; });
    ASSERT_TRUE(r);
    EXPECT_EQ(r->via, "10.9.0.2");
    EXPECT_EQ(r->device, "va");
    EXPECT_EQ(r->metric, 7U);
    EXPECT_EQ(r->prefix, 24U);
    EXPECT_EQ(r->table, unsigned{RT_TABLE_MAIN});
    const auto *unreachable = find(ns.routes, [](const auto &x) { return x.to == "10.9.7.0"; });
    ASSERT_TRUE(unreachable);
    EXPECT_EQ(unreachable->type, unsigned{RTN_UNREACHABLE});
    const auto *own = find(ns.routes, [](const auto &x) { return x.to == "10.9.0.0" && x.prefix == 24; });
    ASSERT_TRUE(own);
    EXPECT_EQ(own->protocol, unsigned{RTPROT_KERNEL});
    ASSERT_EQ(ns.rules.size(), 1U);
    EXPECT_EQ(ns.rules[0].table, 100U);
}

TEST_F(Snapshot, TellsWhatIsNotAsByDefault) {
    inA("ethtool -K va tso off");
    inA("ethtool -K va gro on");
    inA("sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'");
    inA("sh -c 'echo 9 > /proc/sys/net/ipv4/neigh/va/ucast_solicit'");
    take({a, b});
    const snapshot_link *va = link(all[0], "va");
    ASSERT_TRUE(va);
    const auto *tso = find(va->features, [](const auto &f) { return f.name == "tx-tcp-segmentation"; });
    ASSERT_TRUE(tso);
    EXPECT_FALSE(tso->on);
    EXPECT_TRUE(tso->by_default);
    const auto *gro = find(va->features, [](const auto &f) { return f.name == "rx-gro"; });
    ASSERT_TRUE(gro);
    EXPECT_TRUE(gro->on);
    EXPECT_TRUE(link(all[1], "vb")->features.empty());
    const auto *forward = find(all[0].sysctls, [](const auto &s) { return s.name == "net.ipv4.ip_forward"; });
    ASSERT_TRUE(forward);
    EXPECT_EQ(forward->value, "1");
    EXPECT_EQ(forward->by_default, "0");
    EXPECT_TRUE(find(all[0].sysctls,
                     [](const auto &s) { return s.name == "net.ipv4.neigh.va.ucast_solicit" && s.value == "9"; }));
    EXPECT_FALSE(find(all[1].sysctls, [](const auto &s) { return s.name == "net.ipv4.ip_forward"; }));
}

TEST_F(Snapshot, TellsQdiscs) {
    inA("ip link set va up");
    const std::pair<const char *, const char *> kinds[] = {
        {"pfifo limit 77", "pfifo limit 77"},
        {"bfifo limit 5000", "bfifo limit 5000"},
        {"tbf rate 1mbit burst 5000 limit 9000", "tbf rate 125000bps burst 5000b limit 9000b"}};
    int tried = 0;
    for (const auto &[set, told] : kinds) {
        if (sh("tc -n " + a + " qdisc replace dev va root " + set) != 0) continue; // this kernel has no such qdisc
        ++tried;
        take({a});
        const auto *q = find(all[0].qdiscs, [](const auto &x) { return x.device == "va"; });
        ASSERT_TRUE(q);
        EXPECT_EQ(q->words, told);
        EXPECT_EQ(q->unsaid, "");
        EXPECT_EQ(q->parent, 0xffffffffU); // the root
        all.clear();
    }
    EXPECT_GT(tried, 0);
}

TEST_F(Snapshot, TellsRpsMasks) {
    ASSERT_EQ(sh("ip netns exec " + a + " sh -c 'echo 1 > /sys/class/net/va/queues/rx-0/rps_cpus'"), 0);
    take({a, b});
    ASSERT_FALSE(link(all[0], "va")->rps.empty());
    EXPECT_EQ(std::stoul(link(all[0], "va")->rps[0], nullptr, 16), 1U);
    EXPECT_TRUE(link(all[1], "vb")->rps.empty());
}

TEST_F(Snapshot, TellsSocketsAndWhoHoldsThem) {
    const int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    const named_namespace there = named_namespace::open(a);
    ASSERT_EQ(setns(there.fd, CLONE_NEWNET), 0);
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(setns(home, CLONE_NEWNET), 0);
    close(home);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(7000);
    ASSERT_EQ(bind(fd, reinterpret_cast<const sockaddr *>(&at), sizeof at), 0);
    take({a, b});
    ASSERT_EQ(all[0].sockets.size(), 1U);
    const snapshot_socket &s = all[0].sockets[0];
    EXPECT_EQ(s.protocol, "udp");
    EXPECT_EQ(s.family, "inet");
    EXPECT_EQ(s.local, "0.0.0.0");
    EXPECT_EQ(s.local_port, 7000U);
    ASSERT_EQ(s.owners.size(), 1U);
    EXPECT_EQ(s.owners[0].pid, static_cast<unsigned>(getpid()));
    EXPECT_EQ(s.owners[0].fd, static_cast<unsigned>(fd));
    EXPECT_TRUE(all[1].sockets.empty());
    close(fd);
}

TEST_F(Snapshot, LeavesNothingBehind) {
    std::error_code none;
    const auto inode = [&] { return std::filesystem::read_symlink("/proc/thread-self/ns/net", none).string(); };
    const auto descriptors = [&] { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}); };
    const std::string before = inode();
    const auto open = descriptors();
    take({a, b});
    EXPECT_EQ(inode(), before);
    EXPECT_EQ(descriptors(), open);
}

TEST_F(Snapshot, ReadsTheSameNamespaceOnce) {
    take({a, a, b});
    EXPECT_EQ(all.size(), 2U);
}

TEST_F(Snapshot, SurvivesTheStream) {
    inA("ip address add 10.9.0.1/24 dev va");
    take({a, b});
    for (const snapshot_namespace &ns : all) {
        const auto back = parse_snapshot(to_json(ns));
        ASSERT_TRUE(back) << back.error();
        EXPECT_EQ(to_json(*back), to_json(ns));
    }
}

TEST(NamedNamespace, RefusesWhatIsNoName) {
    for (const char *name : {"", ".", "..", "a/b", "pid:", "pid:x", "../../etc/passwd", "no-such-namespace-here"})
        EXPECT_ANY_THROW(named_namespace::open(name)) << name;
}

} // namespace
} // namespace skbscope::bpf
