// SPDX-License-Identifier: GPL-2.0-or-later
// What the window learns of a watch that runs beside it.
#include "app/live/live_feed.h"

#include <gtest/gtest.h>
#include <thread>

namespace {

using namespace skbscope;
using app::LiveFeed;
using Phase = ui::LiveState::Phase;

class Feed : public testing::Test {
protected:
    void add(unsigned n, trace::PacketId packet) {
        std::vector<trace::Event> events(n);
        for (trace::Event &e : events) {
            e.kind = SKBSCOPE_EV_ENTER;
            e.fn = side_.intern_function("veth_xmit");
            e.packet = packet;
        }
        feed_.add(side_, events);
        all_.insert(all_.end(), events.begin(), events.end());
    }
    int stops_ = 0;
    trace::Side side_;
    std::vector<trace::Event> all_;
    LiveFeed feed_{"udp port 7000", [this] { ++stops_; }};
};

TEST_F(Feed, CountsWhatCame) {
    EXPECT_EQ(feed_.state().phase, Phase::starting);
    feed_.progress({"attaching probes", 8, 40});
    EXPECT_EQ(feed_.state().doing, "attaching probes 8 of 40");
    trace::Side begun;
    begun.info.release = "6.18.44";
    feed_.begun(begun);
    EXPECT_EQ(feed_.state().phase, Phase::watching);
    EXPECT_EQ(feed_.trace().sides.at(0).info.release, "6.18.44");
    side_.info.release = "6.18.44";
    add(3, 1);
    add(2, 2);
    side_.hosts.emplace_back("late"); // names come while it runs
    add(1, 1);
    trace::Event loss{};
    loss.kind = SKBSCOPE_EV_LOSS;
    loss.loss.lost = 40;
    feed_.add(side_, std::span(&loss, 1));
    const ui::LiveState s = feed_.state();
    EXPECT_EQ(s.packets, 2U);
    EXPECT_EQ(s.events, 7U);
    EXPECT_EQ(s.lost, 40U);
    EXPECT_FALSE(s.lostMore);
    loss.loss.lost = 0; // of a gap that does not know its size
    feed_.add(side_, std::span(&loss, 1));
    EXPECT_TRUE(feed_.state().lostMore);
    const trace::Trace t = feed_.trace();
    ASSERT_EQ(t.sides.size(), 1U);
    EXPECT_EQ(t.sides[0].events.size(), 8U);
    EXPECT_EQ(t.sides[0].hosts.back(), "late");
    EXPECT_EQ(t.sides[0].function_name(t.sides[0].events[0].fn), "veth_xmit");
}

TEST_F(Feed, ARevisionSaysThatThereIsMore) {
    add(1, 1);
    const auto before = feed_.state().revision;
    EXPECT_EQ(feed_.state().revision, before);
    add(1, 1);
    EXPECT_NE(feed_.state().revision, before);
}

TEST_F(Feed, AStopIsPassedOnWhileThereIsAWatch) {
    feed_.stop();
    EXPECT_EQ(stops_, 1);
    EXPECT_EQ(feed_.state().phase, Phase::ending);
    feed_.ending();
    feed_.stop();
    EXPECT_EQ(stops_, 1);
    add(4, 1);
    trace::Side whole = side_;
    whole.events = all_;
    feed_.over(whole, 7, "host: the agent ended before the run was done: signal 9 (Killed)", "seen.skbt");
    feed_.stop();
    EXPECT_EQ(stops_, 1);
    const ui::LiveState s = feed_.state();
    EXPECT_EQ(s.phase, Phase::over);
    EXPECT_EQ(s.lost, 7U);
    EXPECT_EQ(s.kept, "seen.skbt");
    EXPECT_NE(s.broke.find("signal 9"), std::string::npos);
    EXPECT_EQ(feed_.trace().sides.at(0).events.size(), 4U);
}

TEST_F(Feed, GrowsWhileItIsRead) {
    std::jthread writer([this] {
        for (unsigned i = 0; i < 500; ++i)
            add(10, i + 1);
    });
    std::size_t seen = 0;
    while (seen < 5000) {
        const std::size_t now = feed_.trace().sides.at(0).events.size();
        EXPECT_GE(now, seen);
        EXPECT_LE(now, std::size_t{feed_.state().events});
        seen = now;
    }
}

} // namespace
