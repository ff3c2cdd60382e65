// SPDX-License-Identifier: GPL-2.0-or-later
// One run of the model under load: frames arrive on the simulated card at a steady rate, the model's own driver, NAPI,
// GRO, RPS and UDP carry them to sockets, readers take them out, and each piece of work takes the time that the cost
// model gives it. What is counted is what happened, in virtual time; nothing is computed from a formula.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::app::experiment {

enum class Mode : std::uint8_t {
    noNapi,     // an interrupt a packet, netif_rx() in the handler
    napi,       // masked and polled
    napiGro,    // and datagrams of one socket merged (UDP_GRO)
    napiRps,    // and handed to other CPUs by a hash of the flow
    napiThread, // polled by a kernel thread, which the scheduler treats like any other
    bottomHalf, // noNapi on several cards, one a CPU, bottom halves one at a time on the whole machine
    softirq,    // the same, softirqs on each CPU
};
[[nodiscard]] std::string_view modeName(Mode mode);  // as on the command line: "no-napi"
[[nodiscard]] std::string_view modeTitle(Mode mode); // as in a picture

// The cost model: what each piece of work takes, in ns of virtual time.
struct Cost {
    std::string_view name; // "interrupt"
    std::uint64_t ns;
    std::string_view what; // one line
};
inline constexpr std::size_t costCount = 10;
using Costs = std::array<Cost, costCount>;
[[nodiscard]] const Costs &defaultCosts();

struct LoadOptions {
    unsigned cpus = 1;
    unsigned flows = 8; // each to a socket and a reader of its own; reader i on CPU i modulo cpus
    unsigned payload = 64;
    unsigned ring = 256;
    std::uint64_t moderationNs = 50'000; // with NAPI: least time between two interrupts of the card
    std::uint64_t warmUpNs = 20'000'000, measureNs = 80'000'000; // virtual time
    std::uint64_t seed = 1;
    std::array<std::uint64_t, costCount> costNs{}; // in defaultCosts()'s order
};

// Of the measured stretch.
struct LoadResult {
    double offered = 0;               // packets a second that came on the wire
    double delivered = 0;             // datagrams a second that readers took
    std::uint64_t missed = 0;         // lost in the card: no descriptor was free
    std::uint64_t backlogDropped = 0; // lost on a full backlog
    std::uint64_t socketDropped = 0;  // lost on a full receive buffer
    std::uint64_t interrupts = 0;     // of the card
    // Share of all CPUs' time, 0 .. 1.
    double hardirq = 0, softirq = 0, ksoftirqd = 0, process = 0, idle = 0;
};

// `rate`: packets a second on the whole machine, >= 1.
[[nodiscard]] LoadResult runLoad(Mode mode, double rate, const LoadOptions &options);

} // namespace skbscope::app::experiment
