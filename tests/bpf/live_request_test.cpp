// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/live_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace {

using namespace skbscope::bpf;
using testing::HasSubstr;

live_request sample() {
    live_request r;
    r.ethernet = {{0x28, 0, 0, 12}, {0x06, 0, 0, 1}};
    r.raw = {{0x06, 0, 0, 1}};
    r.netns = "blue";
    r.device = "eth0";
    r.scenario = "steps";
    r.ring_bytes = 65536;
    r.packets_max = 100;
    r.flags = SKBSCOPE_LIVE_DROPS;
    return r;
}

TEST(LiveRequest, ComesBackAsItWas) {
    const live_request r = sample();
    const auto back = decode_live(encode(r));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(back->ethernet, r.ethernet);
    EXPECT_EQ(back->raw, r.raw);
    EXPECT_EQ(back->scenario, r.scenario);
    EXPECT_EQ(back->netns, r.netns);
    EXPECT_EQ(back->device, r.device);
    EXPECT_EQ(back->ring_bytes, r.ring_bytes);
    EXPECT_EQ(back->packets_max, r.packets_max);
    EXPECT_EQ(back->flags, r.flags);
}

TEST(LiveRequest, WhatCannotBeIsRefused) {
    const auto refused = [](auto change, const char *why) {
        live_request r = sample();
        change(r);
        const auto back = decode_live(encode(r));
        ASSERT_FALSE(back) << why;
        EXPECT_THAT(back.error(), HasSubstr(why));
    };
    refused([](live_request &r) { r.raw.clear(); }, "one of its filters is missing");
    refused([](live_request &r) { r.ring_bytes = 5000; }, "power of two");
    refused([](live_request &r) { r.ring_bytes = 1U << 31; }, "power of two");
    refused([](live_request &r) { r.netns = "../1"; }, "a character that names cannot have");
    refused([](live_request &r) { r.device = std::string(16, 'x'); }, "too long");
    refused([](live_request &r) { r.packets_max = 1U << 30; }, "more packets");
    refused([](live_request &r) { r.ethernet.resize(classic_insns_max + 1); }, "too long");
}

TEST(LiveRequest, AnyBytesAreSafeInput) {
    const std::string whole = encode(sample());
    for (std::size_t n = 0; n < whole.size(); ++n)
        EXPECT_FALSE(decode_live(whole.substr(0, n)));
    EXPECT_FALSE(decode_live(whole + "x"));
    std::mt19937 random(4);
    for (int n = 0; n < 2000; ++n) {
        std::string bytes = whole;
        bytes[random() % bytes.size()] = static_cast<char>(random());
        (void)decode_live(bytes);
    }
}

} // namespace
