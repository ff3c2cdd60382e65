// SPDX-License-Identifier: GPL-2.0-or-later
// A trace file. The first byte chooses: bytes as they are; or blocks of our making, packed and with checksums that are
// right, so that what is inside a block is reached. What opens is worked on as the program does.
#include "trace/trace_file.h"
#include "input.h"
#include "trace/call_tree.h"
#include "trace/compare.h"
#include "trace/file_layout.h"
#include "trace/packets.h"
#include "trace/state.h"

#include <zstd.h>

using namespace skbscope;
using namespace skbscope::trace::layout;

namespace {

template <class Header> void append(std::string &out, Header h) {
    h.crc = header_crc(h);
    out.append(reinterpret_cast<const char *>(&h), sizeof h);
}

void append_block(std::string &out, BlockType type, std::uint8_t side, std::string_view payload) {
    std::string stored(ZSTD_compressBound(payload.size()), '\0');
    stored.resize(ZSTD_compress(stored.data(), stored.size(), payload.data(), payload.size(), 1));
    append(out,
           BlockHeader{static_cast<std::uint8_t>(type), side, 0, static_cast<std::uint32_t>(payload.size()),
                       static_cast<std::uint32_t>(stored.size()), trace::crc32(std::as_bytes(std::span(stored))), 0});
    out += stored;
}

std::string file_of(fuzz::Input in, bool begun) {
    FileHeader header{{}, trace::trace_file_version, SKBSCOPE_EVENT_ABI_VERSION, SKBSCOPE_EVENT_SIZE, 0, 0};
    std::memcpy(header.magic, magic, sizeof magic);
    std::string out;
    append(out, header);
    if (begun) {
        append_block(out, BlockType::meta, no_side,
                     R"({"scenario":{"name":"n","text":"t"},"sides":[{"kind":"kernel","clock":"real-ns","release":"6",)"
                     R"("build":"b","transport":"lab","date":"d","facts":{}}]})");
        append_block(out, BlockType::names, 0,
                     R"({"hosts":["","a"],"devices":["","d"],"queues":["","q"],"tasks":[{"id":7,"comm":"c"}],)"
                     R"("functions":[{"id":0,"name":"ip_rcv","file":""},{"id":1,"name":"kfree_skb","file":""}]})");
    }
    while (!in.empty()) { // type, side, length in two bytes, payload
        const auto type = static_cast<BlockType>(in.byte() % 6);
        const auto side = static_cast<std::uint8_t>(in.byte() % 3);
        const std::size_t size = in.byte() | std::size_t{in.byte()} << 8;
        append_block(out, type, side, in.take(size));
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input in(data, size);
    const unsigned way = in.byte() % 4;
    const std::string bytes = way == 0 ? std::string(in.rest()) : file_of(in, way > 1);
    const auto trace = trace::decode_trace(std::as_bytes(std::span(bytes)), "fuzz.skbt");
    if (!trace) {
        if (trace.error().message().find('\n') != std::string::npos) __builtin_trap();
        return 0;
    }
    for (const trace::Side &side : trace->sides) {
        const trace::CallTree tree = trace::build_call_tree(side);
        const trace::StateIndex states(side, tree);
        for (const trace::Packet &p : trace::build_packet_table(side).packets)
            (void)states.packet_at(p.id, static_cast<std::uint32_t>(side.events.size()));
        (void)trace::compare(side, tree, side, tree);
    }
    return 0;
}
