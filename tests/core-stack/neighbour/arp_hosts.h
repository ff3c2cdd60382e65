// SPDX-License-Identifier: GPL-2.0-or-later
// Two hosts that do not know each other's link address yet, and their neighbour entries.
#pragma once

#include "../ipv4/wire.h"

#include "linux/neighbour.h"
#include "net/arp.h"

namespace skbscope::stack {

inline constexpr mac_address link_a{2, 0, 0, 0, 0, 1}, link_b{2, 0, 0, 0, 0, 2};
inline constexpr be32 nobody = ipv4(10, 9, 0, 77);

// An ARP packet in its frame.
inline bytes arp(u16 operation, const mac_address &from, be32 from_ip, const mac_address &to, be32 to_ip,
                 const mac_address &frame_to) {
    bytes f(42);
    const auto put = [&f](std::size_t at, const void *what, std::size_t n) { std::memcpy(&f[at], what, n); };
    put(0, frame_to.data(), 6);
    put(6, from.data(), 6);
    const std::array<u8, 8> fixed{8, 6, 0, 1, 8, 0, 6, 4};
    put(12, fixed.data(), fixed.size());
    f[21] = static_cast<u8>(operation);
    put(22, from.data(), 6);
    put(28, &from_ip, 4);
    put(32, to.data(), 6);
    put(38, &to_ip, 4);
    return f;
}

class Strangers : public Hosts {
protected:
    Strangers() {
        expect(neigh_del(a, "va", host_b));
        expect(neigh_del(b, "vb", host_a));
    }

    // The entry of a host for an address; the test's look does not keep it.
    static neighbour *entry(net *ns, const char *device, be32 ip) {
        neighbour *n = neigh_lookup(&arp_tbl(), &ip, __dev_get_by_name(ns, device));
        if (n) neigh_release(n);
        return n;
    }
    u8 state_at_a(be32 ip = host_b) const {
        const neighbour *n = entry(a, "va", ip);
        return n ? n->nud_state : NUD_NONE;
    }
    static mac_address link_of(const neighbour *n) {
        mac_address mac{};
        std::copy_n(n->ha.begin(), mac.size(), mac.begin());
        return mac;
    }
    static void seconds(unsigned n) { sys_nanosleep(n * 1'000'000'000ULL); }
};

} // namespace skbscope::stack
