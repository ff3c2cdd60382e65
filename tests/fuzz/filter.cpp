// SPDX-License-Identifier: GPL-2.0-or-later
// A packet filter in classic BPF: the first byte chooses. Bytes as a request to the agent; as an expression for
// libpcap; or as instructions, with a packet behind them. What translates must say what libpcap's own interpreter says.
#include "bpf/filter_jit.h"
#include "bpf/live_request.h"
#include "input.h"
#include "tests/bpf/classic_filters.h"
#include "tests/bpf/kernel_bpf.h"

#include <cstring>

using namespace skbscope;

namespace {

void agree(const std::vector<bpf::classic_insn> &filter, std::string_view bytes) {
    const auto program = bpf::translate(filter);
    if (!program) {
        if (program.error().empty() || program.error().find('\n') != std::string::npos) __builtin_trap();
        return;
    }
    const test::packet packet(bytes.begin(), bytes.end());
    const auto length = static_cast<std::uint32_t>(packet.size() + packet.size() % 3 * 100);
    test::kernel_bpf kernel;
    if (kernel.run(*program, packet, length) != test::ask_libpcap(filter, packet, length)) __builtin_trap();
}

void request(std::string_view bytes) {
    const auto r = bpf::decode_live(bytes);
    if (!r) return;
    if (!bpf::decode_live(bpf::encode(*r))) __builtin_trap();
    (void)bpf::translate(r->ethernet);
    (void)bpf::translate(r->raw);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 4) {
    case 0:
        request(in.rest());
        break;
    case 1: { // length of the expression, its text, a packet
        const auto filter = test::compile(std::string(in.take(in.byte())), in.byte() % 2 == 0);
        if (filter) agree(*filter, in.rest());
        break;
    }
    default: { // count, instructions, a packet; libpcap's interpreter does not clear its 16 memory words
        std::vector<bpf::classic_insn> filter{{0x00, 0, 0, 0}};
        for (std::uint32_t word = 0; word < 16; ++word)
            filter.push_back({0x02, 0, 0, word});
        for (unsigned left = in.byte(); left > 0; --left) {
            bpf::classic_insn &i = filter.emplace_back();
            const std::string_view one = in.take(sizeof i);
            std::memcpy(&i, one.data(), one.size());
        }
        agree(filter, in.rest());
    }
    }
    return 0;
}
