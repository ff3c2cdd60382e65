// SPDX-License-Identifier: GPL-2.0-or-later
// Options of the IPv4 header: read, refused, filled in on the way, and turned round for an answer.
#include "wire.h"

namespace skbscope::stack {
namespace {

// The options and nothing else: 0, or the errno and (in *where) the offset from the header that is wrong.
int compile(net *ns, const bytes &options, ip_options_rcu *out, int *where) {
    std::memcpy(out->data, options.data(), options.size());
    out->opt.optlen = static_cast<u8>(options.size());
    be32 info;
    const int err = __ip_options_compile(ns, &out->opt, nullptr, &info);
    *where = static_cast<int>(be32_to_cpu(info) >> 24);
    return err;
}

using Options = Hosts;

TEST_F(Options, AreFoundWhereTheyStand) {
    ip_options_rcu o{};
    int where = 0;
    ASSERT_EQ(compile(a, {1, 7, 7, 4, 0, 0, 0, 0, 148, 4, 0, 0}, &o, &where), 0);
    EXPECT_EQ(o.opt.rr, 21); // behind the NOP
    EXPECT_EQ(o.opt.router_alert, 28);
    EXPECT_EQ(o.opt.srr, 0);
}

TEST_F(Options, EndFillsTheRestWithEnds) {
    ip_options_rcu o{};
    int where = 0;
    ASSERT_EQ(compile(a, {1, 0, 9, 9}, &o, &where), 0);
    EXPECT_EQ(bytes(o.data, o.data + 4), (bytes{1, 0, 0, 0}));
    EXPECT_TRUE(o.opt.is_changed);
}

TEST_F(Options, WrongOnesAreRefusedWithTheirPlace) {
    const std::vector<std::pair<bytes, int>> wrong{
        {{7, 1, 4, 0}, 20},                // too short to have a length
        {{7, 9, 4, 0, 0, 0, 0, 0}, 20},    // longer than the header
        {{7, 7, 3, 0, 0, 0, 0, 0}, 22},    // pointer below the first slot
        {{1, 131, 2, 0}, 22},              // source route without a pointer
        {{1, 131, 7, 8, 10, 9, 0, 2}, 22}, // handed in by a user: must start at the first slot
        {{68, 8, 4, 0, 0, 0, 0, 0}, 22},   // time stamp pointer below the first slot
        {{148, 3, 0, 0}, 21},              // router alert of the wrong size
    };
    for (const auto &[options, place] : wrong) {
        ip_options_rcu o{};
        int where = 0;
        EXPECT_EQ(compile(a, options, &o, &where), -EINVAL) << int{options[0]} << ' ' << int{options[1]};
        EXPECT_EQ(where, place) << int{options[0]} << ' ' << int{options[1]};
    }
}

TEST_F(Options, FragmentsAfterTheFirstKeepOnlyWhatIsCopied) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    const bytes packet = ip_packet(host_a, host_b, 17, letters(8), 1, 0, 64, {7, 7, 4, 0, 0, 0, 0, 148, 4, 0, 0, 0});
    skb_put_data(skb, packet.data(), static_cast<unsigned>(packet.size()));
    skb_reset_network_header(skb);
    IPCB(skb)->opt = {};
    IPCB(skb)->opt.optlen = 12;
    ip_options_fragment(skb);
    const u8 *o = skb->data + 20;
    EXPECT_EQ(bytes(o, o + 12), (bytes{1, 1, 1, 1, 1, 1, 1, 148, 4, 0, 0, 0}));
    EXPECT_EQ(IPCB(skb)->opt.rr, 0);
    kfree_skb(skb);
}

using RoutedOptions = Routed;

TEST_F(RoutedOptions, ARecordedRouteNamesTheRouterAndTheReceiver) {
    run([&] {
        udp_bound(c, host_c, 7000);
        const Wire into(r, "vb"), wire(c, "vc");
        const bytes room{7, 15, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        into.receive_ip(ip_packet(host_a, host_c, 17, udp_datagram(1, 7000, letters(4)), 1, 0, 64, room));
        ASSERT_EQ(wire.packets().size(), 1U);
        const bytes packet = wire.packets()[0];
        EXPECT_EQ(packet[22], 8); // the pointer went on by one slot
        EXPECT_EQ(bytes(packet.begin() + 23, packet.begin() + 27), (bytes{10, 8, 0, 1}));
        EXPECT_EQ(ip_fast_csum(packet.data(), 9), sum16{});
    });
}

TEST_F(RoutedOptions, ASourceRouteIsRefusedUnlessAllowed) {
    const bytes through_r{131, 7, 4, 10, 8, 0, 2, 0};
    const auto arrives = [&] {
        const Wire into(r, "vb"), wire(c, "vc");
        into.receive_ip(ip_packet(host_a, host_b, 17, udp_datagram(1, 7000, letters(4)), 1, 0, 64, through_r));
        return wire.packets();
    };
    run([&] {
        EXPECT_TRUE(arrives().empty());
        expect(sysctl_set(r, "net.ipv4.conf.all.accept_source_route", "1"));
        expect(sysctl_set(r, "net.ipv4.conf.vb.accept_source_route", "1"));
        const auto packets = arrives();
        ASSERT_EQ(packets.size(), 1U);
        EXPECT_EQ(header_of(packets[0]).daddr, host_c);
        EXPECT_EQ(bytes(packets[0].begin() + 20, packets[0].begin() + 27), (bytes{131, 7, 8, 10, 8, 0, 1}));
    });
}

} // namespace
} // namespace skbscope::stack
