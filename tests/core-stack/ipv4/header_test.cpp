// SPDX-License-Identifier: GPL-2.0-or-later
// The IPv4 header as bytes, and its checksum.
#include "wire.h"

#include <random>

namespace skbscope::stack {
namespace {

bytes as_bytes(const iphdr &ip) {
    bytes v(sizeof(ip));
    std::memcpy(v.data(), &ip, sizeof(ip));
    return v;
}

TEST(Ipv4Header, HasItsFieldsWhereTheWireHasThem) {
    iphdr ip{};
    ip.version = 4;
    ip.ihl = 5;
    ip.tos = 0x10;
    ip.tot_len = cpu_to_be16(0x0073);
    ip.id = cpu_to_be16(0x1234);
    ip.frag_off = cpu_to_be16(IP_DF);
    ip.ttl = 64;
    ip.protocol = 17;
    ip.saddr = ipv4(192, 168, 0, 1);
    ip.daddr = ipv4(192, 168, 0, 199);
    EXPECT_EQ(as_bytes(ip), (bytes{0x45, 0x10, 0x00, 0x73, 0x12, 0x34, 0x40, 0x00, 0x40, 0x11,
                                   0x00, 0x00, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7}));
}

TEST(Ipv4Header, IsReadFromBytes) {
    const bytes wire{0x4f, 0, 0, 0x3c, 0, 1, 0x20, 0xb9, 1, 1, 0, 0, 10, 9, 0, 1, 10, 9, 0, 2};
    const iphdr &ip = header_of(wire);
    EXPECT_EQ(ip.version, 4);
    EXPECT_EQ(ip.ihl, 15);
    EXPECT_EQ(be16_to_cpu(ip.tot_len), 60);
    EXPECT_EQ(be16_to_cpu(ip.frag_off) & IP_OFFSET, 185);
    EXPECT_TRUE(ip_is_fragment(&ip));
    EXPECT_EQ(ip.daddr, host_b);
}

// The example of RFC 1071's many retellings: 4500 0073 0000 4000 4011 .... c0a8 0001 c0a8 00c7 sums to b861.
TEST(Ipv4Header, ChecksumGolden) {
    bytes wire{0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0xff, 0xff, 0xc0, 0xa8, 0, 1, 0xc0, 0xa8, 0, 0xc7};
    ip_send_check(reinterpret_cast<iphdr *>(wire.data()));
    EXPECT_EQ(wire[10], 0xb8);
    EXPECT_EQ(wire[11], 0x61);
}

// The sum over a header with its checksum in it is all ones, by the definition rather than by our own function.
bool sums_to_all_ones(const bytes &header) {
    u32 sum = 0;
    for (std::size_t i = 0; i < header.size(); i += 2)
        sum += static_cast<u32>(header[i] << 8 | header[i + 1]);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum == 0xffff;
}

bytes random_header(std::mt19937 &random) {
    bytes header((5 + random() % 11) * 4);
    for (u8 &byte : header)
        byte = static_cast<u8>(random());
    header[0] = static_cast<u8>(0x40 | header.size() / 4);
    ip_send_check(reinterpret_cast<iphdr *>(header.data()));
    return header;
}

TEST(Ipv4Header, AnyChecksumIsRightAndAnyFlippedBitIsFound) {
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        bytes header = random_header(random);
        EXPECT_TRUE(sums_to_all_ones(header));
        const auto ihl = static_cast<unsigned>(header.size() / 4);
        EXPECT_EQ(ip_fast_csum(header.data(), ihl), sum16{});
        const std::size_t bit = random() % (header.size() * 8);
        header[bit / 8] = static_cast<u8>(header[bit / 8] ^ 1U << bit % 8);
        EXPECT_NE(ip_fast_csum(header.data(), ihl), sum16{}) << "bit " << bit;
    }
}

TEST(Ipv4Header, AStepDownInTtlKeepsTheChecksumRight) {
    std::mt19937 random(2);
    for (int i = 0; i < 2000; ++i) {
        bytes header = random_header(random);
        const u8 before = header[8];
        if (before == 0) continue; // nobody forwards that
        ip_decrease_ttl(reinterpret_cast<iphdr *>(header.data()));
        EXPECT_EQ(header[8], static_cast<u8>(before - 1));
        EXPECT_TRUE(sums_to_all_ones(header)) << "ttl " << int{before};
    }
}

TEST(Ipv4Header, GroupsHaveLinkAddresses) {
    std::array<u8, 6> mac{};
    ip_eth_mc_map(ipv4(239, 255, 255, 250), mac.data());
    EXPECT_EQ(mac, (std::array<u8, 6>{0x01, 0x00, 0x5e, 0x7f, 0xff, 0xfa}));
    ip_eth_mc_map(ipv4(224, 129, 2, 3), mac.data()); // the 24th bit is lost
    EXPECT_EQ(mac, (std::array<u8, 6>{0x01, 0x00, 0x5e, 0x01, 0x02, 0x03}));
}

} // namespace
} // namespace skbscope::stack
