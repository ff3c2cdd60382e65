// SPDX-License-Identifier: GPL-2.0-or-later
// Host b (10.9.0.2) with a simulated card that is up and knows its neighbour a, on a machine of two CPUs: frames come
// by simnic_receive(), interrupts go to CPU 0.
#pragma once

#include "../sim/machine_fixture.h"
#include "frame.h"
#include "linux/simnic.h"

namespace skbscope::stack {

class CardHost : public machine_fixture {
protected:
    CardHost() : machine_fixture(2), b(netns_add("b")) {
        int err = 0;
        dev = simnic_probe(b, {.name = "eth0"}, &err);
        EXPECT_EQ(err, 0);
        EXPECT_EQ(link_set_address(b, "eth0", {2, 0, 0, 0, 0, 2}), 0);
        EXPECT_EQ(addr_add(b, "eth0", host_b, 24), 0);
        EXPECT_EQ(link_set_up(b, "eth0", true), 0);
        EXPECT_EQ(neigh_replace(b, "eth0", host_a, {2, 0, 0, 0, 0, 1}, neigh_request_state::permanent), 0);
    }
    void run(const std::function<void()> &body) { ASSERT_EQ(m.run_process("test", body), 0); }
    void idle(u64 ns = 1'000'000) { m.run_idle_until(m.now_ns() + ns); }
    net *b;
    net_device *dev = nullptr;
};

} // namespace skbscope::stack
