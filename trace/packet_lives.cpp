// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_lives.h"

namespace skbscope::trace {

PacketLives::Life PacketLives::of(PacketId packet) const {
    if (all_.empty()) gather();
    const auto found = all_.find(packet);
    return found == all_.end() ? Life{} : found->second;
}

void PacketLives::gather() const {
    for (std::uint32_t i = 0; i < side_.events.size(); ++i) {
        const Event &e = side_.events[i];
        if (e.packet == no_packet) continue;
        Life &life = all_[e.packet];
        if (life.first == npos) life.first = i;
        if (life.udp != npos || !is_enter(e)) continue;
        const std::string_view name = side_.function_name(e.fn);
        if (name.starts_with("udp_") || name.starts_with("__udp_")) life.udp = i;
    }
}

} // namespace skbscope::trace
