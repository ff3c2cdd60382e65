// SPDX-License-Identifier: GPL-2.0-or-later
// The operation list, as the agent decodes it: what is accepted has passed the check, and is the same after another
// trip.
#include "bpf/op_list.h"

#include <cstdint>
#include <cstring>

using namespace skbscope;

namespace {

// A header that is right for what follows, so that the operations themselves are reached.
std::string with_header(std::string_view bytes) {
    skbscope_oplist h{SKBSCOPE_OPLIST_MAGIC, SKBSCOPE_OPLIST_VERSION, 0, 0};
    h.count = static_cast<__u32>(bytes.size() / sizeof(bpf::op));
    h.blob_size = static_cast<__u32>(bytes.size() % sizeof(bpf::op));
    std::string out(reinterpret_cast<const char *>(&h), sizeof h);
    return out.append(bytes);
}

void decode(std::string_view bytes) {
    const auto list = bpf::decode(std::as_bytes(std::span(bytes)));
    if (!list) return;
    if (!bpf::check(*list)) __builtin_trap();
    for (const bpf::op &o : list->ops)
        (void)list->data_of(o);
    const std::string again = bpf::encode(*list);
    if (!bpf::decode(std::as_bytes(std::span(again)))) __builtin_trap();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    decode(bytes);
    decode(with_header(bytes));
    return 0;
}
