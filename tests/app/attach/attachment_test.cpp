// SPDX-License-Identifier: GPL-2.0-or-later
// The model behind a wire that is the test's own: what a host on it would see.
#include "app/attach/attachment.h"
#include "frames.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

using test::Bytes;
using testing::HasSubstr;

AttachOptions options() {
    AttachOptions o;
    o.address = inet_addr("10.9.0.2");
    o.services = {{ServiceKind::echo, 7}, {ServiceKind::discard, 9}, {ServiceKind::chargen, 19}};
    return o;
}

class Attached {
public:
    explicit Attached(const AttachOptions &o = options()) : model(o, wire, nullptr) {
        const auto ok = model.begin();
        EXPECT_TRUE(ok) << ok.error().message();
        wire.out.clear(); // what it said on its own
        const auto &m = model.mac();
        mac.assign(m.begin(), m.end());
    }
    // What the model sends when these arrive.
    std::vector<Bytes> answers(std::initializer_list<Bytes> frames) {
        wire.out.clear();
        for (const Bytes &f : frames)
            wire.arrive(f);
        unsigned looks = 0;
        const auto ok = model.run(wire.descriptor(), [&looks] { return ++looks > 20; });
        EXPECT_TRUE(ok) << ok.error().message();
        return wire.out;
    }
    test::MemoryWire wire;
    Attachment model;
    Bytes mac;
};

std::string_view payload(const Bytes &frame, std::size_t at) {
    return std::string_view(reinterpret_cast<const char *>(frame.data()), frame.size()).substr(at);
}

TEST(Attachment, AnswersArp) {
    Attached a;
    const auto out = a.answers({test::arpRequest()});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(test::get16(out[0], 12), 0x0806U);
    EXPECT_EQ(test::get16(out[0], 20), 2U); // a reply
    EXPECT_EQ(Bytes(out[0].begin() + 22, out[0].begin() + 28), a.mac);
}

TEST(Attachment, AnswersPing) {
    Attached a;
    const auto out = a.answers({test::arpRequest(), test::echoRequest(a.mac)});
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[1][23], 1); // ICMP
    EXPECT_EQ(out[1][34], 0); // echo reply
    EXPECT_EQ(payload(out[1], 42), "abcd");
    EXPECT_EQ(test::internetChecksum(out[1], 34, out[1].size()), 0U);
}

TEST(Attachment, EchoesWhatItGot) {
    Attached a;
    const auto out = a.answers({test::arpRequest(), test::udpFrame(a.mac, 7, "as it came")});
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(test::get16(out[1], 34), 7U);
    EXPECT_EQ(test::get16(out[1], 36), 5000U);
    EXPECT_EQ(payload(out[1], 42), "as it came");
    EXPECT_EQ(a.model.services()[0]->received(), 1U);
    EXPECT_EQ(a.model.services()[0]->sent(), 1U);
}

TEST(Attachment, DiscardsAndGenerates) {
    Attached a;
    EXPECT_EQ(a.answers({test::arpRequest(), test::udpFrame(a.mac, 9, "gone")}).size(), 1U);
    EXPECT_EQ(a.model.services()[1]->received(), 1U);
    const auto out = a.answers({test::udpFrame(a.mac, 19, "")});
    ASSERT_EQ(out.size(), 1U);
    const std::string_view lines = payload(out[0], 42);
    EXPECT_EQ(lines.size(), 6U * 74U);
    EXPECT_EQ(lines.substr(0, 4), " !\"#");
    EXPECT_EQ(lines.substr(72, 5), "\r\n!\"#");
}

TEST(Attachment, SaysThatNobodyListens) {
    Attached a;
    const auto out = a.answers({test::arpRequest(), test::udpFrame(a.mac, 4000, "anybody?")});
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[1][23], 1);
    EXPECT_EQ(out[1][34], 3); // destination unreachable
    EXPECT_EQ(out[1][35], 3); // port
}

TEST(Attachment, RecordsWhenAsked) {
    AttachOptions o = options();
    EXPECT_TRUE(Attached(o).model.side()->events.empty());
    o.record = true;
    Attached a(o);
    (void)a.answers({test::arpRequest(), test::udpFrame(a.mac, 7, "as it came")});
    const trace::Side side = *a.model.side();
    const auto called = [&side](const char *name) {
        return std::ranges::any_of(
            side.events, [&](const trace::Event &e) { return trace::is_enter(e) && side.function_name(e.fn) == name; });
    };
    for (const char *name :
         {"napi_gro_receive", "arp_rcv", "udp_rcv", "__sys_recvfrom", "__sys_sendto", "dev_queue_xmit"})
        EXPECT_TRUE(called(name)) << name;
    EXPECT_THAT(side.tasks, testing::Contains(testing::Pair(testing::_, "udp-echo")));
}

TEST(Attachment, KeepsTheLastEvents) {
    AttachOptions o = options();
    o.record = true;
    o.eventsMax = 5000;
    o.direct = true;
    Attached a(o);
    (void)a.answers({test::arpRequest()});
    EXPECT_FALSE(a.model.counters().overwritten);
    for (int i = 0; i < 100; ++i)
        ASSERT_EQ(a.answers({test::udpFrame(a.mac, 7, "still answered")}).size(), 1U);
    const AttachCounters c = a.model.counters();
    EXPECT_TRUE(c.overwritten);
    const std::vector<trace::Event> events = a.model.side()->events;
    EXPECT_GE(events.size(), o.eventsMax);
    EXPECT_LT(events.size(), c.events);
    EXPECT_EQ(events.back().seq, c.events - 1);
    EXPECT_GT(events.front().seq, 0U); // a hole before it: what is missing is not "not called"
}

TEST(Attachment, EndsWhenTheDeviceIsGone) {
    Attached a;
    a.wire.broken = true;
    const auto ok = a.model.run(a.wire.descriptor(), [] { return false; });
    ASSERT_FALSE(ok);
    EXPECT_EQ(ok.error().message(), "tap0: is gone");
}

TEST(Attachment, NamesWhatTheModelRefuses) {
    AttachOptions o = options();
    o.services.emplace_back(ServiceKind::echo, 9); // discard has it
    test::MemoryWire wire;
    Attachment model(o, wire, nullptr);
    const auto ok = model.begin();
    ASSERT_FALSE(ok);
    EXPECT_THAT(ok.error().message(), HasSubstr("--echo 9: Address already in use"));
}

TEST(Attachment, WorksWithoutNapiAndOnSeveralCpus) {
    AttachOptions o = options();
    o.napi = false;
    EXPECT_EQ(Attached(o).answers({test::arpRequest()}).size(), 1U);
    o = options();
    o.cpus = o.queues = 4;
    Attached a(o);
    EXPECT_EQ(a.answers({test::arpRequest(), test::udpFrame(a.mac, 7, "x"), test::udpFrame(a.mac, 7, "y")}).size(), 3U);
}

} // namespace
} // namespace skbscope::app
