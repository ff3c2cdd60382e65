// SPDX-License-Identifier: GPL-2.0-or-later
// A hundred thousand streams, each a valid one with some of it changed, always the same ones: a crash, a hang or a
// sanitizer's complaint is what this looks for, and that what passes the reader names only what there is. The libFuzzer
// target of the same name (tests/fuzz) goes on where this stops.
#include "bpf/stream_reader.h"

#include <array>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

namespace {

using namespace skbscope;
using trace::Event;

using Random = std::minstd_rand;

std::size_t below(Random &random, std::size_t n) {
    return random() % n;
}

// Short payloads: a mutation then hits what matters.
constexpr std::array<std::pair<skbscope_frame_type, std::string_view>, 10> payloads{{
    {SKBSCOPE_FRAME_HELLO, R"({"release":"6.1","build":"#1","clock":"real-ns","facts":{"a":"b"}})"},
    {SKBSCOPE_FRAME_NAMES, R"({"functions":["ip_rcv","f"],"hosts":["","a"],"devices":["","d"],"queues":["","q"]})"},
    {SKBSCOPE_FRAME_NAMES, R"({"functions":["ip_rcv","f","g"],"tasks":[{"id":0,"name":"idle"},{"id":7,"name":"t"}]})"},
    {SKBSCOPE_FRAME_PROGRESS, R"({"what":"w","done":1,"of":2})"},
    {SKBSCOPE_FRAME_INSPECT, R"({"rows":[{"function":"f","by":"none","reason":"r"}]})"},
    {SKBSCOPE_FRAME_ERROR, R"({"place":"p","what":"w","code":2})"},
    {SKBSCOPE_FRAME_NOTE, R"({"text":"t"})"},
    {SKBSCOPE_FRAME_READY, R"({"serial":1})"},
    {SKBSCOPE_FRAME_MISSED, R"({"functions":["f"]})"},
    {SKBSCOPE_FRAME_END, R"({"events":4,"lost":0})"},
}};

std::string events(Random &random) {
    std::string bytes;
    for (std::size_t n = below(random, 4); n > 0; --n) {
        Event e{};
        e.kind = static_cast<std::uint8_t>(1 + below(random, 40));
        e.time = below(random, 100);
        e.fn = static_cast<std::uint16_t>(below(random, 3));
        e.host = static_cast<std::uint8_t>(below(random, 3));
        bytes.append(reinterpret_cast<const char *>(&e), sizeof e);
    }
    return bytes;
}

void mutate(std::string &bytes, Random &random) {
    constexpr std::string_view special = "{}[]\":,\\\0\x7f\xff-9e";
    for (std::size_t n = 1 + below(random, 3); n > 0 && !bytes.empty(); --n) {
        const std::size_t at = below(random, bytes.size());
        switch (below(random, 4)) {
        case 0:
            bytes[at] = special[below(random, special.size())];
            break;
        case 1:
            bytes[at] = static_cast<char>(random());
            break;
        case 2:
            bytes.erase(at, 1 + below(random, 8));
            break;
        default:
            bytes.insert(at, bytes.substr(below(random, bytes.size()), below(random, 16)));
        }
    }
}

// One frame, its payload changed or not, its checksum right.
std::string some_frame(Random &random, bool change) {
    const auto &[type, text] = payloads[below(random, payloads.size())];
    const bool of_events = below(random, 3) == 0;
    std::string payload = of_events ? events(random) : std::string(text);
    if (change) mutate(payload, random);
    return bpf::make_frame(of_events ? SKBSCOPE_FRAME_EVENTS : type, payload);
}

void expect_names_what_there_is(const trace::Side &side) {
    for (const Event &e : side.events) {
        ASSERT_LT(e.host, side.hosts.size());
        ASSERT_LT(e.device, side.devices.size());
        ASSERT_FALSE(e.fn != trace::no_function && side.function_name(e.fn).empty());
    }
}

class StreamMutations : public testing::TestWithParam<unsigned> {};

TEST_P(StreamMutations, TwentyFiveThousandAreSafe) {
    Random random(GetParam());
    const std::string names = bpf::make_frame(payloads[1].first, payloads[1].second);
    unsigned whole = 0, refused = 0;
    for (int round = 0; round < 25'000; ++round) {
        std::string bytes = names;
        for (std::size_t n = 1 + below(random, 2); n > 0; --n)
            bytes += some_frame(random, below(random, 4) != 0);
        if (below(random, 4) == 0) mutate(bytes, random); // headers and checksums too
        bpf::stream_reader reader;
        const std::size_t cut = below(random, bytes.size() + 1);
        bool good = reader.feed(std::string_view(bytes).substr(0, cut)).has_value();
        good = reader.feed(std::string_view(bytes).substr(cut)).has_value() && good;
        (good ? whole : refused) += 1;
        ASSERT_NO_FATAL_FAILURE(expect_names_what_there_is(reader.take().side)) << "round " << round;
    }
    // both ways out are well trodden, or the mutations miss their aim
    EXPECT_GT(whole, 2'500U);
    EXPECT_GT(refused, 2'500U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, StreamMutations, testing::Values(1U, 2U, 3U, 4U));

TEST(StreamNames, WithoutEndAreRefusedAtOnce) {
    std::string payload = R"({"functions":[)";
    for (unsigned i = 0; i < 60'000; ++i)
        payload += (i == 0 ? "\"no_" : ",\"no_") + std::to_string(i) + "\"";
    bpf::stream_reader reader;
    const auto ok = reader.feed(bpf::make_frame(SKBSCOPE_FRAME_NAMES, payload + "]}"));
    ASSERT_FALSE(ok);
    EXPECT_NE(ok.error().message().find("more functions than a kernel has"), std::string::npos);
}

} // namespace
