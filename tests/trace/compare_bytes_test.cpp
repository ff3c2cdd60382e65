// SPDX-License-Identifier: GPL-2.0-or-later
#include "frame.h"
#include "trace/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(CompareBytes, AreRandomWhereTheHeadersSaySo) {
    Frame model, kernel;
    kernel.id = 0xc671;
    kernel.source = 54003;
    const Row row = compare_frames(model.bytes(), kernel.bytes());
    EXPECT_EQ(row.mark, RowMark::differs);
    std::string fields;
    for (const FieldDifference &d : row.fields()) {
        EXPECT_EQ(d.reason.code, ReasonCode::random_by_design) << d.field;
        EXPECT_NE(d.reason.evidence, "");
        fields += d.field + " " + d.reason.text + "; ";
    }
    EXPECT_EQ(fields,
              "bytes 20-21 IP id: random by design; bytes 26-27 IPv4 header checksum: follows from the IP id; "
              "bytes 36-37 UDP source port: random by design; bytes 42-43 UDP checksum: follows from the port; ");
    EXPECT_EQ(row.fields()[0].left, "12 34");
    EXPECT_EQ(row.fields()[0].right, "c6 71");
}

// The IP packet in a frame as the machine adds it up: little endian words, folded.
std::int64_t sum_of(const std::string &frame) {
    std::uint32_t sum = 0;
    for (std::size_t i = Frame::ip; i < frame.size(); ++i)
        sum += static_cast<std::uint32_t>(static_cast<unsigned char>(frame[i])) << (i % 2 == 0 ? 0U : 8U);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

// One function copies the packet and sums it up, and the one that it calls has no packet of its own.
Row compare_sums(const Frame &left, const Frame &right, std::int64_t off) {
    const auto side = [](SideKind kind, const std::string &frame, std::int64_t sum) {
        SideBuilder b(kind);
        enter_with(b, "skb_copy_and_csum_bits", frame);
        b.packet(no_packet).enter("csum_partial_copy_nocheck");
        for (const char *function : {"csum_partial_copy_nocheck", "skb_copy_and_csum_bits"}) {
            Event &leave = b.leave(function);
            leave.state |= SKBSCOPE_STATE_HAS_RET;
            leave.leave.ret = sum;
        }
        return b.side;
    };
    const std::string l = left.bytes(), r = right.bytes();
    const Comparison c = compare_sides(side(SideKind::model, l, sum_of(l)), side(SideKind::kernel, r, sum_of(r) + off));
    EXPECT_EQ(c.rows.size(), 2U);
    return c.rows.at(1);
}

// The sum of a packet that has random bytes is as random as they are; a sum that is off by something else is wrong.
TEST(CompareBytes, ASumOverRandomBytesDiffersByJustThose) {
    Frame model, kernel;
    model.udp_checksum = kernel.udp_checksum = false; // with one the sum of all is the same
    kernel.id = 0xc671;
    kernel.source = 54003;
    const Row row = compare_sums(model, kernel, 0);
    ASSERT_EQ(row.fields().size(), 1U);
    EXPECT_EQ(row.fields()[0].field, "returns");
    EXPECT_EQ(row.fields()[0].reason.code, ReasonCode::random_by_design);
    EXPECT_THAT(row.fields()[0].reason.evidence, HasSubstr("the packet differs in bytes 20-21, 26-27, 36-37,"));
    EXPECT_EQ(compare_sums(model, kernel, 1).mark, RowMark::unexplained);
    kernel.data[3] = 'X'; // nothing random about it
    EXPECT_EQ(compare_sums(model, kernel, 0).mark, RowMark::unexplained);
}

// Nothing is excused by where it stands.
std::vector<ReasonCode> reasons(const Row &row) {
    std::vector<ReasonCode> out;
    for (const FieldDifference &d : row.fields())
        out.push_back(d.reason.code);
    return out;
}

TEST(CompareBytes, OfTheSamePlaceInAnotherProtocolAreNotRandom) {
    std::string left = Frame().bytes(), right = left;
    for (std::string *f : {&left, &right})
        (*f)[13] = 6; // ARP: no IP id at byte 20
    right[18] = 'x';
    EXPECT_EQ(reasons(compare_frames(left, right)), std::vector{ReasonCode::none});
}

TEST(CompareBytes, OfAHeaderThatDiffersAreNotBelieved) {
    Frame kernel;
    kernel.id = 1;
    std::string right = kernel.bytes();
    right[Frame::ip + 16] = 11; // another destination address: not the same datagram
    const Row row = compare_frames(Frame().bytes(), right);
    EXPECT_EQ(row.mark, RowMark::unexplained);
    for (const ReasonCode code : reasons(row))
        EXPECT_EQ(code, ReasonCode::none);
}

TEST(CompareBytes, OfABoundPortAreNotRandom) {
    Frame kernel;
    kernel.source = 7001;
    kernel.udp_checksum = false;
    Frame model;
    model.udp_checksum = false;
    EXPECT_EQ(reasons(compare_frames(model.bytes(), kernel.bytes())), std::vector{ReasonCode::none});
}

TEST(CompareBytes, OfAWrongChecksumAreNotExcused) {
    Frame kernel;
    kernel.id = 0xc671;
    std::string right = kernel.bytes();
    Frame::put(right, Frame::ip + 10, Frame::get(right, Frame::ip + 10) ^ 0x100);
    EXPECT_EQ(reasons(compare_frames(Frame().bytes(), right)),
              (std::vector{ReasonCode::random_by_design, ReasonCode::none}));
}

TEST(CompareBytes, OfThePayloadAreNotExcused) {
    Frame kernel;
    kernel.source = 54003;
    kernel.data = "abcdefghijkX";
    const Row row = compare_frames(Frame().bytes(), kernel.bytes());
    // The port is; but no checksum follows from a port and a wrong payload.
    EXPECT_EQ(reasons(row), (std::vector{ReasonCode::random_by_design, ReasonCode::none, ReasonCode::none}));
    EXPECT_EQ(row.fields().back().field, "byte 55");
}

TEST(CompareBytes, OfOnePortMustStayThatPort) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel})
        for (const PacketId id : {1U, 2U}) {
            Frame f;
            f.udp_checksum = false;
            if (b == &kernel) f.source = id == 1 ? 54003 : 54004; // the model sends both from one socket
            Snapshot s = snapshot_of(2, static_cast<std::uint32_t>(f.bytes().size()));
            s.mac = 2;
            b->packet(id).snapshot(SKBSCOPE_EV_ENTER, "veth_xmit", s);
            b->identity(id, id);
            b->bytes(2, f.bytes());
            b->leave("veth_xmit");
        }
    const Comparison c = compare_sides(model.side, kernel.side);
    EXPECT_EQ(c.rows.at(0).mark, RowMark::differs);
    EXPECT_EQ(c.rows.at(1).mark, RowMark::unexplained);
}

TEST(CompareBytes, AreReadInsideAnIcmpErrorToo) {
    const auto icmp = [](const Frame &quoted) {
        const std::string inner = quoted.bytes().substr(Frame::ip);
        std::string f = Frame().bytes().substr(0, Frame::udp);
        f[Frame::ip + 9] = 1;
        Frame::put(f, Frame::ip + 2, static_cast<unsigned>(28 + inner.size()));
        std::string message = std::string("\x03\x03\0\0\0\0\0\0", 8) + inner;
        unsigned sum = 0;
        for (std::size_t i = 0; i < message.size(); i += 2)
            sum += Frame::get(message, i);
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        Frame::put(message, 2, ~sum & 0xffff);
        return f + message;
    };
    Frame model, kernel;
    model.udp_checksum = kernel.udp_checksum = false; // or it would make up for the port in the ICMP checksum
    kernel.id = 0xc671;
    kernel.source = 54003;
    const Row row = compare_frames(icmp(model), icmp(kernel));
    EXPECT_EQ(row.mark, RowMark::differs);
    std::string fields;
    for (const FieldDifference &d : row.fields())
        fields += d.reason.text.substr(0, d.reason.text.find(':')) + "; ";
    EXPECT_EQ(fields, "ICMP checksum; IP id; IPv4 header checksum; UDP source port; ");
}

// While an ICMP error is put together, the packet it quotes lies there without headers in front of it.
TEST(CompareBytes, AQuotedIdIsThatOfThePacketThatWasSeenBefore) {
    Frame model, kernel;
    kernel.id = 0xc671;
    const auto side = [](SideKind kind, const Frame &frame, bool seen) {
        SideBuilder b(kind);
        const std::string whole = frame.bytes(),
                          quoted = std::string("\x03\x03\0\0\0\0\0\0", 8) + whole.substr(Frame::ip);
        if (seen) {
            Snapshot s = snapshot_of(2, static_cast<std::uint32_t>(whole.size()));
            s.mac = 2;
            b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "veth_xmit", s);
            b.identity(1, 1);
            b.bytes(2, whole);
            b.leave("veth_xmit");
        }
        Snapshot s = snapshot_of(48, static_cast<std::uint32_t>(quoted.size()));
        b.packet(2).snapshot(SKBSCOPE_EV_ENTER, "icmp_push_reply", s);
        b.identity(2, 2);
        b.bytes(48, quoted);
        b.leave("icmp_push_reply");
        return b.side;
    };
    const auto marks = [&](bool seen) {
        return compare_sides(side(SideKind::model, model, seen), side(SideKind::kernel, kernel, seen));
    };
    const Comparison known = marks(true);
    EXPECT_EQ(known.unexplained, 0U);
    std::string fields;
    for (const FieldDifference &d : known.rows.at(1).fields())
        fields += d.field + ' ' + d.reason.text.substr(0, d.reason.text.find(':')) + "; ";
    EXPECT_EQ(fields, "bytes 60-61 IP id; bytes 66-67 IPv4 header checksum; ");
    EXPECT_EQ(marks(false).rows.at(0).mark, RowMark::unexplained); // of nobody's header
}

TEST(CompareBytes, ThatNobodyWroteYetAreTold) {
    const std::string frame = Frame().bytes();
    const auto side = [&](SideKind kind, char garbage, const std::string &written) {
        SideBuilder b(kind);
        Snapshot s = snapshot_of(2, static_cast<std::uint32_t>(frame.size()));
        b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_generic_getfrag", s);
        b.identity(1, 1);
        b.bytes(2, std::string(frame.size(), garbage));
        b.leave("ip_generic_getfrag");
        b.snapshot(SKBSCOPE_EV_ENTER, "udp_send_skb", s);
        b.bytes(2, written);
        b.leave("udp_send_skb");
        return b.side;
    };
    Comparison c = compare_sides(side(SideKind::model, '\0', frame), side(SideKind::kernel, '\x5a', frame));
    EXPECT_EQ(c.unexplained, 0U);
    ASSERT_FALSE(c.rows.at(0).fields().empty());
    EXPECT_EQ(c.rows[0].fields()[0].reason.code, ReasonCode::not_written);
    EXPECT_EQ(c.rows.at(1).mark, RowMark::match);
    // A byte that one side never writes is not "not yet".
    std::string forgotten = frame;
    forgotten[50] = '\x5a';
    c = compare_sides(side(SideKind::model, '\0', frame), side(SideKind::kernel, '\x5a', forgotten));
    EXPECT_EQ(c.rows.at(1).mark, RowMark::unexplained);
    EXPECT_GE(c.unexplained, 1U);
}

TEST(CompareBytes, AreToldOnceNotAtEveryCall) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        Frame f;
        if (b == &kernel) f.id = 7;
        Snapshot s = snapshot_of(2, static_cast<std::uint32_t>(f.bytes().size()));
        s.mac = 2;
        for (const char *function : {"veth_xmit", "__dev_forward_skb", "__netif_rx"}) {
            b->packet(1).snapshot(SKBSCOPE_EV_ENTER, function, s);
            if (std::string_view(function) == "veth_xmit") b->identity(1, 1);
            b->bytes(2, f.bytes());
            b->leave(function);
        }
    }
    const Comparison c = compare_sides(model.side, kernel.side);
    EXPECT_EQ(c.rows.at(0).mark, RowMark::differs);
    EXPECT_EQ(c.rows.at(1).mark, RowMark::match);
    EXPECT_EQ(c.rows.at(2).mark, RowMark::match);
}

} // namespace
} // namespace skbscope::trace
