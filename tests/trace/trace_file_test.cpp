// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/trace_file.h"
#include "trace/what_if.h"

#include "random.h"
#include "side_builder.h"
#include "trace/compare.h"
#include "trace/file_layout.h"
#include "trace/state.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zstd.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using testing::HasSubstr;

Side example_side(SideKind kind) {
    SideBuilder b(kind);
    b.side.info.release = "6.1.0-51-cloud-amd64";
    b.side.info.build = "#1 SMP";
    b.side.info.transport = kind == SideKind::model ? "model" : "lab";
    b.side.info.date = kind == SideKind::model ? "" : "2024-05-01T10:00:00Z";
    b.side.info.clock = kind == SideKind::model ? Clock::virtual_ns : Clock::instructions;
    b.side.info.facts = {{"net.ipv4.ip_early_demux", "1"}, {"not traced: sock_wfree", "no probe fits"}};
    b.side.hosts = {"", "a", "b"};
    b.side.devices = {"", "va", "vb"};
    b.side.queues = {"", "backlog"};
    b.side.tasks = {{0, "idle"}, {100, "sender"}};
    b.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", test::snapshot_of(16, 40)).device = 2;
    b.identity(0x1000, 0x2000);
    b.bytes(16, "bytes of the packet that need more than one record");
    b.call("a_function_of_tomorrow");
    b.add(SKBSCOPE_EV_ENQUEUE, "ip_rcv").queue = {1, 1, 1000, 0, {}};
    b.leave("ip_rcv").host = 2;
    return b.side;
}

Trace example() {
    Trace t;
    t.scenario_name = "udp-veth";
    t.scenario_text = "name: udp-veth\ntitle: \"One UDP datagram\"\n";
    t.sides = {example_side(SideKind::model), example_side(SideKind::kernel)};
    return t;
}

tl::expected<Trace, FileError> decode(std::string_view bytes) {
    return decode_trace(std::as_bytes(std::span(bytes)), "x.skbt");
}

void expect_same_events(const std::vector<Event> &a, const std::vector<Event> &b) {
    ASSERT_EQ(a.size(), b.size());
    const std::size_t size = a.size() * sizeof(Event);
    EXPECT_TRUE(size == 0 || std::memcmp(a.data(), b.data(), size) == 0);
}

void expect_same(const Trace &a, const Trace &b) {
    EXPECT_EQ(a.scenario_name, b.scenario_name);
    EXPECT_EQ(a.scenario_text, b.scenario_text);
    ASSERT_EQ(a.sides.size(), b.sides.size());
    for (std::size_t i = 0; i < a.sides.size(); ++i) {
        const Side &x = a.sides[i], &y = b.sides[i];
        EXPECT_EQ(x.info.kind, y.info.kind);
        EXPECT_EQ(x.info.clock, y.info.clock);
        EXPECT_EQ(x.info.release, y.info.release);
        EXPECT_EQ(x.info.build, y.info.build);
        EXPECT_EQ(x.info.transport, y.info.transport);
        EXPECT_EQ(x.info.date, y.info.date);
        EXPECT_EQ(x.info.facts, y.info.facts);
        EXPECT_EQ(x.hosts, y.hosts);
        EXPECT_EQ(x.devices, y.devices);
        EXPECT_EQ(x.queues, y.queues);
        EXPECT_EQ(x.tasks, y.tasks);
        EXPECT_EQ(x.extra_functions, y.extra_functions);
        expect_same_events(x.events, y.events);
    }
}

TEST(TraceFile, GivesBackWhatWasPutIn) {
    const auto back = decode(encode_trace(example()));
    ASSERT_TRUE(back) << back.error().message();
    expect_same(*back, example());
    EXPECT_FALSE(back->cut);
    EXPECT_EQ(back->cut_note, "");
    EXPECT_EQ(back->sides[0].function_name(back->sides[0].events[4].fn), "a_function_of_tomorrow");
}

TEST(TraceFile, NeverPosesAsLive) {
    EXPECT_FALSE(example().sides[1].info.recorded);
    const auto back = decode(encode_trace(example()));
    ASSERT_TRUE(back);
    for (const Side &side : back->sides)
        EXPECT_TRUE(side.info.recorded);
}

TEST(TraceFile, HasTheSameBytesForTheSameTrace) {
    const std::string bytes = encode_trace(example());
    EXPECT_EQ(bytes, encode_trace(example()));
    EXPECT_EQ(bytes, encode_trace(*decode(bytes)));
}

TEST(TraceFile, MayHoldNothing) {
    const auto back = decode(encode_trace({}));
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->sides.empty());
    EXPECT_FALSE(back->cut);
}

TEST(TraceFile, HoldsManyBlocksOfEvents) {
    Trace t = example();
    SideBuilder b;
    for (unsigned i = 0; i < layout::events_per_block + 5; ++i)
        b.call("ip_rcv");
    t.sides[0].events = b.side.events;
    const auto back = decode(encode_trace(t));
    ASSERT_TRUE(back);
    expect_same_events(back->sides[0].events, t.sides[0].events);
}

TEST(TraceFile, TakesNamesThatAreNotUtf8) {
    Trace t = example();
    t.sides[0].tasks[7] = "\xff\xfe";
    const auto back = decode(encode_trace(t));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->sides[0].tasks.at(7), "\uFFFD\uFFFD");
}

TEST(TraceFile, TranslatesFunctionsByNameAndFile) {
    // What another version of the catalogue would have written: other ids for the same functions.
    Trace t = example();
    const std::string here = encode_trace(t);
    Side &side = t.sides[0];
    const FunctionId udp = *Catalogue::builtin().find("compute_score", "net/ipv4/udp.c");
    const FunctionId tcp = *Catalogue::builtin().find("compute_score", "net/ipv4/inet_hashtables.c");
    side.events[0].fn = udp;
    side.events[1].fn = tcp;
    const auto back = decode(encode_trace(t));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->sides[0].events[0].fn, udp);
    EXPECT_EQ(back->sides[0].events[1].fn, tcp);
}

TEST(TraceFile, CutAnywhereOpensUpToTheLastWholeBlock) {
    const std::string bytes = encode_trace(example());
    std::size_t most_events = 0;
    bool opened = false;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto part = decode(std::string_view(bytes).substr(0, size));
        if (!part) {
            ASSERT_FALSE(opened) << "opened when it was shorter";
            ASSERT_THAT(part.error().message(), HasSubstr("x.skbt"));
            continue;
        }
        opened = true;
        ASSERT_TRUE(part->cut);
        ASSERT_THAT(part->cut_note, HasSubstr("x.skbt: byte "));
        ASSERT_THAT(part->cut_note, HasSubstr("events of the model"));
        std::size_t events = 0;
        for (const Side &side : part->sides)
            events += side.events.size();
        ASSERT_GE(events, most_events);
        most_events = events;
    }
    EXPECT_EQ(most_events, example().sides[0].events.size() * 2);
}

TEST(TraceFile, WithAFlippedByteNeverLies) {
    const std::string bytes = encode_trace(example());
    const Trace whole = example();
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        const auto read = decode(damaged);
        if (!read) continue;
        ASSERT_TRUE(read->cut) << "byte " << at;
        for (std::size_t i = 0; i < read->sides.size(); ++i) {
            const std::vector<Event> &events = read->sides[i].events;
            ASSERT_LE(events.size(), whole.sides[i].events.size());
            const std::size_t size = events.size() * sizeof(Event);
            ASSERT_TRUE(size == 0 || std::memcmp(events.data(), whole.sides[i].events.data(), size) == 0);
        }
    }
}

TEST(TraceFile, IgnoresWhatFollowsItsEnd) {
    const auto read = decode(encode_trace(example()) + "more");
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->cut);
    EXPECT_THAT(read->cut_note, HasSubstr("follow the end"));
    expect_same(*read, example());
}

TEST(TraceFile, OfAnotherVersionSaysSo) {
    std::string bytes = encode_trace(example());
    auto header = layout::load<layout::FileHeader>(std::as_bytes(std::span(bytes)));
    header.version = 2;
    header.crc = layout::header_crc(header);
    std::memcpy(bytes.data(), &header, sizeof header);
    const auto read = decode(bytes);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message(), "x.skbt: has trace format 2, this skbscope reads 1; use a newer skbscope");
}

TEST(TraceFile, ThatIsNoneSaysSo) {
    for (const std::string_view other : {"", "name: udp-veth\n", "\x89PNG\r\n\x1a\n0000000000000000000000"}) {
        const auto read = decode(other);
        ASSERT_FALSE(read);
        EXPECT_THAT(read.error().message(), HasSubstr("is not a trace of skbscope"));
    }
}

// A block as a hostile writer makes it: sums and sizes right.
std::string block(layout::BlockType type, std::uint8_t side, const std::string &raw,
                  std::optional<std::uint32_t> claimed_size = {}) {
    std::string stored(ZSTD_compressBound(raw.size()), '\0');
    stored.resize(ZSTD_compress(stored.data(), stored.size(), raw.data(), raw.size(), 1));
    layout::BlockHeader h{};
    h.type = static_cast<std::uint8_t>(type);
    h.side = side;
    h.raw_size = claimed_size.value_or(static_cast<std::uint32_t>(raw.size()));
    h.stored_size = static_cast<std::uint32_t>(stored.size());
    h.stored_crc = crc32(std::as_bytes(std::span(stored)));
    h.crc = layout::header_crc(h);
    return std::string(reinterpret_cast<const char *>(&h), sizeof h) + stored;
}

std::string header() {
    return encode_trace({}).substr(0, sizeof(layout::FileHeader));
}
const std::string one_side = R"({"scenario":{"name":"n","text":"t"},"sides":[{"kind":"model","clock":"virtual-ns",)"
                             R"("release":"","build":"","transport":"","date":"","facts":{}}]})";
const std::string four_names = R"({"hosts":["","a"],"devices":[""],"queues":[""],"tasks":[],"functions":[)"
                               R"({"id":0,"name":"ip_rcv","file":""},{"id":1,"name":"skb_orphan","file":""},)"
                               R"({"id":2,"name":"nobody_knows","file":""},{"id":3,"name":"udp_rcv","file":""}]})";
const std::string no_names = R"({"hosts":[""],"devices":[""],"queues":[""],"tasks":[],"functions":[]})";

TEST(TraceFile, RefusesABomb) {
    using enum layout::BlockType;
    std::string bomb = header() + block(meta, 0xff, one_side) + block(names, 0, no_names);
    const std::string part = block(events, 0, std::string(layout::raw_max, '\0'));
    for (int i = 0; i < 8; ++i)
        bomb += part; // 128 MiB from a few KiB
    const auto read = decode(bomb);
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message(), HasSubstr("refused"));
    const auto huge = decode(header() + block(meta, 0xff, one_side, layout::raw_max + 1));
    ASSERT_FALSE(huge);
    EXPECT_THAT(huge.error().message(), HasSubstr("claims more than"));
}

std::string error_of(const std::string &bytes) {
    const auto read = decode(bytes);
    if (!read) return read.error().message();
    return read->cut ? read->cut_note : "nothing wrong";
}

TEST(TraceFile, DoubtsWhatIsInItsBlocks) {
    using enum layout::BlockType;
    const std::string start = header() + block(meta, 0xff, one_side);
    const std::string named = start + block(names, 0, no_names);
    EXPECT_THAT(error_of(named + block(end, 0xff, R"({"events":[0]})")), "nothing wrong");
    EXPECT_THAT(error_of(named + block(end, 0xff, R"({"events":[1]})")), HasSubstr("counts other events"));
    EXPECT_THAT(error_of(named + block(end, 0xff, "{}")), HasSubstr("lacks \"events\""));
    EXPECT_THAT(error_of(header() + block(meta, 0xff, "[1,2")), HasSubstr("is not a JSON object"));
    EXPECT_THAT(error_of(header() + block(meta, 0xff, "{}")), HasSubstr("lacks \"scenario\""));
    EXPECT_THAT(error_of(header() + block(meta, 0xff, std::string(1'000'000, '['))), HasSubstr("is not a JSON object"));
    EXPECT_THAT(error_of(header() + block(names, 0, no_names)), HasSubstr("out of order"));
    EXPECT_THAT(error_of(start + block(meta, 0xff, one_side)), HasSubstr("out of order"));
    EXPECT_THAT(error_of(start + block(names, 1, no_names)), HasSubstr("side 1, which there is not"));
    EXPECT_THAT(error_of(named + block(names, 0, no_names)), HasSubstr("names come twice"));
    EXPECT_THAT(error_of(start + block(events, 0, std::string(64, '\0'))), HasSubstr("before the names"));
    EXPECT_THAT(error_of(named + block(events, 0, "short")), HasSubstr("not a whole number"));
    EXPECT_THAT(error_of(named + block(events, 0, std::string(64, '\0'), 128)),
                HasSubstr("does not unpack to the size"));
    EXPECT_THAT(error_of(start + block(names, 0, R"({"hosts":7})")), HasSubstr("\"hosts\" is not a list"));
    EXPECT_THAT(
        error_of(start +
                 block(names, 0,
                       R"({"hosts":[""],"devices":[""],"queues":[""],"tasks":[{"id":-1,"comm":"x"}],"functions":[]})")),
        HasSubstr("a task's id is not a number"));
    std::string two = one_side;
    two.insert(two.find("[{") + 1, two.substr(two.find("[{") + 1, two.rfind("]") - two.find("[{") - 1) + ",");
    EXPECT_THAT(error_of(header() + block(meta, 0xff, two)), HasSubstr("two sides of one kind"));
}

// Two runs of the model are one trace when the second names what was changed; else one file does not hold them.
TEST(TraceFile, TwoRunsOfTheModel) {
    Trace trace;
    trace.scenario_name = "udp-veth";
    for (const char *value : {"on", "off"}) {
        Side side;
        side.info.kind = SideKind::model;
        side.info.facts = {{"seed", "1"}, {"cpus", "1"}, {"what if: gro of b.vb", value}};
        Event e{};
        e.kind = SKBSCOPE_EV_IPI;
        side.events.assign(value == std::string("on") ? 1 : 2, e);
        trace.sides.push_back(std::move(side));
    }
    const auto read = decode(encode_trace(trace));
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_FALSE(read->cut) << read->cut_note;
    ASSERT_EQ(read->sides.size(), 2U);
    EXPECT_EQ(read->sides[1].events.size(), 2U);
    const auto change = what_if_of(read->sides[0].info, read->sides[1].info);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->text(), "gro of b.vb: on → off");
    trace.sides[1].info.facts.erase("what if: gro of b.vb");
    EXPECT_FALSE(decode(encode_trace(trace)));
    const auto written = write_trace(trace, testing::TempDir() + "two.skbt");
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().message(), HasSubstr("two sides of one kind"));
    EXPECT_FALSE(std::filesystem::exists(testing::TempDir() + "two.skbt"));
}

TEST(TraceFile, TurnsIdsThatNameNothingIntoNone) {
    using enum layout::BlockType;
    Event e{};
    e.fn = 17;
    e.host = 9;
    e.device = 9;
    e.kind = SKBSCOPE_EV_ENQUEUE;
    e.queue.queue = 0xffffffff;
    const std::string raw(reinterpret_cast<const char *>(&e), sizeof e);
    const auto read =
        decode(header() + block(meta, 0xff, one_side) + block(names, 0, no_names) + block(events, 0, raw));
    ASSERT_TRUE(read);
    const Event &back = read->sides[0].events.at(0);
    EXPECT_EQ(back.fn, no_function);
    EXPECT_EQ(back.host, 0);
    EXPECT_EQ(back.device, 0);
    EXPECT_EQ(back.queue.queue, 0U);
}

TEST(TraceFile, OfAnyEventsCanBeWorkedOn) {
    // Sums and sizes right, events random: everything that reads them must hold.
    using enum layout::BlockType;
    test::Random random(5);
    Side before;
    for (int round = 0; round < 60; ++round) {
        std::string raw(64 * 300, '\0');
        for (char &c : raw)
            c = static_cast<char>(random.one_in(3) ? random.below(256) : random.below(3));
        for (std::size_t i = 22; i < raw.size(); i += 64)
            raw[i] = static_cast<char>(random.one_in(2) ? 1 + random.below(2) : random.below(256)); // kind
        for (std::size_t i = 20; i < raw.size(); i += 64) { // function: one of the four that the names name
            raw[i] = static_cast<char>(random.below(4));
            raw[i + 1] = 0;
        }
        const auto read =
            decode(header() + block(meta, 0xff, one_side) + block(names, 0, four_names) + block(events, 0, raw));
        ASSERT_TRUE(read);
        const Side &side = read->sides[0];
        const CallTree tree = build_call_tree(side);
        const StateIndex index(side, tree);
        const PacketTable packets = build_packet_table(side);
        for (const Packet &p : packets.packets) {
            (void)index.packet_at(p.id, random.below(300));
            (void)packets.family(p.id);
        }
        (void)index.at(random.below(400));
        (void)to_state_text(side, tree);
        (void)to_tree_text(side, tree);
        const Comparison c = compare(before, build_call_tree(before), side, tree);
        EXPECT_GE(c.rows.size(), tree.calls.size());
        before = side;
    }
}

class TraceOnDisk : public testing::Test {
protected:
    std::filesystem::path dir_ =
        std::filesystem::temp_directory_path() / ("skbscope-trace-test-" + std::to_string(::getpid()));
    void SetUp() override { std::filesystem::create_directories(dir_); }
    void TearDown() override { std::filesystem::remove_all(dir_); }
};

TEST_F(TraceOnDisk, IsWrittenWholeAndReadBack) {
    const auto path = dir_ / "x.skbt";
    ASSERT_TRUE(write_trace(example(), path));
    ASSERT_TRUE(write_trace(example(), path)); // over itself
    const auto back = read_trace(path);
    ASSERT_TRUE(back) << back.error().message();
    expect_same(*back, example());
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir_), {}), 1); // nothing left over
}

TEST_F(TraceOnDisk, SaysWhatItCannotOpen) {
    const auto missing = read_trace(dir_ / "none.skbt");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message(), HasSubstr("none.skbt: cannot be opened: No such file"));
    const auto folder = read_trace(dir_);
    ASSERT_FALSE(folder);
    EXPECT_THAT(folder.error().message(), HasSubstr("is a directory"));
    const auto nowhere = write_trace(example(), dir_ / "no" / "such" / "x.skbt");
    ASSERT_FALSE(nowhere);
    EXPECT_THAT(nowhere.error().message(), HasSubstr("cannot be written: No such file"));
}

TEST(Crc32, IsThatOfZlib) {
    const std::string_view text = "123456789";
    EXPECT_EQ(crc32(std::as_bytes(std::span(text))), 0xcbf43926U);
    EXPECT_EQ(crc32(std::as_bytes(std::span(text.substr(4))), crc32(std::as_bytes(std::span(text.substr(0, 4))))),
              0xcbf43926U);
    EXPECT_EQ(crc32({}), 0U);
}

} // namespace
} // namespace skbscope::trace
