// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/export/jsonl.h"
#include "sample_sides.h"
#include "side_builder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace skbscope::app {
namespace {

using nlohmann::json;

std::vector<json> exported(const trace::Trace &trace) {
    std::ostringstream out;
    writeJsonl(out, trace);
    std::istringstream in(out.str());
    std::vector<json> objects;
    for (std::string line; std::getline(in, line);)
        objects.push_back(json::parse(line));
    return objects;
}

trace::Trace sample() {
    trace::Trace t;
    t.scenario_name = "sample";
    t.sides = {sampleModel(), sampleKernel()};
    return t;
}

TEST(Jsonl, HeadSidesAndEveryEvent) {
    const trace::Trace t = sample();
    const auto objects = exported(t);
    ASSERT_EQ(objects.size(), 3 + t.sides[0].events.size() + t.sides[1].events.size());
    EXPECT_EQ(objects[0]["type"], "trace");
    EXPECT_EQ(objects[0]["scenario"], "sample");
    EXPECT_EQ(objects[1]["side"], "model");
    EXPECT_EQ(objects[1]["events"], t.sides[0].events.size());
    EXPECT_EQ(objects[1]["tasks"]["100"], "skbscope");
    const json &kernel = objects[2 + t.sides[0].events.size()];
    EXPECT_EQ(kernel["release"], "6.1.0-99-test");
    EXPECT_EQ(kernel["clock"], "instructions");
}

TEST(Jsonl, OneSide) {
    std::ostringstream out;
    writeJsonl(out, sample(), trace::SideKind::kernel);
    EXPECT_EQ(out.str().find("\"side\":\"model\""), std::string::npos);
    EXPECT_NE(out.str().find("\"side\":\"kernel\""), std::string::npos);
}

json eventOf(const trace::Side &side, std::size_t index) {
    trace::Trace t;
    t.sides = {side};
    return exported(t)[2 + index];
}

TEST(Jsonl, EnterHasTheBuffer) {
    SideBuilder b(trace::SideKind::model);
    b.task(1, "t").at("a", "va").packet(5, datagram(16, 40)).enter("ip_output").leave(-22);
    const json enter = eventOf(b.side(), 0);
    EXPECT_EQ(enter["function"], "ip_output");
    EXPECT_EQ(enter["packet"], 5);
    EXPECT_EQ(enter["host"], "a");
    EXPECT_EQ(enter["device"], "va");
    EXPECT_EQ(enter["skb"]["len"], 40);
    EXPECT_EQ(enter["skb"]["tail"], 56);
    EXPECT_EQ(enter["skb"]["protocol"], 0x0800);
    EXPECT_TRUE(enter["skb"]["mac"].is_null());
    const json leave = eventOf(b.side(), 1);
    EXPECT_EQ(leave["ret"], -22);
    EXPECT_EQ(leave["ret_text"], "-EINVAL");
    EXPECT_FALSE(leave.contains("skb"));
}

TEST(Jsonl, OtherKinds) {
    SideBuilder b(trace::SideKind::kernel);
    b.mark(SKBSCOPE_EV_STEP_END, 3, 10, -11)
        .queue(SKBSCOPE_EV_ENQUEUE, "backlog", 2)
        .softirq(SKBSCOPE_EV_SOFTIRQ_RAISE, 3);
    b.loss(7).bytes(16, "E\x01");
    EXPECT_EQ(eventOf(b.side(), 0)["result"], -11);
    EXPECT_EQ(eventOf(b.side(), 0)["line"], 10);
    EXPECT_EQ(eventOf(b.side(), 1)["queue"]["queue"], "backlog");
    EXPECT_EQ(eventOf(b.side(), 1)["queue"]["length"], 2);
    EXPECT_EQ(eventOf(b.side(), 2)["change"]["vector"], 3);
    EXPECT_EQ(eventOf(b.side(), 3)["loss"]["lost"], 7);
    EXPECT_EQ(eventOf(b.side(), 4)["data"]["hex"], "4501");
    EXPECT_EQ(eventOf(b.side(), 4)["provenance"], "kernel");
}

// Drop reasons and losses by name; what is only inferred says so and has no sk_buff.
TEST(Jsonl, NamesAndProvenance) {
    SideBuilder b(trace::SideKind::kernel);
    b.packet(1, datagram(16, 40)).enter("ip_rcv").loss(7).leave();
    trace::Side side = b.take();
    side.events[1].loss.reason = SKBSCOPE_LOSS_RECURSION;
    trace::Event drop = side.events[0];
    drop.kind = SKBSCOPE_EV_DROP;
    drop.drop.reason = 2;
    side.events.push_back(drop);
    side.events[0].state = static_cast<std::uint8_t>((side.events[0].state & ~SKBSCOPE_STATE_PROV_MASK) |
                                                     SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT);
    EXPECT_EQ(eventOf(side, 0)["provenance"], "inferred");
    EXPECT_FALSE(eventOf(side, 0).contains("skb"));
    EXPECT_EQ(eventOf(side, 1)["loss"]["reason"], "a probe ran already on this CPU");
    EXPECT_EQ(eventOf(side, 3)["reason"], "SKB_DROP_REASON_NO_SOCKET");
    side.info.release = "6.18.0";
    EXPECT_EQ(eventOf(side, 3)["reason"], 2);
    side.info.facts["enum skb_drop_reason"] = "2=SKB_CONSUMED";
    EXPECT_EQ(eventOf(side, 3)["reason"], "SKB_CONSUMED");
    side.events.back().kind = SKBSCOPE_EV_FREE;
    side.events.back().drop.reason = 0;
    EXPECT_EQ(eventOf(side, 3)["reason"], "consumed");
}

// A damaged or hostile trace still gives JSON: names that are not UTF-8, ids out of range, counts too large.
TEST(Jsonl, HostileEvents) {
    trace::Side side;
    side.hosts = {"", "\xff\xfe"};
    for (unsigned kind = 0; kind < 256; ++kind) {
        trace::Event e{};
        std::fill(std::begin(e.payload), std::end(e.payload), std::uint8_t{0xff});
        e.kind = static_cast<std::uint8_t>(kind);
        e.fn = 0xfffe;
        e.host = kind % 2 ? 1 : 200;
        e.device = 60000;
        e.state = 0xff;
        side.events.push_back(e);
    }
    trace::Trace t;
    t.sides = {side};
    EXPECT_EQ(exported(t).size(), 258U);
}

} // namespace
} // namespace skbscope::app
