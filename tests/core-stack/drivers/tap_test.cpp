// SPDX-License-Identifier: GPL-2.0-or-later
// How a frame written into a tap gets its buffer.
#include "../sim/machine_fixture.h"

#include "linux/skbuff.h"
#include "net/net_namespace.h"
#include "sim/netconfig.h"
#include "sim/syscalls.h"

#include <array>

namespace skbscope::stack {
namespace {

class Tap : public machine_fixture {
protected:
    Tap() : a(netns_add("a")) {}

    // Writes a frame of `size` bytes that no protocol wants.
    void write_frame(bool wait, std::size_t size) {
        traced([&] {
            recorder.set_on(false);
            sys_setns(a);
            const int fd = sys_tap_open("tap0", tap_receive::at_once);
            ASSERT_GE(fd, 0);
            ASSERT_EQ(link_set_up(a, "tap0", true), 0);
            sys_set_nonblock(fd, !wait);
            std::vector<u8> frame(size, u8{0});
            frame[12] = 0x88, frame[13] = 0xb5;
            recorder.set_on(true);
            EXPECT_EQ(sys_write(fd, frame), static_cast<ssize_t>(size));
            recorder.set_on(false);
            sys_close(fd);
        });
    }
    net *a;
};

TEST_F(Tap, AWriterThatWaitsGetsAnAllocatedBuffer) {
    write_frame(true, 60);
    EXPECT_EQ(count_calls("sock_alloc_send_pskb"), 1u);
    EXPECT_EQ(count_calls("tun_build_skb"), 0u);
}

TEST_F(Tap, AWriterThatDoesNotWaitGetsAPieceOfThePage) {
    write_frame(false, 60);
    EXPECT_EQ(count_calls("sock_alloc_send_pskb"), 0u);
    EXPECT_EQ(count_calls("tun_build_skb"), 1u);
    EXPECT_EQ(count_calls("__build_skb"), 1u);
    const auto alloc = events(SKBSCOPE_EV_ALLOC);
    ASSERT_EQ(alloc.size(), 1u);
    EXPECT_EQ(alloc[0].skb.end, SKB_DATA_ALIGN(60u + NET_SKB_PAD));
}

TEST_F(Tap, AFrameThatDoesNotFitWithItsRoomIsAllocated) {
    write_frame(false, 3500);
    EXPECT_EQ(count_calls("tun_build_skb"), 0u);
}

} // namespace
} // namespace skbscope::stack
