// SPDX-License-Identifier: GPL-2.0-or-later
// A frame from a to b, port 5000 to 7000, built by hand: what a packet socket sends, right or wrong.
#pragma once

#include "../socket/hosts.h"

#include "net/checksum.h"

#include <cstring>

namespace skbscope::stack {

class Frame {
public:
    explicit Frame(std::size_t payload) : bytes_(eth + ip + udp) {
        const mac_address to{2, 0, 0, 0, 0, 2}, from{2, 0, 0, 0, 0, 1};
        std::copy(to.begin(), to.end(), bytes_.begin());
        std::copy(from.begin(), from.end(), bytes_.begin() + 6);
        put16(12, 0x0800);
        bytes_[eth] = 0x45;
        put16(eth + 2, static_cast<u16>(ip + udp + payload));
        bytes_[eth + 8] = 64;
        bytes_[eth + 9] = 17;
        put32(eth + 12, host_a);
        put32(eth + 16, host_b);
        store(eth + 10, ip_fast_csum(&bytes_[eth], 5));
        put16(eth + ip, 5000);
        put16(eth + ip + 2, 7000);
        put16(eth + ip + 4, static_cast<u16>(udp + payload));
        const std::vector<u8> data = letters(payload);
        bytes_.insert(bytes_.end(), data.begin(), data.end());
        const wsum sum = csum_partial(&bytes_[eth + ip], udp + payload, 0);
        store(check, csum_tcpudp_magic(host_a, host_b, static_cast<u32>(udp + payload), 17, sum));
    }
    void flip_checksum() { bytes_[check] ^= 0x55; }
    void clear_checksum() { store(check, 0); }
    void set_id(u16 id) { // of IP
        put16(eth + 4, id);
        store(eth + 10, 0);
        store(eth + 10, ip_fast_csum(&bytes_[eth], 5));
    }
    void set_length(u16 length) { put16(eth + ip + 4, length); }
    [[nodiscard]] const std::vector<u8> &bytes() const { return bytes_; }
    [[nodiscard]] ssize_t size() const { return static_cast<ssize_t>(bytes_.size()); }

private:
    static constexpr std::size_t eth = 14, ip = 20, udp = 8, check = eth + ip + 6;
    void put16(std::size_t at, u16 value) {
        bytes_[at] = static_cast<u8>(value >> 8);
        bytes_[at + 1] = static_cast<u8>(value);
    }
    void put32(std::size_t at, be32 value) { std::memcpy(&bytes_[at], &value.raw, 4); }
    void store(std::size_t at, sum16 sum) { std::memcpy(&bytes_[at], &sum, 2); }
    std::vector<u8> bytes_;
};

} // namespace skbscope::stack
