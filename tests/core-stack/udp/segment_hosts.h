// SPDX-License-Identifier: GPL-2.0-or-later
// Hosts for super-datagrams: a sends with UDP_SEGMENT, b receives, or routes to c.
#pragma once

#include "../ipv4/wire.h"

#include "linux/udp.h"
#include "net/checksum.h"

namespace skbscope::stack {

class UdpSegment : public Routed {
protected:
    // The sender's device cannot take super-datagrams.
    void cut_at_sender(const std::vector<const char *> &off = {"tx-udp-segmentation"}) {
        for (const char *feature : off)
            expect(device_feature(a, "va", feature, false));
    }
    int sender(u16 segment) {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, int{segment}), 0);
        return s;
    }
    void expect_datagrams(int rx, const std::vector<std::size_t> &sizes) {
        const bytes all = letters(70000);
        std::size_t at = 0;
        for (const std::size_t n : sizes) {
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(at);
            EXPECT_EQ(receive(rx).data, bytes(from, from + static_cast<std::ptrdiff_t>(n))) << "from byte " << at;
            at += n;
        }
        EXPECT_EQ(receive(rx, 100, MSG_DONTWAIT).result, -EAGAIN);
    }
    // Whole packets, with their checksums: as the wire would carry them.
    static void expect_good(const std::vector<bytes> &packets) {
        for (const bytes &p : packets) {
            const iphdr &ip = header_of(p);
            EXPECT_EQ(ip_fast_csum(&ip, 5), 0);
            EXPECT_EQ(be16_to_cpu(ip.tot_len), p.size());
            const auto len = static_cast<u32>(p.size() - 20);
            EXPECT_EQ(csum_tcpudp_magic(ip.saddr, ip.daddr, len, 17, csum_partial(&p[20], len, 0)), 0);
        }
    }
};

} // namespace skbscope::stack
