// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/live_text.h"

#include <gtest/gtest.h>
#include <sstream>

namespace {

using namespace skbscope;
using trace::Event;

class LiveTextTest : public testing::Test {
protected:
    LiveTextTest() {
        side_.hosts = {"", "a"};
        side_.devices = {"", "va"};
        side_.tasks[7] = "nc";
    }
    Event event(unsigned kind, const char *function, std::uint64_t us) {
        Event e{};
        e.kind = static_cast<std::uint8_t>(kind);
        e.fn = function ? side_.intern_function(function) : trace::no_function;
        e.time = us * 1000;
        e.task = 7;
        e.host = 1;
        e.device = 1;
        e.packet = 3;
        e.state = SKBSCOPE_CTX_PROCESS | SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT;
        return e;
    }
    std::string print(const std::vector<Event> &events) {
        std::ostringstream out;
        app::LiveText(out, app::Style(false, false), 120).print(side_, events);
        return out.str();
    }
    trace::Side side_;
};

TEST_F(LiveTextTest, CallsAreIndentedAsTheyNest) {
    const std::string text =
        print({event(SKBSCOPE_EV_ENTER, "ip_output", 1000), event(SKBSCOPE_EV_ENTER, "dev_queue_xmit", 1005),
               event(SKBSCOPE_EV_LEAVE, "dev_queue_xmit", 1006), event(SKBSCOPE_EV_LEAVE, "ip_output", 1007),
               event(SKBSCOPE_EV_ENTER, "ip_rcv", 1500)});
    EXPECT_EQ(text, "   0.000000 0   a.va nc                3     ip_output ~\n"
                    "   0.000005 0   a.va nc                3      dev_queue_xmit ~\n"
                    "   0.000500 0   a.va nc                3     ip_rcv ~\n");
}

TEST_F(LiveTextTest, LossesSayHowManyAndWhy) {
    Event loss = event(SKBSCOPE_EV_LOSS, nullptr, 1);
    loss.packet = trace::no_packet;
    loss.loss.lost = 40;
    loss.loss.reason = SKBSCOPE_LOSS_RING_FULL;
    EXPECT_NE(print({loss}).find("40 records lost here: the ring was full"), std::string::npos);
    loss.loss.reason = SKBSCOPE_LOSS_FILTER_FULL;
    EXPECT_NE(print({loss}).find("40 packets not followed"), std::string::npos);
    loss.loss.reason = SKBSCOPE_LOSS_STREAM_CUT;
    EXPECT_NE(print({loss}).find("the stream was cut here"), std::string::npos);
}

// What a name from the kernel's side holds must not reach the terminal.
TEST_F(LiveTextTest, NamesAreMadePrintable) {
    side_.tasks[7] = "n\x1b[2Jc";
    EXPECT_EQ(print({event(SKBSCOPE_EV_ENTER, "ip_rcv", 1)}).find('\x1b'), std::string::npos);
}

} // namespace
