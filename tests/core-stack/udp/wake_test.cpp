// SPDX-License-Identifier: GPL-2.0-or-later
// A reader that sleeps is woken by the packet, not by its time-out.
#include "../socket/hosts.h"

#include "linux/workqueue.h"

namespace skbscope::stack {
namespace {

// A kernel thread's work: sends a datagram while the process sleeps.
struct late_sender {
    delayed_work work;
    socket *sock = nullptr;
    sockaddr_in to;
    int result = 0;
};

void send_late(work_struct *work) {
    late_sender *s = container_of(to_delayed_work(work), &late_sender::work);
    std::vector<u8> data = letters(12);
    kvec vec{data.data(), data.size()};
    msghdr msg;
    msg.msg_name = &s->to;
    msg.msg_namelen = sizeof(s->to);
    iov_iter_kvec(&msg.msg_iter, WRITE, &vec, 1, data.size());
    s->result = sock_sendmsg(s->sock, &msg);
}

class UdpWake : public Hosts {
protected:
    // Sends to `port` of b in 25 jiffies: 100 ms.
    void send_later(late_sender *s, u16 port) {
        ASSERT_EQ(sock_create_kern(a, AF_INET, SOCK_DGRAM, 0, &s->sock), 0);
        s->to = address(host_b, port);
        INIT_DELAYED_WORK(&s->work, send_late);
        schedule_delayed_work(&s->work, 25);
    }
};

TEST_F(UdpWake, ThePacketEndsTheSleep) {
    late_sender sender;
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        send_later(&sender, 7000);
        const u64 before = m.now_ns();
        EXPECT_EQ(receive(r).data, letters(12));
        const u64 slept = m.now_ns() - before;
        EXPECT_GE(slept, 96'000'000U);
        EXPECT_LE(slept, 112'000'000U);
        EXPECT_EQ(sender.result, 12);
        sock_release(sender.sock);
    });
}

TEST_F(UdpWake, AnotherPortsPacketDoesNot) {
    late_sender sender;
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        const int other = udp_bound(b, host_b, 7001);
        send_later(&sender, 7001);
        const u64 before = m.now_ns();
        EXPECT_EQ(receive(r).result, -EAGAIN);
        EXPECT_GE(m.now_ns() - before, 1'000'000'000U);
        EXPECT_EQ(receive(other).result, 12);
        sock_release(sender.sock);
    });
}

} // namespace
} // namespace skbscope::stack
