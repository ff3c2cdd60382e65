// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/record_merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace {

using namespace skbscope::bpf;
using testing::ElementsAre;

skbscope_raw_skb record(std::uint64_t time, unsigned cpu, std::uint32_t seq) {
    skbscope_raw_skb r{};
    r.raw.event.time = time;
    r.raw.event.cpu = static_cast<std::uint8_t>(cpu);
    r.raw.event.seq = seq;
    return r;
}

struct Taken {
    std::vector<std::uint64_t> times;
    std::vector<std::uint32_t> lost;
    void from(record_merge &m, std::uint64_t until = record_merge::everything) {
        m.pop(until, [this](const skbscope_raw_skb &r, std::uint32_t n) {
            times.push_back(r.raw.event.time);
            lost.push_back(n);
        });
    }
};

TEST(RecordMerge, CpusAreMergedByTime) {
    record_merge m;
    for (const auto &r : {record(30, 0, 1), record(20, 1, 0), record(10, 0, 0), record(40, 1, 1)})
        m.push(r);
    Taken t;
    t.from(m);
    EXPECT_THAT(t.times, ElementsAre(10, 20, 30, 40));
    EXPECT_THAT(t.lost, ElementsAre(0, 0, 0, 0));
}

TEST(RecordMerge, WhatIsYoungWaits) {
    record_merge m;
    m.push(record(10, 0, 0));
    m.push(record(20, 0, 1));
    Taken t;
    t.from(m, 15);
    EXPECT_THAT(t.times, ElementsAre(10));
    EXPECT_EQ(m.waiting(), 1U);
    m.push(record(16, 1, 0)); // in time
    t.from(m);
    EXPECT_THAT(t.times, ElementsAre(10, 16, 20));
}

// The outer record took its room first and its number last.
TEST(RecordMerge, ARecordThatAnInterruptOvertookIsNoLoss) {
    record_merge m;
    m.begin(0, 7);
    m.push(record(10, 0, 8));
    m.push(record(11, 0, 7));
    m.push(record(12, 0, 9));
    Taken t;
    t.from(m);
    EXPECT_THAT(t.lost, ElementsAre(0, 0, 0));
    EXPECT_EQ(m.late(), 0U);
}

TEST(RecordMerge, AMissingNumberIsALossBeforeTheNextRecord) {
    record_merge m;
    m.begin(0, 0);
    m.push(record(10, 0, 2)); // 0 and 1 are not there
    m.push(record(11, 0, 3));
    m.push(record(12, 0, 7));
    Taken t;
    t.from(m);
    EXPECT_THAT(t.lost, ElementsAre(2, 0, 3));
    EXPECT_EQ(m.missing_before(0, 8), 0U);
    EXPECT_EQ(m.missing_before(0, 10), 2U);
}

TEST(RecordMerge, ACpuThatLostAllItHad) {
    record_merge m;
    m.begin(3, 100);
    EXPECT_EQ(m.missing_before(3, 105), 5U);
    EXPECT_EQ(m.missing_before(4, 105), 0U) << "nobody said where it began";
}

TEST(RecordMerge, ALateRecordIsGivenOutAndCounted) {
    record_merge m;
    m.begin(0, 0);
    m.push(record(10, 0, 0));
    m.push(record(30, 0, 2));
    Taken t;
    t.from(m, 30);
    m.push(record(20, 0, 1));
    t.from(m);
    EXPECT_THAT(t.times, ElementsAre(10, 30, 20));
    EXPECT_THAT(t.lost, ElementsAre(0, 1, 0));
    EXPECT_EQ(m.late(), 1U);
}

TEST(RecordMerge, NumbersWrap) {
    record_merge m;
    m.begin(0, 0xfffffffe);
    m.push(record(1, 0, 0xfffffffe));
    m.push(record(2, 0, 0)); // 0xffffffff is lost
    m.push(record(3, 0, 1));
    Taken t;
    t.from(m);
    EXPECT_THAT(t.lost, ElementsAre(0, 1, 0));
    EXPECT_EQ(m.missing_before(0, 2), 0U);
}

// Made = given out + lost, whatever is dropped and in whichever order the rest comes.
TEST(RecordMerge, MadeIsReceivedAndLost) {
    std::mt19937 random(5);
    record_merge m;
    std::uint64_t received = 0, lost = 0, last = 0, made = 0;
    std::array<std::uint32_t, 4> seq{};
    for (std::uint8_t cpu = 0; cpu < 4; ++cpu)
        m.begin(cpu, 0);
    const auto take = [&](const skbscope_raw_skb &r, std::uint32_t n) {
        EXPECT_GE(std::uint64_t{r.raw.event.time}, last);
        last = r.raw.event.time;
        ++received;
        lost += n;
    };
    for (std::uint64_t now = 0; now < 20'000; now += 50) {
        std::vector<skbscope_raw_skb> batch;
        for (unsigned i = 0; i < 50; ++i, ++made) {
            const unsigned cpu = random() % 4;
            const skbscope_raw_skb r = record(now + i, cpu, seq[cpu]++);
            if (random() % 10 != 0) batch.push_back(r);
        }
        std::ranges::shuffle(batch, random);
        for (const auto &r : batch)
            m.push(r);
        m.pop(now >= 100 ? now - 100 : 0, take);
    }
    m.pop(record_merge::everything, take);
    for (std::uint8_t cpu = 0; cpu < 4; ++cpu)
        lost += m.missing_before(cpu, seq[cpu]);
    EXPECT_EQ(received + lost, made);
    EXPECT_EQ(m.late(), 0U);
}

} // namespace
