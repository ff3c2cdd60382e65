// SPDX-License-Identifier: GPL-2.0-or-later
// What the tracer writes: calls paired and nested, states as they are in memory, bytes when they change.
#include "machine_fixture.h"

#include "linux/skbuff.h"
#include "net/net_namespace.h"
#include "sim/netconfig.h"

#include <cstring>

namespace skbscope::stack {
namespace {

using Tracing = machine_fixture;

int a_leaf_that_no_kernel_has(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(-7);
}

int writes_a_byte(sk_buff *skb, u32 at, u8 value) {
    TRACE_FN(skb);
    skb->data[at] = value;
    return a_leaf_that_no_kernel_has(skb);
}

std::vector<trace::Event> bytes_of(const std::vector<trace::Event> &all) {
    std::vector<trace::Event> found;
    for (const trace::Event &e : all)
        if (e.kind == SKBSCOPE_EV_EXT_BYTES) found.push_back(e);
    return found;
}

TEST_F(Tracing, PairsEnterAndLeaveWithTheReturnValue) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    traced([&] { a_leaf_that_no_kernel_has(skb); });
    const auto enters = events(SKBSCOPE_EV_ENTER), leaves = events(SKBSCOPE_EV_LEAVE);
    ASSERT_EQ(enters.size(), 1u);
    ASSERT_EQ(leaves.size(), 1u);
    EXPECT_EQ(enters[0].fn, leaves[0].fn);
    EXPECT_GE(enters[0].fn, trace::Catalogue::builtin().size()); // an extra function
    EXPECT_EQ(enters[0].task, 100u);
    EXPECT_TRUE(leaves[0].state & SKBSCOPE_STATE_HAS_RET);
    EXPECT_EQ(s64{leaves[0].leave.ret}, -7);
    EXPECT_TRUE(trace::has_snapshot(enters[0]));
    EXPECT_EQ(enters[0].skb.end, 192u);
    EXPECT_EQ(enters[0].skb.truesize, 768u);
    EXPECT_EQ(enters[0].skb.users, 1u);
    EXPECT_EQ(enters[0].skb.mac, SKBSCOPE_OFFSET_UNSET);
    kfree_skb(skb);
}

TEST_F(Tracing, IsSilentWhileOff) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    a_leaf_that_no_kernel_has(skb);
    kfree_skb(skb);
    EXPECT_EQ(recorder.size(), 0u);
}

TEST_F(Tracing, KnowsTheCatalogueAndWhatIsInline) {
    traced([] { kfree_skb(alloc_skb(10, GFP_KERNEL)); });
    const auto names = calls();
    EXPECT_EQ(names,
              (std::vector<std::string>{"alloc_skb", "__alloc_skb", "kmalloc_reserve", "__build_skb_around",
                                        "kfree_skb_reason", "__kfree_skb", "skb_release_all", "skb_release_head_state",
                                        "skb_release_data", "skb_free_head", "kfree_skbmem"}));
    const auto enters = events(SKBSCOPE_EV_ENTER);
    EXPECT_TRUE(enters[0].state & SKBSCOPE_STATE_INLINE);  // alloc_skb
    EXPECT_FALSE(enters[1].state & SKBSCOPE_STATE_INLINE); // __alloc_skb
}

TEST_F(Tracing, TellsTheWholeLifeOfABuffer) {
    traced([] {
        sk_buff *skb = alloc_skb(100, GFP_KERNEL);
        skb_reserve(skb, 30);
        skb_put(skb, 20);
        skb_push(skb, 14);
        skb_pull(skb, 10);
        skb_trim(skb, 5);
        consume_skb(skb);
    });
    const unsigned kinds[] = {SKBSCOPE_EV_ALLOC, SKBSCOPE_EV_RESERVE, SKBSCOPE_EV_PUT,       SKBSCOPE_EV_PUSH,
                              SKBSCOPE_EV_PULL,  SKBSCOPE_EV_TRIM,    SKBSCOPE_EV_HEAD_FREE, SKBSCOPE_EV_FREE};
    for (const unsigned kind : kinds) {
        const auto found = events(kind);
        ASSERT_EQ(found.size(), 1u) << trace::kind_name(kind);
        EXPECT_EQ(found[0].packet, 1u) << trace::kind_name(kind);
    }
    const auto push = events(SKBSCOPE_EV_PUSH)[0];
    EXPECT_EQ(push.skb.headroom, 16);
    EXPECT_EQ(push.skb.len, 34u);
    EXPECT_EQ(events(SKBSCOPE_EV_FREE)[0].drop.reason, 0u); // consumed, not dropped
    EXPECT_TRUE(events(SKBSCOPE_EV_DROP).empty());
    std::vector<s64> amounts;
    for (const auto &e : events(SKBSCOPE_EV_EXT_AMOUNT))
        amounts.push_back(e.amount.bytes);
    EXPECT_EQ(amounts, (std::vector<s64>{100, 30, 20, 14, 10, 19}));
}

TEST_F(Tracing, ADropCarriesItsReason) {
    traced([] { kfree_skb_reason(alloc_skb(10, GFP_KERNEL), SKB_DROP_REASON_NO_SOCKET); });
    ASSERT_EQ(events(SKBSCOPE_EV_DROP).size(), 1u);
    EXPECT_EQ(events(SKBSCOPE_EV_DROP)[0].drop.reason, u32{SKB_DROP_REASON_NO_SOCKET});
    EXPECT_EQ(events(SKBSCOPE_EV_FREE)[0].drop.reason, u32{SKB_DROP_REASON_NO_SOCKET});
}

TEST_F(Tracing, ANewPacketAtAnOldAddressIsAnotherPacket) {
    traced([] {
        kfree_skb(alloc_skb(10, GFP_KERNEL));
        kfree_skb(alloc_skb(10, GFP_KERNEL));
    });
    const auto ids = events(SKBSCOPE_EV_EXT_IDENTITY);
    ASSERT_EQ(ids.size(), 2u);
    EXPECT_NE(ids[0].packet, ids[1].packet);
    EXPECT_EQ(u64{ids[0].identity.skb}, u64{ids[1].identity.skb});
    EXPECT_EQ(u64{ids[0].identity.head}, u64{ids[1].identity.head});
    EXPECT_GE(u64{ids[0].identity.skb}, 0xffff888000000000u);
}

TEST_F(Tracing, RecordsBytesAtFirstSightAndWhenTheyChange) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    std::memcpy(skb_put(skb, 40), "abcdefghijklmnopqrstuvwxyzabcdefghijklmn", 40);
    traced([&] {
        a_leaf_that_no_kernel_has(skb);
        a_leaf_that_no_kernel_has(skb);
        writes_a_byte(skb, 33, '!');
    });
    const auto records = bytes_of(recorder.merged());
    ASSERT_EQ(records.size(), 3u); // 32 + 8 at first sight, then one byte
    EXPECT_EQ(records[0].bytes.offset, 0);
    EXPECT_EQ(records[0].bytes.count, 32);
    EXPECT_EQ(std::memcmp(records[0].bytes.data, "abcdefghijklmnopqrstuvwxyzabcdef", 32), 0);
    EXPECT_EQ(records[1].bytes.offset, 32);
    EXPECT_EQ(records[1].bytes.count, 8);
    EXPECT_EQ(records[2].bytes.offset, 33);
    EXPECT_EQ(records[2].bytes.count, 1);
    EXPECT_EQ(records[2].bytes.data[0], '!');
    kfree_skb(skb);
}

// A long packet is compared as a whole when a function leaves.
TEST_F(Tracing, FindsAChangeFarBehind) {
    sk_buff *skb = alloc_skb(2000, GFP_KERNEL);
    skb_put(skb, 1500);
    traced([&] {
        a_leaf_that_no_kernel_has(skb);
        recorder.clear();
        writes_a_byte(skb, 1400, 1);
    });
    const auto records = bytes_of(recorder.merged());
    ASSERT_EQ(records.size(), 1u);
    EXPECT_EQ(records[0].bytes.offset, 1400);
    kfree_skb(skb);
}

TEST_F(Tracing, AMovedHeadDoesNotChangeItsBytes) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    std::memset(skb_put(skb, 40), 'x', 40);
    traced([&] {
        a_leaf_that_no_kernel_has(skb);
        recorder.clear();
        ASSERT_EQ(pskb_expand_head(skb, 64, 0, GFP_KERNEL), 0);
        a_leaf_that_no_kernel_has(skb);
    });
    EXPECT_TRUE(bytes_of(recorder.merged()).empty());
    ASSERT_EQ(events(SKBSCOPE_EV_EXPAND).size(), 1u);
    EXPECT_EQ(events(SKBSCOPE_EV_EXPAND)[0].skb.headroom, 64);
    kfree_skb(skb);
}

TEST_F(Tracing, ACloneNamesItsOriginal) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    skb_put(skb, 10);
    traced([&] { kfree_skb(skb_clone(skb, GFP_KERNEL)); });
    const auto clone = events(SKBSCOPE_EV_CLONE);
    const auto lineage = events(SKBSCOPE_EV_EXT_LINEAGE);
    ASSERT_EQ(clone.size(), 1u);
    ASSERT_EQ(lineage.size(), 1u);
    EXPECT_EQ(lineage[0].packet, clone[0].packet);
    EXPECT_NE(lineage[0].lineage.other_packet, clone[0].packet);
    EXPECT_EQ(clone[0].skb.dataref, 2);
    EXPECT_TRUE(trace::cloned_of(clone[0].skb));
    kfree_skb(skb);
}

TEST_F(Tracing, NumbersItsRecordsWithoutHoles) {
    traced([] {
        for (int i = 0; i < 50; ++i)
            kfree_skb(alloc_skb(10, GFP_KERNEL));
    });
    const auto all = recorder.merged();
    for (std::size_t i = 0; i < all.size(); ++i) {
        ASSERT_EQ(all[i].seq, i);
        if (i == 0) continue;
        ASSERT_GT(all[i].time, all[i - 1].time);
    }
}

TEST_F(Tracing, AFunctionIsWhereItsPacketIs) {
    net *a = netns_add("a");
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    skb->dev = a->loopback_dev;
    traced([&] { a_leaf_that_no_kernel_has(skb); });
    const auto e = events(SKBSCOPE_EV_ENTER)[0];
    EXPECT_EQ(recorder.hosts().at(e.host), "a");
    EXPECT_EQ(recorder.devices().at(e.device), "lo");
    kfree_skb(skb);
}

} // namespace
} // namespace skbscope::stack
