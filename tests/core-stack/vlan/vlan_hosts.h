// SPDX-License-Identifier: GPL-2.0-or-later
// The two hosts of the socket tests with VLAN 5 on their veth pair: a has 10.5.0.1, b 10.5.0.2.
#pragma once

#include "../sim/entered.h"
#include "../socket/hosts.h"

#include "linux/if_vlan.h"
#include "linux/netdevice.h"

#include <algorithm>
#include <string>

namespace skbscope::stack {

inline constexpr be32 vlan_a = ipv4(10, 5, 0, 1), vlan_b = ipv4(10, 5, 0, 2);

class VlanHosts : public Hosts {
protected:
    VlanHosts() {
        expect(link_add_vlan(a, "va", "va.5", 5));
        expect(link_add_vlan(b, "vb", "vb.5", 5));
        expect(addr_add(a, "va.5", vlan_a, 24));
        expect(addr_add(b, "vb.5", vlan_b, 24));
        expect(link_set_up(a, "va.5", true));
        expect(link_set_up(b, "vb.5", true));
        expect(neigh_replace(a, "va.5", vlan_b, {2, 0, 0, 0, 0, 2}, neigh_request_state::permanent));
        expect(neigh_replace(b, "vb.5", vlan_a, {2, 0, 0, 0, 0, 1}, neigh_request_state::permanent));
        va = __dev_get_by_name(a, "va");
        vb = __dev_get_by_name(b, "vb");
        va5 = __dev_get_by_name(a, "va.5");
        vb5 = __dev_get_by_name(b, "vb.5");
    }
    [[nodiscard]] std::vector<std::string> calls() const { return entered(recorder); }
    void expect_order(const std::vector<std::string> &wanted) const { expect_in_order(calls(), wanted); }
    // From a to b through the VLAN, traced: what arrived.
    Received through(std::size_t length = 12) {
        Received got{};
        run([&] {
            const int r = udp_bound(b, vlan_b, 7000);
            const int s = udp_in(a);
            recorder.clear();
            recorder.set_on(true);
            EXPECT_EQ(send_to(s, vlan_b, 7000, length), static_cast<ssize_t>(length));
            recorder.set_on(false);
            got = receive(r, 2000, MSG_DONTWAIT);
            sys_close(r);
            sys_close(s);
        });
        return got;
    }
    net_device *va = nullptr, *vb = nullptr, *va5 = nullptr, *vb5 = nullptr;
};

} // namespace skbscope::stack
