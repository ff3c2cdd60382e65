// SPDX-License-Identifier: GPL-2.0-or-later
// Frames of any bytes, each made plausible as far as its first byte asks: Ethernet header, IPv4 length and checksum,
// ICMP checksum; so that what lies behind the first check is reached.
#pragma once

#include "input.h"

#include <string>

namespace skbscope::fuzz {

enum : std::uint8_t {
    with_ethernet = 1,
    with_length = 2,
    with_checksum = 4,
    with_icmp = 8,
    into_tap1 = 16,
    wait = 32,
    traced = 64
};

inline std::uint16_t checksum(const std::string &bytes, std::size_t from, std::size_t to) {
    std::uint32_t sum = 0;
    for (std::size_t i = from; i < to; ++i)
        sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << ((i - from) % 2 == 0 ? 8 : 0);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

inline void put(std::string &bytes, std::size_t at, std::size_t value) {
    bytes[at] = static_cast<char>(value >> 8);
    bytes[at + 1] = static_cast<char>(value);
}

// An IPv4 packet behind an Ethernet header, mended as the flags ask.
inline void mend(std::string &frame, std::uint8_t flags) {
    constexpr std::size_t ip = 14;
    if (frame.size() < ip + 20) return;
    const std::size_t header =
        std::min<std::size_t>((static_cast<std::uint8_t>(frame[ip]) & 0xfU) * 4U, frame.size() - ip);
    if (flags & with_length) {
        frame[ip] = static_cast<char>((frame[ip] & 0xf) | 0x40);
        put(frame, ip + 2, frame.size() - ip);
    }
    const std::size_t icmp = ip + header;
    if (flags & with_icmp && frame.size() >= icmp + 8) {
        frame[ip + 9] = 1;
        put(frame, icmp + 2, 0);
        put(frame, icmp + 2, checksum(frame, icmp, frame.size()));
    }
    if (!(flags & with_checksum) || header < 20) return;
    put(frame, ip + 10, 0);
    put(frame, ip + 10, checksum(frame, ip, ip + header));
}

inline std::string next_frame(Input &in, std::uint8_t flags) {
    std::string frame;
    const std::size_t size = in.byte() | std::size_t{in.byte()} << 8;
    if (flags & with_ethernet) {
        const std::uint8_t kind = in.byte();
        frame.assign(kind % 8 == 0 ? "\xff\xff\xff\xff\xff\xff" : "\x02\0\0\0\0\x01", 6);
        if (flags & into_tap1 && kind % 8 != 0) frame[5] = 3;
        frame.append("\x02\0\0\0\0\x02", 6).append(kind % 4 == 1 ? "\x08\x06" : "\x08\0", 2);
    }
    frame += in.take(size % 2048);
    mend(frame, flags);
    return frame;
}

} // namespace skbscope::fuzz
