// SPDX-License-Identifier: GPL-2.0-or-later
// A recording that is made from what came: the same events as one that was written while it came.
#include "app/attach/recording.h"

#include "app/attach/attachment.h"
#include "frames.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstring>
#include <random>

namespace skbscope::app {
namespace {

using test::Bytes;
using testing::HasSubstr;

// What may come, whole or not, from a host that has been asked for nothing.
class Traffic {
public:
    Traffic(unsigned seed, Bytes mac) : random_(seed), mac_(std::move(mac)) {}
    std::vector<Bytes> look() {
        std::vector<Bytes> frames(random_() % 4);
        for (Bytes &f : frames)
            f = one();
        return frames;
    }

private:
    Bytes one() {
        const std::string data(1 + random_() % 900, 'x');
        switch (random_() % 8) {
        case 0:
            return test::arpRequest();
        case 1:
            return test::echoRequest(mac_);
        case 2:
            return test::udpFrame(mac_, 9, data);
        case 3:
            return test::udpFrame(mac_, 19, data);
        case 4:
            return test::udpFrame(mac_, 4000, data); // nobody listens
        case 5: {
            Bytes broken = test::udpFrame(mac_, 7, data);
            broken[14 + random_() % (broken.size() - 14)] ^= 0x10;
            return broken;
        }
        default:
            return test::udpFrame(mac_, 7, data);
        }
    }
    std::mt19937 random_;
    Bytes mac_;
};

// Each look at the wire is 40 us after the one before, now and then seconds.
class ClockedWire final : public Wire {
public:
    explicit ClockedWire(unsigned seed) : random_(seed) {}
    [[nodiscard]] int descriptor() const override { return -1; }
    [[nodiscard]] std::uint64_t now() const override { return now_; }
    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, RunError> receive() override {
        if (breaksAt != 0 && looks_ == breaksAt && at_ == frames_.size())
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "tap0", "is gone"});
        return at_ == frames_.size() ? std::span<const std::uint8_t>() : std::span<const std::uint8_t>(frames_[at_++]);
    }
    void send(std::span<const std::uint8_t> frame) override { sent.emplace_back(frame.begin(), frame.end()); }
    [[nodiscard]] tl::expected<bool, RunError> wait(int, std::uint64_t) override {
        now_ += random_() % 50 == 0 ? 1'500'000'000U : 40'000U;
        frames_ = traffic->look();
        at_ = 0;
        return ++looks_ == most;
    }

    std::optional<Traffic> traffic;
    std::vector<Bytes> sent;
    unsigned most = 0, breaksAt = 0;

private:
    std::mt19937 random_;
    std::uint64_t now_ = 5'000'000'000;
    unsigned looks_ = 0;
    std::vector<Bytes> frames_;
    std::size_t at_ = 0;
};

struct Ran {
    trace::Side side;
    AttachCounters counters;
    std::vector<Bytes> sent;
};

Ran run(const AttachOptions &o, unsigned looks, unsigned breaksAt = 0) {
    ClockedWire wire(o.seed == 0 ? 1 : static_cast<unsigned>(o.seed));
    Attachment model(o, wire, nullptr);
    const auto begun = model.begin();
    EXPECT_TRUE(begun) << begun.error().message();
    const auto mac = model.mac();
    wire.traffic.emplace(7, Bytes(mac.begin(), mac.end()));
    wire.most = looks;
    wire.breaksAt = breaksAt;
    const auto ended = model.run(-1, [] { return true; });
    EXPECT_EQ(ended.has_value(), breaksAt == 0);
    auto side = model.side();
    EXPECT_TRUE(side) << side.error().message();
    return {side ? std::move(*side) : trace::Side(), model.counters(), wire.sent};
}

AttachOptions options() {
    AttachOptions o;
    o.address = inet_addr("10.9.0.2");
    o.services = {{ServiceKind::echo, 7}, {ServiceKind::discard, 9}, {ServiceKind::chargen, 19}};
    o.record = true;
    return o;
}

void expectSame(const Ran &made, const Ran &written) {
    EXPECT_EQ(made.sent, written.sent);
    ASSERT_EQ(made.side.events.size(), written.side.events.size());
    for (std::size_t i = 0; i < made.side.events.size(); ++i)
        ASSERT_EQ(std::memcmp(&made.side.events[i], &written.side.events[i], sizeof(trace::Event)), 0)
            << "event " << i << ", " << written.side.function_name(written.side.events[i].fn);
    EXPECT_EQ(made.side.hosts, written.side.hosts);
    EXPECT_EQ(made.side.devices, written.side.devices);
    EXPECT_EQ(made.side.queues, written.side.queues);
    EXPECT_EQ(made.side.tasks, written.side.tasks);
    EXPECT_EQ(made.side.info.facts, written.side.info.facts);
    EXPECT_EQ(made.counters.events, written.counters.events);
    EXPECT_EQ(made.counters.overwritten, written.counters.overwritten);
    EXPECT_EQ(made.counters.framesIn, written.counters.framesIn);
}

class RecordingOf : public testing::TestWithParam<AttachOptions> {};

TEST_P(RecordingOf, WhatCameMakesTheSameEvents) {
    AttachOptions o = GetParam();
    const Ran made = run(o, 400);
    o.direct = true;
    const Ran written = run(o, 400);
    EXPECT_GT(made.side.events.size(), 50'000U);
    expectSame(made, written);
}

AttachOptions with(void (*change)(AttachOptions &)) {
    AttachOptions o = options();
    change(o);
    return o;
}
INSTANTIATE_TEST_SUITE_P(Cards, RecordingOf,
                         testing::Values(options(), with([](AttachOptions &o) { o.napi = o.gro = false; }),
                                         with([](AttachOptions &o) { o.cpus = o.queues = 4; }),
                                         with([](AttachOptions &o) { o.seed = 99; })));

TEST(Recording, HoldsWhatCameBeforeTheDeviceWasGone) {
    AttachOptions o = options();
    const Ran made = run(o, 400, 100);
    o.direct = true;
    expectSame(made, run(o, 400, 100));
}

// Of a long one only the last stretches are kept: from a later begin on the same calls are made, with other numbers.
TEST(Recording, OfALongOneHasTheLastEvents) {
    AttachOptions o = options();
    o.eventsMax = 20'000;
    o.stretchFrames = 60;
    const Ran made = run(o, 3000);
    EXPECT_TRUE(made.counters.overwritten);
    ASSERT_GE(made.side.events.size(), o.eventsMax);
    o.direct = true;
    const Ran written = run(o, 3000);
    EXPECT_EQ(made.sent, written.sent);
    // A call that began before the recording is not in it; all calls of the last looks are.
    constexpr std::size_t compared = 15'000;
    const auto last = [](const trace::Side &s) { return std::span(s.events).last(compared); };
    const auto a = last(made.side), b = last(written.side);
    for (std::size_t i = 0; i < compared; ++i) {
        ASSERT_EQ(made.side.function_name(a[i].fn), written.side.function_name(b[i].fn)) << "event " << i;
        ASSERT_EQ(a[i].kind, b[i].kind) << "event " << i;
        ASSERT_EQ(a[i].time, b[i].time) << "event " << i;
        ASSERT_EQ(a[i].task, b[i].task) << "event " << i;
        ASSERT_EQ(a[i].state, b[i].state) << "event " << i;
    }
}

TEST(Recording, OfAShortOneIsWhole) {
    AttachOptions o = options();
    o.stretchFrames = 60;
    const Ran made = run(o, 3000);
    EXPECT_TRUE(made.counters.overwritten) << "eight stretches of 60 frames are not all";
    o.stretchFrames = 2000;
    const Ran whole = run(o, 3000);
    EXPECT_FALSE(whole.counters.overwritten);
    EXPECT_EQ(whole.counters.events, whole.side.events.size());
    EXPECT_EQ(whole.side.events.front().seq, 0U);
}

Replayed someEvents(const ReplayRequest &request) {
    Replayed r;
    InputReader reader(request.log, request.firstStretch, request.end);
    while (reader.look()) {
        trace::Event e{};
        e.seq = static_cast<std::uint32_t>(r.made++);
        while (!reader.frame().empty())
            ++e.fn;
        r.side.events.push_back(e);
    }
    r.side.hosts.emplace_back("there");
    return r;
}

void look(Recording &r, std::uint64_t now, unsigned frames) {
    r.look(now);
    for (unsigned i = 0; i < frames; ++i)
        r.frame(Bytes{1, 2, 3});
    r.lookEnds();
}

TEST(Recording, TakesNoMoreCheckpointsThanItNeeds) {
    auto r = Recording::begin({.eventsMax = 1000, .stretchFrames = 10}, someEvents);
    ASSERT_TRUE(r) << r.error().message();
    for (std::uint64_t now = 1; now <= 200; ++now)
        look(*r, now, 1);
    EXPECT_EQ(r->checkpoints().size(), 3U); // 20 frames may make a thousand events, and the newest has none yet
    for (const Checkpoint &c : r->checkpoints())
        EXPECT_EQ(kill(c.process(), 0), 0);
    const auto all = r->end();
    ASSERT_TRUE(all) << all.error().message();
    EXPECT_FALSE(all->whole);
    EXPECT_EQ(all->side.hosts.back(), "there");
    EXPECT_EQ(all->made, all->side.events.size());
}

TEST(Recording, GivesAllWhenAllIsThere) {
    auto r = Recording::begin({.eventsMax = 1'000'000, .stretchFrames = 100}, someEvents);
    ASSERT_TRUE(r);
    for (std::uint64_t now = 1; now <= 250; ++now)
        look(*r, now, static_cast<unsigned>(now % 3));
    const auto all = r->end();
    ASSERT_TRUE(all) << all.error().message();
    EXPECT_TRUE(all->whole);
    ASSERT_EQ(all->side.events.size(), 250U);
    for (std::uint64_t now = 1; now <= 250; ++now)
        EXPECT_EQ(all->side.events[now - 1].fn, now % 3);
}

TEST(Recording, SaysThatItsProcessDied) {
    auto r = Recording::begin({}, someEvents);
    ASSERT_TRUE(r);
    look(*r, 1, 1);
    ASSERT_EQ(kill(r->checkpoints().front().process(), SIGKILL), 0);
    const auto all = r->end();
    ASSERT_FALSE(all);
    EXPECT_THAT(all.error().message(), HasSubstr("was killed by signal 9"));
    EXPECT_EQ(all.error().code, RunErrorCode::notPossibleHere);
}

TEST(Recording, LeavesNoProcess) {
    pid_t child = 0;
    {
        auto r = Recording::begin({}, someEvents);
        ASSERT_TRUE(r);
        child = r->checkpoints().front().process();
        ASSERT_EQ(kill(child, 0), 0);
    }
    EXPECT_EQ(kill(child, 0), -1);
}

} // namespace
} // namespace skbscope::app
