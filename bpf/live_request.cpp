// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/live_request.h"

#include "bpf/stream.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace skbscope::bpf {

namespace {

std::string_view bytes_of(const std::vector<classic_insn> &filter) {
    return {reinterpret_cast<const char *>(filter.data()), filter.size() * sizeof(classic_insn)};
}

std::vector<classic_insn> filter_from(std::string_view bytes) {
    std::vector<classic_insn> filter(bytes.size() / sizeof(classic_insn));
    if (!filter.empty()) std::memcpy(filter.data(), bytes.data(), bytes.size());
    return filter;
}

// What does not fit is cut; then it has no end, and is refused.
template <std::size_t n> void put_name(char (&to)[n], const std::string &name) {
    std::memcpy(to, name.data(), std::min(n, name.size()));
}

// Names become paths: nothing in them may lead elsewhere.
template <std::size_t n> bool is_name(const char (&name)[n]) {
    const std::string_view text(name, strnlen(name, n));
    return text.size() < n && text != "." && text != ".." &&
           std::ranges::none_of(text, [](unsigned char c) { return c == '/' || c <= ' ' || c == 0x7f; });
}

std::string fault(const skbscope_live &h) {
    if (h.version != SKBSCOPE_LIVE_VERSION)
        return "of version " + std::to_string(h.version) + ", this agent reads " +
               std::to_string(SKBSCOPE_LIVE_VERSION);
    if (h.ethernet > classic_insns_max || h.raw > classic_insns_max) return "its filter is too long";
    if ((h.ethernet == 0) != (h.raw == 0)) return "one of its filters is missing";
    if (h.scenario > SKBSCOPE_FRAME_MAX) return "its scenario is too long";
    if (!is_name(h.netns) || !is_name(h.device)) return "a name is too long, or has a character that names cannot have";
    const bool ring =
        h.ring_bytes == 0 || (std::has_single_bit(h.ring_bytes) && h.ring_bytes >= SKBSCOPE_LIVE_RING_MIN &&
                              h.ring_bytes <= SKBSCOPE_LIVE_RING_MAX);
    if (!ring) return "the ring's size is no power of two from 4 KiB to 256 MiB";
    if (h.packets_max > SKBSCOPE_LIVE_PACKETS_MAX) return "more packets than can be followed";
    return {};
}

} // namespace

std::string encode(const live_request &r) {
    skbscope_live h{};
    h.version = SKBSCOPE_LIVE_VERSION;
    h.flags = r.flags;
    h.ethernet = static_cast<__u32>(r.ethernet.size());
    h.raw = static_cast<__u32>(r.raw.size());
    h.scenario = static_cast<__u32>(r.scenario.size());
    put_name(h.netns, r.netns);
    put_name(h.device, r.device);
    h.ring_bytes = r.ring_bytes;
    h.packets_max = r.packets_max;
    std::string out(reinterpret_cast<const char *>(&h), sizeof h);
    return out.append(bytes_of(r.ethernet)).append(bytes_of(r.raw)).append(r.scenario);
}

tl::expected<live_request, std::string> decode_live(std::string_view bytes) {
    const auto wrong = [](const std::string &why) { return tl::unexpected(why); };
    skbscope_live h;
    if (bytes.size() < sizeof h) return wrong("too short");
    std::memcpy(&h, bytes.data(), sizeof h);
    if (const std::string why = fault(h); !why.empty()) return wrong(why);
    const std::size_t ethernet = h.ethernet * sizeof(classic_insn), raw = h.raw * sizeof(classic_insn);
    if (bytes.size() != sizeof h + ethernet + raw + h.scenario) return wrong("its size does not match its header");
    live_request r;
    r.ethernet = filter_from(bytes.substr(sizeof h, ethernet));
    r.raw = filter_from(bytes.substr(sizeof h + ethernet, raw));
    r.scenario = bytes.substr(sizeof h + ethernet + raw);
    r.netns = h.netns;
    r.device = h.device;
    r.ring_bytes = h.ring_bytes;
    r.packets_max = h.packets_max;
    r.flags = h.flags;
    return r;
}

} // namespace skbscope::bpf
