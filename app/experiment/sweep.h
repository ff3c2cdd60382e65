// SPDX-License-Identifier: GPL-2.0-or-later
// The two experiments: many load runs, and what is made of them.
//
// livelock: the offered load rises; what is delivered, for each way of receiving.
// bottom-halves: the CPUs rise, each with a card and a steady load of its own; what is delivered, with bottom halves
// and with softirqs.
#pragma once

#include "app/experiment/chart.h"
#include "app/experiment/load_run.h"

#include <functional>
#include <string>
#include <vector>

namespace skbscope::app::experiment {

struct SweepOptions {
    std::vector<Mode> modes;
    double most = 1'200'000; // livelock: packets a second at the last point. bottom-halves: a CPU's load
    unsigned steps = 24;     // livelock: points a mode
    unsigned cpus = 4;       // livelock: of napi-rps; the other modes have one. bottom-halves: as many as 1 .. cpus
    LoadOptions load;        // cpus is set for each run
};
[[nodiscard]] SweepOptions livelockDefaults();
[[nodiscard]] SweepOptions bottomHalvesDefaults();

struct SweepPoint {
    Mode mode;
    unsigned cpus;
    LoadResult result;
};
struct Sweep {
    std::string experiment; // "livelock"
    SweepOptions options;
    std::vector<SweepPoint> points; // by mode, then load or CPUs
};
using SweepProgress = std::function<void(unsigned done, unsigned of)>;
[[nodiscard]] Sweep runLivelock(const SweepOptions &options, const SweepProgress &progress);
[[nodiscard]] Sweep runBottomHalves(const SweepOptions &options, const SweepProgress &progress);

[[nodiscard]] Chart chartOf(const Sweep &sweep);
[[nodiscard]] std::string textOf(const Sweep &sweep); // a table for the terminal
[[nodiscard]] std::string csvOf(const Sweep &sweep);
[[nodiscard]] std::string jsonOf(const Sweep &sweep);
// "interrupt 1000, isr-packet 600, ... ns", cut into lines of at most `width` characters.
[[nodiscard]] std::vector<std::string> costLines(const LoadOptions &options, std::size_t width);

} // namespace skbscope::app::experiment
