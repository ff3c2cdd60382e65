// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes that hold a clock or a number that TCP starts at random: explained where the header says that they do, and for
// TCP's numbers only as long as both sides stay equally far apart.
#include "side_builder.h"
#include "trace/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using test::snapshot_of;

void put(std::string &f, std::size_t at, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        f[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
}

std::uint32_t sum_of(const std::string &f, std::uint32_t sum) {
    for (std::size_t i = 0; i < f.size(); i += 2) {
        const auto byte = [&f](std::size_t at) {
            return at < f.size() ? std::uint32_t{static_cast<unsigned char>(f[at])} : 0U;
        };
        sum += byte(i) << 8 | byte(i + 1);
    }
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

// An IPv4 packet without a link header; what it holds is already whole.
std::string ipv4(unsigned protocol, bool back, const std::string &content) {
    std::string f("\x45\0\0\0\0\0\x40\0\x40\0\0\0\x0a\x09\0\x01\x0a\x09\0\x02", 20);
    if (back) std::swap(f[15], f[19]);
    f[9] = static_cast<char>(protocol);
    put(f, 2, static_cast<std::uint32_t>(20 + content.size()), 2);
    put(f, 10, sum_of(f, 0), 2);
    return f + content;
}

struct Segment {
    std::uint32_t sequence = 1000, acknowledged = 5000, time = 77, echoed = 66;
    bool back = false;
    std::string data = "abcd";

    [[nodiscard]] std::string bytes() const {
        std::string t(32, '\0');
        put(t, 0, back ? 7000U : 40000U, 2);
        put(t, 2, back ? 40000U : 7000U, 2);
        put(t, 4, sequence, 4);
        put(t, 8, acknowledged, 4);
        t[12] = static_cast<char>(0x80); // 32 bytes of header
        t[13] = 0x10;
        t[20] = t[21] = 1; // no operation, twice
        t[22] = 8;
        t[23] = 10;
        put(t, 24, time, 4);
        put(t, 28, echoed, 4);
        t += data;
        const std::uint32_t pseudo = 0x0a09 + 0x0001 + 0x0a09 + 0x0002 + 6 + static_cast<std::uint32_t>(t.size());
        put(t, 16, sum_of(t, pseudo), 2);
        return ipv4(6, back, t);
    }
};

Side sending(SideKind kind, const std::vector<std::string> &packets) {
    SideBuilder b(kind);
    PacketId id = 0;
    for (const std::string &packet : packets) {
        Snapshot s = snapshot_of(16, static_cast<std::uint32_t>(packet.size()));
        s.network = 16;
        b.packet(++id).snapshot(SKBSCOPE_EV_ENTER, "ip_output", s);
        b.identity(0x100 * id, 0x2000 * id);
        b.bytes(16, packet);
        b.leave("ip_output");
    }
    return b.side;
}

Comparison compare_packets(const std::vector<std::string> &left, const std::vector<std::string> &right) {
    const Side l = sending(SideKind::model, left), r = sending(SideKind::kernel, right);
    return compare(l, build_call_tree(l), r, build_call_tree(r));
}

std::string reasons_of(const Row &row) {
    std::string out, last;
    for (const FieldDifference &d : row.fields()) {
        const std::string words = d.reason.text.substr(0, d.reason.text.find(':'));
        if (words != last) out += words + " (" + reason_name(d.reason.code) + "); ";
        last = words;
    }
    return out;
}

TEST(CompareClocks, TcpNumbersAndTimestamps) {
    Segment model, kernel;
    kernel.sequence += 0xf0000000; // around the end of the numbers
    kernel.acknowledged -= 77;
    kernel.time = 123456;
    kernel.echoed = 99;
    const Comparison c = compare_packets({model.bytes()}, {kernel.bytes()});
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(reasons_of(c.rows.at(0)), "TCP sequence number (random by design); "
                                        "TCP acknowledgement (random by design); TCP checksum (random by design); "
                                        "TCP timestamp (time differs); ");
}

// The way back is acknowledged by its own distance, and every segment of a way has the same.
TEST(CompareClocks, TcpKeepsItsDistance) {
    Segment first, answer, second;
    answer.back = true;
    answer.sequence = 5000;
    answer.acknowledged = 1004;
    second.sequence = 1004;
    const auto kernels = [](Segment s, std::uint32_t there, std::uint32_t back) {
        s.sequence += s.back ? back : there;
        s.acknowledged += s.back ? there : back;
        return s.bytes();
    };
    const std::vector<std::string> model{first.bytes(), answer.bytes(), second.bytes()};
    EXPECT_EQ(
        compare_packets(model, {kernels(first, 9, 50), kernels(answer, 9, 50), kernels(second, 9, 50)}).unexplained,
        0U);
    const Comparison off =
        compare_packets(model, {kernels(first, 9, 50), kernels(answer, 9, 50), kernels(second, 8, 50)});
    EXPECT_EQ(off.rows.at(1).mark, RowMark::differs);
    EXPECT_EQ(off.rows.at(2).mark, RowMark::unexplained);
}

TEST(CompareClocks, TcpPayloadIsNotExcused) {
    Segment model, kernel;
    kernel.sequence += 1000;
    kernel.data = "abcX";
    EXPECT_EQ(compare_packets({model.bytes()}, {kernel.bytes()}).rows.at(0).mark, RowMark::unexplained);
}

TEST(CompareClocks, IcmpTimestampReply) {
    const auto reply = [](std::uint32_t asked, std::uint32_t now) {
        std::string m(20, '\0');
        m[0] = 14;
        put(m, 8, asked, 4);
        put(m, 12, now, 4);
        put(m, 16, now, 4);
        put(m, 2, sum_of(m, 0), 2);
        return ipv4(1, true, m);
    };
    const Comparison c = compare_packets({reply(5, 1000)}, {reply(5, 7777777)});
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(reasons_of(c.rows.at(0)), "ICMP checksum (random by design); ICMP timestamp (time differs); ");
    EXPECT_EQ(compare_packets({reply(5, 1000)}, {reply(6, 1000)}).rows.at(0).mark, RowMark::unexplained);
}

} // namespace
} // namespace skbscope::trace
