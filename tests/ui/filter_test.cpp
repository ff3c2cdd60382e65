// SPDX-License-Identifier: GPL-2.0-or-later
// The filter and what it shares with find: how a query is read, what it finds, what the models show then.
#include "tests/ui/fixture.h"
#include "ui/models/call_window.h"
#include "ui/models/session.h"
#include "ui/scenes/timeline_scene.h"

#include <QAbstractItemModelTester>
#include <cstdlib>
#include <ctime>
#include <gtest/gtest.h>
#include <iostream>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

std::string errorOf(const char *text) {
    const auto parsed = parseSearch(QString::fromUtf8(text));
    return parsed ? "" : parsed.error().message().toStdString();
}
SearchQuery read(const char *text) {
    return *parseSearch(QString::fromUtf8(text));
}

TEST(SearchQueryTest, TellsTheKindsApart) {
    EXPECT_EQ(read("  ").kind, SearchQuery::nothing);
    EXPECT_EQ(read("ip_rcv").kind, SearchQuery::words);
    EXPECT_EQ(read("ip_rcv()").kind, SearchQuery::function);
    EXPECT_EQ(read("ip_rcv()").text.toStdString(), "ip_rcv");
    EXPECT_EQ(read("tcp_*").kind, SearchQuery::function);
    EXPECT_EQ(read("data += 14").kind, SearchQuery::words);
    EXPECT_EQ(read("54").kind, SearchQuery::words);
    EXPECT_EQ(read("#3").packetId, 3U);
    EXPECT_EQ(read("packet 12").packetId, 12U);
    EXPECT_EQ(read("packets dropped").kind, SearchQuery::words);
}

TEST(SearchQueryTest, ReadsFlows) {
    EXPECT_EQ(read("10.9.0.2:7000").from, (FlowEnd{QStringLiteral("10.9.0.2"), {}, QStringLiteral("7000")}));
    EXPECT_EQ(read(":7000").from, (FlowEnd{{}, {}, QStringLiteral("7000")}));
    EXPECT_EQ(read("10.9.0.").from.address.toStdString(), "10.9.0.");
    const SearchQuery hosts = read("a > b:53");
    EXPECT_TRUE(hosts.directed);
    EXPECT_EQ(hosts.from.host.toStdString(), "a");
    EXPECT_EQ(hosts.to, (FlowEnd{{}, QStringLiteral("b"), QStringLiteral("53")}));
    EXPECT_FALSE(read("10.9.0.2").directed);
}

TEST(SearchQueryTest, SaysWhatIsWrongAtWhichCharacter) {
    EXPECT_EQ(errorOf("#x").rfind("At character 2: the number of a packet", 0), 0U) << errorOf("#x");
    EXPECT_EQ(errorOf("#3 4").rfind("At character 4: one packet at a time", 0), 0U) << errorOf("#3 4");
    EXPECT_EQ(errorOf("#99999999999").rfind("At character 2: no packet", 0), 0U);
    EXPECT_EQ(errorOf("10.9.300.1").rfind("At character 6: a number of an IPv4 address is at most 255", 0), 0U)
        << errorOf("10.9.300.1");
    EXPECT_EQ(errorOf("10.9.0.1.7").rfind("At character 10: an IPv4 address has four", 0), 0U);
    EXPECT_EQ(errorOf(":70000").rfind("At character 2: a port is at most 65535", 0), 0U) << errorOf(":70000");
    EXPECT_EQ(errorOf("10.9.0.1:").rfind("At character 10: a port stands", 0), 0U) << errorOf("10.9.0.1:");
    EXPECT_EQ(errorOf("10.9.0.1 > ").rfind("At character 12: an address, a :port or a host", 0), 0U)
        << errorOf("10.9.0.1 > ");
    EXPECT_EQ(errorOf("a > b > c").rfind("At character 7: a flow has two ends", 0), 0U) << errorOf("a > b > c");
    EXPECT_EQ(errorOf("a > 10.9.0.1!").rfind("At character 13: `!` does not belong", 0), 0U)
        << errorOf("a > 10.9.0.1!");
}

class Filter : public testing::Test {
protected:
    Filter() {
        s.open(TraceDocument::build(ui::test::udpVeth()));
        for (const TimelineTag &tag : s.timeline.tags())
            allTags.push_back(tag.row);
    }
    TraceDocument::Rows rows() { return s.selection.document()->rows(); }
    void set(const char *query) { s.filter.setQuery(QString::fromUtf8(query)); }
    std::string words() { return s.filter.words().toStdString(); }
    std::string here() { return rows()[s.selection.document()->steps()[s.selection.step()].row].name.toStdString(); }
    std::optional<quint32> next(Stride stride, Direction direction) {
        return s.filter.stepFrom(s.selection.step(), stride, direction);
    }
    Session s;
    std::vector<quint32> allTags;
};

TEST_F(Filter, LeavesTheMatchesAndTheCurrentCall) {
    QAbstractItemModelTester calls(&s.calls, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QAbstractItemModelTester timeline(&s.timeline, QAbstractItemModelTester::FailureReportingMode::Fatal);
    set("skb_*");
    std::vector<quint32> wanted;
    for (quint32 r = 0; r < rows().size(); ++r)
        if (rows()[r].name.startsWith(QLatin1String("skb_"))) wanted.push_back(r);
    ASSERT_GT(wanted.size(), 3U);
    ASSERT_NE(wanted.front(), 0U); // the first call is the current one, and none of them
    EXPECT_EQ(s.filter.matches(), int(wanted.size()));
    wanted.insert(wanted.begin(), 0);
    EXPECT_EQ(s.calls.visible().list(), wanted);
    EXPECT_EQ(words(), std::to_string(wanted.size() - 1) + " calls of " + std::to_string(rows().size()) + ", " +
                           std::to_string(rows().size() - wanted.size()) +
                           " not shown; the current call is none of them");
    EXPECT_EQ(s.calls.cells(0).chip.toStdString(), "not in the filter");
    s.selection.setRow(wanted[2]); // now it is one of them, and the first call goes
    wanted.erase(wanted.begin());
    EXPECT_EQ(s.calls.visible().list(), wanted);
    set("");
    EXPECT_FALSE(s.filter.isOn());
    EXPECT_GT(s.calls.visible().size(), wanted.size());
}

TEST_F(Filter, CountsWhatIsNotShownSoThatNothingIsMissing) {
    set("ip_rcv");
    quint32 counted = 0;
    const CallWindow window = callWindow(s.calls, {4000, 18.9, 21, 0});
    quint32 shown = 0;
    for (const CallLine &line : window.lines) {
        if (line.kind == CallLine::hidden) counted += line.count;
        if (line.kind == CallLine::row) ++shown;
    }
    EXPECT_EQ(shown, s.filter.visible().size());
    EXPECT_EQ(shown + counted, rows().size());
    EXPECT_EQ(counted, s.filter.hidden());
    // a pane too small for all of them says the rest above
    s.selection.setRow(quint32(rows().size()) - 1);
    set("*");
    const CallWindow small = callWindow(s.calls, {300, 18.9, 21, 0});
    ASSERT_EQ(small.lines.front().kind, CallLine::returned);
    EXPECT_EQ(small.lines.front().count, small.lines[1].row_);
    // and a reader hears it
    set("ip_rcv_core");
    const QString text = s.calls.data(s.calls.index(0), CallRowsModel::TextRole).toString();
    EXPECT_TRUE(text.contains(QLatin1String("calls not shown"))) << text.toStdString();
}

TEST_F(Filter, ABarIsOpenedByAClick) {
    set("ip_rcv_core()");
    const quint32 row = s.filter.visible().back(), before = s.filter.hiddenBefore(s.filter.visible().size() - 1);
    ASSERT_GT(before, 0U);
    const std::size_t shown = s.calls.visible().size();
    s.filter.reveal(row);
    EXPECT_EQ(s.calls.visible().size(), shown + before);
    EXPECT_EQ(s.filter.hiddenBefore(s.filter.placeOf(row)), 0U);
    set("ip_rcv()"); // another query begins anew
    EXPECT_FALSE(s.filter.isVisible(row - 1) && s.filter.isVisible(row));
}

TEST_F(Filter, StepsGoFromOneShownCallToTheNext) {
    set("ip_*");
    std::vector<std::string> seen;
    while (const auto step = next(Stride::into, Direction::forward)) {
        s.selection.setStep(*step);
        EXPECT_EQ(here().rfind("ip_", 0), 0U) << here();
        seen.push_back(here());
    }
    EXPECT_GT(seen.size(), 5U);
    EXPECT_EQ(s.selection.step(), *s.filter.lastStep());
    std::vector<std::string> back{here()};
    while (const auto step = next(Stride::into, Direction::back)) {
        s.selection.setStep(*step);
        back.push_back(here());
    }
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(seen, back);
    EXPECT_EQ(s.selection.step(), *s.filter.firstStep());
    for (const Stride stride : {Stride::over, Stride::out})
        if (const auto step = next(stride, Direction::forward)) {
            EXPECT_TRUE(s.filter.isMatch(s.selection.document()->steps()[*step].row));
        }
}

TEST_F(Filter, PacketsAndFlowsAndTexts) {
    set("#1");
    ASSERT_GT(s.filter.matches(), 0);
    for (const quint32 row : s.filter.visible())
        if (s.filter.isMatch(row)) {
            bool of = false;
            for (const SideKind kind : bothSides)
                if (const quint32 call = rows()[row].call[sideIndex(kind)]; call != npos)
                    of = of || s.selection.document()->side(kind)->enterOf(call).packet == 1;
            EXPECT_TRUE(of) << row;
        }
    const int ofPacket = s.filter.matches();
    set("10.9.0.2:7000");
    EXPECT_GT(s.filter.matches(), 0);
    EXPECT_LE(s.filter.matches(), ofPacket);
    set("10.9.0.2 > 10.9.0.1"); // it goes the other way
    EXPECT_EQ(s.filter.matches(), 0);
    EXPECT_TRUE(s.filter.isWrong());
    set("a > b");
    EXPECT_GT(s.filter.matches(), 0) << words();
    set("b > a");
    EXPECT_EQ(s.filter.matches(), 0) << words();
    set("ethernet header");
    EXPECT_GT(s.filter.matches(), 0) << words();
    EXPECT_LT(s.filter.matches(), int(rows().size()));
    const int told = s.filter.matches();
    s.find.setQuery(QStringLiteral("ethernet header")); // find understands the same
    EXPECT_EQ(s.find.count(), told);
}

TEST_F(Filter, WhatCannotBeReadChangesNothing) {
    set("ip_rcv");
    const std::vector<quint32> shown = s.calls.visible().list();
    set("#");
    EXPECT_EQ(s.filter.errorAt(), 1);
    EXPECT_EQ(words().rfind("At character 2:", 0), 0U) << words();
    EXPECT_EQ(s.calls.visible().list(), shown);
    set("#1");
    EXPECT_EQ(s.filter.errorAt(), -1);
}

TEST_F(Filter, TheTimelineFoldsTheSameCalls) {
    set("ip_*");
    ASSERT_EQ(s.timeline.places(), s.filter.visible().size());
    for (const TimelineTag &tag : s.timeline.tags())
        EXPECT_TRUE(s.filter.isVisible(tag.row));
    EXPECT_LT(s.timeline.tags().size(), allTags.size());
    const QSizeF size(1586, 132);
    for (quint32 place = 0; place < s.timeline.places(); ++place) { // a point and its call, there and back
        const quint32 row = s.timeline.rowAt(place);
        EXPECT_EQ(timelineRowAt(s.timeline, size, timelineX(s.timeline, size, row) + 1), row);
    }
    EXPECT_EQ(s.timeline.lane(SideKind::kernel, 700).size(), s.timeline.places());
    set("");
    EXPECT_EQ(s.timeline.tags().size(), allTags.size());
    EXPECT_EQ(s.timeline.places(), rows().size());
}

TEST_F(Filter, OutlivesTheTraceAndGrowsWithIt) {
    set("ip_rcv");
    const int once = s.filter.matches();
    trace::Trace part = ui::test::udpVeth();
    trace::Side &kernel = *part.side(SideKind::kernel);
    const std::vector<trace::Event> all = kernel.events;
    kernel.events.resize(all.size() / 2);
    part.sides.erase(part.sides.begin()); // the kernel's alone, as of a watch
    s.open(TraceDocument::build(part));
    const int half = s.filter.matches();
    EXPECT_TRUE(s.filter.isOn());
    part.sides[0].events = all;
    s.grow(TraceDocument::build(part));
    EXPECT_GT(s.filter.matches(), half);
    EXPECT_LE(s.filter.matches(), once);
    set("ethernet header");
    const int grown = s.filter.matches();
    s.open(TraceDocument::build(part));
    EXPECT_EQ(s.filter.matches(), grown);
}

double threadMs() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return double(t.tv_sec) * 1000 + double(t.tv_nsec) / 1e6;
}

// The kernel's side, again and again, each time with packets of its own.
trace::Trace longTrace(std::size_t events) {
    trace::Trace t = ui::test::udpVeth();
    t.sides.erase(t.sides.begin());
    trace::Side &side = t.sides[0];
    const std::vector<trace::Event> part = side.events;
    trace::PacketId packets = 0;
    for (const trace::Event &e : part)
        packets = std::max(packets, e.packet);
    for (std::uint32_t round = 1; side.events.size() < events; ++round)
        for (trace::Event e : part) {
            e.time += round * 10'000'000ULL;
            e.seq += round * std::uint32_t(part.size());
            if (e.packet != trace::no_packet) e.packet += round * packets;
            side.events.push_back(e);
        }
    return t;
}

// SKBSCOPE_EVENTS=1000000 makes it that long. The time is the thread's own, as tests run
// beside others.
TEST(FilterOfALargeTrace, IsAppliedAtOnce) {
    const char *wanted = std::getenv("SKBSCOPE_EVENTS");
    const std::size_t events = wanted ? std::strtoul(wanted, nullptr, 10) : 20'000;
    Session s;
    s.open(TraceDocument::build(longTrace(events)));
    for (const char *query : {"ip_rcv", "skb_*", "*", "#3", "10.9.0.2:7000", "a > b", "ethernet header"}) {
        std::array<double, 2> took{}; // the first time with what has to be worked out for it
        for (double &ms : took) {
            s.filter.clear();
            const double begin = threadMs();
            s.filter.setQuery(QString::fromUtf8(query));
            ms = threadMs() - begin;
        }
        std::cout << query << ": " << s.filter.words().toStdString() << "; " << took[1] << " ms, the first time "
                  << took[0] << " ms\n";
        EXPECT_GT(s.filter.matches(), 0) << query;
        EXPECT_LT(took[1], 100) << query;
    }
}
} // namespace
