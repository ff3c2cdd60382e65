// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/stream_reader.h"

#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using json = nlohmann::json;
using testing::HasSubstr;
using trace::Event;

Event event(unsigned kind, std::uint64_t time, std::uint16_t fn) {
    Event e{};
    e.kind = static_cast<std::uint8_t>(kind);
    e.time = time;
    e.fn = fn;
    return e;
}

std::string frame_of(skbscope_frame_type type, const json &j) {
    return make_frame(type, j.dump());
}

std::string events_frame(const std::vector<Event> &events) {
    return make_frame(SKBSCOPE_FRAME_EVENTS,
                      std::string_view(reinterpret_cast<const char *>(events.data()), events.size() * sizeof(Event)));
}

std::string whole_stream() {
    const json names{{"functions", {"ip_rcv", "no_such_function_of_the_catalogue"}},
                     {"hosts", {"", "a"}},
                     {"devices", {"", "va"}},
                     {"queues", {"", "q"}},
                     {"tasks", {{{"id", 0}, {"name", "idle"}}, {{"id", 74}, {"name", "skbscope"}}}}};
    return frame_of(SKBSCOPE_FRAME_HELLO, {{"release", "6.1.0-56"},
                                           {"build", "#1 SMP"},
                                           {"transport", "lab"},
                                           {"clock", "instructions"},
                                           {"facts", {{"net.ipv4.ip_forward", "0"}}}}) +
           frame_of(SKBSCOPE_FRAME_PROGRESS, {{"what", "attaching"}, {"done", 3}, {"of", 9}}) +
           frame_of(SKBSCOPE_FRAME_NAMES, names) +
           events_frame({event(SKBSCOPE_EV_ENTER, 10, 0), event(SKBSCOPE_EV_ENTER, 11, 1),
                         event(SKBSCOPE_EV_LEAVE, 12, 1), event(SKBSCOPE_EV_LEAVE, 13, 0)}) +
           frame_of(SKBSCOPE_FRAME_MISSED, {{"functions", {"udp_rcv"}}}) +
           frame_of(SKBSCOPE_FRAME_END, {{"events", 4}, {"lost", 0}});
}

TEST(Stream, BecomesASide) {
    std::vector<std::string> progress;
    stream_reader reader([&progress](const progress_note &p) { progress.push_back(p.what); });
    const std::string bytes = whole_stream();
    for (const char c : bytes) // however it is cut up
        ASSERT_TRUE(reader.feed(std::string_view(&c, 1)));
    const read_state s = reader.take();
    EXPECT_TRUE(s.hello && s.ended);
    EXPECT_THAT(progress, testing::ElementsAre("attaching"));
    EXPECT_THAT(s.missed, testing::ElementsAre("udp_rcv"));
    EXPECT_EQ(s.side.info.release, "6.1.0-56");
    EXPECT_EQ(s.side.info.clock, trace::Clock::instructions);
    EXPECT_EQ(s.side.info.kind, trace::SideKind::kernel);
    EXPECT_EQ(s.side.info.facts.at("net.ipv4.ip_forward"), "0");
    EXPECT_EQ(s.side.tasks.at(74), "skbscope");
    ASSERT_EQ(s.side.events.size(), 4U);
    EXPECT_EQ(s.side.function_name(s.side.events[0].fn), "ip_rcv");
    EXPECT_EQ(s.side.function_name(s.side.events[1].fn), "no_such_function_of_the_catalogue");
    EXPECT_EQ(s.side.function(s.side.events[0].fn).file, "net/ipv4/ip_input.c");
}

TEST(Stream, CutShortKeepsWhatWasWholeAndSaysSo) {
    const std::string bytes = whole_stream();
    stream_reader reader;
    ASSERT_TRUE(reader.feed(std::string_view(bytes).substr(0, bytes.size() - 5)));
    const read_state s = reader.take();
    EXPECT_FALSE(s.ended);
    ASSERT_EQ(s.side.events.size(), 5U);
    EXPECT_EQ(s.side.events.back().kind, SKBSCOPE_EV_LOSS);
    EXPECT_EQ(s.side.events.back().loss.reason, SKBSCOPE_LOSS_STREAM_CUT);
}

TEST(Stream, CpusAreMergedByTimeAndExtensionsStayBehindTheirRecord) {
    const auto extended = [](std::uint64_t time, std::uint32_t packet) {
        Event e = event(SKBSCOPE_EV_EXT_IDENTITY, time, 0);
        e.packet = packet;
        return e;
    };
    stream_reader reader;
    ASSERT_TRUE(reader.feed(frame_of(SKBSCOPE_FRAME_NAMES, {{"functions", {"ip_rcv"}}})));
    ASSERT_TRUE(
        reader.feed(events_frame({event(SKBSCOPE_EV_ENTER, 10, 0), extended(10, 7), event(SKBSCOPE_EV_LEAVE, 30, 0)})));
    ASSERT_TRUE(reader.feed(events_frame({event(SKBSCOPE_EV_ENTER, 20, 0)})));
    ASSERT_TRUE(reader.feed(frame_of(SKBSCOPE_FRAME_END, {{"events", 4}})));
    std::vector<unsigned> kinds;
    for (const Event &e : reader.take().side.events)
        kinds.push_back(e.kind);
    EXPECT_THAT(
        kinds, testing::ElementsAre(SKBSCOPE_EV_ENTER, SKBSCOPE_EV_EXT_IDENTITY, SKBSCOPE_EV_ENTER, SKBSCOPE_EV_LEAVE));
}

TEST(Stream, ErrorsOfTheAgentComeThrough) {
    stream_reader reader;
    ASSERT_TRUE(reader.feed(
        frame_of(SKBSCOPE_FRAME_ERROR, {{"place", "scenario line 4"}, {"what", "no\x1b[2J"}, {"code", 2}})));
    ASSERT_TRUE(reader.state().error);
    EXPECT_EQ(reader.state().error->place, "scenario line 4");
    EXPECT_EQ(reader.state().error->what, "no [2J"); // nothing that a terminal would obey
    EXPECT_EQ(reader.state().error->code, 2);
}

TEST(Stream, RefusesWhatCannotBe) {
    const std::string names = frame_of(SKBSCOPE_FRAME_NAMES, {{"functions", {"ip_rcv"}}});
    const auto refusal = [&names](const std::string &more) {
        stream_reader reader;
        const auto ok = reader.feed(names + more);
        return ok ? "" : ok.error().message();
    };
    EXPECT_EQ(refusal(events_frame({event(SKBSCOPE_EV_ENTER, 1, 0)})), "");
    EXPECT_THAT(refusal(events_frame({event(SKBSCOPE_EV_ENTER, 1, 1)})), HasSubstr("unnamed function 1"));
    EXPECT_THAT(refusal(events_frame({event(250, 1, 0)})), HasSubstr("unknown kind 250"));
    Event hosted = event(SKBSCOPE_EV_ENTER, 1, 0);
    hosted.host = 3;
    EXPECT_THAT(refusal(events_frame({hosted})), HasSubstr("unnamed host"));
    Event queued = event(SKBSCOPE_EV_ENQUEUE, 1, 0);
    queued.queue.queue = 5;
    EXPECT_THAT(refusal(events_frame({queued})), HasSubstr("unnamed queue"));
    Event wide = event(SKBSCOPE_EV_EXT_BYTES, 1, 0);
    wide.bytes.count = 33;
    EXPECT_THAT(refusal(events_frame({wide})), HasSubstr("more bytes"));
    EXPECT_THAT(refusal(make_frame(SKBSCOPE_FRAME_EVENTS, "odd")), HasSubstr("broken size"));
    EXPECT_THAT(refusal(make_frame(SKBSCOPE_FRAME_END, "[1]")), HasSubstr("no JSON object"));
    EXPECT_THAT(refusal("GET / HTTP/1.1\r\n\r\n"), HasSubstr("byte " + std::to_string(names.size())));
    std::string flipped = frame_of(SKBSCOPE_FRAME_END, {{"events", 0}});
    flipped.back() ^= 1;
    EXPECT_THAT(refusal(flipped), HasSubstr("checksum"));
    std::string huge = frame_of(SKBSCOPE_FRAME_END, {{"events", 0}});
    const std::uint32_t size = SKBSCOPE_FRAME_MAX + 1;
    std::memcpy(huge.data() + offsetof(skbscope_frame, size), &size, sizeof size);
    EXPECT_THAT(refusal(huge), HasSubstr("too large"));
}

TEST(Stream, AfterAnErrorNothingMoreIsRead) {
    stream_reader reader;
    EXPECT_FALSE(reader.feed("this is no frame at all"));
    EXPECT_FALSE(reader.feed(whole_stream()));
    EXPECT_FALSE(reader.state().hello);
}

// Any bytes: a crash, a hang or a sanitizer's complaint is what this looks for.
TEST(Stream, AnyBytesAreSafe) {
    std::mt19937 random(7);
    const std::string good = whole_stream();
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = good;
        for (unsigned i = 0; i < 1 + random() % 8; ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        stream_reader reader;
        (void)reader.feed(bytes);
        (void)reader.take();
    }
    // with checksums that are right, so that what is inside a frame is reached
    const std::string names =
        frame_of(SKBSCOPE_FRAME_NAMES, {{"functions", {"ip_rcv", "udp_rcv"}}, {"queues", {"", "q"}}});
    for (int round = 0; round < 3000; ++round) {
        std::string payload((random() % 5) * sizeof(Event) + random() % 3, '\0');
        for (char &c : payload)
            c = static_cast<char>(random() % 3 == 0 ? random() : 0);
        stream_reader reader;
        (void)reader.feed(names + make_frame(static_cast<skbscope_frame_type>(random() % 13), payload));
        (void)reader.take();
    }
}

} // namespace
