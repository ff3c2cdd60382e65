// SPDX-License-Identifier: GPL-2.0-or-later
// Every change that is offered for a bundled scenario: it applies, runs, makes a difference, and is the reason of all
// of it. For some of them what the kernel does is known: it is looked for.
#include "app/model/what_if.h"
#include "trace/what_if.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace {
using namespace skbscope;
namespace fs = std::filesystem;

const std::vector<app::Scenario> &scenarios() {
    static const std::vector<app::Scenario> all = [] {
        std::vector<app::Scenario> out;
        for (const auto &entry : fs::directory_iterator(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios"))
            if (auto scenario = app::loadScenario(entry.path())) out.push_back(std::move(*scenario));
        std::ranges::sort(out, {}, &app::Scenario::name);
        return out;
    }();
    return all;
}

const app::Scenario &scenario(const std::string &name) {
    const auto at = std::ranges::find(scenarios(), name, &app::Scenario::name);
    if (at == scenarios().end()) throw std::runtime_error("no scenario " + name);
    return *at;
}

struct Changed {
    trace::Trace trace;
    trace::Comparison comparison;
    [[nodiscard]] int calls(int side, std::string_view function) const {
        const trace::Side &s = trace.sides[std::size_t(side)];
        return int(std::ranges::count_if(
            s.events, [&](const trace::Event &e) { return trace::is_enter(e) && s.function_name(e.fn) == function; }));
    }
    [[nodiscard]] int events(int side, unsigned kind) const {
        return int(std::ranges::count_if(trace.sides[std::size_t(side)].events,
                                         [&](const trace::Event &e) { return e.kind == kind; }));
    }
};

Changed changed(const std::string &name, const std::string &id) {
    const app::Scenario &s = scenario(name);
    for (const app::ScenarioChange &change : app::changesFor(s.ops)) {
        if (change.id != id) continue;
        auto trace = app::runWhatIf(s, change);
        if (!trace) throw std::runtime_error(id + ": " + trace.error().message());
        const trace::Side &l = trace->sides[0], &r = trace->sides[1];
        trace::Comparison c = trace::compare(l, trace::build_call_tree(l), r, trace::build_call_tree(r));
        return {std::move(*trace), std::move(c)};
    }
    throw std::runtime_error(name + " offers no " + id);
}

class WhatIfOfScenario : public testing::TestWithParam<std::string> {};

TEST_P(WhatIfOfScenario, EachChangeRunsDiffersAndIsTheReason) {
    const std::vector<app::ScenarioChange> changes = app::changesFor(scenario(GetParam()).ops);
    if (!app::runModel(scenario(GetParam()).ops)) { // it has no TCP
        EXPECT_TRUE(changes.empty());
        return;
    }
    EXPECT_GE(changes.size(), 4U);
    std::set<std::string> ids;
    for (const app::ScenarioChange &change : changes) {
        SCOPED_TRACE(change.id);
        EXPECT_TRUE(ids.insert(change.id).second);
        EXPECT_NE(change.before, change.after);
        EXPECT_TRUE(change.watch.ends_with('.') || change.watch.ends_with('?'));
        EXPECT_FALSE(change.apply().sameAs(scenario(GetParam()).ops));
        EXPECT_TRUE(bpf::check(change.apply().list()));
        const Changed r = changed(GetParam(), change.id);
        ASSERT_EQ(r.trace.sides.size(), 2U);
        EXPECT_EQ(r.trace.sides[1].info.kind, trace::SideKind::model);
        EXPECT_GT(r.trace.sides[1].events.size(), 10U);
        const auto what = trace::what_if_of(r.trace.sides[0].info, r.trace.sides[1].info);
        ASSERT_TRUE(what);
        EXPECT_EQ(what->setting, change.setting);
        EXPECT_EQ(r.comparison.unexplained, 0U);
        const auto byChange = std::ranges::count_if(r.comparison.rows, [](const trace::Row &row) {
            const auto is = [](const trace::Reason &reason) { return reason.text.starts_with("you changed "); };
            return is(row.reason()) ||
                   std::ranges::any_of(row.fields(), [&](const trace::FieldDifference &f) { return is(f.reason); });
        });
        EXPECT_GT(byChange, 0);
        RecordProperty(change.id, std::to_string(byChange));
        std::printf("  %-22s %5ld of %5zu rows differ  %s\n", change.id.c_str(), long(byChange),
                    r.comparison.rows.size(), change.title.c_str());
    }
}

int delivered(const Changed &r, int side) {
    return r.calls(side, "__udp_enqueue_schedule_skb");
}

TEST(WhatIf, ALostFrameIsNotDelivered) {
    const Changed r = changed("udp-veth", "frame=lost");
    EXPECT_EQ(delivered(r, 0), 1);
    EXPECT_EQ(delivered(r, 1), 0);
    EXPECT_EQ(r.calls(1, "netem_enqueue"), 1);
    EXPECT_EQ(r.calls(1, "ip_rcv"), 0);
}

TEST(WhatIf, AFullQueueDrops) {
    const Changed r = changed("udp-qdisc-pfifo", "a.va.queue=full");
    EXPECT_EQ(delivered(r, 1), 0);
    EXPECT_GT(r.events(1, SKBSCOPE_EV_DROP), r.events(0, SKBSCOPE_EV_DROP));
}

TEST(WhatIf, WithoutASocketAnIcmpMessageGoesBack) {
    const Changed r = changed("udp-veth", "bind=none");
    EXPECT_EQ(delivered(r, 1), 0);
    EXPECT_EQ(r.calls(0, "icmp_send") + r.calls(0, "__icmp_send"), 0);
    EXPECT_GT(r.calls(1, "__icmp_send"), 0);
}

TEST(WhatIf, ASilentNeighbourFails) {
    for (const auto &[name, id] : {std::pair{"udp-veth-arp", "neighbour=silent"}, {"udp-veth", "to=nobody"}}) {
        const Changed r = changed(name, id);
        EXPECT_GE(r.calls(1, "arp_solicit"), 3) << name;
        EXPECT_GT(r.calls(1, "arp_error_report"), 0) << name;
        EXPECT_EQ(delivered(r, 1), 0) << name;
    }
}

TEST(WhatIf, AWrongChecksumIsFoundAndDropped) {
    const Changed r = changed("udp-tap-rx", "checksum=wrong");
    EXPECT_EQ(delivered(r, 0), 1);
    EXPECT_EQ(delivered(r, 1), 0);
    EXPECT_GT(r.events(1, SKBSCOPE_EV_DROP), r.events(0, SKBSCOPE_EV_DROP));
}

TEST(WhatIf, WithoutGroTheBacklogTakesTheFrame) {
    const Changed r = changed("udp-veth-napi", "b.vb.gro=off");
    EXPECT_GT(r.calls(0, "napi_gro_receive"), 0);
    EXPECT_EQ(r.calls(1, "napi_gro_receive"), 0);
    EXPECT_EQ(r.calls(1, "enqueue_to_backlog"), 1);
    EXPECT_EQ(delivered(r, 1), 1);
}

TEST(WhatIf, ALargerMtuNeedsNoFragments) {
    const Changed r = changed("udp-fragments", "mtu=9000");
    EXPECT_GT(r.calls(0, "ip_do_fragment"), 0);
    EXPECT_EQ(r.calls(1, "ip_do_fragment"), 0);
    EXPECT_EQ(delivered(r, 1), 1);
}

TEST(WhatIf, IsOfferedOnlyWhereItApplies) {
    const auto offers = [](const char *name, std::string_view id) {
        return std::ranges::any_of(app::changesFor(scenario(name).ops), [&](const auto &c) { return c.id == id; });
    };
    EXPECT_FALSE(offers("udp-veth", "b.vb.gro=off"));          // it is off
    EXPECT_FALSE(offers("udp-veth-arp", "neighbour=missing")); // none is set
    EXPECT_FALSE(offers("udp-veth", "mtu=9000"));              // the packet is short
    EXPECT_FALSE(offers("udp-veth", "forward=off"));
    EXPECT_FALSE(offers("tcp-connect-refused", "bind=none"));
    EXPECT_FALSE(offers("udp-loopback", "neighbour=wrong"));
}

std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const app::Scenario &s : scenarios())
        out.push_back(s.name);
    return out;
}
INSTANTIATE_TEST_SUITE_P(Bundled, WhatIfOfScenario, testing::ValuesIn(names()), [](const auto &of) {
    std::string name = of.param;
    std::ranges::replace(name, '-', '_');
    return name;
});
} // namespace
