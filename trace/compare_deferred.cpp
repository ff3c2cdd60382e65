// SPDX-License-Identifier: GPL-2.0-or-later
// Datagrams that a later kernel gives back where they were allocated: in a softirq of that CPU, when the reader is long
// gone. 6.1 does so with TCP's packets alone.
#include "trace/compare_stacks.h"

#include "trace/renames.h"

namespace skbscope::trace {

namespace {

std::string_view known_name(const Compared &side, std::uint32_t call) {
    return catalogue_name(side.name(call));
}

bool serves_softirqs(std::string_view name) {
    return name == "__do_softirq" || name == "handle_softirqs";
}

// The call, or the one around it, with which net_rx_action gives back what another CPU left to it; npos: none.
std::uint32_t giving_back(const Compared &kernel, std::uint32_t call) {
    for (; call != npos; call = kernel.tree.calls[call].parent) {
        const std::uint32_t parent = kernel.tree.calls[call].parent;
        if (parent != npos && known_name(kernel, call) == "napi_consume_skb" &&
            known_name(kernel, parent) == "net_rx_action")
            return call;
    }
    return npos;
}

// Of a softirq that did nothing else: the first such call inside.
std::uint32_t only_giving_back(const Compared &kernel, std::uint32_t softirq) {
    std::uint32_t first = npos;
    for (std::uint32_t i = softirq + 1; i < kernel.tree.calls[softirq].end; ++i) {
        if (kernel.tree.calls[i].task != kernel.tree.calls[softirq].task || known_name(kernel, i) == "net_rx_action")
            continue;
        const std::uint32_t call = giving_back(kernel, i);
        if (call == npos) return npos;
        if (first == npos) first = call;
    }
    return first;
}

} // namespace

std::optional<Reason> why_deferred(const Compared &kernel, std::uint32_t call) {
    if (!later_than_6_1(kernel.side.info) || kernel.side.info.kind != SideKind::kernel) return std::nullopt;
    std::uint32_t gives = giving_back(kernel, call);
    if (gives == npos && serves_softirqs(known_name(kernel, call))) gives = only_giving_back(kernel, call);
    if (gives == npos) return std::nullopt;
    const Event &enter = kernel.enter(gives);
    if (enter.packet == no_packet) return std::nullopt;
    const PacketLives::Life life = kernel.lives.of(enter.packet);
    if (life.udp == npos || kernel.side.events[life.first].cpu != enter.cpu) return std::nullopt;
    if (Catalogue::builtin().inlined_at("skb_consume_udp", "skb_attempt_defer_free") != true) return std::nullopt;
    const std::string cpu = std::to_string(unsigned{enter.cpu});
    return Reason{ReasonCode::configuration, "given back by the CPU that allocated it: not so in 6.1",
                  "packet " + std::to_string(enter.packet) + " was first seen on CPU " + cpu + ", passed " +
                      std::string(kernel.side.function_name(kernel.side.events[life.udp].fn)) +
                      ", and net_rx_action gives it back on CPU " + cpu + " (kernel call " +
                      std::to_string(kernel.tree.number(gives)) +
                      "); calls.tsv: in 6.1 skb_consume_udp has no call to skb_attempt_defer_free; the kernel's "
                      "release is " +
                      kernel.side.info.release};
}

} // namespace skbscope::trace
