// SPDX-License-Identifier: GPL-2.0-or-later
// What a socket may ask for: UDP_SEGMENT for all its sends, or for one.
#include "segment_hosts.h"

#include "linux/cmsg.h"

#include <array>
#include <cstring>

namespace skbscope::stack {
namespace {

TEST_F(UdpSegment, TheOptionIsCheckedAndToldAgain) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, -1), -EINVAL);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, 65536), -EINVAL);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, u16{7}), -EINVAL) << "not an int";
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, 1200), 0);
        int val = 0;
        const std::span<u8> room(reinterpret_cast<u8 *>(&val), sizeof(val));
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, UDP_SEGMENT, room), 4);
        EXPECT_EQ(val, 1200);
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, UDP_GRO, room), 4);
        EXPECT_EQ(val, 0);
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, UDP_SEGMENT, room.first(2)), 2);
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, 99, room), -ENOPROTOOPT);
    });
}

TEST_F(UdpSegment, WhatCannotBeSentIsRefused) {
    run([&] {
        EXPECT_EQ(send_to(sender(1473), host_b, 7000, 3000), -EMSGSIZE) << "a segment larger than the MTU";
        EXPECT_EQ(send_to(sender(10), host_b, 7000, 1281), -EINVAL) << "more than 128";
        EXPECT_EQ(send_to(sender(10), host_b, 7000, 1280), 1280);
        const int s = sender(1000);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_NO_CHECK, 1), 0);
        EXPECT_EQ(send_to(s, host_b, 7000, 3000), -EINVAL) << "every segment needs a checksum";
        expect(device_feature(a, "va", "tx-checksum-ip-generic", false));
        EXPECT_EQ(send_to(sender(1000), host_b, 7000, 3000), -EIO) << "and the device must compute it";
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

// --- for one send ---------------------------------------------------------------------------------------------------

struct Control {
    alignas(8) std::array<u8, 64> room{};
    std::size_t size = 0;
    template <class T> void add(int level, int type, const T &value) {
        const cmsghdr header{.cmsg_len = CMSG_LEN(sizeof(T)), .cmsg_level = level, .cmsg_type = type};
        std::memcpy(&room[size], &header, sizeof(header));
        std::memcpy(&room[size + sizeof(header)], &value, sizeof(T));
        size += CMSG_SPACE(sizeof(T));
    }
};

int send_with(int fd, Control &control, std::size_t length) {
    std::vector<u8> data = letters(length);
    sockaddr_in to = address(host_b, 7000);
    iovec iov;
    msghdr msg;
    EXPECT_EQ(import_single_range(WRITE, data.data(), data.size(), &iov, &msg.msg_iter), 0);
    msg.msg_name = &to;
    msg.msg_namelen = sizeof(to);
    msg.msg_control = control.room.data();
    msg.msg_controllen = control.size;
    file *f = fget(fd);
    const int sent = sock_sendmsg(sock_from_file(f), &msg);
    fput(f);
    return sent;
}

TEST_F(UdpSegment, AControlMessageIsForOneSend) {
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        Control of400;
        of400.add(SOL_UDP, UDP_SEGMENT, u16{400});
        EXPECT_EQ(send_with(s, of400, 1000), 1000);
        expect_datagrams(rx, {400, 400, 200});
        EXPECT_EQ(send_to(s, host_b, 7000, 2000), 2000);
        expect_datagrams(rx, {1000, 1000});
        Control none;
        none.add(SOL_UDP, UDP_SEGMENT, u16{0});
        EXPECT_EQ(send_with(s, none, 1400), 1400);
        expect_datagrams(rx, {1400});
    });
}

TEST_F(UdpSegment, WrongControlMessagesAreRefused) {
    run([&] {
        const int s = udp_in(a);
        Control wide, unknown, other, cut;
        wide.add(SOL_UDP, UDP_SEGMENT, int{400});
        EXPECT_EQ(send_with(s, wide, 1000), -EINVAL);
        unknown.add(SOL_UDP, 99, u16{400});
        EXPECT_EQ(send_with(s, unknown, 1000), -EINVAL);
        other.add(SOL_IP, IP_TTL, int{3}); // not modelled
        EXPECT_EQ(send_with(s, other, 1000), -EINVAL);
        cut.add(SOL_UDP, UDP_SEGMENT, u16{400});
        cut.size = CMSG_LEN(1);
        EXPECT_EQ(send_with(s, cut, 1000), -EINVAL);
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

} // namespace
} // namespace skbscope::stack
