// SPDX-License-Identifier: GPL-2.0-or-later
// Identity and lineage, as a real kernel's packets have them.
#include "app/lab/kernel_run.h"
#include "app/lab/lab_files.h"
#include "app/scenario/loader.h"
#include "trace/packets.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace {

using namespace skbscope;

class LabLineage : public testing::Test {
protected:
    void SetUp() override {
        if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    }
    trace::Side run(const std::string &file) {
        const auto scenario = app::loadScenario(SKBSCOPE_SOURCE_DIR + file);
        EXPECT_TRUE(scenario) << scenario.error().message();
        if (!scenario) return {};
        auto side = app::runOnKernel(scenario->ops.list(), app::KernelTarget::lab());
        EXPECT_TRUE(side) << side.error().message();
        return side ? std::move(*side) : trace::Side();
    }
    static std::ptrdiff_t count(const trace::Side &side, unsigned kind) {
        return std::ranges::count_if(side.events, [kind](const trace::Event &e) { return e.kind == kind; });
    }
};

// Five datagrams, each sent after the one before was read and given back: the slab hands out the same struct again.
TEST_F(LabLineage, AddressesAreTakenAgainAndPacketsAreNot) {
    const trace::Side side = run("/tests/app/lab/lineage/address-reuse.yaml");
    const trace::PacketTable table = trace::build_packet_table(side);
    std::map<std::uint64_t, std::vector<trace::PacketId>> by_address;
    for (const trace::Packet &p : table.packets)
        if (p.skb != 0) by_address[p.skb].push_back(p.id);
    const auto most = std::ranges::max_element(by_address, {}, [](const auto &entry) { return entry.second.size(); });
    ASSERT_NE(most, by_address.end());
    ASSERT_GE(most->second.size(), 3U) << "the kernel took no address again: this test tests nothing";
    for (std::size_t i = 0; i + 1 < most->second.size(); ++i) {
        const trace::Packet *before = table.find(most->second[i]), *after = table.find(most->second[i + 1]);
        ASSERT_TRUE(before && after);
        EXPECT_TRUE(before->freed);
        EXPECT_LT(before->last, after->first);
    }
}

TEST_F(LabLineage, ARouterCutsAndAHostPutsTogether) {
    const trace::Side side = run("/tests/app/lab/lineage/forward-fragments.yaml");
    EXPECT_GE(count(side, SKBSCOPE_EV_FRAGMENT_OF), 2);
    EXPECT_GE(count(side, SKBSCOPE_EV_REASSEMBLED_FROM), 1);
    EXPECT_GE(count(side, SKBSCOPE_EV_CROSSED), 4); // one big one to the router, three pieces from it
}

TEST_F(LabLineage, AFragmentThatCameTwiceIsNoPartOfTheWhole) {
    const trace::Side side = run("/tests/app/lab/lineage/frag-duplicate.yaml");
    std::set<trace::PacketId> parts;
    for (const trace::Event &e : side.events)
        if (e.kind == SKBSCOPE_EV_REASSEMBLED_FROM) parts.insert(e.lineage.other_packet);
    EXPECT_EQ(parts.size(), 2U);
}

TEST_F(LabLineage, SegmentsAreMadeAndMergedAgain) {
    const trace::Side side = run("/assets/scenarios/tcp-bulk-gso-gro.yaml");
    // 60,000 bytes in segments of 1,448: all but those that were sent alone were cut from a larger one.
    EXPECT_GE(count(side, SKBSCOPE_EV_SEGMENT_OF), 30);
    EXPECT_GE(count(side, SKBSCOPE_EV_MERGED_INTO), 30);
    std::map<trace::PacketId, std::uint32_t> next;
    for (const trace::Event &e : side.events) {
        if (e.kind != SKBSCOPE_EV_SEGMENT_OF) continue;
        EXPECT_EQ(std::uint32_t{e.lineage.index}, next[e.lineage.other_packet]++);
    }
}

} // namespace
