// SPDX-License-Identifier: GPL-2.0-or-later
// Datagrams that a receiver with GRO polls for: nobody asked for them to be merged, so they pass; their checksums are
// looked at on the way.
#include "../socket/hosts.h"

#include "frame.h"
#include "linux/skbuff.h"

namespace skbscope::stack {
namespace {

class UdpGro : public Hosts {
protected:
    UdpGro() { expect(device_feature(b, "vb", "gro", true)); }

    // Frames of a packet socket come with no checksum help: somebody must look.
    void send(const std::vector<Frame> &frames) {
        const int wire = sys_packet_socket("va");
        for (const Frame &f : frames)
            EXPECT_EQ(sys_sendto(wire, f.bytes(), 0, nullptr), f.size());
    }
};

TEST_F(UdpGro, ADatagramPassesAndIsWhole) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        send({Frame(12), Frame(30)});
        EXPECT_EQ(receive(r).data, letters(12));
        EXPECT_EQ(receive(r).data, letters(30));
    });
}

TEST_F(UdpGro, AWrongChecksumIsLeftToTheReceiver) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        Frame wrong(12), none(9);
        wrong.flip_checksum();
        none.clear_checksum();
        send({wrong, none});
        EXPECT_EQ(receive(r).data, letters(9)); // the first was dropped, by udp_rcv() or whoever read it
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
    });
}

} // namespace
} // namespace skbscope::stack
