// SPDX-License-Identifier: GPL-2.0-or-later
// What is written to the log is read from it, look by look, over the ends of stretches.
#include "app/attach/input_log.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace skbscope::app {
namespace {

using Frames = std::vector<std::vector<std::uint8_t>>;
struct Look {
    std::uint64_t now;
    Frames frames;
};

Look someLook(std::mt19937 &random, std::uint64_t now) {
    Look look{now, Frames(random() % 5)};
    for (auto &f : look.frames) {
        f.resize(1 + random() % 2000);
        for (auto &byte : f)
            byte = static_cast<std::uint8_t>(random());
    }
    return look;
}

void write(InputLog &log, const Look &look) {
    log.look(look.now);
    for (const auto &f : look.frames)
        log.frame(f);
    log.lookEnds();
}

Frames rest(InputReader &reader, std::size_t most = ~std::size_t{0}) {
    Frames all;
    while (all.size() < most) {
        const auto f = reader.frame();
        if (f.empty()) break;
        all.emplace_back(f.begin(), f.end());
    }
    return all;
}

TEST(InputLog, GivesWhatItTook) {
    std::mt19937 random(1);
    auto log = InputLog::create();
    ASSERT_TRUE(log) << log.error().message();
    std::vector<Look> looks;
    std::vector<std::size_t> stretchBegins{0};
    for (std::uint64_t now = 1; now <= 3000; ++now) {
        if (now % 700 == 0) {
            ASSERT_TRUE(log->beginStretch());
            stretchBegins.push_back(looks.size());
        }
        looks.push_back(someLook(random, now * 1000));
        write(*log, looks.back());
    }
    for (std::uint32_t stretch = 0; stretch < stretchBegins.size(); ++stretch) {
        InputReader reader(log->descriptor(), stretch, log->end());
        for (std::size_t i = stretchBegins[stretch]; i < looks.size(); ++i) {
            const auto now = reader.look();
            ASSERT_EQ(now, looks[i].now) << "look " << i;
            if (i % 7 == 3) continue; // one that nobody reads to its end
            ASSERT_EQ(rest(reader), looks[i].frames) << "look " << i;
            EXPECT_TRUE(reader.frame().empty());
        }
        EXPECT_FALSE(reader.look());
        EXPECT_FALSE(reader.look());
    }
}

TEST(InputLog, EndsWhereItEndedThen) {
    auto log = InputLog::create();
    ASSERT_TRUE(log);
    const LogPosition nothing = log->end();
    write(*log, {10, {{1, 2, 3}}});
    const LogPosition then = log->end();
    write(*log, {20, {{4}}});
    log->look(30); // not whole
    log->frame(std::vector<std::uint8_t>{5});
    EXPECT_FALSE(InputReader(log->descriptor(), 0, nothing).look());
    InputReader first(log->descriptor(), 0, then);
    EXPECT_EQ(first.look(), 10U);
    EXPECT_FALSE(first.look());
    InputReader second(log->descriptor(), 0, log->end());
    EXPECT_EQ(second.look(), 10U);
    EXPECT_EQ(second.look(), 20U);
    EXPECT_EQ(rest(second), (Frames{{4}}));
    EXPECT_FALSE(second.look());
}

TEST(InputLog, ForgetsOldStretchesAndKeepsTheOthers) {
    auto log = InputLog::create();
    ASSERT_TRUE(log);
    const std::vector<std::uint8_t> frame(60'000, 7);
    for (std::uint32_t stretch = 0; stretch < 3; ++stretch) {
        for (std::uint64_t i = 0; i < 10; ++i)
            write(*log, {100 * stretch + i, {frame}});
        if (stretch < 2) {
            ASSERT_TRUE(log->beginStretch());
        }
    }
    log->forgetBefore(1);
    log->forgetBefore(1);
    InputReader reader(log->descriptor(), 1, log->end());
    for (std::uint64_t i = 0; i < 20; ++i) {
        EXPECT_EQ(reader.look(), 100 * (1 + i / 10) + i % 10);
        EXPECT_EQ(rest(reader), Frames{frame});
    }
    EXPECT_FALSE(reader.look());
}

TEST(InputLog, IsFullWhileALookStillFits) {
    auto log = InputLog::create();
    ASSERT_TRUE(log);
    const std::vector<std::uint8_t> largest(65'554, 1);
    std::uint64_t looks = 0;
    while (!log->full()) {
        ++looks;
        log->look(looks);
        for (int i = 0; i < 64; ++i)
            log->frame(largest);
        log->lookEnds();
    }
    EXPECT_LT(log->end().offset, InputLog::stretchBytes);
    InputReader reader(log->descriptor(), 0, log->end());
    for (std::uint64_t i = 1; i <= looks; ++i)
        EXPECT_EQ(reader.look(), i);
    EXPECT_FALSE(reader.look());
}

} // namespace
} // namespace skbscope::app
