// SPDX-License-Identifier: GPL-2.0-or-later
// Control messages in the reader's buffer.
#include "hosts.h"

#include <cstring>

namespace skbscope::stack {
namespace {

struct header {
    std::size_t len;
    int level;
    int type;
};

TEST(ControlMessage, IsAppendedAndPadded) {
    std::array<u8, 64> buffer{};
    msghdr msg;
    msg.msg_control = buffer.data();
    msg.msg_controllen = buffer.size();
    const u8 tos = 0x10;
    const int ttl = 64;
    EXPECT_EQ(put_cmsg(&msg, SOL_IP, IP_TOS, sizeof(tos), &tos), 0);
    EXPECT_EQ(put_cmsg(&msg, SOL_IP, IP_TTL, sizeof(ttl), &ttl), 0);
    header first{}, second{};
    std::memcpy(&first, buffer.data(), sizeof(first));
    std::memcpy(&second, buffer.data() + 24, sizeof(second)); // 16 of header, 1 of data, 7 of padding
    EXPECT_EQ(first.len, 17U);
    EXPECT_EQ(first.type, IP_TOS);
    EXPECT_EQ(buffer[16], 0x10);
    EXPECT_EQ(second.len, 20U);
    EXPECT_EQ(second.type, IP_TTL);
    EXPECT_EQ(buffer[40], 64);
    EXPECT_EQ(msg.msg_controllen, 64U - 48U);
    EXPECT_EQ(msg.msg_flags & MSG_CTRUNC, 0U);
}

TEST(ControlMessage, WithoutRoomIsCutAndSaysSo) {
    std::array<u8, 18> buffer{};
    msghdr msg;
    msg.msg_control = buffer.data();
    msg.msg_controllen = buffer.size();
    const u32 value = 0x04030201;
    EXPECT_EQ(put_cmsg(&msg, SOL_IP, IP_TTL, sizeof(value), &value), 0);
    EXPECT_NE(msg.msg_flags & MSG_CTRUNC, 0U);
    EXPECT_EQ(buffer[16], 1);
    EXPECT_EQ(buffer[17], 2);
    EXPECT_EQ(msg.msg_controllen, 0U);
    msghdr none;
    EXPECT_EQ(put_cmsg(&none, SOL_IP, IP_TTL, sizeof(value), &value), 0);
    EXPECT_NE(none.msg_flags & MSG_CTRUNC, 0U);
}

using ReceivedWith = Hosts;

TEST_F(ReceivedWith, PacketInfoNamesDeviceAndAddress) {
    run([&] {
        const int r = udp_bound(b, INADDR_ANY, 7000), s = udp_in(a);
        EXPECT_EQ(set(r, SOL_IP, IP_PKTINFO, 1), 0);
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        std::array<u8, 64> control{};
        std::vector<u8> data(100);
        iovec iov;
        msghdr msg;
        ASSERT_EQ(import_single_range(READ, data.data(), data.size(), &iov, &msg.msg_iter), 0);
        msg.msg_control = control.data();
        msg.msg_controllen = control.size();
        file *f = fget(r);
        EXPECT_EQ(sock_recvmsg(sock_from_file(f), &msg, 0), 12);
        fput(f);
        in_pktinfo info;
        std::memcpy(static_cast<void *>(&info), control.data() + sizeof(header), sizeof(info));
        EXPECT_GT(info.ipi_ifindex, 1);
        EXPECT_EQ(info.ipi_addr, host_b);
        EXPECT_EQ(info.ipi_spec_dst, host_b);
    });
}

} // namespace
} // namespace skbscope::stack
