// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/state.h"

#include "random.h"
#include "side_builder.h"
#include "trace/packet_replay.h"

#include <gtest/gtest.h>
#include <map>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using test::snapshot_of;

TEST(State, FollowsThePacketThroughItsOperations) {
    SideBuilder b;
    b.packet(1).snapshot(SKBSCOPE_EV_ALLOC, "__alloc_skb", snapshot_of(0, 0));
    b.snapshot(SKBSCOPE_EV_RESERVE, "skb_reserve", snapshot_of(16, 0));
    b.snapshot(SKBSCOPE_EV_PUT, "skb_put", snapshot_of(16, 40));
    b.snapshot(SKBSCOPE_EV_ENTER, "ip_output", snapshot_of(16, 40));
    b.bytes(16, std::string(40, 'x'));
    b.snapshot(SKBSCOPE_EV_PUSH, "skb_push", snapshot_of(2, 54)).device = 3;
    b.add(SKBSCOPE_EV_FREE, "kfree_skb_reason");
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree);

    PacketState s = index.packet_at(1, 0);
    EXPECT_TRUE(s.seen);
    EXPECT_EQ(s.last_op, npos);
    s = index.packet_at(1, 3);
    EXPECT_EQ(s.snapshot_event, 3U);
    EXPECT_EQ(s.last_op, 2U); // the put; entering ip_output moved nothing
    EXPECT_EQ(s.before_op.len, 0U);
    EXPECT_TRUE(s.bytes.empty());
    s = index.packet_at(1, 5);
    ASSERT_EQ(s.bytes.size(), 56U);
    EXPECT_EQ(s.known[15], 0);
    EXPECT_EQ(s.known[16], 1);
    EXPECT_EQ(s.bytes[55], 'x');
    s = index.packet_at(1, 6);
    EXPECT_EQ(s.last_op, 6U);
    EXPECT_EQ(s.before_op.headroom, 16U);
    EXPECT_EQ(s.device, 3U);
    EXPECT_FALSE(s.freed);
    EXPECT_TRUE(index.packet_at(1, 7).freed);
    EXPECT_TRUE(index.packet_at(1, 1000).freed); // past the end: the last event
    const std::vector<std::uint32_t> changes{0, 1, 2, 4, 5, 6, 7};
    EXPECT_EQ(std::vector<std::uint32_t>(index.changes(1).begin(), index.changes(1).end()), changes);
    EXPECT_FALSE(index.packet_at(2, 7).seen);
    EXPECT_TRUE(index.changes(2).empty());
}

TEST(State, KnowsCallPacketAndQueuesOfAnInstant) {
    SideBuilder b;
    b.packet(1).enter("enqueue_to_backlog");
    Event &q = b.add(SKBSCOPE_EV_ENQUEUE);
    q.queue = {1, 1, 1000, 0, {}};
    b.leave("enqueue_to_backlog");
    b.packet(no_packet).enter("net_rx_action");
    b.packet(2).add(SKBSCOPE_EV_DEQUEUE).queue = {1, 0, 1000, 0, {}};
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree);
    EXPECT_TRUE(index.at(0).queues.empty());
    ASSERT_EQ(index.at(1).queues.size(), 1U);
    EXPECT_EQ(index.at(1).queues[0].length, 1U);
    EXPECT_EQ(index.at(2).call, 0U);
    EXPECT_EQ(index.at(3).call, 1U);
    EXPECT_EQ(index.at(3).packet, 1U); // the last one there was
    EXPECT_EQ(index.at(4).packet, 2U);
    EXPECT_EQ(index.at(4).queues[0].length, 0U);
    EXPECT_EQ(index.at(4).queues[0].last_event, 4U);
    EXPECT_EQ(index.at(99).event, 4U);
}

TEST(State, OfNothingIsNothing) {
    const Side side;
    const CallTree tree = build_call_tree(side);
    const StateIndex index(side, tree);
    EXPECT_EQ(index.at(0).event, npos);
    EXPECT_FALSE(index.packet_at(1, 0).seen);
}

TEST(State, KeepsBytesInPlaceWhenTheBufferMoves) {
    SideBuilder b;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "pskb_expand_head", snapshot_of(16, 4));
    b.bytes(16, "abcd");
    b.snapshot(SKBSCOPE_EV_EXPAND, "pskb_expand_head", snapshot_of(80, 4));
    const CallTree tree = build_call_tree(b.side);
    const PacketState s = StateIndex(b.side, tree).packet_at(1, 2);
    ASSERT_EQ(s.bytes.size(), 84U);
    EXPECT_EQ(s.bytes[80], 'a');
    EXPECT_EQ(s.known[16], 0);
    EXPECT_EQ(s.known[83], 1);
}

TEST(State, LetsClonesLookIntoTheSharedBuffer) {
    SideBuilder b;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "skb_clone", snapshot_of(16, 4)); // 0
    b.identity(0x100, 0x2000);
    b.bytes(16, "abcd");                                                      // 2
    b.packet(2).snapshot(SKBSCOPE_EV_CLONE, "skb_clone", snapshot_of(16, 4)); // 3
    b.add(SKBSCOPE_EV_EXT_LINEAGE).lineage.other_packet = 1;
    b.identity(0x200, 0x2000);                                                // 5
    b.packet(3).snapshot(SKBSCOPE_EV_CLONE, "skb_clone", snapshot_of(16, 4)); // 6
    b.identity(0x300, 0x9000);                                                // another buffer: it does not share
    b.add(SKBSCOPE_EV_EXT_LINEAGE).lineage.other_packet = 1;                  // 8
    b.packet(2).bytes(17, "X");                                               // 9: written under the clone
    b.packet(1).bytes(18, "Y");                                               // 10: and under the original
    b.packet(2).add(SKBSCOPE_EV_FREE);                                        // 11
    b.packet(1).bytes(19, "Z");                                               // 12
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree);
    const auto text = [&](PacketId id, std::uint32_t event) {
        const PacketState s = index.packet_at(id, event);
        return s.bytes.size() < 20 ? std::string() : std::string(s.bytes.begin() + 16, s.bytes.end());
    };
    EXPECT_EQ(text(2, 2), "");
    EXPECT_EQ(text(2, 3), "abcd"); // from its first record on
    EXPECT_EQ(text(1, 9), "aXcd");
    EXPECT_EQ(text(2, 10), "aXYd");
    EXPECT_EQ(text(2, 12), "aXYd"); // what comes after its end is not its own
    EXPECT_EQ(text(1, 12), "aXYZ");
    EXPECT_EQ(text(3, 12), "");
    const auto changes = [&](PacketId id) {
        return std::vector<std::uint32_t>(index.changes(id).begin(), index.changes(id).end());
    };
    EXPECT_EQ(changes(1), (std::vector<std::uint32_t>{0, 2, 9, 10, 12}));
    EXPECT_EQ(changes(2), (std::vector<std::uint32_t>{3, 9, 10, 11}));
}

TEST(State, LetsACloneBringBytesThatWereToldBeforeItsLineage) {
    // As the agent tells a clone: identity, bytes, and only then where it came from.
    SideBuilder b;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "skb_clone", snapshot_of(16, 4));
    b.identity(0x100, 0x2000);
    b.packet(2).snapshot(SKBSCOPE_EV_CLONE, "skb_clone", snapshot_of(16, 4));
    b.identity(0x200, 0x2000);
    b.bytes(16, "abcd");
    b.add(SKBSCOPE_EV_EXT_LINEAGE).lineage.other_packet = 1;
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree);
    EXPECT_EQ(index.packet_at(1, 4).bytes.size(), 20U); // one buffer, whoever it is told of
    EXPECT_EQ(index.packet_at(2, 4).bytes.size(), 20U);
}

TEST(State, KeepsCostsDownForHostileClones) {
    SideBuilder b;
    constexpr PacketId count = 20'000;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "skb_clone", snapshot_of(16, 4));
    b.identity(1, 0x2000);
    for (PacketId id = 2; id < count; ++id) {
        b.packet(id).identity(id, 0x2000);
        b.bytes(16, "abcd");
    }
    for (PacketId id = count - 1; id > 1; --id)
        b.packet(id).add(SKBSCOPE_EV_CLONE_OF).lineage.other_packet = id - 1;
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree); // an answer, soon
    EXPECT_TRUE(index.packet_at(count / 2, 1000 * count).seen);
}

TEST(State, ShowsAMoveThatNoOperationRecorded) {
    // A kernel whose skb_pull_inline cannot be watched: the next function sees the pointer elsewhere.
    SideBuilder b(SideKind::kernel);
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "eth_type_trans", snapshot_of(2, 54));
    b.snapshot(SKBSCOPE_EV_ENTER, "__netif_rx", snapshot_of(16, 40));
    const CallTree tree = build_call_tree(b.side);
    const PacketState s = StateIndex(b.side, tree).packet_at(1, 1);
    EXPECT_EQ(s.last_op, 1U);
    EXPECT_EQ(s.before_op.headroom, 2U);
}

TEST(State, ALeaveDoesNotMoveThePacketBack) {
    // eth_type_trans is entered with the sender's device and gives the packet the receiver's.
    SideBuilder b;
    const auto on = [](Event &e, std::uint16_t device, std::uint8_t host) {
        e.device = device;
        e.host = host;
    };
    b.packet(1);
    on(b.snapshot(SKBSCOPE_EV_ENTER, "eth_type_trans", snapshot_of(2, 54)), 1, 1);
    on(b.snapshot(SKBSCOPE_EV_ENTER, "skb_pull_inline", snapshot_of(2, 54)), 2, 2);
    on(b.leave("skb_pull_inline"), 2, 2);
    on(b.leave("eth_type_trans"), 1, 1);
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree);
    EXPECT_EQ(index.packet_at(1, 0).device, 1U);
    EXPECT_EQ(index.packet_at(1, 3).device, 2U);
    EXPECT_EQ(index.packet_at(1, 3).host, 2U);
}

TEST(State, HoldsNoMoreMemoryThanATraceIsLarge) {
    // One record each that names the far end of a buffer: must not cost 128 KiB a packet.
    SideBuilder b;
    for (PacketId id = 1; id <= 20'000; ++id) {
        b.packet(id);
        b.bytes(65'500, std::string(32, 'x'));
    }
    const CallTree tree = build_call_tree(b.side);
    const StateIndex index(b.side, tree); // would be 2.6 GB
    EXPECT_EQ(index.packet_at(20'000, 30'000).bytes.size(), 65'532U);
}

// What the checkpoints must agree with. No clones here: each packet has its buffer to itself.
struct Replay {
    static void move_bytes(PacketState &p, const Snapshot &before) {
        std::map<std::int64_t, std::uint8_t> kept;
        for (std::size_t i = 0; i < p.bytes.size(); ++i)
            if (p.known[i] != 0) kept[static_cast<std::int64_t>(i) + p.skb.headroom - before.headroom] = p.bytes[i];
        p.bytes.clear();
        p.known.clear();
        for (const auto &[at, value] : kept)
            if (at >= 0) set(p, static_cast<std::size_t>(at), value);
    }
    static void write_bytes(PacketState &p, const skbscope_bytes &b) {
        for (unsigned i = 0; i < std::min<unsigned>(b.count, SKBSCOPE_BYTES_MAX); ++i)
            set(p, b.offset + i, b.data[i]);
    }
    static void set(PacketState &p, std::size_t at, std::uint8_t value) {
        if (p.bytes.size() <= at) {
            p.bytes.resize(at + 1);
            p.known.resize(at + 1);
        }
        p.bytes[at] = value;
        p.known[at] = 1;
    }

    std::map<PacketId, PacketState> packets;
    std::map<std::uint32_t, QueueState> queues;
    PacketId focus = no_packet;

    void apply(const Event &e, std::uint32_t i) {
        if (e.packet != no_packet) {
            PacketState &p = packets[e.packet];
            const Snapshot before = p.skb;
            const bool had_snapshot = p.snapshot_event != npos;
            apply_to_packet(p, e, i);
            if (has_snapshot(e) && e.kind == SKBSCOPE_EV_EXPAND && had_snapshot && !p.freed) move_bytes(p, before);
            if (e.kind == SKBSCOPE_EV_EXT_BYTES && !p.freed) write_bytes(p, e.bytes);
            focus = e.packet;
        }
        if (e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE)
            queues[e.queue.queue] = {e.queue.queue, e.queue.length, e.queue.limit, e.queue.bytes, i};
    }
};

void expect_same(const PacketState &a, const PacketState &b, std::uint32_t event) {
    ASSERT_EQ(a.seen, b.seen) << event;
    ASSERT_EQ(a.freed, b.freed) << event;
    ASSERT_EQ(std::memcmp(&a.skb, &b.skb, sizeof a.skb), 0) << event;
    ASSERT_EQ(a.snapshot_event, b.snapshot_event) << event;
    for (std::size_t i = 0; i < std::max(a.bytes.size(), b.bytes.size()); ++i) {
        const bool in_a = i < a.known.size() && a.known[i] != 0, in_b = i < b.known.size() && b.known[i] != 0;
        ASSERT_EQ(in_a, in_b) << event << " byte " << i;
        ASSERT_TRUE(!in_a || a.bytes[i] == b.bytes[i]) << event << " byte " << i;
    }
    ASSERT_EQ(a.last_op, b.last_op) << event;
    ASSERT_EQ(std::memcmp(&a.before_op, &b.before_op, sizeof a.before_op), 0) << event;
    ASSERT_EQ(a.frags, b.frags) << event;
    ASSERT_EQ(a.device, b.device) << event;
    ASSERT_EQ(a.host, b.host) << event;
}

Side random_side(unsigned seed, unsigned events) {
    test::Random random(seed);
    SideBuilder b;
    const unsigned kinds[] = {SKBSCOPE_EV_ENTER,     SKBSCOPE_EV_LEAVE,    SKBSCOPE_EV_PUT,     SKBSCOPE_EV_PULL,
                              SKBSCOPE_EV_EXPAND,    SKBSCOPE_EV_FREE,     SKBSCOPE_EV_ENQUEUE, SKBSCOPE_EV_DEQUEUE,
                              SKBSCOPE_EV_EXT_BYTES, SKBSCOPE_EV_EXT_FRAGS};
    for (unsigned i = 0; i < events; ++i) {
        b.packet(random.below(4));
        unsigned kind = kinds[random.below(std::size(kinds))];
        if (kind == SKBSCOPE_EV_EXPAND && !random.one_in(10)) kind = SKBSCOPE_EV_PUSH;
        if (kind == SKBSCOPE_EV_FREE && !random.one_in(20)) kind = SKBSCOPE_EV_TRIM;
        Event &e = b.add(kind, "ip_rcv");
        for (auto &byte : e.payload)
            byte = static_cast<std::uint8_t>(random.below(random.one_in(3) ? 256 : 3));
        e.device = static_cast<std::uint16_t>(random.below(3));
        e.host = static_cast<std::uint8_t>(random.below(3));
        if (random.one_in(2)) e.state |= SKBSCOPE_STATE_HAS_SKB;
        if (e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE) e.queue.queue = random.below(5);
        if (e.kind == SKBSCOPE_EV_EXT_BYTES) e.bytes.offset = static_cast<std::uint16_t>(random.below(3000));
        if (has_snapshot(e)) e.skb.headroom = static_cast<std::uint16_t>(random.below(300));
    }
    return b.side;
}

TEST(State, IsThatOfAReplayForwardsAndBackwards) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const Side side = random_side(seed, 1500);
        const CallTree tree = build_call_tree(side);
        const StateIndex index(side, tree);
        std::vector<Replay> at;
        Replay now;
        for (std::uint32_t i = 0; i < side.events.size(); ++i) {
            now.apply(side.events[i], i);
            if (i % 7 == 0 || i > side.events.size() - 40)
                at.push_back(now);
            else
                at.emplace_back();
        }
        const auto check = [&](std::uint32_t i) {
            if (!(i % 7 == 0 || i > side.events.size() - 40)) return;
            const Instant instant = index.at(i);
            ASSERT_EQ(instant.packet, at[i].focus);
            ASSERT_EQ(instant.queues.size(), at[i].queues.size());
            for (const QueueState &q : instant.queues) {
                const QueueState &wanted = at[i].queues.at(q.queue);
                ASSERT_EQ(q.length, wanted.length);
                ASSERT_EQ(q.last_event, wanted.last_event);
            }
            for (PacketId id = 1; id < 4; ++id)
                expect_same(index.packet_at(id, i), at[i].packets[id], i);
        };
        for (std::uint32_t i = 0; i < side.events.size(); ++i)
            check(i);
        for (std::uint32_t i = static_cast<std::uint32_t>(side.events.size()); i-- > 0;)
            check(i);
    }
}

TEST(State, ChangesAreWhereItChanges) {
    const Side side = random_side(9, 800);
    const CallTree tree = build_call_tree(side);
    const StateIndex index(side, tree);
    for (PacketId id = 1; id < 4; ++id) {
        const auto changes = index.changes(id);
        PacketState before;
        for (std::uint32_t i = 0; i < side.events.size(); ++i) {
            const PacketState now = index.packet_at(id, i);
            const bool first = before.snapshot_event == npos && now.snapshot_event != npos;
            const bool changed = first || std::memcmp(&now.skb, &before.skb, sizeof now.skb) != 0 ||
                                 now.bytes != before.bytes || now.known != before.known || now.freed != before.freed ||
                                 now.frags != before.frags;
            const bool listed = std::find(changes.begin(), changes.end(), i) != changes.end();
            ASSERT_EQ(changed, listed) << "packet " << id << " event " << i;
            before = now;
        }
    }
}

TEST(StateText, HasTheColumnsOfTheReference) {
    SideBuilder b;
    Snapshot s = snapshot_of(16, 40);
    s.network = 16;
    s.transport = 36;
    s.protocol = 8;
    s.flags = 1 | 3 << SKBSCOPE_SKB_IP_SUMMED_SHIFT | 2 << SKBSCOPE_SKB_PKT_TYPE_SHIFT;
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    b.identity(0x100, 0x2000);
    b.snapshot(SKBSCOPE_EV_ENTER, "skb_orphan", s);    // the kernel cannot show it
    b.snapshot(SKBSCOPE_EV_ENTER, "net_rx_action", s); // takes no sk_buff
    b.enter("ip_rcv_core");                            // no snapshot
    b.snapshot(SKBSCOPE_EV_ENTER, "ip_rcv_core", s);
    b.packet(2).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    b.identity(0x100, 0x3000); // a new packet in the struct that was freed: as for the kernel, the same sk_buff
    b.packet(3).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    b.identity(0x200, 0x4000);
    const CallTree tree = build_call_tree(b.side);
    const std::string fields =
        "\tlen=40\tdata_len=0\theadroom=16\ttail=56\tend=192\tmac=65535\tnetwork=16\ttransport=36"
        "\tprotocol=0x8\ttruesize=768\tusers=1\tcloned=1\tpkt_type=2\tip_summed=3";
    EXPECT_EQ(to_state_text(b.side, tree), "ip_rcv" + fields + "\tsame=0\n" + "ip_rcv_core" + fields + "\tsame=1\n" +
                                               "ip_rcv" + fields + "\tsame=1\n" + "ip_rcv" + fields + "\tsame=0\n");
}

} // namespace
} // namespace skbscope::trace
