// SPDX-License-Identifier: GPL-2.0-or-later
// Clones share one buffer: what is written through one of them is seen in all.
#include "machine_fixture.h"

#include "linux/skbuff.h"
#include "trace/call_tree.h"
#include "trace/state.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {
namespace {

using SharedBuffer = machine_fixture;

void writes_a_byte_through(sk_buff *skb, u32 at, u8 value) {
    TRACE_FN(skb);
    skb->data[at] = value;
}

trace::Side side_of(const trace::Recorder &recorder) {
    trace::Side side;
    side.events = recorder.merged();
    return side;
}

TEST_F(SharedBuffer, AByteWrittenThroughOneCloneIsSeenInAll) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    std::memset(skb_put(skb, 8), 'a', 8);
    sk_buff *one = nullptr, *two = nullptr;
    traced([&] {
        one = skb_clone(skb, GFP_KERNEL);
        two = skb_clone(one, GFP_KERNEL);
        writes_a_byte_through(skb, 2, 'b');
        writes_a_byte_through(two, 3, 'c');
    });
    const trace::Side side = side_of(recorder);
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::StateIndex states(side, tree);
    const auto last = static_cast<std::uint32_t>(side.events.size() - 1);
    for (const sk_buff *s : {skb, one, two}) {
        const trace::PacketState state = states.packet_at(s->trace_packet, last);
        ASSERT_GE(state.bytes.size(), 8u);
        EXPECT_EQ(std::string(state.bytes.begin(), state.bytes.begin() + 8), "aabcaaaa");
    }
    kfree_skb(two);
    kfree_skb(one);
    kfree_skb(skb);
}

// A buffer of its own (pskb_expand_head) no longer follows.
TEST_F(SharedBuffer, ABufferOfItsOwnKeepsWhatItHad) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    std::memset(skb_put(skb, 8), 'a', 8);
    sk_buff *clone = nullptr;
    traced([&] {
        clone = skb_clone(skb, GFP_KERNEL);
        writes_a_byte_through(skb, 2, 'b');
        ASSERT_EQ(pskb_expand_head(clone, 0, 0, GFP_KERNEL), 0);
        writes_a_byte_through(skb, 3, 'c');
    });
    const trace::Side side = side_of(recorder);
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::PacketState state =
        trace::StateIndex(side, tree)
            .packet_at(clone->trace_packet, static_cast<std::uint32_t>(side.events.size() - 1));
    ASSERT_GE(state.bytes.size(), 8u);
    EXPECT_EQ(std::string(state.bytes.begin(), state.bytes.begin() + 8), "aabaaaaa");
    kfree_skb(clone);
    kfree_skb(skb);
}

// What a morphed struct held is over, and what it holds from then on is another packet, a clone: so the bytes are
// known.
TEST_F(SharedBuffer, AMorphedStructIsAnotherPacketOnTheOthersBuffer) {
    sk_buff *skb = alloc_skb(100, GFP_KERNEL), *other = alloc_skb(200, GFP_KERNEL);
    std::memset(skb_put(skb, 8), 'a', 8);
    std::memset(skb_put(other, 8), 'x', 8);
    trace::PacketId before = trace::no_packet;
    traced([&] {
        writes_a_byte_through(skb, 1, 'b');
        writes_a_byte_through(other, 1, 'y');
        before = other->trace_packet;
        skb_morph(other, skb);
        writes_a_byte_through(skb, 2, 'c');
    });
    ASSERT_NE(other->trace_packet, before);
    const trace::Side side = side_of(recorder);
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::StateIndex states(side, tree);
    const auto last = static_cast<std::uint32_t>(side.events.size() - 1);
    const trace::PacketState now = states.packet_at(other->trace_packet, last);
    ASSERT_GE(now.bytes.size(), 8u);
    ASSERT_GE(now.known.size(), 8u);
    EXPECT_EQ(std::string(now.bytes.begin(), now.bytes.begin() + 8), "abcaaaaa");
    EXPECT_EQ(std::count(now.known.begin(), now.known.begin() + 8, 1), 8);
    const trace::PacketState was = states.packet_at(before, last);
    EXPECT_TRUE(was.freed);
    ASSERT_GE(was.bytes.size(), 8u);
    EXPECT_EQ(std::string(was.bytes.begin(), was.bytes.begin() + 8), "xyxxxxxx");
    kfree_skb(other);
    kfree_skb(skb);
}

} // namespace
} // namespace skbscope::stack
