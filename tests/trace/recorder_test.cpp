// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/recorder.h"

#include <gtest/gtest.h>
#include <set>

namespace skbscope::trace {
namespace {

TEST(Recorder, NumbersAndTimesEachRecord) {
    Recorder recorder(2);
    recorder.set_on(true);
    recorder.append(0, 100).fn = 1;
    recorder.append(1, 100).fn = 2;
    recorder.append(0, 50).fn = 3; // a clock that stands still or goes back does not make records equal
    const std::vector<Event> events = recorder.merged();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[0].time, 100U);
    EXPECT_EQ(events[1].time, 101U);
    EXPECT_EQ(events[2].time, 102U);
    EXPECT_EQ(events[0].seq, 0U);
    EXPECT_EQ(events[1].seq, 0U);
    EXPECT_EQ(events[1].cpu, 1U);
    EXPECT_EQ(events[2].seq, 1U);
    EXPECT_EQ(events[2].fn, 3U);
}

TEST(Recorder, HandsOutZeroedRecordsOverManyChunks) {
    Recorder recorder(3);
    recorder.set_on(true);
    constexpr std::size_t count = EventBuffer::chunk_events * 2 + 17;
    for (std::size_t i = 0; i < count * 3; ++i) {
        Event &e = recorder.append(static_cast<unsigned>(i % 3), i);
        ASSERT_EQ(e.kind, SKBSCOPE_EV_NONE);
        for (const auto byte : e.payload)
            ASSERT_EQ(byte, 0);
        e.packet = static_cast<PacketId>(i);
    }
    EXPECT_EQ(recorder.size(), count * 3);
    const std::vector<Event> events = recorder.merged();
    ASSERT_EQ(events.size(), count * 3);
    for (std::size_t i = 0; i < events.size(); ++i) {
        ASSERT_EQ(events[i].packet, i);
        ASSERT_EQ(events[i].seq, i / 3);
    }
}

TEST(Recorder, StaysWithItsSpareChunkUntilThatIsFull) {
    // What "no heap on the hot path" rests on: prepare() allocates, the next chunk's worth of appends does not.
    EventBuffer buffer;
    buffer.prepare();
    const Event *first = buffer.append();
    buffer.prepare();
    for (std::size_t i = 1; i < EventBuffer::chunk_events; ++i)
        ASSERT_EQ(buffer.append(), first + i);
    EXPECT_EQ(buffer.size(), EventBuffer::chunk_events);
}

TEST(Recorder, KeepsExtensionsBehindTheirRecord) {
    Recorder recorder(2);
    recorder.set_on(true);
    for (unsigned i = 0; i < 100; ++i) {
        recorder.append(i % 2, 10).kind = SKBSCOPE_EV_ENTER;
        recorder.append(i % 2, 10).kind = SKBSCOPE_EV_EXT_BYTES;
    }
    const std::vector<Event> events = recorder.merged();
    for (std::size_t i = 0; i < events.size(); i += 2) {
        EXPECT_TRUE(is_enter(events[i]));
        EXPECT_TRUE(is_extension(events[i + 1]));
        EXPECT_EQ(events[i].cpu, events[i + 1].cpu);
    }
}

TEST(Recorder, KeepsTheLast) {
    Recorder recorder;
    constexpr std::size_t kept = EventBuffer::chunk_events, made = EventBuffer::chunk_events * 5 + 10;
    recorder.keep_last(kept);
    recorder.set_on(true);
    for (std::size_t i = 0; i < made; ++i) {
        Event &e = recorder.append(0, i);
        ASSERT_EQ(e.packet, no_packet) << "not zeroed: " << i;
        e.packet = static_cast<PacketId>(i);
    }
    EXPECT_TRUE(recorder.overwritten());
    EXPECT_EQ(recorder.made(), made);
    const std::vector<Event> events = recorder.merged();
    ASSERT_GE(events.size(), kept);
    ASSERT_LE(events.size(), kept + 2 * EventBuffer::chunk_events);
    for (std::size_t i = 0; i < events.size(); ++i) {
        EXPECT_EQ(events[i].packet, made - events.size() + i);
        EXPECT_EQ(events[i].seq, events[i].packet);
    }
}

TEST(Recorder, BeginsWhereNoCpuMissesAnything) {
    Recorder recorder(2);
    recorder.keep_last(2 * EventBuffer::chunk_events);
    recorder.set_on(true);
    recorder.append(1, 1).kind = SKBSCOPE_EV_ENTER; // the only one of its CPU for long
    for (std::size_t i = 0; i < 5 * EventBuffer::chunk_events; ++i)
        recorder.append(0, 10 + i).kind = i % 3 == 0 ? SKBSCOPE_EV_ENTER : SKBSCOPE_EV_EXT_BYTES;
    recorder.append(1, 1'000'000).kind = SKBSCOPE_EV_LEAVE;
    const std::vector<Event> events = recorder.merged();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events.front().cpu, 0U); // not CPU 1's old one: what CPU 0 did after it is gone
    EXPECT_EQ(events.front().kind, SKBSCOPE_EV_ENTER) << "an extension without its record";
    EXPECT_EQ(events.back().cpu, 1U);
}

TEST(Recorder, StartsAnewWhenCleared) {
    Recorder recorder;
    recorder.set_on(true);
    recorder.append(0, 1000).packet = 7;
    recorder.clear();
    EXPECT_EQ(recorder.size(), 0U);
    EXPECT_TRUE(recorder.merged().empty());
    const Event &e = recorder.append(0, 1);
    EXPECT_EQ(e.seq, 0U);
    EXPECT_EQ(e.time, 1U);
    EXPECT_EQ(e.packet, no_packet);
}

TEST(Recorder, GivesOneIdAName) {
    Recorder recorder;
    EXPECT_EQ(recorder.device_id("va"), 1U);
    EXPECT_EQ(recorder.device_id("vb"), 2U);
    EXPECT_EQ(recorder.device_id("va"), 1U);
    EXPECT_EQ(recorder.host_id("a"), 1U);
    EXPECT_EQ(recorder.queue_id("backlog"), 1U);
    EXPECT_EQ(recorder.devices(), (std::vector<std::string>{"", "va", "vb"}));
}

TEST(Recorder, CallsTheHostThatNoLongerFitsNone) {
    Recorder recorder;
    std::set<unsigned> ids;
    for (int i = 0; i < 255; ++i)
        ids.insert(recorder.host_id("h" + std::to_string(i)));
    EXPECT_EQ(ids.size(), 255U);
    EXPECT_EQ(*ids.rbegin(), 255U);
    EXPECT_EQ(recorder.host_id("one too many"), 0U);
    EXPECT_EQ(recorder.host_id("h7"), 8U);
}

} // namespace
} // namespace skbscope::trace
