// SPDX-License-Identifier: GPL-2.0-or-later
// Calls from stacks: of real runs, and of made-up ones for each rule that bpf/infer.h states.
#include "bpf/infer.h"

#include "tests/bpf/stack_text.h"
#include "tests/trace/random.h"
#include "trace/call_tree.h"
#include "trace/seen.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using testing::ElementsAre;
using trace::Event;

// As the application makes it for the agent: the functions that 6.1 can show.
stack_inference::catalogue whole_catalogue() {
    stack_inference::catalogue all;
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        const trace::Function &f = catalogue.at(static_cast<trace::FunctionId>(i));
        if (f.traceable) all.emplace(f.name, f.skb_arg);
    }
    return all;
}

const stack_inference::catalogue &catalogue() {
    static const stack_inference::catalogue all = whole_catalogue();
    return all;
}

// The events, as the agent makes them.
trace::Side side_of(const test::stack_tape &tape, run_names names = {}) {
    stack_inference inference(tape.symbols, catalogue());
    for (const skbscope_stack_skb &r : tape.records)
        EXPECT_TRUE(inference.add(std::as_bytes(std::span(&r, 1))));
    std::vector<skbscope_raw_skb> records;
    inference.finish([&records](const skbscope_raw_skb &r) { records.push_back(r); });
    assembler events(inference.functions(), names);
    for (const skbscope_raw_skb &r : records)
        events.add(std::as_bytes(std::span(&r, 1)));
    trace::Side side;
    side.info.kind = trace::SideKind::kernel;
    side.events = events.finish().events;
    for (Event &e : side.events)
        if (e.fn != trace::no_function) e.fn = side.intern_function(inference.functions()[e.fn].name);
    return side;
}

trace::Side side_of(const std::string &text) {
    std::istringstream in(text);
    return side_of(test::read_stacks(in));
}

// "function" for an enter, "/function" for a leave, "function!" for what was seen in it.
std::vector<std::string> words(const trace::Side &side) {
    std::vector<std::string> out;
    for (const Event &e : side.events) {
        const std::string name(side.function_name(e.fn));
        if (trace::is_enter(e)) out.push_back(name);
        if (trace::is_leave(e)) out.push_back("/" + name);
        if (e.kind == trace::seen_kind) out.push_back(name + "!");
    }
    return out;
}

std::string file_text(const std::string &name) {
    std::ifstream in(std::string(SKBSCOPE_SOURCE_DIR) + "/tests/bpf/data/stacks/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

class RealStacks : public testing::TestWithParam<const char *> {};

TEST_P(RealStacks, GiveThePathInOrder) {
    std::istringstream in(file_text(std::string(GetParam()) + ".stacks"));
    const trace::Side side = side_of(test::read_stacks(in));
    const trace::CallTree tree = trace::build_call_tree(side);
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_TRUE(tree.losses.empty());
    EXPECT_EQ(trace::to_tree_text(side, tree), file_text(std::string(GetParam()) + ".tree"));
    for (const Event &e : side.events)
        if (trace::is_enter(e) || trace::is_leave(e)) {
            EXPECT_EQ(trace::provenance_of(e), trace::Provenance::inferred);
        }
}

INSTANTIATE_TEST_SUITE_P(Infer, RealStacks, testing::Values("udp-veth-twice-6.18"),
                         [](const auto &) { return std::string("UdpVethTwice"); });

TEST(Infer, CommonFramesAreOneCall) {
    EXPECT_THAT(words(side_of("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t kmalloc_reserve+0x9 __alloc_skb+0x10 udp_sendmsg+0x40\n"
                              "20 7 0 kmalloc 1 0 0 p 0 0 0\n\t skb_put+0x9 udp_sendmsg+0x60\n")),
                ElementsAre("udp_sendmsg", "__alloc_skb", "kmalloc_reserve", "/kmalloc_reserve", "/__alloc_skb",
                            "skb_put", "/skb_put", "/udp_sendmsg"));
}

TEST(Infer, AnotherReturnAddressIsAnotherCall) {
    EXPECT_THAT(
        words(side_of("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t dst_release+0x9 udp_sendmsg+0x40\n"
                      "20 7 0 kmalloc 1 0 0 p 0 0 0\n\t dst_release+0x9 udp_sendmsg+0x60\n")),
        ElementsAre("udp_sendmsg", "dst_release", "/dst_release", "dst_release", "/dst_release", "/udp_sendmsg"));
}

// Nothing shows that the second is another call: the header says so.
TEST(Infer, TheSamePlaceTwiceLooksLikeOneCall) {
    EXPECT_THAT(words(side_of("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t dst_release+0x9 udp_sendmsg+0x40\n"
                              "20 7 0 kmalloc 1 0 0 p 0 0 0\n\t dst_release+0x9 udp_sendmsg+0x40\n")),
                ElementsAre("udp_sendmsg", "dst_release", "/dst_release", "/udp_sendmsg"));
}

TEST(Infer, AnotherSystemCallIsOtherWork) {
    EXPECT_THAT(words(side_of("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x40\n"
                              "20 7 0 kmalloc 2 0 0 p 0 0 0\n\t udp_sendmsg+0x40\n")),
                ElementsAre("udp_sendmsg", "/udp_sendmsg", "udp_sendmsg", "/udp_sendmsg"));
}

TEST(Infer, AnotherSoftirqIsOtherWorkBelowItsBorder) {
    const auto record = [](int time, int softirq) {
        return std::to_string(time) + " 7 0 kmalloc 1 " + std::to_string(softirq) +
               " 0 s 0 0 0\n\t ip_rcv+0x9 net_rx_action+0x10 handle_softirqs+0x10 udp_sendmsg+0x40\n";
    };
    const trace::Side side = side_of(record(10, 4) + record(20, 5));
    EXPECT_THAT(words(side), ElementsAre("udp_sendmsg", "handle_softirqs", "net_rx_action", "ip_rcv", "/ip_rcv",
                                         "/net_rx_action", "net_rx_action", "ip_rcv", "/ip_rcv", "/net_rx_action",
                                         "/handle_softirqs", "/udp_sendmsg"));
    EXPECT_EQ(trace::context_of(side.events[0]), trace::Context::process);
    EXPECT_EQ(trace::context_of(side.events[3]), trace::Context::softirq);
}

TEST(Infer, ATracepointThatACallPassesOnceTellsTwoCallsApart) {
    const std::string record = " 7 0 fib_table_lookup 1 0 0 p 0 0 0\n\t fib_table_lookup+0x9 udp_sendmsg+0x40\n";
    EXPECT_THAT(words(side_of("10" + record + "20" + record)),
                ElementsAre("udp_sendmsg", "fib_table_lookup", "/fib_table_lookup", "fib_table_lookup",
                            "/fib_table_lookup", "/udp_sendmsg"));
}

TEST(Infer, ATracepointAtTheEndIsTheLeaveWithWhatItReturns) {
    const trace::Side side =
        side_of("10 7 0 netif_receive_skb_entry 1 0 0 s ff00 0 0\n\t netif_receive_skb+0x9 tun_get_user+0x40\n"
                "20 7 0 netif_receive_skb_exit 1 0 0 s 0 1 0\n\t netif_receive_skb+0x30 tun_get_user+0x40\n"
                "30 7 0 netif_receive_skb_entry 1 0 0 s ff00 0 0\n\t netif_receive_skb+0x9 tun_get_user+0x40\n");
    EXPECT_THAT(words(side),
                ElementsAre("tun_get_user", "netif_receive_skb", "netif_receive_skb!", "/netif_receive_skb",
                            "netif_receive_skb", "netif_receive_skb!", "/netif_receive_skb", "/tun_get_user"));
    const auto leave = std::ranges::find_if(side.events, trace::is_leave);
    ASSERT_NE(leave, side.events.end());
    EXPECT_TRUE(leave->state & SKBSCOPE_STATE_HAS_RET);
    EXPECT_EQ(std::int64_t{leave->leave.ret}, 1);
    EXPECT_EQ(std::uint64_t{leave->time}, 20U);
}

// The snapshot is the function's own only where nothing can have changed since it was entered.
TEST(Infer, ASnapshotBelongsToTheEntryOrIsSeenInTheFunction) {
    const trace::Side side = side_of("10 7 0 netif_receive_skb 1 0 0 s ff00 0 0\n\t __netif_receive_skb_core+0x9\n"
                                     "20 7 0 net_dev_queue 2 0 0 p ff00 0 0\n\t __dev_queue_xmit+0x9\n");
    EXPECT_THAT(words(side),
                ElementsAre("__netif_receive_skb_core", "__netif_receive_skb_core!", "/__netif_receive_skb_core",
                            "__dev_queue_xmit", "__dev_queue_xmit!", "/__dev_queue_xmit"));
    for (const Event &e : side.events) {
        if (e.kind == trace::seen_kind) {
            EXPECT_TRUE(trace::shows_packet(e));
            EXPECT_EQ(trace::provenance_of(e), trace::Provenance::kernel);
        }
        if (!trace::is_enter(e)) continue;
        EXPECT_EQ(trace::has_snapshot(e), side.function_name(e.fn) == "__netif_receive_skb_core");
        EXPECT_NE(e.packet, trace::no_packet) << "both take the sk_buff";
    }
}

// veth gives the packet the other end's device on its way: the function was called with the one it had before.
TEST(Infer, ADeviceThatChangedSinceIsNotTheOneTheCallBeganWith) {
    std::istringstream in("10 7 0 net_dev_start_xmit 1 0 0 s ff00 0 0\n\t dev_hard_start_xmit+0x9 udp_sendmsg+0x40\n"
                          "20 7 0 netif_rx_entry 1 0 0 s ff00 0 0\n"
                          "\t __netif_rx+0x9 veth_xmit+0x40 dev_hard_start_xmit+0x20 udp_sendmsg+0x40\n");
    test::stack_tape tape = test::read_stacks(in);
    ASSERT_EQ(tape.records.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        tape.records[i].skb.dev = 0xd0 + i;
        tape.records[i].skb.dev_net = 0xa0 + static_cast<std::uint32_t>(i);
        tape.records[i].skb.ifindex = 2 + static_cast<std::uint32_t>(i);
    }
    run_names names;
    names.device_of_ifindex = {{{0xa0U, 2U}, std::uint16_t{1}}, {{0xa1U, 3U}, std::uint16_t{2}}};
    const trace::Side side = side_of(tape, names);
    std::map<std::string, unsigned> device;
    for (const Event &e : side.events)
        if (trace::is_enter(e)) device[std::string(side.function_name(e.fn))] = e.device;
    EXPECT_EQ(device.at("dev_hard_start_xmit"), 1U);
    EXPECT_EQ(device.at("veth_xmit"), 0U); // not known
    EXPECT_EQ(device.at("__netif_rx"), 2U);
}

TEST(Infer, ADropIsToldWithItsReasonAndEndsThePacket) {
    const trace::Side side =
        side_of("10 7 0 kfree_skb 1 0 0 s ff00 0 5\n\t sk_skb_reason_drop+0x9 udp_queue_rcv_skb+0x40\n"
                "20 7 0 net_dev_queue 2 0 0 p ff00 0 0\n\t __dev_queue_xmit+0x9\n");
    const auto find = [&side](unsigned kind) {
        return *std::ranges::find_if(side.events, [kind](const Event &e) { return e.kind == kind; });
    };
    EXPECT_EQ(find(SKBSCOPE_EV_DROP).drop.reason, 5U);
    EXPECT_EQ(find(SKBSCOPE_EV_DROP).packet, find(SKBSCOPE_EV_FREE).packet);
    const auto later =
        std::ranges::find_if(side.events, [](const Event &e) { return e.time == 20 && e.kind == trace::seen_kind; });
    ASSERT_NE(later, side.events.end());
    EXPECT_NE(later->packet, find(SKBSCOPE_EV_FREE).packet) << "the address is another packet's now";
    EXPECT_EQ(words(side)[1], "sk_skb_reason_drop") << "the name that kernel has";
}

// An sk_buff's memory is handed out again, and nobody saw it being given back.
TEST(Infer, MemoryThatIsAllocatedAgainEndsThePacketThatWasThere) {
    const trace::Side side = side_of("10 7 0 net_dev_queue 1 0 0 p ff00 0 0\n\t __dev_queue_xmit+0x9\n"
                                     "20 7 0 kmem_cache_alloc 2 0 0 p 0 0 ff00\n\t __alloc_skb+0x9\n"
                                     "30 7 0 net_dev_queue 2 0 0 p ff00 0 0\n\t __dev_queue_xmit+0x9\n");
    std::vector<trace::PacketId> packets;
    for (const Event &e : side.events)
        if (e.kind == trace::seen_kind) packets.push_back(e.packet);
    ASSERT_EQ(packets.size(), 2U);
    EXPECT_NE(packets[0], packets[1]);
}

// Deeper than a record: the outermost frames come from the record before.
TEST(Infer, AStackThatWasCutIsCompletedFromTheOneBefore) {
    std::string frames;
    for (int i = 0; i < SKBSCOPE_STACK_FRAMES - 1; ++i)
        frames += " vfs_write+0x" + std::to_string(i + 10);
    const trace::Side side = side_of("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t ip_output+0x20 udp_sendmsg+0x40\n"
                                     "20 7 0 kmalloc 1 0 0 p 0 0 0\n\t" +
                                     frames +
                                     " ip_output+0x20\n"
                                     "30 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x50\n");
    EXPECT_THAT(words(side), ElementsAre("udp_sendmsg", "ip_output", "/ip_output", "/udp_sendmsg"));
}

TEST(Infer, AHoleInTheNumbersStaysAHole) {
    std::istringstream in("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x40\n"
                          "20 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x60\n");
    test::stack_tape tape = test::read_stacks(in);
    tape.records[1].skb.raw.event.seq += 3;
    const trace::Side side = side_of(tape);
    const auto loss = std::ranges::find_if(side.events, [](const Event &e) { return e.kind == SKBSCOPE_EV_LOSS; });
    ASSERT_NE(loss, side.events.end());
    EXPECT_EQ(std::uint64_t{loss->loss.lost}, 3U);
}

// An interrupt's record is older in the ring than the one it interrupted, whose time was read before: no loss.
TEST(Infer, NumbersThatOvertakeAreNoHole) {
    std::istringstream in("10 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x40\n"
                          "20 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x60\n"
                          "30 7 0 kmalloc 1 0 0 p 0 0 0\n\t udp_sendmsg+0x70\n");
    test::stack_tape tape = test::read_stacks(in);
    std::swap(tape.records[1].skb.raw.event.seq, tape.records[2].skb.raw.event.seq);
    const trace::Side side = side_of(tape);
    EXPECT_THAT(words(side), ElementsAre("udp_sendmsg", "/udp_sendmsg"));
    EXPECT_TRUE(trace::build_call_tree(side).losses.empty());
}

TEST(Infer, WhatIsNoRecordIsRefused) {
    const symbol_table none;
    stack_inference inference(none, catalogue());
    skbscope_stack_skb r{};
    EXPECT_FALSE(inference.add(std::as_bytes(std::span(&r, 1)))) << "what is 0";
    r.skb.raw.what = SKBSCOPE_RAW_SKB;
    EXPECT_FALSE(inference.add(std::as_bytes(std::span(&r, 1)).first(sizeof(skbscope_stack_call))));
    r.stack.frames = SKBSCOPE_STACK_FRAMES + 1;
    EXPECT_FALSE(inference.add(std::as_bytes(std::span(&r, 1))));
    r.stack.frames = 0;
    EXPECT_FALSE(inference.add({}));
    EXPECT_TRUE(inference.add(std::as_bytes(std::span(&r, 1))));
    EXPECT_EQ(inference.refused(), 4U);
}

// Whatever stacks come in whatever order: calls nest, every enter has its leave, and all of it is marked inferred.
TEST(Infer, AnyStacksGiveProperCalls) {
    const std::vector<std::string> functions = {
        "udp_sendmsg",       "ip_output",   "handle_softirqs",  "net_rx_action",        "ip_rcv",          "kmalloc",
        "netif_receive_skb", "dst_release", "fib_table_lookup", "asm_common_interrupt", "__dev_queue_xmit"};
    const std::vector<std::string> tracepoints = {
        "kmalloc",          "netif_receive_skb_entry", "netif_receive_skb_exit",
        "fib_table_lookup", "net_dev_queue",           "kfree_skb"};
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        trace::test::Random random(static_cast<unsigned>(seed));
        std::string text;
        for (int i = 0; i < 60; ++i) {
            const bool skb = random.below(2) != 0;
            text += std::to_string(10 * i) + " " + std::to_string(1 + random.below(3)) + " " +
                    std::to_string(random.below(2)) + " " +
                    tracepoints[random.below(static_cast<std::uint32_t>(tracepoints.size()))] + " " +
                    std::to_string(random.below(3)) + " " + std::to_string(random.below(3)) + " " +
                    std::to_string(random.below(2)) + " p " + (skb ? "ff00" : "0") + " 0 0\n\t";
            for (std::size_t n = random.below(7); n > 0; --n)
                text += " " + functions[random.below(static_cast<std::uint32_t>(functions.size()))] + "+0x" +
                        std::to_string(10 + random.below(2));
            text += "\n";
        }
        const trace::Side side = side_of(text);
        const trace::CallTree tree = trace::build_call_tree(side);
        ASSERT_EQ(tree.unpaired, 0U) << "seed " << seed;
        for (const trace::Call &c : tree.calls) {
            ASSERT_NE(c.leave, trace::npos) << "seed " << seed;
            ASSERT_LE(side.events[c.enter].time, side.events[c.leave].time);
        }
        for (std::size_t i = 1; i < side.events.size(); ++i)
            ASSERT_LE(side.events[i - 1].time, side.events[i].time) << "seed " << seed;
    }
}

} // namespace
