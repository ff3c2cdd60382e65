// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/live_select.h"
#include "app/live/pcap_filter.h"

#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using app::LiveSelect;
using trace::Event;

class Select : public testing::Test {
protected:
    Event event(unsigned kind, const char *function, trace::PacketId packet) {
        Event e{};
        e.kind = static_cast<std::uint8_t>(kind);
        e.fn = function ? side_.intern_function(function) : trace::no_function;
        e.packet = packet;
        return e;
    }
    static std::vector<trace::PacketId> packetsOf(const std::vector<Event> &events) {
        std::vector<trace::PacketId> out;
        for (const Event &e : events)
            out.push_back(e.packet);
        return out;
    }
    trace::Side side_;
};

TEST_F(Select, AllWithoutAWish) {
    LiveSelect select({}, 0);
    const std::vector<Event> all = {event(SKBSCOPE_EV_ENTER, "ip_rcv", 1), event(SKBSCOPE_EV_LEAVE, "ip_rcv", 1),
                                    event(SKBSCOPE_EV_SOFTIRQ_RAISE, nullptr, trace::no_packet)};
    EXPECT_EQ(select.take(side_, all).size(), 3U);
    EXPECT_EQ(select.packets(), 1U);
    EXPECT_FALSE(select.full());
}

TEST_F(Select, NamedFunctionsWithWhatExtendsThem) {
    LiveSelect select({"udp_*", "ip_rcv"}, 0);
    const std::vector<Event> all = {
        event(SKBSCOPE_EV_ENTER, "ip_rcv", 1),      event(SKBSCOPE_EV_EXT_BYTES, "ip_rcv", 1),
        event(SKBSCOPE_EV_ENTER, "ip_rcv_core", 2), event(SKBSCOPE_EV_EXT_BYTES, "ip_rcv_core", 2),
        event(SKBSCOPE_EV_ENTER, "udp_rcv", 3),     event(SKBSCOPE_EV_LOSS, nullptr, trace::no_packet)};
    const auto taken = select.take(side_, all);
    EXPECT_EQ(packetsOf(taken), (std::vector<trace::PacketId>{1, 1, 3, trace::no_packet}));
    EXPECT_EQ(select.packets(), 2U); // of those that are shown
}

TEST_F(Select, WhatIsLeftOutIsNoHoleInTheNumbers) {
    LiveSelect select({"ip_rcv"}, 0);
    std::vector<Event> all = {event(SKBSCOPE_EV_ENTER, "ip_rcv", 1), event(SKBSCOPE_EV_ENTER, "udp_rcv", 1),
                              event(SKBSCOPE_EV_LEAVE, "udp_rcv", 1), event(SKBSCOPE_EV_LEAVE, "ip_rcv", 1)};
    for (std::uint32_t i = 0; i < all.size(); ++i)
        all[i].seq = 10 + i;
    all[3].seq = 15; // two were lost before it: that hole stays
    const auto taken = select.take(side_, all);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(std::uint32_t{taken[0].seq}, 10U);
    EXPECT_EQ(std::uint32_t{taken[1].seq}, 13U);
}

TEST_F(Select, EndsBeforeThePacketThatIsOneTooMany) {
    LiveSelect select({}, 2);
    const std::vector<Event> first = {event(SKBSCOPE_EV_ENTER, "ip_rcv", 1), event(SKBSCOPE_EV_ENTER, "ip_rcv", 2),
                                      event(SKBSCOPE_EV_LEAVE, "ip_rcv", 1)};
    EXPECT_EQ(select.take(side_, first).size(), 3U);
    EXPECT_TRUE(select.full());
    EXPECT_FALSE(select.over());
    const std::vector<Event> rest = {event(SKBSCOPE_EV_LEAVE, "ip_rcv", 2), event(SKBSCOPE_EV_ENTER, "ip_rcv", 3),
                                     event(SKBSCOPE_EV_EXT_BYTES, "ip_rcv", 3), event(SKBSCOPE_EV_LEAVE, "ip_rcv", 2),
                                     event(SKBSCOPE_EV_LOSS, nullptr, trace::no_packet)};
    const auto taken = select.take(side_, rest);
    ASSERT_EQ(taken.size(), 2U); // and a loss is told, whenever
    EXPECT_EQ(taken[0].packet, 2U);
    EXPECT_EQ(taken[1].kind, SKBSCOPE_EV_LOSS);
    EXPECT_TRUE(select.over());
    EXPECT_EQ(select.packets(), 2U);
}

TEST(PcapFilter, BothWaysOfBeginning) {
    const auto filter = app::compilePcapFilter("udp port 7000");
    ASSERT_TRUE(filter);
    EXPECT_NE(filter->ethernet, filter->raw) << "one has an Ethernet header to pass over, the other has not";
    EXPECT_TRUE(bpf::translate(filter->ethernet));
    EXPECT_TRUE(bpf::translate(filter->raw));
    const auto none = app::compilePcapFilter("  ");
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->ethernet.empty() && none->raw.empty());
}

TEST(PcapFilter, WhatOnlyEthernetCanAnswerWantsNothingElse) {
    const auto filter = app::compilePcapFilter("arp");
    ASSERT_TRUE(filter);
    ASSERT_EQ(filter->raw.size(), 1U);
    EXPECT_EQ(filter->raw[0].k, 0U);
}

TEST(PcapFilter, AnErrorIsOneLine) {
    const auto filter = app::compilePcapFilter("udp prt 7");
    ASSERT_FALSE(filter);
    EXPECT_EQ(filter.error().find('\n'), std::string::npos);
    EXPECT_FALSE(filter.error().empty());
}

} // namespace
