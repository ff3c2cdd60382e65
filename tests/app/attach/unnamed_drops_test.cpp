// SPDX-License-Identifier: GPL-2.0-or-later
// A quarter of what a flood drops has no reason. 6.1 calls kfree_skb(), which names none, in these functions, and the
// model is to drop without a reason there and nowhere else.
#include "app/attach/attachment.h"
#include "flood_frames.h"
#include "trace/call_tree.h"
#include "trace/drop_reasons.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace skbscope::app {
namespace {

// Whose caller is the one that drops.
bool only_frees(std::string_view function) {
    static constexpr std::array helpers = {"kfree_skb",         "kfree_skb_reason", "kfree_skb_list_reason",
                                           "kfree_skb_list",    "skb_release_data", "skb_release_all",
                                           "__skb_queue_purge", "__kfree_skb"};
    return std::ranges::find(helpers, function) != helpers.end();
}

// The functions that dropped without a reason.
std::set<std::string> dropped_unnamed(const trace::Side &side) {
    const trace::CallTree tree = trace::build_call_tree(side);
    std::set<std::string> functions;
    for (std::uint32_t i = 0; i < side.events.size(); ++i) {
        const trace::Event &e = side.events[i];
        if (e.kind != SKBSCOPE_EV_DROP) continue;
        if (trace::drop_reason_of_6_1(e.drop.reason) != "SKB_DROP_REASON_NOT_SPECIFIED") continue;
        std::uint32_t call = tree.call_at[i];
        while (call != trace::npos && only_frees(side.function_name(tree.calls[call].fn)))
            call = tree.calls[call].parent;
        functions.emplace(call == trace::npos ? "none" : side.function_name(tree.calls[call].fn));
    }
    return functions;
}

TEST(UnnamedDrops, AreWhereTheKernelNamesNoReason) {
    constexpr unsigned frames = 4'000;
    AttachOptions o;
    o.address = inet_addr("10.9.0.2");
    o.services = {{ServiceKind::echo, 7}, {ServiceKind::discard, 9}, {ServiceKind::chargen, 19}};
    o.record = o.direct = true;
    test::MemoryWire wire;
    Attachment model(o, wire, nullptr);
    ASSERT_TRUE(model.begin());
    const auto &m = model.mac();
    test::FloodFrames flood({m.begin(), m.end()}, 7);
    for (unsigned i = 0; i < frames; ++i)
        wire.arrive(flood.next());
    unsigned looks = 0;
    ASSERT_TRUE(model.run(wire.descriptor(), [&looks] { return ++looks > frames / 64 + 20; }));
    const auto side = model.side();
    ASSERT_TRUE(side);
    // net/ipv4/arp.c:999, net/ipv4/inet_fragment.c:280, net/ipv4/ip_fragment.c:400 of Debian's 6.1
    EXPECT_THAT(dropped_unnamed(*side), testing::ElementsAre("arp_rcv", "inet_frag_rbtree_purge", "ip_frag_queue"));
}

} // namespace
} // namespace skbscope::app
