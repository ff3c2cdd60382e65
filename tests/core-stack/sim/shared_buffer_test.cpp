// SPDX-License-Identifier: GPL-2.0-or-later
// Clones share one buffer: what is written through one of them is seen in all.
#include "machine_fixture.h"

#include "linux/skbuff.h"
#include "trace/call_tree.h"
#include "trace/state.h"

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

} // namespace
} // namespace skbscope::stack
