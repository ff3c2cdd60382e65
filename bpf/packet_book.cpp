// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/packet_book.h"

#include <algorithm>

namespace skbscope::bpf {

packet_entry &packet_book::at(std::uint64_t skb) {
    packet_entry &p = live_[skb];
    if (p.id == trace::no_packet) p.id = next_++;
    return p;
}

packet_entry *packet_book::find(std::uint64_t skb) {
    const auto found = live_.find(skb);
    return found == live_.end() ? nullptr : &found->second;
}

packet_entry &packet_book::born(std::uint64_t skb) {
    live_.erase(skb);
    return at(skb);
}

std::vector<byte_run> packet_book::changed_bytes(packet_entry &packet, const skbscope_raw_skb &raw) {
    if (packet.head != raw.head) {
        packet.head = raw.head;
        packet.known.assign(packet.known.size(), false);
    }
    const std::size_t from = raw.bytes_from;
    const std::size_t end = from + std::min<std::size_t>(raw.bytes_count, SKBSCOPE_PROBE_BYTES);
    if (packet.bytes.size() < end) {
        packet.bytes.resize(end);
        packet.known.resize(end);
    }
    std::vector<byte_run> runs;
    for (std::size_t at = from; at < end; ++at) {
        const std::uint8_t now = raw.bytes[at - from];
        if (packet.known[at] && packet.bytes[at] == now) continue;
        packet.bytes[at] = now;
        packet.known[at] = true;
        // runs are whole records: a gap inside one is filled with what is known, so that few records say much
        if (runs.empty() || at >= std::size_t{runs.back().offset} + SKBSCOPE_BYTES_MAX)
            runs.push_back({static_cast<std::uint16_t>(at), {}});
        byte_run &run = runs.back();
        for (std::size_t i = run.offset + run.data.size(); i <= at; ++i)
            run.data.push_back(packet.bytes[i]);
    }
    return runs;
}

} // namespace skbscope::bpf
