// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/state_text.h"

#include "trace/state.h"

#include <charconv>

namespace skbscope::trace {

std::uint64_t struct_of(const PacketTable &packets, PacketId id) {
    constexpr std::uint64_t no_address = std::uint64_t{1} << 62; // neither a user's nor a kernel's address
    const Packet *p = packets.find(id);
    return p && p->skb != 0 ? p->skb : no_address | id;
}

StateValues state_values(const Snapshot &s) {
    return {s.len,          s.data_len,      data_of(s), tail_of(s), s.end,   s.mac,
            s.network,      s.transport,     s.protocol, s.truesize, s.users, cloned_of(s) ? 1U : 0U,
            pkt_type_of(s), ip_summed_of(s), 0};
}

std::string state_value_text(std::size_t field, std::uint32_t value) {
    const bool hex = state_fields[field] == "protocol";
    char text[16];
    const auto end = std::to_chars(text, text + sizeof text, value, hex ? 16 : 10).ptr;
    return (hex ? "0x" : "") + std::string(text, end);
}

std::vector<StateLine> state_lines(const Side &side, const CallTree &tree) {
    const PacketTable packets = build_packet_table(side);
    std::vector<StateLine> lines;
    std::uint64_t before = 0;
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
        const Call &c = tree.calls[i];
        const Event &e = side.events[c.enter];
        const Function f = side.function(c.fn);
        if (!has_snapshot(e) || !f.traceable || f.skb_arg < 0) continue;
        StateLine line{i, state_values(e.skb)};
        const std::uint64_t now = struct_of(packets, e.packet);
        line.value[same_field] = now == before ? 1 : 0;
        before = now;
        lines.push_back(line);
    }
    return lines;
}

std::string to_state_text(const Side &side, const CallTree &tree) {
    std::string out;
    for (const StateLine &line : state_lines(side, tree)) {
        out += side.function_name(tree.calls[line.call].fn);
        for (std::size_t i = 0; i < state_field_count; ++i) {
            out += '\t';
            out += state_fields[i];
            out += '=';
            out += state_value_text(i, line.value[i]);
        }
        out += '\n';
    }
    return out;
}

} // namespace skbscope::trace
