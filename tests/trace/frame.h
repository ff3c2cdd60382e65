// SPDX-License-Identifier: GPL-2.0-or-later
// Two sides that send one frame each, to be compared.
#pragma once

#include "side_builder.h"
#include "trace/compare.h"

#include <gtest/gtest.h>

namespace skbscope::trace::test {

inline Comparison compare_sides(const Side &left, const Side &right) {
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
inline void enter_with(SideBuilder &b, const char *function, const std::string &frame) {
    Snapshot s = snapshot_of(2, static_cast<std::uint32_t>(frame.size()));
    s.mac = 2;
    s.network = 16;
    s.transport = 36;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, function, s);
    b.identity(0x100, 0x2000);
    b.bytes(2, frame);
}

inline Side sending(SideKind kind, const std::string &frame) {
    SideBuilder b(kind);
    enter_with(b, "dev_hard_start_xmit", frame);
    b.leave("dev_hard_start_xmit");
    return b.side;
}

inline Row compare_frames(const std::string &left, const std::string &right) {
    const Comparison c = compare_sides(sending(SideKind::model, left), sending(SideKind::kernel, right));
    EXPECT_EQ(c.rows.size(), 1U);
    return c.rows.at(0);
}

} // namespace skbscope::trace::test
