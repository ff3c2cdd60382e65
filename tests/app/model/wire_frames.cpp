// SPDX-License-Identifier: GPL-2.0-or-later
#include "wire_frames.h"

#include "trace/state.h"

namespace skbscope::app {

std::vector<WireFrame> wireFrames(const trace::Side &side) {
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::StateIndex index(side, tree);
    std::vector<WireFrame> frames;
    for (const trace::Call &call : tree.calls) {
        const std::string_view name = side.function_name(call.fn);
        if (name != "veth_xmit" && name != "loopback_xmit") continue;
        // Extension records of the enter event follow it; the state after the last of them is the state at entry.
        std::uint32_t at = call.enter;
        while (at + 1 < side.events.size() && trace::is_extension(side.events[at + 1]))
            ++at;
        const trace::Event &e = side.events[call.enter];
        const trace::PacketState p = index.packet_at(e.packet, at);
        WireFrame frame;
        frame.device = e.device < side.devices.size() ? side.devices[e.device] : "";
        for (std::size_t i = trace::data_of(p.skb); i < trace::tail_of(p.skb); ++i) {
            frame.bytes.push_back(i < p.bytes.size() ? p.bytes[i] : std::uint8_t{0});
            frame.known.push_back(i < p.known.size() && p.known[i] != 0);
        }
        frames.push_back(std::move(frame));
    }
    return frames;
}

const char *randomField(const std::vector<std::uint8_t> &frame, std::size_t offset) {
    constexpr std::size_t ethernet = 14;
    const bool ipv4 = frame.size() > ethernet + 20 && frame[12] == 0x08 && frame[13] == 0x00;
    if (!ipv4 || offset < ethernet) return nullptr;
    const std::size_t ip = offset - ethernet;
    if (ip == 4 || ip == 5) return "IP id";
    if (ip == 10 || ip == 11) return "IP checksum, of the id";
    const bool first = (frame[ethernet + 6] & 0x1f) == 0 && frame[ethernet + 7] == 0;
    if (!first || frame[ethernet + 9] != 17) return nullptr;
    if (ip == 20 || ip == 21) return "UDP source port";
    const bool fragmented = (frame[ethernet + 6] & 0x20) != 0; // its checksum is whole; else it is left to the device
    return fragmented && (ip == 26 || ip == 27) ? "UDP checksum, of the port" : nullptr;
}

} // namespace skbscope::app
