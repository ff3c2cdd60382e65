// SPDX-License-Identifier: GPL-2.0-or-later
#include "side_builder.h"
#include "trace/compare.h"
#include "trace/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using test::snapshot_of;
using testing::HasSubstr;

Comparison compare_sides(const Side &left, const Side &right) {
    return compare(left, build_call_tree(left), right, build_call_tree(right));
}

// An Ethernet frame with an IPv4/UDP datagram, checksums computed.
class Frame {
public:
    static constexpr std::size_t ip = 14, udp = 34, payload = 42;
    std::uint16_t id = 0x1234, source = 40000, destination = 7000;
    std::string data = "abcdefghijkl";
    bool udp_checksum = true;

    [[nodiscard]] std::string bytes() const {
        std::string f("\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x08\0", 14);
        f += std::string("\x45\0\0\0\0\0\x40\0\x40\x11\0\0\x0a\x09\0\x01\x0a\x09\0\x02", 20);
        f += std::string(8, '\0') + data;
        put(f, ip + 2, static_cast<unsigned>(28 + data.size()));
        put(f, ip + 4, id);
        put(f, ip + 10, checksum(f, ip, udp, 0));
        put(f, udp, source);
        put(f, udp + 2, destination);
        put(f, udp + 4, static_cast<unsigned>(8 + data.size()));
        if (udp_checksum) {
            const unsigned pseudo = 0x0a09 + 0x0001 + 0x0a09 + 0x0002 + 17 + static_cast<unsigned>(8 + data.size());
            put(f, udp + 6, checksum(f, udp, f.size(), pseudo));
        }
        return f;
    }
    static void put(std::string &f, std::size_t at, unsigned value) {
        f[at] = static_cast<char>(value >> 8);
        f[at + 1] = static_cast<char>(value);
    }
    static unsigned get(const std::string &f, std::size_t at) {
        const auto byte = [&f](std::size_t i) -> unsigned {
            return i < f.size() ? static_cast<unsigned char>(f[i]) : 0;
        };
        return byte(at) << 8U | byte(at + 1);
    }

private:
    static unsigned checksum(const std::string &f, std::size_t begin, std::size_t end, unsigned sum) {
        for (std::size_t i = begin; i < end; i += 2)
            sum += get(f, i);
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return ~sum & 0xffff;
    }
};

// A function is entered with this frame at byte 2 of its buffer.
void enter_with(SideBuilder &b, const char *function, const std::string &frame) {
    Snapshot s = snapshot_of(2, static_cast<std::uint32_t>(frame.size()));
    s.mac = 2;
    s.network = 16;
    s.transport = 36;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, function, s);
    b.identity(0x100, 0x2000);
    b.bytes(2, frame);
}

Side sending(SideKind kind, const std::string &frame) {
    SideBuilder b(kind);
    enter_with(b, "dev_hard_start_xmit", frame);
    b.leave("dev_hard_start_xmit");
    return b.side;
}

Row compare_frames(const std::string &left, const std::string &right) {
    const Comparison c = compare_sides(sending(SideKind::model, left), sending(SideKind::kernel, right));
    EXPECT_EQ(c.rows.size(), 1U);
    return c.rows.at(0);
}

TEST(CompareFields, OfEqualSnapshotsAreNone) {
    EXPECT_EQ(compare_frames(Frame().bytes(), Frame().bytes()).mark, RowMark::match);
}

TEST(CompareFields, NameEveryFieldThatDiffers) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    Snapshot s = snapshot_of(16, 40);
    model.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    s.truesize = 896;
    s.protocol = 8;
    s.gso_size = 1448;
    s.dataref = 2;
    kernel.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    const Comparison c = compare_sides(model.side, kernel.side);
    ASSERT_EQ(c.rows.size(), 1U);
    std::string fields;
    for (const FieldDifference &d : c.rows[0].fields())
        fields += d.field + " " + d.left + "|" + d.right + "; ";
    EXPECT_EQ(fields, "protocol 0x0|0x8; truesize 768|896; gso_size 0|1448; dataref 1|2; ");
    EXPECT_EQ(c.rows[0].mark, RowMark::unexplained);
    EXPECT_EQ(c.unexplained, 4U);
}

TEST(CompareFields, AreNotComparedWhereOneSideHasNone) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    model.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", snapshot_of(16, 40));
    kernel.packet(1).enter("ip_rcv");
    EXPECT_EQ(compare_sides(model.side, kernel.side).rows.at(0).mark, RowMark::match);
}

TEST(CompareFields, ThatAProbeCouldNotReadAreExcused) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    model.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", snapshot_of(16, 40));
    Snapshot s = snapshot_of(16, 40);
    s.dataref = 0;
    s.users = 2; // read, and different
    kernel.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s).state |= SKBSCOPE_STATE_PARTIAL;
    const Comparison c = compare_sides(model.side, kernel.side);
    ASSERT_EQ(c.rows.at(0).fields().size(), 2U);
    EXPECT_EQ(c.rows[0].fields()[0].field, "users");
    EXPECT_EQ(c.rows[0].fields()[0].reason.code, ReasonCode::none);
    EXPECT_EQ(c.rows[0].fields()[1].field, "dataref");
    EXPECT_EQ(c.rows[0].fields()[1].reason.code, ReasonCode::not_traceable);
    EXPECT_EQ(c.unexplained, 1U);
}

TEST(CompareFields, SeeWhichBufferItIs) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        b->packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", snapshot_of(16, 40));
        b->identity(0x100, 0x2000);
        b->packet(b == &model ? 1 : 2).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv_core", snapshot_of(16, 40));
        if (b == &kernel) b->identity(0x200, 0x3000);
    }
    const Comparison c = compare_sides(model.side, kernel.side);
    ASSERT_EQ(c.rows.at(1).fields().size(), 1U);
    EXPECT_EQ(c.rows[1].fields()[0].field, "same");
}

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

// "ip_rcv<TAB>len=40<TAB>..." as one call with that snapshot each.
Side side_from_states(const std::string &text, SideKind kind) {
    SideBuilder b(kind);
    std::string_view rest = text;
    PacketId packet = 1;
    while (!rest.empty()) {
        std::string_view line = take_line(rest);
        const std::string function(take_until(line, '\t'));
        std::map<std::string, std::uint32_t> v;
        while (!line.empty()) {
            std::string_view field = take_until(line, '\t');
            const std::string key(take_until(field, '='));
            v[key] = static_cast<std::uint32_t>(std::stoul(std::string(field), nullptr, 0));
        }
        Snapshot s{};
        s.len = v["len"];
        s.headroom = static_cast<std::uint16_t>(v["headroom"]);
        s.data_len = s.headroom + s.len - v["tail"]; // so that tail comes out as the line has it
        const bool consistent = s.data_len == v["data_len"];
        s.end = v["end"];
        s.mac = static_cast<std::uint16_t>(v["mac"]);
        s.network = static_cast<std::uint16_t>(v["network"]);
        s.transport = static_cast<std::uint16_t>(v["transport"]);
        s.protocol = static_cast<std::uint16_t>(v["protocol"]);
        s.truesize = v["truesize"];
        s.users = static_cast<std::uint16_t>(v["users"]);
        s.flags = static_cast<std::uint8_t>(v["cloned"] | v["ip_summed"] << SKBSCOPE_SKB_IP_SUMMED_SHIFT |
                                            v["pkt_type"] << SKBSCOPE_SKB_PKT_TYPE_SHIFT);
        EXPECT_TRUE(consistent) << function << ": a snapshot cannot say that";
        packet += v["same"] == 0 ? 1U : 0U;
        b.packet(packet).snapshot(SKBSCOPE_EV_ENTER, function, s);
        b.identity(packet, packet);
        b.leave(function);
    }
    return b.side;
}

TEST(StateFidelity, IsThatOfTheOracle) {
    const Side kernel = side_from_states(test::data_file("udp-veth.state"), SideKind::kernel);
    const Side model = side_from_states(test::data_file("udp-veth-random.state"), SideKind::model);
    StateFidelity f = compare_sides(model, kernel).states;
    EXPECT_EQ(f.fields, 930U);
    EXPECT_EQ(f.agree, 844U);
    EXPECT_EQ(f.changed_fields, 24U);
    EXPECT_EQ(f.changed_agree, 18U);
    f = compare_sides(kernel, model).states; // the other way round
    EXPECT_EQ(f.fields, 900U);
    EXPECT_EQ(f.agree, 844U);
    EXPECT_EQ(f.changed_fields, 98U);
    EXPECT_EQ(f.changed_agree, 57U);
    f = compare_sides(kernel, kernel).states;
    EXPECT_EQ(f.agreement(), 1.0);
    EXPECT_EQ(f.changed(), 1.0);
}

} // namespace
} // namespace skbscope::trace
