// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of packets that arrive: which are thrown away, where, and what is counted.
#include "wire.h"

#include "linux/rtnetlink.h"

namespace skbscope::stack {
namespace {

class Input : public Hosts {
protected:
    static bytes good() { return ip_packet(host_a, host_b, IPPROTO_UDP, udp_datagram(5000, 7000, letters(12))); }
    // Counters of b that one arriving packet changed.
    std::vector<unsigned> changed_by(const bytes &packet) {
        const auto before = b->mib.ip_statistics;
        const Wire wire(b, "vb");
        wire.receive_ip(packet);
        std::vector<unsigned> changed;
        for (unsigned i = 0; i < IPSTATS_MIB_MAX; ++i)
            if (b->mib.ip_statistics.mibs[i] != before.mibs[i]) changed.push_back(i);
        return changed;
    }
    static void sign(bytes &packet) { ip_send_check(reinterpret_cast<iphdr *>(packet.data())); }
};

using testing::Contains;
using testing::Not;

TEST_F(Input, AGoodPacketIsDelivered) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        EXPECT_THAT(changed_by(good()), Contains(unsigned{IPSTATS_MIB_INDELIVERS}));
        const Received got = receive(receiver);
        EXPECT_EQ(got.data, letters(12));
        EXPECT_EQ(got.from.sin_addr, host_a);
        EXPECT_EQ(be16_to_cpu(got.from.sin_port), 5000);
    });
}

TEST_F(Input, BytesBehindThePacketAreCutOff) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        bytes padded = good();
        padded.resize(padded.size() + 20, 0xee); // as Ethernet pads short frames
        changed_by(padded);
        EXPECT_EQ(receive(receiver).data, letters(12));
    });
}

TEST_F(Input, BadHeadersAreCounted) {
    run([&] {
        udp_bound(b, host_b, 7000);
        bytes checksum = good();
        checksum[10] ^= 1;
        EXPECT_THAT(changed_by(checksum), Contains(unsigned{IPSTATS_MIB_CSUMERRORS}));

        bytes version = good();
        version[0] = 0x55;
        sign(version);
        EXPECT_THAT(changed_by(version), Contains(unsigned{IPSTATS_MIB_INHDRERRORS}));

        bytes ihl = good();
        ihl[0] = 0x44;
        EXPECT_THAT(changed_by(ihl), Contains(unsigned{IPSTATS_MIB_INHDRERRORS}));

        bytes longer = good(); // than the frame
        longer[3] = static_cast<u8>(longer.size() + 1);
        sign(longer);
        EXPECT_THAT(changed_by(longer), Contains(unsigned{IPSTATS_MIB_INTRUNCATEDPKTS}));

        bytes shorter = good(); // than its own header
        shorter[3] = 19;
        sign(shorter);
        EXPECT_THAT(changed_by(shorter), Contains(unsigned{IPSTATS_MIB_INHDRERRORS}));

        for (const bytes &bad : {checksum, version, ihl, longer, shorter})
            EXPECT_THAT(changed_by(bad), Not(Contains(unsigned{IPSTATS_MIB_INDELIVERS})));
    });
}

TEST_F(Input, AProtocolNobodyKnowsIsAnsweredAndCounted) {
    run([&] {
        const Wire back(a, "va");
        EXPECT_THAT(changed_by(ip_packet(host_a, host_b, 200, letters(20))),
                    Contains(unsigned{IPSTATS_MIB_INUNKNOWNPROTOS}));
        ASSERT_EQ(back.packets().size(), 1U);
        EXPECT_EQ(back.packets()[0][20], 3); // destination unreachable
        EXPECT_EQ(back.packets()[0][21], 2); // the protocol
    });
}

TEST_F(Input, MartiansAreThrownAway) {
    run([&] {
        const int receiver = udp_bound(b, be32{}, 7000);
        sys_set_nonblock(receiver, true);
        const bytes udp = udp_datagram(5000, 7000, letters(12));
        const be32 loopback = ipv4(127, 0, 0, 1), broadcast = ipv4(255, 255, 255, 255);
        for (const auto &[from, to] : {std::pair{loopback, host_b},
                                       {broadcast, host_b},
                                       {ipv4(224, 0, 0, 1), host_b},
                                       {host_b, host_b},
                                       {host_a, loopback},
                                       {ipv4(0, 0, 0, 0), host_b}}) {
            EXPECT_THAT(changed_by(ip_packet(from, to, IPPROTO_UDP, udp)),
                        Not(Contains(unsigned{IPSTATS_MIB_INDELIVERS})))
                << be32_to_cpu(from) << " to " << be32_to_cpu(to);
            EXPECT_EQ(receive(receiver).result, -EAGAIN);
        }
    });
}

TEST_F(Input, AHostDoesNotForward) {
    run([&] {
        const bytes udp = udp_datagram(5000, 7000, letters(12));
        EXPECT_THAT(changed_by(ip_packet(host_a, ipv4(10, 9, 0, 77), IPPROTO_UDP, udp)),
                    Contains(unsigned{IPSTATS_MIB_INADDRERRORS}));
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_OUTFORWDATAGRAMS), 0U);
    });
}

TEST_F(Input, ReversePathFilter) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        sys_set_nonblock(receiver, true);
        const bytes from_nowhere =
            ip_packet(ipv4(172, 16, 0, 1), host_b, IPPROTO_UDP, udp_datagram(5000, 7000, letters(12)));
        const auto arrives = [&](const char *filter) {
            expect(sysctl_set(b, "net.ipv4.conf.vb.rp_filter", filter));
            changed_by(from_nowhere);
            return receive(receiver).result == 12;
        };
        EXPECT_TRUE(arrives("0"));
        EXPECT_FALSE(arrives("1")); // no way back
        EXPECT_FALSE(arrives("2"));
        EXPECT_EQ(b->mib.net_statistics.mibs[LINUX_MIB_IPRPFILTER], 2U);

        // A way back through another device is enough for the loose filter.
        expect(link_add_veth(b, "other", a, "peer"));
        expect(link_set_up(a, "peer", true));
        expect(link_set_up(b, "other", true));
        expect(addr_add(b, "other", ipv4(172, 16, 0, 2), 24));
        EXPECT_FALSE(arrives("1"));
        EXPECT_TRUE(arrives("2"));
        EXPECT_TRUE(arrives("0"));
    });
}

TEST_F(Input, BroadcastsReachSocketsOnTheAnyAddress) {
    run([&] {
        const int receiver = udp_bound(b, be32{}, 7000), sender = udp_in(a);
        EXPECT_EQ(send_to(sender, ipv4(10, 9, 0, 255), 7000, 12), -EACCES);
        EXPECT_EQ(set(sender, SOL_SOCKET, SO_BROADCAST, 1), 0);
        EXPECT_EQ(send_to(sender, ipv4(10, 9, 0, 255), 7000, 12), 12);
        EXPECT_EQ(receive(receiver).data, letters(12));
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_INBCASTPKTS), 1U);
        EXPECT_EQ(ip_count(a, IPSTATS_MIB_OUTBCASTPKTS), 1U);
    });
}

} // namespace
} // namespace skbscope::stack
