// SPDX-License-Identifier: GPL-2.0-or-later
// What a socket is charged for: packets it sent and that are still under way, packets it received and did not read.
#include "hosts.h"

#include "net/inet_globals.h"

namespace skbscope::stack {
namespace {

using Memory = Hosts;

long udp_pages() {
    const proto_memory &memory = inet_global().udp_memory;
    return std::accumulate(memory.per_cpu_fw_alloc.begin(), memory.per_cpu_fw_alloc.end(), memory.memory_allocated);
}

TEST_F(Memory, AReceivedPacketIsChargedUntilItIsRead) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        const sock *sk = sk_of(r);
        EXPECT_EQ(sk_rmem_alloc_get(sk), 768); // 512 of buffer and shared info, 256 of sk_buff
        EXPECT_EQ(sk->sk_forward_alloc, 4096 - 768);
        EXPECT_EQ(udp_pages(), 1);
        EXPECT_EQ(receive(r).result, 12);
        EXPECT_EQ(sk_rmem_alloc_get(sk), 0);
        EXPECT_EQ(sk->sk_forward_alloc, 4096); // a reader keeps the page it is one byte short of giving back
    });
}

TEST_F(Memory, TheFirstPagePaysForTheNextPackets) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        for (int i = 0; i < 5; ++i)
            EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        EXPECT_EQ(udp_pages(), 1);
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12); // 6 * 768 do not fit a page
        EXPECT_EQ(udp_pages(), 2);
        EXPECT_EQ(sk_rmem_alloc_get(sk_of(r)), 6 * 768);
    });
}

TEST_F(Memory, AClosedSocketGivesEverythingBackAfterAGracePeriod) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        EXPECT_EQ(sys_close(r), 0);
        EXPECT_EQ(udp_pages(), 1); // readers may still look at it
        EXPECT_EQ(sys_nanosleep(100'000'000), 0);
        EXPECT_EQ(udp_pages(), 0);
    });
}

TEST_F(Memory, AnUnresolvedNeighbourKeepsTheSenderCharged) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, ipv4(10, 9, 0, 77), 7000, 1000), 1000);
        const sock *sk = sk_of(s);
        EXPECT_GT(sk_wmem_alloc_get(sk), 1000);
        EXPECT_EQ(sys_nanosleep(4'000'000'000), 0); // three requests, a second each
        EXPECT_EQ(sk_wmem_alloc_get(sk), 0);
    });
}

TEST_F(Memory, AFullSendBufferBlocksOrRefuses) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_SNDBUF, 1), 0); // 4608
        const be32 nobody = ipv4(10, 9, 0, 77);
        EXPECT_EQ(send_to(s, nobody, 7000, 1400, MSG_DONTWAIT), 1400); // 2304 of truesize
        EXPECT_EQ(send_to(s, nobody, 7000, 1400, MSG_DONTWAIT), 1400);
        EXPECT_EQ(send_to(s, nobody, 7000, 1400, MSG_DONTWAIT), -EAGAIN);
        const u64 before = m.now_ns();
        EXPECT_EQ(send_to(s, nobody, 7000, 1400), 1400); // sleeps until ARP gave up and freed the others
        EXPECT_GT(m.now_ns(), before + 1'000'000'000);
        EXPECT_GT(udp_count(a, UDP_MIB_SNDBUFERRORS), 0U);
    });
}

TEST_F(Memory, ASocketOutlivesItsPacketsUnderWay) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, ipv4(10, 9, 0, 77), 7000, 10), 10);
        EXPECT_EQ(sys_close(s), 0);
        EXPECT_EQ(sys_nanosleep(5'000'000'000), 0); // the packet dies; sock_wfree() ends the socket
    });
}

} // namespace
} // namespace skbscope::stack
