// SPDX-License-Identifier: GPL-2.0-or-later
// The agent's stream. The first byte chooses: bytes as they are, fed in pieces; or frames of our making around them,
// with checksums that are right, so that what is inside a frame is reached.
#include "bpf/stream_reader.h"
#include "input.h"

using namespace skbscope;

namespace {

void raw(bpf::stream_reader &reader, fuzz::Input in) {
    while (!in.empty())
        if (!reader.feed(in.take(1U + in.byte()))) return;
}

// Type, length of the payload in two bytes, payload.
void framed(bpf::stream_reader &reader, fuzz::Input in) {
    while (!in.empty()) {
        const auto type = static_cast<skbscope_frame_type>(in.byte() % 16);
        const std::size_t size = in.byte() | std::size_t{in.byte()} << 8;
        if (!reader.feed(bpf::make_frame(type, in.take(size)))) return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input in(data, size);
    bpf::stream_reader reader;
    if (in.byte() % 4 == 0)
        raw(reader, in);
    else
        framed(reader, in);
    const bpf::read_state state = reader.take();
    for (const trace::Event &e : state.side.events) // what the reader let through names what there is
        if (e.host >= state.side.hosts.size() || e.device >= state.side.devices.size()) __builtin_trap();
    return 0;
}
