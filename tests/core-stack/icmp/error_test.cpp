// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a packet nobody wants, and who is told.
#include "../sim/entered.h"
#include "../socket/hosts.h"

#include "linux/icmp.h"
#include "linux/ip.h"
#include "linux/netfilter_ipv4.h"
#include "net/icmp.h"

#include <utility>

namespace skbscope::stack {
namespace {

class IcmpError : public Hosts {
protected:
    static u64 sent(const net *ns, u8 type) { return ns->mib.icmpmsg_statistics.mibs[256U + type]; }
    static u64 received(const net *ns, u8 type) { return ns->mib.icmpmsg_statistics.mibs[type]; }
};

TEST_F(IcmpError, NoSocketRefusesAConnectedSender) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 9)), 0);
        EXPECT_EQ(send(s, 12), 12);
        EXPECT_EQ(udp_count(b, UDP_MIB_NOPORTS), 1U);
        EXPECT_EQ(sent(b, ICMP_DEST_UNREACH), 1U);
        EXPECT_EQ(received(a, ICMP_DEST_UNREACH), 1U);
        EXPECT_EQ(send(s, 12), -ECONNREFUSED); // told once
        EXPECT_EQ(receive(s, 10, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(IcmpError, ThePathOfARefusal) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 9)), 0);
        recorder.set_on(true);
        EXPECT_EQ(send(s, 12), 12);
        recorder.set_on(false);
    });
    expect_in_order(entered(recorder),
                    {"__udp4_lib_rcv", "__icmp_send", "icmpv4_global_allow", "icmp_global_allow", "icmp_route_lookup",
                     "icmpv4_xrlim_allow", "icmp_global_consume", "icmp_push_reply", "icmp_rcv", "icmp_unreach",
                     "icmp_socket_deliver", "udp_err"});
}

TEST_F(IcmpError, AnUnconnectedSenderIsNotTold) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 9, 12), 12);
        EXPECT_EQ(received(a, ICMP_DEST_UNREACH), 1U);
        EXPECT_EQ(receive(s, 10, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(IcmpError, UnlessItAskedForErrors) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_IP, IP_RECVERR, 1), 0);
        EXPECT_EQ(send_to(s, host_b, 9, 12), 12);
        EXPECT_EQ(send_to(s, host_b, 9, 12), -ECONNREFUSED);
        EXPECT_EQ(skb_peek(&sk_of(s)->sk_error_queue)->pkt_type, PACKET_OUTGOING);
        const Received failed = receive(s, 100, MSG_ERRQUEUE);
        EXPECT_EQ(failed.data, letters(12)); // what was sent
        EXPECT_EQ(failed.from.sin_addr, host_b);
        EXPECT_EQ(failed.from.sin_port, cpu_to_be16(9));
        EXPECT_EQ(receive(s, 100, MSG_ERRQUEUE).result, -EAGAIN);
    });
}

TEST_F(IcmpError, ASilentNeighbourIsAnUnreachableHost) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_IP, IP_RECVERR, 1), 0);
        EXPECT_EQ(sys_connect(s, address(ipv4(10, 9, 0, 77), 7000)), 0);
        EXPECT_EQ(send(s, 12), 12);
        EXPECT_EQ(sys_nanosleep(4'000'000'000), 0);
        EXPECT_EQ(receive(s, 10, MSG_DONTWAIT).result, -EHOSTUNREACH);
    });
}

TEST_F(IcmpError, TheNamespaceSendsABurstAndNoMore) {
    run([&] {
        const int s = udp_in(a);
        for (int i = 0; i < 300; ++i)
            EXPECT_EQ(send_to(s, host_b, 9, 1), 1);
        // Each takes 0 to 2 of 50 tokens; the peer's own bucket holds 6 a second, burst 6.
        EXPECT_EQ(udp_count(b, UDP_MIB_NOPORTS), 300U);
        EXPECT_GE(sent(b, ICMP_DEST_UNREACH), 1U);
        EXPECT_LE(sent(b, ICMP_DEST_UNREACH), 6U);
        EXPECT_GT(b->mib.icmp_statistics.mibs[ICMP_MIB_RATELIMITHOST], 200U);
    });
}

// icmp_send() by whoever refuses a packet, here a filter as REJECT is: the packet stays the caller's.
class IcmpSend : public IcmpError {
protected:
    IcmpSend() {
        ops = {.hook = ask, .priv = this, .pf = NFPROTO_IPV4, .hooknum = NF_INET_LOCAL_IN};
        EXPECT_EQ(nf_register_net_hook(b, &ops), 0);
    }
    ~IcmpSend() override { nf_unregister_net_hook(b, &ops); }
    static unsigned ask(void *self, sk_buff *skb, const nf_hook_state *) {
        static_cast<IcmpSend *>(self)->refuse(skb);
        return NF_DROP;
    }
    // A datagram from a that b's filter refuses like this.
    void refused(const std::function<void(sk_buff *)> &how) {
        refuse = [&how](sk_buff *skb) {
            const unsigned len = skb->len, users = refcount_read(&skb->users);
            const u8 *data = skb->data;
            how(skb);
            EXPECT_EQ(skb->len, len);
            EXPECT_EQ(skb->data, data);
            EXPECT_EQ(refcount_read(&skb->users), users);
        };
        run([&] {
            s = udp_in(a);
            EXPECT_EQ(set(s, SOL_IP, IP_RECVERR, 1), 0);
            EXPECT_EQ(send_to(s, host_b, 9, 600), 600);
            pending = receive(s, 1000, MSG_ERRQUEUE);
        });
    }
    nf_hook_ops ops;
    std::function<void(sk_buff *)> refuse;
    int s = -1;
    Received pending{};
};

TEST_F(IcmpSend, TellsTheSenderAndQuotesThePacket) {
    refused([](sk_buff *skb) { icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PKT_FILTERED, be32{}); });
    EXPECT_EQ(sent(b, ICMP_DEST_UNREACH), 1U);
    EXPECT_EQ(received(a, ICMP_DEST_UNREACH), 1U);
    // At most 576 bytes with all headers: 548 of the packet, 520 of its payload.
    EXPECT_EQ(pending.data, letters(520));
    EXPECT_EQ(pending.from.sin_addr, host_b);
    EXPECT_EQ(pending.from.sin_port, cpu_to_be16(9));
}

TEST_F(IcmpSend, TheTypeIsTheCallers) {
    refused([](sk_buff *skb) { icmp_send(skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, be32{}); });
    EXPECT_EQ(sent(b, ICMP_TIME_EXCEEDED), 1U);
    EXPECT_EQ(received(a, ICMP_TIME_EXCEEDED), 1U);
}

// RFC 1122, 3.2.2: about what nothing is said.
TEST_F(IcmpSend, IsSilentWhereItMustBe) {
    refused([](sk_buff *skb) {
        const auto send = [skb] { icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, be32{}); };
        iphdr *iph = ip_hdr(skb);
        skb->pkt_type = PACKET_BROADCAST;
        send();
        skb->pkt_type = PACKET_HOST;
        iph->frag_off = cpu_to_be16(1); // not the first fragment
        send();
        iph->frag_off = be16{};
        iph->protocol = IPPROTO_ICMP; // an error about an error (the type that is quoted stands where the port did)
        const u8 before = std::exchange(skb->data[iph->ihl * 4], u8{ICMP_DEST_UNREACH});
        send();
        skb->data[iph->ihl * 4] = before;
        iph->protocol = IPPROTO_UDP;
        const std::uintptr_t route = std::exchange(skb->_skb_refdst, 0); // it was never routed
        send();
        skb->_skb_refdst = route;
    });
    EXPECT_EQ(sent(b, ICMP_DEST_UNREACH), 0U);
    EXPECT_EQ(pending.result, -EAGAIN);
}

TEST_F(IcmpError, NoErrorAboutABroadcast) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
        EXPECT_EQ(send_to(s, ipv4(10, 9, 0, 255), 9, 1), 1);
        EXPECT_EQ(udp_count(b, UDP_MIB_IGNOREDMULTI), 1U);
        EXPECT_EQ(sent(b, ICMP_DEST_UNREACH), 0U);
    });
}

} // namespace
} // namespace skbscope::stack
