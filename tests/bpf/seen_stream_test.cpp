// SPDX-License-Identifier: GPL-2.0-or-later
// Snapshots and system calls on the agent's stream.
#include "bpf/stream_reader.h"

#include <cstring>
#include <gtest/gtest.h>

namespace skbscope::bpf {
namespace {

skbscope_call call(std::uint64_t number, unsigned phase, std::uint64_t time, std::uint32_t kept = 0) {
    skbscope_call c{};
    c.number = number;
    c.phase = phase;
    c.time = time;
    c.kept = kept;
    c.socket = 7;
    std::strcpy(c.comm, "n\x1b"
                        "c");
    return c;
}

std::string frame_of(std::string_view records) {
    return make_frame(SKBSCOPE_FRAME_SYSCALLS, records);
}

TEST(SeenStream, CallsArePairedOverFrames) {
    std::string first, second;
    put_call(first, call(1, SKBSCOPE_CALL_BEGIN, 10, 3), "abc");
    put_call(first, call(2, SKBSCOPE_CALL_BEGIN, 11), {});
    skbscope_call end = call(1, SKBSCOPE_CALL_END, 20);
    end.result = -11;
    put_call(second, end, {});
    put_call(second, call(9, SKBSCOPE_CALL_END, 21), {}); // nobody saw it begin
    stream_reader reader;
    ASSERT_TRUE(reader.feed(frame_of(first) + frame_of(second)));
    const read_state state = reader.take();
    ASSERT_EQ(state.calls.size(), 2U);
    EXPECT_EQ(state.calls[0].payload, "abc");
    EXPECT_TRUE(state.calls[0].ended);
    EXPECT_EQ(state.calls[0].result, -11);
    EXPECT_EQ(state.calls[0].end_time, 20U);
    EXPECT_EQ(state.calls[0].comm(), "n c");
    EXPECT_FALSE(state.calls[1].ended);
}

TEST(SeenStream, WrongRecordsAreRefused) {
    const auto refuses = [](const skbscope_call &c, std::string_view payload, std::size_t cut = 0) {
        std::string records;
        records.append(reinterpret_cast<const char *>(&c), sizeof c).append(payload);
        records.resize(records.size() - cut);
        stream_reader reader;
        return !reader.feed(frame_of(records));
    };
    EXPECT_TRUE(refuses(call(1, 7, 1), {}));
    EXPECT_TRUE(refuses(call(1, SKBSCOPE_CALL_BEGIN, 1), {}, 1));
    EXPECT_TRUE(refuses(call(1, SKBSCOPE_CALL_BEGIN, 1, 4), "abc"));
    EXPECT_TRUE(refuses(call(1, SKBSCOPE_CALL_BEGIN, 1, 5000), std::string(5000, 'x')));
    skbscope_call c = call(1, SKBSCOPE_CALL_BEGIN, 1);
    c.address_length = 200;
    EXPECT_TRUE(refuses(c, {}));
    EXPECT_FALSE(refuses(call(1, SKBSCOPE_CALL_BEGIN, 1, 3), "abc"));
}

TEST(SeenStream, SnapshotsComeInOrder) {
    stream_reader reader;
    ASSERT_TRUE(reader.feed(make_frame(SKBSCOPE_FRAME_SNAPSHOT, R"({"name":"a"})") +
                            make_frame(SKBSCOPE_FRAME_SNAPSHOT, R"({"name":"b"})")));
    EXPECT_FALSE(reader.feed(make_frame(SKBSCOPE_FRAME_SNAPSHOT, R"({"name":7})")));
    const read_state state = reader.take();
    ASSERT_EQ(state.snapshot.size(), 2U);
    EXPECT_EQ(state.snapshot[1].name, "b");
}

} // namespace
} // namespace skbscope::bpf
