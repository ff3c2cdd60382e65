// SPDX-License-Identifier: GPL-2.0-or-later
// A VLAN on a card that knows nothing of tags: the bytes on its wire, both ways; tags for others; GRO behind a tag.
#include "../udp/frame.h"
#include "drivers/net/simnic.h"
#include "linux/if_vlan.h"
#include "net/core/dev_internal.h"
#include "vlan_hosts.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

// Host b with a card; its VLAN 5 has the address that a Frame is for.
class VlanWire : public testing::Test {
protected:
    VlanWire() {
        b = netns_add("b");
        int err = 0;
        dev = simnic_probe(b, {.name = "eth0"}, &err);
        EXPECT_EQ(link_set_address(b, "eth0", {2, 0, 0, 0, 0, 2}), 0);
        EXPECT_EQ(link_add_vlan(b, "eth0", "eth0.5", 5), 0);
        EXPECT_EQ(link_set_up(b, "eth0", true), 0);
        EXPECT_EQ(addr_add(b, "eth0.5", host_b, 24), 0);
        EXPECT_EQ(link_set_up(b, "eth0.5", true), 0);
        EXPECT_EQ(neigh_replace(b, "eth0.5", host_a, {2, 0, 0, 0, 0, 1}, neigh_request_state::permanent), 0);
        vlan = __dev_get_by_name(b, "eth0.5");
        simnic_connect(dev, [this](std::span<const u8> frame) { sent.emplace_back(frame.begin(), frame.end()); });
    }
    static std::vector<u8> tagged(std::vector<u8> frame, u16 tci, u16 tpid = ETH_P_8021Q) {
        const u8 tag[4] = {static_cast<u8>(tpid >> 8), static_cast<u8>(tpid), static_cast<u8>(tci >> 8),
                           static_cast<u8>(tci)};
        frame.insert(frame.begin() + 12, std::begin(tag), std::end(tag));
        return frame;
    }
    int bound() {
        EXPECT_EQ(sys_setns(b), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(fd, address(host_b, 7000)), 0);
        return fd;
    }
    // Bytes that a socket of b gets when these frames arrive, traced.
    ssize_t arrives(const std::vector<std::vector<u8>> &frames, bool merged = false) {
        ssize_t got = 0;
        run([&] {
            const int r = bound();
            const int on = merged;
            EXPECT_EQ(sys_setsockopt(r, SOL_UDP, UDP_GRO, {reinterpret_cast<const u8 *>(&on), sizeof(on)}), 0);
            recorder.clear();
            recorder.set_on(true);
            for (const auto &frame : frames)
                EXPECT_TRUE(simnic_receive(dev, frame));
            sys_nanosleep(1'000'000);
            recorder.set_on(false);
            std::vector<u8> room(500);
            got = sys_recvfrom(r, room, MSG_DONTWAIT, nullptr);
            sys_close(r);
        });
        return got;
    }
    [[nodiscard]] long count(const std::string &name) const {
        const auto all = entered(recorder);
        return std::count(all.begin(), all.end(), name);
    }
    void run(const std::function<void()> &body) { ASSERT_EQ(m.run_process("test", body), 0); }
    std::vector<std::vector<u8>> sent;
    trace::Recorder recorder{1};
    machine m{{.cpus = 1, .seed = 7}, &recorder};
    machine::use current{m};
    net *b = nullptr;
    net_device *dev = nullptr, *vlan = nullptr;
};

TEST_F(VlanWire, TheTagIsOnTheWire) {
    run([&] {
        const int s = bound();
        const sockaddr_in to = address(host_a, 5000);
        EXPECT_EQ(sys_sendto(s, letters(12), 0, &to), 12);
        sys_nanosleep(1'000'000);
    });
    ASSERT_EQ(sent.size(), 1u);
    const std::vector<u8> &f = sent[0];
    ASSERT_EQ(f.size(), 58u);
    const std::vector<u8> header = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x81, 0x00, 0x00, 0x05, 0x08, 0x00, 0x45, 0x00};
    EXPECT_THAT(std::vector<u8>(f.begin(), f.begin() + 20), ElementsAreArray(header));
    EXPECT_EQ(csum_tcpudp_magic(host_b, host_a, 20, 17, csum_partial(&f[38], 20, 0)), 0) << "the sum behind the tag";
}

TEST_F(VlanWire, ATaggedFrameArrives) {
    EXPECT_EQ(arrives({tagged(Frame(12).bytes(), 5)}), 12);
    EXPECT_EQ(count("skb_vlan_untag"), 1);
    EXPECT_EQ(count("vlan_do_receive"), 1);
    EXPECT_EQ(dev_get_stats(vlan).rx_packets, 1u);
}

TEST_F(VlanWire, WithoutATagItIsTheRealDevices) {
    static std::vector<std::string> devices;
    devices.clear();
    packet_type pt;
    pt.type = cpu_to_be16(ETH_P_IP);
    pt.func = [](sk_buff *skb, net_device *at, packet_type *, net_device *) {
        devices.emplace_back(at->name);
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    };
    dev_add_pack(&pt);
    arrives({Frame(12).bytes(), tagged(Frame(12).bytes(), 5)});
    dev_remove_pack(&pt);
    EXPECT_THAT(devices, ElementsAre("eth0", "eth0.5"));
}

// Another VLAN's packet is for others, even with our address: taps see it, IP does not take it.
TEST_F(VlanWire, AnotherVlansFrameIsForOthers) {
    static std::vector<unsigned> types;
    types.clear();
    packet_type pt;
    pt.type = cpu_to_be16(ETH_P_IP);
    pt.func = [](sk_buff *skb, net_device *, packet_type *, net_device *) {
        types.push_back(skb->pkt_type);
        EXPECT_FALSE(skb_vlan_tag_present(skb));
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    };
    dev_add_pack(&pt);
    EXPECT_EQ(arrives({tagged(Frame(12).bytes(), 6)}), -EAGAIN);
    dev_remove_pack(&pt);
    EXPECT_THAT(types, ElementsAre(unsigned{PACKET_OTHERHOST}));
}

// Id 0: a priority and no VLAN. A tag behind it counts.
TEST_F(VlanWire, APriorityTagIsNoVlan) {
    static std::vector<std::string> seen;
    seen.clear();
    packet_type pt;
    pt.type = cpu_to_be16(ETH_P_IP);
    pt.func = [](sk_buff *skb, net_device *at, packet_type *, net_device *) {
        seen.push_back(std::string(at->name) + " " + std::to_string(skb->pkt_type));
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    };
    dev_add_pack(&pt);
    const std::vector<u8> inner = tagged(Frame(12).bytes(), 5);
    arrives({tagged(Frame(12).bytes(), 0x6000), tagged(inner, 0x6000)});
    EXPECT_THAT(seen, ElementsAre("eth0 0", "eth0.5 0"));
    seen.clear();
    arrives({tagged(tagged(Frame(12).bytes(), 6), 0x6000)});
    dev_remove_pack(&pt);
    EXPECT_THAT(seen, ElementsAre("eth0 3")) << "the inner tag is of a VLAN that we are not on";
}

TEST_F(VlanWire, AnAddressOfTheVlansOwnIsOurs) {
    EXPECT_EQ(link_set_address(b, "eth0.5", {2, 0, 0, 0, 0, 9}), 0);
    std::vector<u8> frame = Frame(12).bytes();
    frame[5] = 9;
    EXPECT_EQ(arrives({tagged(frame, 5)}), 12) << "to the real device it was someone else's";
}

TEST_F(VlanWire, CutShortItIsDropped) {
    std::vector<u8> frame = tagged(Frame(12).bytes(), 5);
    frame.resize(17);
    EXPECT_EQ(arrives({frame}), -EAGAIN);
    EXPECT_EQ(count("vlan_do_receive"), 0);
}

std::vector<u8> mergeable(std::size_t payload) {
    std::vector<u8> frame = Frame(payload).bytes();
    frame[20] = 0x40; // DF
    frame[24] = frame[25] = 0;
    const sum16 sum = ip_fast_csum(&frame[14], 5);
    std::memcpy(&frame[24], &sum, sizeof(sum));
    return frame;
}

TEST_F(VlanWire, DatagramsAreMergedBehindTheTag) {
    const std::vector<u8> one = tagged(mergeable(12), 5);
    EXPECT_EQ(arrives({one, one, one}, true), 36);
    EXPECT_EQ(count("vlan_gro_receive"), 3);
    EXPECT_EQ(count("vlan_gro_complete"), 1);
    EXPECT_EQ(count("udp_rcv"), 1);
}

TEST_F(VlanWire, AnotherPriorityIsAnotherFlow) {
    EXPECT_EQ(arrives({tagged(mergeable(12), 5), tagged(mergeable(12), 0x2005)}, true), 12);
    EXPECT_EQ(count("udp_rcv"), 2);
}

// The flow behind the tag decides, and the tag itself.
TEST_F(VlanWire, TheHashKnowsTheVlan) {
    const auto hash = [&](const std::vector<u8> &frame) {
        sk_buff *skb = alloc_skb(100, GFP_KERNEL);
        skb_put_data(skb, frame.data(), static_cast<unsigned>(frame.size()));
        skb->protocol = eth_type_trans(skb, dev);
        skb_reset_network_header(skb);
        const u32 h = skb_get_hash(skb);
        EXPECT_EQ(skb->l4_hash, 1) << "the ports count";
        kfree_skb(skb);
        return h;
    };
    EXPECT_EQ(hash(tagged(Frame(12).bytes(), 5)), hash(tagged(Frame(40).bytes(), 5)));
    EXPECT_NE(hash(tagged(Frame(12).bytes(), 5)), hash(tagged(Frame(12).bytes(), 6)));
    EXPECT_NE(hash(tagged(Frame(12).bytes(), 5)), hash(Frame(12).bytes()));
}

} // namespace
} // namespace skbscope::stack
