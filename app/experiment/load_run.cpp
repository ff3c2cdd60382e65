// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/experiment/load_run.h"

#include "app/experiment/load_machine.h"

namespace skbscope::app::experiment {

std::string_view modeName(Mode mode) {
    static constexpr std::string_view names[] = {"no-napi",       "napi",        "napi-gro", "napi-rps",
                                                 "napi-threaded", "bottom-half", "softirq"};
    return names[static_cast<unsigned>(mode)];
}

std::string_view modeTitle(Mode mode) {
    static constexpr std::string_view titles[] = {
        "an interrupt a packet", "NAPI",          "NAPI and GRO", "NAPI and RPS",
        "NAPI in a thread",      "bottom halves", "softirqs"};
    return titles[static_cast<unsigned>(mode)];
}

// Round figures, of the order that a server CPU of 2 to 3 GHz shows; made to be changed.
const Costs &defaultCosts() {
    static constexpr Costs costs = {{
        {"interrupt", 1000, "a hardware interrupt: entry, acknowledgement, return"},
        {"isr-packet", 600, "without NAPI: a packet out of the ring, in the handler"},
        {"softirq", 200, "a run of NET_RX_SOFTIRQ, or of the bottom half"},
        {"poll-packet", 350, "with NAPI: a packet out of the ring, in the poll"},
        {"gro-merge", 100, "GRO appends a packet to one that it holds"},
        {"backlog-packet", 100, "a packet onto a CPU's backlog"},
        {"stack-packet", 900, "a packet through link layer, IP and UDP to a socket's queue"},
        {"context-switch", 500, "from one task to another"},
        {"system-call", 700, "a read: entry, return, bookkeeping"},
        {"delivered-packet", 600, "a datagram copied to the user, who does something with it"},
    }};
    return costs;
}

LoadResult runLoad(Mode mode, double rate, const LoadOptions &options) {
    LoadMachine machine(mode, rate, options);
    return machine.measure();
}

} // namespace skbscope::app::experiment
