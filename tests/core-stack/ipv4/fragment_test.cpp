// SPDX-License-Identifier: GPL-2.0-or-later
// Cutting datagrams and putting them together again, from a socket to a socket and by a router.
#include "wire.h"

#include "net/inet_frag.h"

#include <algorithm>

namespace skbscope::stack {
namespace {

class Fragments : public Hosts {
protected:
    void mtu(u32 bytes) {
        expect(link_set_mtu(a, "va", bytes));
        expect(link_set_mtu(b, "vb", bytes));
    }
};

// Rules of RFC 791 for the pieces of one datagram, and what a reader of them would put together.
bytes put_together(const std::vector<bytes> &pieces, u32 mtu) {
    bytes whole;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const iphdr &ip = header_of(pieces[i]);
        const u16 frag = be16_to_cpu(ip.frag_off);
        const bool last = i + 1 == pieces.size();
        EXPECT_LE(pieces[i].size(), mtu);
        EXPECT_EQ(be16_to_cpu(ip.tot_len), pieces[i].size());
        EXPECT_EQ((frag & IP_OFFSET) * 8U, whole.size());
        EXPECT_EQ((frag & IP_MF) != 0, !last);
        EXPECT_EQ(ip.id, header_of(pieces[0]).id);
        EXPECT_EQ(ip_fast_csum(pieces[i].data(), ip.ihl), sum16{});
        if (!last) {
            EXPECT_EQ((pieces[i].size() - ip.ihl * 4U) % 8, 0U);
        }
        whole.insert(whole.end(), pieces[i].begin() + ip.ihl * 4, pieces[i].end());
    }
    return whole;
}

TEST_F(Fragments, ThereAndBackGivesTheSamePayload) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000), sender = udp_in(a);
        Wire wire(b, "vb");
        for (const u32 bytes_of_mtu : {68U, 100U, 576U, 577U, 1500U, 9000U}) {
            mtu(bytes_of_mtu);
            for (const std::size_t length : {0U, 1U, 39U, 40U, 41U, 540U, 1472U, 1473U, 2953U, 8972U, 20000U}) {
                wire.clear();
                ASSERT_EQ(send_to(sender, host_b, 7000, length), static_cast<ssize_t>(length));
                EXPECT_EQ(receive(receiver).data, letters(length)) << length << " bytes by " << bytes_of_mtu;
                const bytes datagram = put_together(wire.packets(), bytes_of_mtu);
                EXPECT_EQ(bytes(datagram.begin() + 8, datagram.end()), letters(length));
                const std::size_t room = (bytes_of_mtu - 20) / 8 * 8, all = length + 8;
                const bool whole = all + 20 <= bytes_of_mtu;
                EXPECT_EQ(wire.packets().size(), whole ? 1 : (all + room - 1) / room);
            }
        }
        EXPECT_EQ(frag_mem_limit(b->ipv4.fqdir), 0);
    });
}

TEST_F(Fragments, TheLargestDatagramArrivesAndOneByteMoreIsRefused) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000), sender = udp_in(a);
        EXPECT_EQ(set(receiver, SOL_SOCKET, SO_RCVBUF, 200000), 0);
        EXPECT_EQ(send_to(sender, host_b, 7000, 65507), 65507);
        EXPECT_EQ(receive(receiver).data, letters(65507));
        EXPECT_EQ(send_to(sender, host_b, 7000, 65508), -EMSGSIZE);
    });
}

TEST_F(Fragments, CountersTellWhatHappened) {
    run([&] {
        udp_bound(b, host_b, 7000);
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 4000), 4000);
        EXPECT_EQ(ip_count(a, IPSTATS_MIB_FRAGCREATES), 3U);
        EXPECT_EQ(ip_count(a, IPSTATS_MIB_FRAGOKS), 1U);
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASMREQDS), 3U);
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASMOKS), 1U);
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_INDELIVERS), 1U);
    });
}

TEST_F(Fragments, ADatagramNotToBeCutIsRefused) {
    run([&] {
        const int sender = udp_in(a);
        EXPECT_EQ(set(sender, SOL_IP, IP_MTU_DISCOVER, int{IP_PMTUDISC_DO}), 0);
        EXPECT_EQ(send_to(sender, host_b, 7000, 1472), 1472);
        EXPECT_EQ(send_to(sender, host_b, 7000, 1473), -EMSGSIZE);
    });
}

using RoutedFragments = Routed;

TEST_F(RoutedFragments, ARouterCutsAsItsSmallerLinkNeeds) {
    expect(link_set_mtu(r, "vr", 600));
    run([&] {
        const int receiver = udp_bound(c, host_c, 7000), sender = udp_in(a);
        Wire wire(c, "vc");
        for (const std::size_t length : {572U, 573U, 1472U, 1473U, 5000U}) {
            wire.clear();
            // with path MTU discovery off, or the packet says "don't cut"
            EXPECT_EQ(set(sender, SOL_IP, IP_MTU_DISCOVER, int{IP_PMTUDISC_DONT}), 0);
            ASSERT_EQ(send_to(sender, host_c, 7000, length), static_cast<ssize_t>(length));
            EXPECT_EQ(receive(receiver).data, letters(length));
            const bytes datagram = put_together(wire.packets(), 600);
            EXPECT_EQ(bytes(datagram.begin() + 8, datagram.end()), letters(length));
            for (const bytes &packet : wire.packets())
                EXPECT_EQ(header_of(packet).ttl, 63);
        }
    });
}

// Fragments as a test makes them: of 100 bytes of data and its UDP header, cut at multiples of 8.
class Reassembly : public Hosts {
protected:
    static bytes piece(std::size_t from, std::size_t to, u16 id = 7) {
        const bytes whole = udp_datagram(5000, 7000, letters(100));
        const bool last = to >= whole.size();
        const bytes part(whole.begin() + static_cast<long>(from),
                         whole.begin() + static_cast<long>(std::min(to, whole.size())));
        return ip_packet(host_a, host_b, IPPROTO_UDP, part, id, static_cast<u16>(from / 8 | (last ? 0 : IP_MF)));
    }
    long held() const { return frag_mem_limit(b->ipv4.fqdir); }
};

TEST_F(Reassembly, AnyOrderGivesTheDatagram) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        const Wire wire(b, "vb");
        std::array<std::size_t, 5> cuts{0, 24, 32, 72, 108}, order{0, 1, 2, 3, 0};
        u16 id = 1;
        do {
            for (std::size_t i = 0; i < 4; ++i)
                wire.receive_ip(piece(cuts[order[i]], cuts[order[i] + 1], id));
            EXPECT_EQ(receive(receiver).data, letters(100)) << order[0] << order[1] << order[2] << order[3];
            ++id;
        } while (std::next_permutation(order.begin(), order.begin() + 4));
        EXPECT_EQ(id, 25);
        EXPECT_EQ(held(), 0);
    });
}

TEST_F(Reassembly, APieceThatComesTwiceDoesNoHarm) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        const Wire wire(b, "vb");
        for (const auto &[from, to] : {std::pair{0, 24}, {0, 24}, {24, 72}, {32, 72}, {72, 108}})
            wire.receive_ip(piece(static_cast<std::size_t>(from), static_cast<std::size_t>(to)));
        EXPECT_EQ(receive(receiver).data, letters(100));
        EXPECT_EQ(held(), 0);
    });
}

TEST_F(Reassembly, PiecesThatOverlapSpoilTheDatagram) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        sys_set_nonblock(receiver, true);
        const Wire wire(b, "vb");
        wire.receive_ip(piece(0, 32));
        wire.receive_ip(piece(24, 72));
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASM_OVERLAPS), 1U);
        EXPECT_EQ(held(), 0);
        wire.receive_ip(piece(72, 108)); // the others are gone
        EXPECT_EQ(receive(receiver).result, -EAGAIN);
    });
}

TEST_F(Reassembly, DatagramsOfOtherIdsStayApart) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        sys_set_nonblock(receiver, true);
        const Wire wire(b, "vb");
        wire.receive_ip(piece(0, 72, 1));
        wire.receive_ip(piece(72, 108, 2));
        EXPECT_EQ(receive(receiver).result, -EAGAIN);
        wire.receive_ip(piece(72, 108, 1));
        EXPECT_EQ(receive(receiver).data, letters(100));
        EXPECT_EQ(receive(receiver).result, -EAGAIN);
    });
}

// Timers this far away are kept by groups of 512 jiffies: they come up to two seconds late.
TEST_F(Reassembly, AfterThirtySecondsTheSenderIsTold) {
    const Wire back(a, "va");
    run([&] {
        const Wire wire(b, "vb");
        wire.receive_ip(piece(0, 72));
        EXPECT_GT(held(), 0);
        sys_nanosleep(29'900'000'000);
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASMTIMEOUT), 0U);
        sys_nanosleep(2'300'000'000);
    });
    EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASMTIMEOUT), 1U);
    EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASMFAILS), 1U);
    EXPECT_EQ(held(), 0);
    ASSERT_EQ(back.packets().size(), 1U);
    const bytes told = back.packets()[0];
    EXPECT_EQ(told[20], 11); // time exceeded
    EXPECT_EQ(told[21], 1);  // while waiting for fragments
    const bytes sent = udp_datagram(5000, 7000, letters(100)), quoted(told.begin() + 48, told.begin() + 56);
    EXPECT_EQ(quoted, bytes(sent.begin(), sent.begin() + 8));
}

TEST_F(Reassembly, WithoutTheFirstPieceNobodyIsTold) {
    const Wire back(a, "va");
    run([&] {
        const Wire wire(b, "vb");
        wire.receive_ip(piece(72, 108));
    });
    let_pass(m, 33);
    EXPECT_EQ(ip_count(b, IPSTATS_MIB_REASMTIMEOUT), 1U);
    EXPECT_TRUE(back.packets().empty());
}

// Of a datagram that never gets whole, nothing is left when the machine goes.
TEST_F(Reassembly, APieceMayStillWaitAtTheEnd) {
    run([&] {
        const Wire wire(b, "vb");
        wire.receive_ip(piece(0, 72));
    });
    EXPECT_GT(held(), 0);
}

} // namespace
} // namespace skbscope::stack
