// SPDX-License-Identifier: GPL-2.0-or-later
// Simulated cards in a scenario: request_irq, handlers, NAPI and GRO, on the model's side alone.
#include "app/lab/kernel_run.h"
#include "app/model/model_run.h"
#include "app/scenario/loader.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>

namespace skbscope::app {
namespace {

using testing::HasSubstr;

Scenario parsed(const std::string &text) {
    auto s = parseScenario(text, "s.yaml");
    EXPECT_TRUE(s) << s.error().message();
    return s ? *s : Scenario();
}

// Two hosts, a card each; `card` builds b's. b listens at port 7000, `steps` run with the trace on.
Scenario withCard(const std::string &card, const std::string &steps) {
    return parsed("hosts: [a, b]\nlinks:\n  - simnic: [a.eth0, b.eth0]\ndevices:\n"
                  "  a.eth0: { mac: \"02:00:00:00:00:01\", address: 10.9.0.1/24, card: { tx-ring: 8 } }\n"
                  "  b.eth0: { mac: \"02:00:00:00:00:02\", address: 10.9.0.2/24, card: { " +
                  card +
                  " } }\n"
                  "neighbours:\n  - { device: a.eth0, ip: 10.9.0.2, mac: \"02:00:00:00:00:02\" }\n"
                  "steps:\n  - { host: b, do: socket, as: r, type: udp }\n"
                  "  - { do: bind, socket: r, address: \":7000\" }\n"
                  "  - { host: a, do: socket, as: s, type: udp }\n  - { trace: on }\n" +
                  steps + "  - { trace: off }\n");
}
std::string sends(int n, int length = 100) {
    std::string out;
    for (; n > 0; --n)
        out += "  - { do: sendto, socket: s, to: \"10.9.0.2:7000\", length: " + std::to_string(length) + " }\n";
    return out;
}
std::string receives(int n) {
    std::string out;
    for (; n > 0; --n)
        out += "  - { do: recv, socket: r, length: 2000 }\n";
    return out;
}

trace::Side modelOf(const Scenario &s, unsigned cpus = 1) {
    auto side = runModel(s.ops, {.seed = 1, .cpus = cpus});
    EXPECT_TRUE(side) << side.error().message();
    return side ? *side : trace::Side();
}

long calls(const trace::Side &side, const std::string &function) {
    return std::ranges::count_if(
        side.events, [&](const trace::Event &e) { return trace::is_enter(e) && side.function_name(e.fn) == function; });
}
// Of the steps, the last of which switches the trace off.
std::vector<std::int64_t> results(const trace::Side &side) {
    std::vector<std::int64_t> out;
    for (const trace::Event &e : side.events)
        if (e.kind == SKBSCOPE_EV_STEP_END) out.push_back(e.mark.result);
    return out;
}

Scenario example() {
    auto s = loadScenario(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios/card-gro.yaml");
    EXPECT_TRUE(s) << s.error().message();
    return s ? *s : Scenario();
}

TEST(Card, BringingItUpTakesItsInterruptLinesInTheTrace) {
    const trace::Side side = modelOf(example());
    EXPECT_EQ(calls(side, "request_irq"), 3); // two queues, and the rest
    EXPECT_EQ(calls(side, "simnic_open"), 1);
}

TEST(Card, TwoQueuesTwoInterruptsTwoMergedPackets) {
    const trace::Side side = modelOf(example());
    EXPECT_EQ(calls(side, "simnic_msix_ring"), 3); // b's two queues; a's one says that its frames have left
    EXPECT_EQ(calls(side, "udp_gro_complete"), 2);
    EXPECT_EQ(calls(side, "skb_gro_receive"), 4);
    EXPECT_EQ(calls(side, "udp_queue_rcv_skb"), 2);
    const std::vector<std::int64_t> r = results(side);
    ASSERT_GE(r.size(), 3U);
    EXPECT_EQ(r[r.size() - 3], 600);
    EXPECT_EQ(r[r.size() - 2], 600);
}

TEST(Card, ItsQueuesInterruptTheCpusInTurn) {
    const trace::Side side = modelOf(example(), 2);
    std::set<unsigned> cpus;
    for (const trace::Event &e : side.events)
        if (trace::is_enter(e) && side.function_name(e.fn) == "simnic_msix_ring") cpus.insert(e.cpu);
    EXPECT_EQ(cpus, (std::set<unsigned>{0, 1}));
}

TEST(Card, WithoutNapiTheHandlerTakesThePacket) {
    const trace::Side side = modelOf(withCard("interrupts: per-packet", sends(1) + receives(1)));
    EXPECT_EQ(calls(side, "simnic_take_one"), 1);
    EXPECT_EQ(calls(side, "netif_rx"), 1);
    const std::vector<std::int64_t> r = results(side);
    EXPECT_EQ(r.at(r.size() - 2), 100);
}

TEST(Card, OneLineForAllAsksWhatHappened) {
    EXPECT_EQ(calls(modelOf(withCard("lines: shared", sends(1) + receives(1))), "simnic_intr"), 1);
}

// The second burst comes at the same instant as the first: its interrupt waits.
TEST(Card, ModerationPutsInterruptsOff) {
    const std::string twice = sends(1) + receives(1) + sends(1) + receives(1);
    const auto handled = [&](const std::string &card) {
        std::vector<std::uint64_t> at;
        const trace::Side side = modelOf(withCard(card, twice));
        for (const trace::Event &e : side.events)
            if (trace::is_enter(e) && side.function_name(e.fn) == "process_backlog") ADD_FAILURE();
        for (const trace::Event &e : side.events)
            if (trace::is_enter(e) && side.function_name(e.fn) == "udp_queue_rcv_skb") at.push_back(e.time);
        return at;
    };
    const auto at_once = handled("queues: 1"), moderated = handled("moderation: 50us");
    ASSERT_EQ(at_once.size(), 2U);
    ASSERT_EQ(moderated.size(), 2U);
    // The clock stands still while a CPU works, but each event has a time of its own, a nanosecond apart.
    EXPECT_LT(at_once[1] - at_once[0], 5'000U);
    EXPECT_GT(moderated[1] - moderated[0], 49'000U);
}

// The sender's ring holds eight frames. The rest waits in the queueing discipline until the ring was cleaned. The long
// datagram makes the byte queue limit larger than eight frames.
TEST(Card, AFullRingStopsTheQueueAndThePacketsWait) {
    const trace::Side side = modelOf(withCard("queues: 1", sends(1, 1400) + receives(1) + sends(12) + receives(12)));
    const std::vector<std::int64_t> r = results(side);
    ASSERT_GE(r.size(), 25U);
    EXPECT_EQ(std::count(r.end() - 13, r.end() - 1, 100), 12); // every one was received
    EXPECT_EQ(calls(side, "simnic_xmit"), 13);
    EXPECT_GE(calls(side, "netif_tx_wake_queue"), 1);
    EXPECT_GE(calls(side, "net_tx_action"), 1);
}

TEST(Card, RssTableChoosesTheQueue) {
    std::set<std::uint32_t> vectors;
    const trace::Side side = modelOf(withCard("queues: 2, rss: [1]", sends(1) + receives(1)), 2);
    for (const trace::Event &e : side.events)
        if (trace::is_enter(e) && side.function_name(e.fn) == "udp_queue_rcv_skb") vectors.insert(e.cpu);
    EXPECT_EQ(vectors, std::set<std::uint32_t>{1}); // whose line is CPU 1's
}

TEST(Card, NoKernelHasIt) {
    const Scenario s = withCard("queues: 2", sends(1));
    ASSERT_NE(modelOnly(s.ops), nullptr);
    for (const KernelTarget &target : {KernelTarget::lab(), KernelTarget::host()}) {
        const auto side = runOnKernel(s.ops.list(), target);
        ASSERT_FALSE(side);
        EXPECT_EQ(side.error().code, RunErrorCode::notPossibleHere);
        EXPECT_THAT(side.error().message(), HasSubstr("scenario line 5: eth0 is a simulated card: it exists in the "
                                                      "model alone"));
    }
}

} // namespace
} // namespace skbscope::app
