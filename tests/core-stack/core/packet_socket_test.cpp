// SPDX-License-Identifier: GPL-2.0-or-later
// packet_rcv(): a packet socket's hook gets what passes its device, from the link header on, and leaves the packet as
// it was for those who come after it.
#include "devices.h"

#include "linux/fs.h"
#include "linux/net.h"
#include "net/packet/packet_internal.h"
#include "sim/syscalls.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;

constexpr unsigned header = 14, payload = 46;

class PacketSocket : public Devices {
protected:
    // `body` with a packet socket on `device` of namespace `ns`.
    void with_socket(net *ns, const char *device, const std::function<void(packet_sock *, int fd)> &body) {
        const int ended = m.run_process("test", [&] {
            ASSERT_EQ(sys_setns(ns), 0);
            const int fd = sys_packet_socket(device);
            ASSERT_GE(fd, 0);
            sys_set_nonblock(fd, true);
            file *f = fget(fd);
            body(pkt_sk(sock_from_file(f)->sk), fd);
            fput(f);
            EXPECT_EQ(close_fd(fd), 0);
        });
        EXPECT_EQ(ended, 0);
    }
    void send() const {
        EXPECT_EQ(dev_queue_xmit(frame()), NET_XMIT_SUCCESS);
        m_wait();
    }
    static void m_wait() { sys_nanosleep(1'000'000); }
    [[nodiscard]] ssize_t read(int fd) { return sys_recvfrom(fd, room, 0, nullptr); }
    std::vector<u8> room = std::vector<u8>(2000);
};

TEST_F(PacketSocket, GetsTheFrameFromItsLinkHeaderOn) {
    with_socket(b, "vb", [this](packet_sock *po, int fd) {
        const tap_log log;
        const receiver pt(0x88b5, nullptr, tap_log::receive);
        send();
        EXPECT_EQ(read(fd), ssize_t{header + payload});
        EXPECT_EQ(std::memcmp(room.data(), vb->dev_addr, 6), 0);
        EXPECT_EQ(room[12], 0x88);
        EXPECT_EQ(room[header], 'p');
        EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0")) << "the next one sees it without the header";
        EXPECT_EQ(po->tp_packets, 1U);
        EXPECT_EQ(read(fd), -EAGAIN);
    });
}

TEST_F(PacketSocket, SeesWhatItsDeviceSends) {
    with_socket(a, "va", [this](packet_sock *, int fd) {
        send();
        EXPECT_EQ(read(fd), ssize_t{header + payload});
        EXPECT_EQ(room[12], 0x88);
    });
}

TEST_F(PacketSocket, QueuesACloneOfASharedPacketAndTheOnlyOneItself) {
    with_socket(b, "vb", [this](packet_sock *po, int) {
        for (const bool shared : {true, false}) {
            sk_buff *skb = frame();
            skb_reset_mac_header(skb);
            skb_pull(skb, header);
            skb->pkt_type = PACKET_HOST;
            const u8 *const data = skb->data;
            if (shared) (void)skb_get(skb);
            EXPECT_EQ(packet_rcv(skb, vb, &po->prot_hook, vb), 0);
            const sk_buff *queued = skb_peek_tail(&po->sk_receive_queue);
            EXPECT_EQ(queued == skb, !shared);
            EXPECT_EQ(queued->len, header + payload);
            EXPECT_EQ(PACKET_SKB_CB(const_cast<sk_buff *>(queued))->ll.sll_ifindex, vb->ifindex);
            if (!shared) continue;
            EXPECT_EQ(skb->data, data);
            EXPECT_EQ(skb->len, payload);
            kfree_skb(skb);
        }
    });
}

TEST_F(PacketSocket, AFullQueueDropsAndLeavesThePacketAsItWas) {
    with_socket(b, "vb", [this](packet_sock *po, int) {
        po->sk_rcvbuf = 1;
        atomic_set(&po->sk_rmem_alloc, 1);
        sk_buff *skb = frame();
        skb_reset_mac_header(skb);
        skb_pull(skb, header);
        (void)skb_get(skb);
        EXPECT_EQ(packet_rcv(skb, vb, &po->prot_hook, vb), 0);
        atomic_set(&po->sk_rmem_alloc, 0);
        EXPECT_EQ(po->tp_drops.counter, 1);
        EXPECT_EQ(po->tp_packets, 0U);
        EXPECT_TRUE(skb_queue_empty(&po->sk_receive_queue));
        EXPECT_EQ(skb->len, payload);
        EXPECT_EQ(refcount_read(&skb->users), 1U);
        kfree_skb(skb);
    });
}

TEST_F(PacketSocket, WhatLoopsBackOrIsOfAnotherNamespaceIsNotForIt) {
    with_socket(b, "vb", [this](packet_sock *po, int) {
        sk_buff *looped = frame();
        looped->pkt_type = PACKET_LOOPBACK;
        EXPECT_EQ(packet_rcv(looped, vb, &po->prot_hook, vb), 0);
        EXPECT_EQ(packet_rcv(frame(), va, &po->prot_hook, va), 0);
        EXPECT_TRUE(skb_queue_empty(&po->sk_receive_queue));
        EXPECT_EQ(po->tp_drops.counter, 0);
    });
}

} // namespace
} // namespace skbscope::stack
