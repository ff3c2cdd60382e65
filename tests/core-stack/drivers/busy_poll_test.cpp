// SPDX-License-Identifier: GPL-2.0-or-later
// Busy polling: a reader polls the card instead of sleeping. Linux 6.1: net/core/dev.c, net/core/sock.c
#include "../sim/entered.h"
#include "../udp/card_host.h"
#include "drivers/net/simnic.h"
#include "linux/irq.h"
#include "linux/timer.h"
#include "net/busy_poll.h"
#include "net/core/dev_internal.h"
#include "sim/cpu.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <string>

namespace skbscope::stack {
namespace {

constexpr u64 us = 1'000;

// A card that knows when frames will come.
class BusyPoll : public CardHost {
protected:
    BusyPoll() {
        wire = this;
        hrtimer_init(&timer, [](hrtimer *) { EXPECT_TRUE(simnic_receive(wire->dev, Frame(12).bytes())); });
    }
    void frame_in(u64 ns) { hrtimer_start(&timer, ktime_get() + static_cast<ktime_t>(ns)); }
    template <class T> static int set(int fd, int option, T value) {
        return sys_setsockopt(fd, SOL_SOCKET, option, {reinterpret_cast<const u8 *>(&value), sizeof(value)});
    }
    static int get(int fd, int option) {
        int value = -1;
        EXPECT_EQ(sys_getsockopt(fd, SOL_SOCKET, option, {reinterpret_cast<u8 *>(&value), sizeof(value)}), 4);
        return value;
    }
    // A socket that has had one packet, so that it knows its source.
    int reader(int busy_us) {
        EXPECT_EQ(sys_setns(b), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(fd, address(host_b, 7000)), 0);
        EXPECT_EQ(set(fd, SO_RCVTIMEO_OLD, std::array<s64, 2>{1, 0}), 0);
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
        EXPECT_EQ(receive(fd), 12);
        EXPECT_EQ(set(fd, SO_BUSY_POLL, busy_us), 0);
        return fd;
    }
    ssize_t receive(int fd, unsigned flags = 0) { return sys_recvfrom(fd, room, static_cast<int>(flags), nullptr); }
    [[nodiscard]] std::vector<std::string> calls() const { return entered(recorder); }
    [[nodiscard]] long count(const std::string &name) const {
        const auto all = calls();
        return std::count(all.begin(), all.end(), name);
    }
    [[nodiscard]] napi_struct &source() const { return netdev_priv<simnic_adapter>(dev)->vectors[0]->napi; }
    [[nodiscard]] bool masked() const { return netdev_priv<simnic_adapter>(dev)->hw.queues[0].masked; }
    [[nodiscard]] u64 busy_packets() const { return b->mib.net_statistics.mibs[LINUX_MIB_BUSYPOLLRXPACKETS]; }

    static inline BusyPoll *wire;
    std::vector<u8> room = std::vector<u8>(100);
    hrtimer timer;
};

TEST_F(BusyPoll, OptionsAreSetAndTold) {
    run([&] {
        EXPECT_EQ(sys_setns(b), 0);
        EXPECT_EQ(sysctl_set(init_net(), "net.core.busy_read", "20"), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(get(fd, SO_BUSY_POLL), 20) << "what a new socket begins with";
        EXPECT_EQ(set(fd, SO_BUSY_POLL, 50), 0);
        EXPECT_EQ(get(fd, SO_BUSY_POLL), 50);
        EXPECT_EQ(set(fd, SO_BUSY_POLL, -1), -EINVAL);
        EXPECT_EQ(set(fd, SO_PREFER_BUSY_POLL, 5), 0);
        EXPECT_EQ(get(fd, SO_PREFER_BUSY_POLL), 1);
        EXPECT_EQ(set(fd, SO_BUSY_POLL_BUDGET, 65536), -EINVAL);
        EXPECT_EQ(set(fd, SO_BUSY_POLL_BUDGET, 3), 0);
        EXPECT_EQ(get(fd, SO_INCOMING_NAPI_ID), 0) << "no packet yet";
        int value = 0;
        EXPECT_EQ(sys_getsockopt(fd, SOL_SOCKET, 999, {reinterpret_cast<u8 *>(&value), 4}), -ENOPROTOOPT);
        EXPECT_EQ(sys_getsockopt(99, SOL_SOCKET, SO_TYPE, {reinterpret_cast<u8 *>(&value), 4}), -EBADF);
    });
}

TEST_F(BusyPoll, ASocketLearnsItsSource) {
    run([&] {
        const int fd = reader(0);
        EXPECT_EQ(get(fd, SO_INCOMING_NAPI_ID), static_cast<int>(source().napi_id));
        EXPECT_GE(source().napi_id, MIN_NAPI_ID);
    });
}

TEST_F(BusyPoll, ThePacketIsFetchedWithoutSleeping) {
    run([&] {
        const int fd = reader(50);
        const u64 start = m.now_ns();
        frame_in(20 * us);
        recorder.set_on(true);
        EXPECT_EQ(receive(fd), 12);
        recorder.set_on(false);
        EXPECT_NEAR(static_cast<double>(m.now_ns() - start), 20.0 * us, 2.0 * us);
        EXPECT_FALSE(masked()) << "the interrupt is on again";
        EXPECT_EQ(source().state & (1UL << NAPI_STATE_SCHED | 1UL << NAPI_STATE_IN_BUSY_POLL), 0UL);
    });
    EXPECT_EQ(busy_packets(), 1u);
    EXPECT_EQ(count("net_rx_action"), 0) << "no softirq polled";
    EXPECT_EQ(count("schedule_timeout"), 0);
    for (const trace::Event &e : recorder.merged())
        EXPECT_NE(e.kind, SKBSCOPE_EV_SCHED_SLEEP);
    const auto all = calls();
    auto at = all.begin();
    for (const char *name : {"__skb_recv_udp", "napi_busy_loop", "napi_by_id", "simnic_poll", "napi_complete_done",
                             "sk_busy_loop_end", "simnic_poll", "napi_gro_receive", "udp_rcv", "sk_busy_loop_end",
                             "busy_poll_stop", "simnic_poll", "napi_complete_done"}) {
        at = std::find(at, all.end(), name);
        ASSERT_NE(at, all.end()) << name;
        ++at;
    }
}

TEST_F(BusyPoll, ItGivesUpAndSleeps) {
    run([&] {
        const int fd = reader(50);
        const u64 start = m.now_ns();
        const u64 interrupts = simnic_stats(dev).interrupts;
        frame_in(300 * us);
        recorder.set_on(true);
        EXPECT_EQ(receive(fd), 12);
        recorder.set_on(false);
        EXPECT_EQ(m.now_ns() - start, 300 * us) << "woken by the interrupt";
        EXPECT_EQ(simnic_stats(dev).interrupts, interrupts + 1);
    });
    EXPECT_EQ(busy_packets(), 0u);
    // One poll a microsecond, for 50 units of 1024 ns and the one that is begun.
    EXPECT_NEAR(static_cast<double>(count("sk_busy_loop_end")), 52.0, 2.0);
    EXPECT_EQ(count("busy_poll_stop"), 1);
    EXPECT_EQ(count("net_rx_action"), 1);
}

// MSG_DONTWAIT: one look at the card, no time passes.
TEST_F(BusyPoll, WhoWillNotWaitLooksOnce) {
    run([&] {
        const int fd = reader(0);
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes())); // its interrupt is not taken before the process stops
        EXPECT_EQ(receive(fd, MSG_DONTWAIT), -EAGAIN);
        EXPECT_EQ(set(fd, SO_BUSY_POLL, 50), 0);
        const u64 start = m.now_ns();
        recorder.set_on(true);
        EXPECT_EQ(receive(fd, MSG_DONTWAIT), 12);
        recorder.set_on(false);
        EXPECT_EQ(m.now_ns(), start);
    });
    EXPECT_EQ(count("simnic_poll"), 2) << "the look, and the one that gives the source back";
    EXPECT_EQ(count("sk_busy_loop_end"), 0);
}

TEST_F(BusyPoll, TheBudgetIsTheSockets) {
    run([&] {
        const int fd = reader(50);
        EXPECT_EQ(set(fd, SO_BUSY_POLL_BUDGET, 3), 0);
        for (int i = 0; i < 10; ++i)
            EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
        EXPECT_EQ(receive(fd, MSG_DONTWAIT), 12);
        EXPECT_EQ(busy_packets(), 3u);
        // The last poll took three more and was full: NET_RX_SOFTIRQ fetched the rest.
        for (int i = 1; i < 10; ++i)
            EXPECT_EQ(receive(fd, MSG_DONTWAIT), 12) << i;
        EXPECT_FALSE(masked());
    });
}

// With deferred interrupts the card stays silent between two reads.
TEST_F(BusyPoll, ReadersMayBePreferredToInterrupts) {
    dev->napi_defer_hard_irqs = 2;
    dev->gro_flush_timeout = 200 * us;
    run([&] {
        const int fd = reader(50);
        sys_nanosleep(2'000'000); // what the first packet deferred is over
        EXPECT_FALSE(masked());
        EXPECT_EQ(set(fd, SO_PREFER_BUSY_POLL, 1), 0);
        const u64 interrupts = simnic_stats(dev).interrupts;
        frame_in(10 * us); // before it is looked for: one interrupt, whose poll is the reader's
        EXPECT_EQ(receive(fd), 12);
        EXPECT_TRUE(masked()) << "the timer looks after it";
        const u64 after_first = simnic_stats(dev).interrupts;
        EXPECT_LE(after_first, interrupts + 1);
        frame_in(10 * us);
        EXPECT_EQ(receive(fd), 12);
        EXPECT_EQ(simnic_stats(dev).interrupts, after_first) << "none for the second";
        sys_nanosleep(2'000'000);
        EXPECT_FALSE(masked()) << "nobody read: interrupts are on again";
    });
    EXPECT_EQ(busy_packets(), 2u);
}

// What a recvmsg() calls: the socket says which source, how long, and how many packets at once.
TEST_F(BusyPoll, TheLoopIsTheSockets) {
    run([&] {
        const int fd = reader(50);
        file *f = fget(fd);
        sock *sk = sock_from_file(f)->sk;
        ASSERT_TRUE(sk_can_busy_loop(sk));
        recorder.set_on(true);
        u64 start = m.now_ns();
        sk_busy_loop(sk, true);
        EXPECT_EQ(m.now_ns(), start) << "one look";
        EXPECT_EQ(count("sk_busy_loop_end"), 0);
        frame_in(10 * us);
        sk_busy_loop(sk, false);
        EXPECT_FALSE(skb_queue_empty(&sk->sk_receive_queue) && skb_queue_empty(&udp_sk(sk)->reader_queue));
        EXPECT_NEAR(static_cast<double>(m.now_ns() - start), 10.0 * us, 2.0 * us);
        EXPECT_EQ(receive(fd, MSG_DONTWAIT), 12);
        start = m.now_ns();
        sk_busy_loop(sk, false);
        EXPECT_NEAR(static_cast<double>(m.now_ns() - start), 51.0 * us, 2.0 * us) << "nothing came: its time is over";
        sk->sk_napi_id = MIN_NAPI_ID - 1; // of a CPU: no source
        start = m.now_ns();
        sk_busy_loop(sk, false);
        EXPECT_EQ(m.now_ns(), start);
        recorder.set_on(false);
        fput(f);
    });
    EXPECT_EQ(count("napi_busy_loop"), 3);
}

TEST_F(BusyPoll, AnUnknownSourceIsNotWaitedFor) {
    run([&] {
        const u64 start = m.now_ns();
        napi_busy_loop(
            MIN_NAPI_ID + 1000, [](void *, unsigned long) { return false; }, nullptr, false, 8);
        EXPECT_EQ(m.now_ns(), start);
        const int fd = reader(50);
        sock *sk = sock_from_file(fget(fd))->sk;
        sk->sk_napi_id = 3; // of a CPU
        EXPECT_EQ(receive(fd, MSG_DONTWAIT), -EAGAIN);
        EXPECT_EQ(m.now_ns(), start);
    });
}

// Somebody else polls the source: the reader waits for what that one brings.
TEST_F(BusyPoll, ASourceIsPolledByOneOnly) {
    run([&] {
        const int fd = reader(50);
        set_bit(NAPI_STATE_SCHED, &source().state);
        EXPECT_EQ(set(fd, SO_PREFER_BUSY_POLL, 1), 0);
        recorder.set_on(true);
        EXPECT_EQ(receive(fd, MSG_DONTWAIT), -EAGAIN);
        recorder.set_on(false);
        EXPECT_TRUE(test_bit(NAPI_STATE_PREFER_BUSY_POLL, &source().state)) << "it is told";
        source().state &= ~(1UL << NAPI_STATE_SCHED | 1UL << NAPI_STATE_PREFER_BUSY_POLL);
    });
    EXPECT_EQ(count("simnic_poll"), 0);
    EXPECT_EQ(count("busy_poll_stop"), 0);
}

// On another CPU the card is taken down: that waits for the reader to let the source go.
TEST_F(BusyPoll, TheCardGoesDownWhileItIsPolled) {
    bool down = false;
    run([&] {
        const int fd = reader(500);
        EXPECT_EQ(set(fd, SO_RCVTIMEO_OLD, std::array<s64, 2>{0, 1000}), 0);
        create_process_on("admin", 1, [&] {
            EXPECT_EQ(link_set_up(b, "eth0", false), 0);
            down = true;
            EXPECT_FALSE(test_bit(NAPI_STATE_IN_BUSY_POLL, &source().state));
        });
        EXPECT_EQ(receive(fd), -EAGAIN);
        sys_nanosleep(10'000'000);
        EXPECT_TRUE(down);
        EXPECT_EQ(link_set_up(b, "eth0", true), 0);
        frame_in(10 * us);
        EXPECT_EQ(set(fd, SO_RCVTIMEO_OLD, std::array<s64, 2>{1, 0}), 0);
        EXPECT_EQ(receive(fd), 12) << "the source works again";
    });
}

} // namespace
} // namespace skbscope::stack
