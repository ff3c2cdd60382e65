// SPDX-License-Identifier: GPL-2.0-or-later
// Frames to the model, 10.9.0.2, valid and broken in many ways, by a seeded generator: the same seed, the same frames.
#pragma once

#include "frames.h"

#include <random>
#include <utility>

namespace skbscope::test {

class FloodFrames {
public:
    FloodFrames(Bytes mac, std::uint32_t seed) : mac_(std::move(mac)), random_(seed) {}

    Bytes next() {
        Bytes frame = second_.empty() ? any() : std::exchange(second_, Bytes());
        if (frame.size() > 1514) frame.resize(1514);
        return frame;
    }

private:
    unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
    Bytes noise(unsigned size) {
        Bytes b(size);
        for (auto &x : b)
            x = static_cast<std::uint8_t>(random_());
        return b;
    }
    Bytes udp(unsigned port, unsigned size) {
        Bytes b = noise(8 + size);
        put16(b, 2, port);
        put16(b, 4, static_cast<unsigned>(b.size()));
        put16(b, 6, 0);
        return b;
    }
    Bytes echo() {
        Bytes b = noise(8 + below(200));
        put16(b, 0, 0x0800);
        put16(b, 2, 0);
        if (b.size() % 2 == 0) put16(b, 2, internetChecksum(b, 0, b.size()));
        return b;
    }
    // `at`: of the IPv4 header; then the checksum is right again.
    static Bytes with16(Bytes frame, std::size_t at, unsigned value) {
        put16(frame, 14 + at, value);
        put16(frame, 24, 0);
        put16(frame, 24, internetChecksum(frame, 14, 34));
        return frame;
    }
    Bytes fragment() {
        Bytes f = with16(ipFrame(mac_, 17, noise(8 * below(64))), 4, below(40));
        return with16(std::move(f), 6, below(2) != 0 ? 0x2000U | below(100) : below(8191));
    }
    // A datagram in two fragments; the other one comes next.
    Bytes twoFragments() {
        const unsigned id = 1000 + below(60'000);
        const Bytes whole = udp(7, 48 + below(400));
        const auto part = [&](std::ptrdiff_t from, std::ptrdiff_t to, unsigned offset) {
            Bytes f = with16(ipFrame(mac_, 17, {whole.begin() + from, whole.begin() + to}), 4, id);
            return with16(std::move(f), 6, offset);
        };
        Bytes first = part(0, 24, 0x2000U);
        second_ = part(24, static_cast<std::ptrdiff_t>(whole.size()), 3);
        if (below(2) != 0) std::swap(first, second_);
        return first;
    }
    // From a host that does not answer ARP: the reply waits for its address.
    Bytes fromNobody() { return with16(ipFrame(mac_, 1, echo()), 14, 100 + below(100)); }

    Bytes any() {
        static constexpr unsigned ports[] = {7, 9, 19, 12345};
        switch (below(14)) {
        case 0:
            return arpRequest();
        case 1:
            return ipFrame(mac_, 1, echo());
        case 2:
            return fromNobody();
        case 3:
            return ipFrame(mac_, below(256), noise(below(100)));
        case 4:
            return with16(ipFrame(mac_, 17, udp(7, 20)), 2, below(65536)); // its length
        case 5:
            return fragment();
        case 6:
            return twoFragments();
        case 7:
            return ethernet(mac_, 0x0806);
        case 8:
            return ethernet(mac_, below(65536));
        case 9: { // any bytes for a network header
            Bytes f = ethernet(mac_, 0x0800), rest = noise(below(1400));
            f.insert(f.end(), rest.begin(), rest.end());
            return f;
        }
        case 10: { // the checksum
            Bytes f = ipFrame(mac_, 17, udp(7, 20));
            f[24] ^= 1U;
            return f;
        }
        case 11:
            return noise(14 + below(1400));
        default:
            return ipFrame(mac_, 17, udp(ports[below(4)], below(600)));
        }
    }

    Bytes mac_;
    std::mt19937 random_;
    Bytes second_;
};

} // namespace skbscope::test
