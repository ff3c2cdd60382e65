// SPDX-License-Identifier: GPL-2.0-or-later
// Headers from bytes: fields, checksums, and bytes that lie.
#include "tests/ui/fixture.h"
#include "ui/models/decode.h"
#include "ui/models/memory_map_model.h"

#include <gtest/gtest.h>

#include <random>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

// A frame at offset 2 in a buffer of 192 bytes, as the fixture's packet is on the wire.
trace::PacketState wirePacket(std::vector<std::uint8_t> frame, unsigned etherType) {
    trace::PacketState p;
    p.id = 1;
    p.seen = true;
    p.skb.headroom = p.skb.mac = 2;
    p.skb.network = 16;
    p.skb.transport = 36;
    p.skb.end = 192;
    p.skb.len = std::uint32_t(frame.size());
    p.skb.protocol = std::uint16_t(etherType >> 8 | (etherType & 0xff) << 8);
    p.bytes.assign(192, 0);
    p.known.assign(192, 0);
    std::copy(frame.begin(), frame.end(), p.bytes.begin() + 2);
    std::fill_n(p.known.begin() + 2, frame.size(), std::uint8_t(1));
    return p;
}

const std::vector<std::uint8_t> udpFrame = {
    2,    0,    0,    0,    0,    2,    2,    0,    0,   0,   0,    1,    8,  0,                    // Ethernet
    0x45, 0,    0,    40,   0xc6, 0x71, 0x40, 0,    64,  17,  0x60, 0x3f, 10, 9, 0, 1, 10, 9, 0, 2, // IPv4
    0xd2, 0xf3, 0x1b, 0x58, 0,    20,   0x14, 0x3a, // UDP, pseudo header's sum only
    'a',  'b',  'c',  'd',  'e',  'f',  'g',  'h',  'i', 'j', 'k',  'l'};

const HeaderField &field(const std::vector<Header> &headers, const char *header, const char *name) {
    static const HeaderField none;
    for (const Header &h : headers)
        if (h.name == QLatin1String(header))
            if (const HeaderField *f = h.field(QLatin1String(name))) return *f;
    ADD_FAILURE() << "no " << header << '.' << name;
    return none;
}

TEST(Decode, ReadsEveryFieldOfTheFrame) {
    trace::PacketState p = wirePacket(udpFrame, 0x0800);
    p.skb.flags = 3 << SKBSCOPE_SKB_IP_SUMMED_SHIFT;
    const std::vector<Header> h = decodeHeaders(p);
    ASSERT_EQ(h.size(), 4U);
    EXPECT_EQ(field(h, "Ethernet", "to").value.toStdString(), "02:00:00:00:00:02");
    EXPECT_EQ(field(h, "IPv4", "length").value.toStdString(), "40");
    EXPECT_EQ(field(h, "IPv4", "checksum").verdict, Verdict::holds);
    EXPECT_EQ(field(h, "IPv4", "from").value.toStdString(), "10.9.0.1");
    EXPECT_EQ(field(h, "UDP", "from port").value.toStdString(), "54003");
    EXPECT_EQ(field(h, "UDP", "checksum").verdict, Verdict::holds); // as CHECKSUM_PARTIAL leaves it
    EXPECT_EQ(h.back().name.toStdString(), "payload");
    EXPECT_EQ(h.back().length, 12);
}

TEST(Decode, AFlippedBitBreaksTheChecksum) {
    for (const std::size_t at : {std::size_t(14), std::size_t(22), std::size_t(33)}) { // anywhere in the IPv4 header
        std::vector<std::uint8_t> frame = udpFrame;
        frame[at] ^= at == 14 ? 0x00 : 0x04;
        frame[at == 14 ? 15 : at] ^= at == 14 ? 0x10 : 0;
        EXPECT_EQ(field(decodeHeaders(wirePacket(frame, 0x0800)), "IPv4", "checksum").verdict, Verdict::wrong) << at;
    }
}

TEST(Decode, AFullUdpChecksumIsVerified) {
    // without CHECKSUM_PARTIAL the pseudo header's sum alone is no checksum, nor a wrong one: a receiver that trusts
    // its veth has such a packet, marked as checked
    const HeaderField pseudo = field(decodeHeaders(wirePacket(udpFrame, 0x0800)), "UDP", "checksum");
    EXPECT_EQ(pseudo.verdict, Verdict::none);
    EXPECT_EQ(pseudo.note.toStdString(), "addresses and length only");
    std::vector<std::uint8_t> frame = udpFrame;
    frame[40] = 0x00, frame[41] = 0x00;
    EXPECT_EQ(field(decodeHeaders(wirePacket(frame, 0x0800)), "UDP", "checksum").note.toStdString(), "none");
    // 54003 -> 7000, "abc...": computed by hand from RFC 768
    frame[40] = 0xe0, frame[41] = 0x71;
    const Verdict verdict = field(decodeHeaders(wirePacket(frame, 0x0800)), "UDP", "checksum").verdict;
    unsigned long sum = 0x0a09 + 0x0001 + 0x0a09 + 0x0002 + 17 + 20 + 0xd2f3 + 0x1b58 + 20;
    for (int i = 0; i < 12; i += 2)
        sum += static_cast<unsigned long>(('a' + i) << 8 | ('a' + i + 1));
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    EXPECT_EQ(verdict, (0xffff ^ sum) == 0xe071 ? Verdict::holds : Verdict::wrong);
    frame[40] = static_cast<std::uint8_t>((0xffff ^ sum) >> 8), frame[41] = static_cast<std::uint8_t>(0xffff ^ sum);
    EXPECT_EQ(field(decodeHeaders(wirePacket(frame, 0x0800)), "UDP", "checksum").verdict, Verdict::holds);
}

TEST(Decode, ArpSaysWhoAsks) {
    std::vector<std::uint8_t> frame(14 + 28, 0);
    const std::vector<std::uint8_t> arp = {0,  1, 8, 0, 6, 4, 0, 1, 2, 0, 0,  0, 0, 1,
                                           10, 9, 0, 1, 0, 0, 0, 0, 0, 0, 10, 9, 0, 2};
    frame[0] = 0xff, frame[12] = 8, frame[13] = 6;
    std::copy(arp.begin(), arp.end(), frame.begin() + 14);
    const std::vector<Header> h = decodeHeaders(wirePacket(frame, 0x0806));
    EXPECT_EQ(field(h, "ARP", "operation").note.toStdString(), "request");
    EXPECT_EQ(field(h, "ARP", "sender").value.toStdString(), "10.9.0.1");
    EXPECT_EQ(field(h, "ARP", "target").value.toStdString(), "10.9.0.2");
}

// eth_type_trans has pulled; the network offset is set only after GRO.
TEST(Decode, AFrameThatCameInHasItsHeadersBeforeTheNetworkOffsetIsSet) {
    trace::PacketState p = wirePacket(udpFrame, 0x0800);
    const auto whole = decodeHeaders(p);
    p.skb.headroom = p.skb.network;
    p.skb.network = 0;
    const auto early = decodeHeaders(p);
    ASSERT_EQ(early.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i)
        EXPECT_EQ(early[i].name, whole[i].name);
    p.skb.headroom = p.skb.mac + 5U; // not where a link header ends: nothing is guessed
    EXPECT_EQ(decodeHeaders(p)[0].name.toStdString(), "data");
}

// IPv6 is no payload: it is its own layer's, without fields.
TEST(Decode, WhatIsNotDecodedIsNotThePayload) {
    for (const auto &[type, name, layer] : {std::tuple{0x86dd, "IPv6", 'N'}, std::tuple{0x88cc, "0x88cc", 'Q'}}) {
        const auto h = decodeHeaders(wirePacket(udpFrame, quint16(type)));
        ASSERT_EQ(h.size(), 2U);
        EXPECT_EQ(h[1].name.toStdString(), name);
        EXPECT_EQ(h[1].layer, layer);
        EXPECT_TRUE(h[1].fields.empty());
    }
}

TEST(Decode, NothingIsReadPastWhatIsKnown) {
    for (std::size_t cut = 0; cut < udpFrame.size(); ++cut) {
        trace::PacketState p = wirePacket(udpFrame, 0x0800);
        std::fill(p.known.begin() + std::ptrdiff_t(2 + cut), p.known.end(), std::uint8_t(0));
        for (const Header &h : decodeHeaders(p))
            for (const HeaderField &f : h.fields)
                ASSERT_LE(f.offset + f.length, int(2 + cut)) << f.id.toStdString();
        p.bytes.resize(2 + cut);
        p.known.resize(2 + cut);
        (void)decodeHeaders(p);
    }
}

// Offsets and bytes come from outside: whatever they are, segments stay inside the buffer and in order.
TEST(Decode, HostileOffsetsStayInside) {
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        trace::PacketState p = wirePacket(udpFrame, round % 3 == 0 ? 0x0806 : 0x0800);
        const auto any = [&random] { return std::uint16_t(random() % 4 ? random() % 220 : random()); };
        p.skb.headroom = any(), p.skb.mac = any(), p.skb.network = any(), p.skb.transport = any();
        p.skb.len = random() % 5 ? any() : std::uint32_t(random());
        p.skb.end = random() % 5 ? 192 : any();
        for (std::uint8_t &b : p.bytes)
            if (random() % 16 == 0) b = std::uint8_t(random());
        int last = 0;
        for (const MemorySegment &s : memorySegments(p)) {
            ASSERT_GE(s.from, last);
            ASSERT_GT(s.to, s.from);
            ASSERT_LE(s.to, int(p.skb.end));
            last = s.to;
        }
        (void)decodeHeaders(p);
    }
}
} // namespace
