// SPDX-License-Identifier: GPL-2.0-or-later
// Frames of a host 10.9.0.1 to the model, 10.9.0.2, built by hand; and a wire that is the test's memory.
#pragma once

#include "app/attach/wire.h"

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <sys/eventfd.h>
#include <vector>

namespace skbscope::test {

using Bytes = std::vector<std::uint8_t>;

inline void put16(Bytes &b, std::size_t at, unsigned value) {
    b[at] = static_cast<std::uint8_t>(value >> 8U);
    b[at + 1] = static_cast<std::uint8_t>(value);
}
inline unsigned get16(const Bytes &b, std::size_t at) {
    return static_cast<unsigned>(b[at]) << 8U | b[at + 1];
}

// One's complement sum of 16 bit words, folded and inverted.
inline unsigned internetChecksum(const Bytes &b, std::size_t from, std::size_t to) {
    std::uint32_t sum = 0;
    for (std::size_t i = from; i < to; i += 2)
        sum += static_cast<std::uint32_t>(b[i]) << 8U | (i + 1 < to ? b[i + 1] : 0U);
    while (sum >> 16U)
        sum = (sum & 0xffffU) + (sum >> 16U);
    return ~sum & 0xffffU;
}

inline Bytes ethernet(const Bytes &to, unsigned type) {
    Bytes b = to;
    for (const int x : {2, 0, 0, 0, 0, 1})
        b.push_back(static_cast<std::uint8_t>(x));
    b.resize(14);
    put16(b, 12, type);
    return b;
}

inline Bytes arpRequest() {
    Bytes b = ethernet(Bytes(6, 0xff), 0x0806);
    for (const int x : {0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 9, 0, 1, 0, 0, 0, 0, 0, 0, 10, 9, 0, 2})
        b.push_back(static_cast<std::uint8_t>(x));
    return b;
}

// `payload`: of IPv4.
inline Bytes ipFrame(const Bytes &mac, unsigned protocol, const Bytes &payload) {
    Bytes b = ethernet(mac, 0x0800);
    for (const int x : {0x45, 0, 0, 0, 0, 1, 0, 0, 64, 0, 0, 0, 10, 9, 0, 1, 10, 9, 0, 2})
        b.push_back(static_cast<std::uint8_t>(x));
    b[23] = static_cast<std::uint8_t>(protocol);
    put16(b, 16, static_cast<unsigned>(20 + payload.size()));
    put16(b, 24, internetChecksum(b, 14, 34));
    b.insert(b.end(), payload.begin(), payload.end());
    return b;
}

// From port 5000; without a checksum, as UDP allows.
inline Bytes udpFrame(const Bytes &mac, unsigned port, std::string_view data) {
    Bytes udp(8 + data.size());
    put16(udp, 0, 5000);
    put16(udp, 2, port);
    put16(udp, 4, static_cast<unsigned>(udp.size()));
    std::copy(data.begin(), data.end(), udp.begin() + 8);
    return ipFrame(mac, 17, udp);
}

inline Bytes echoRequest(const Bytes &mac) {
    Bytes icmp{8, 0, 0, 0, 0x12, 0x34, 0, 1, 'a', 'b', 'c', 'd'};
    put16(icmp, 2, internetChecksum(icmp, 0, icmp.size()));
    return ipFrame(mac, 1, icmp);
}

class MemoryWire final : public app::Wire {
public:
    [[nodiscard]] int descriptor() const override { return ready_.get(); }
    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, app::RunError> receive() override {
        if (broken) return tl::unexpected(app::RunError{app::RunErrorCode::notPossibleHere, "tap0", "is gone"});
        if (in_.empty()) return std::span<const std::uint8_t>();
        now_ = std::move(in_.front());
        in_.pop_front();
        return std::span<const std::uint8_t>(now_);
    }
    void send(std::span<const std::uint8_t> frame) override { out.emplace_back(frame.begin(), frame.end()); }

    void arrive(Bytes frame) { in_.push_back(std::move(frame)); }
    std::vector<Bytes> out;
    bool broken = false;

private:
    app::UniqueFd ready_{eventfd(1, EFD_CLOEXEC)}; // always: nobody sleeps
    std::deque<Bytes> in_;
    Bytes now_;
};

} // namespace skbscope::test
