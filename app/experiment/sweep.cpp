// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/experiment/sweep.h"

#include <algorithm>

namespace skbscope::app::experiment {

namespace {

LoadOptions defaultLoad() {
    LoadOptions load;
    const Costs &costs = defaultCosts();
    std::transform(costs.begin(), costs.end(), load.costNs.begin(), [](const Cost &c) { return c.ns; });
    return load;
}

} // namespace

SweepOptions livelockDefaults() {
    SweepOptions o;
    o.modes = {Mode::noNapi, Mode::napi, Mode::napiThread, Mode::napiGro, Mode::napiRps};
    o.load = defaultLoad();
    return o;
}

// A load that one CPU just carries: what is compared is how many CPUs can work at once, not who breaks down first.
SweepOptions bottomHalvesDefaults() {
    SweepOptions o;
    o.modes = {Mode::bottomHalf, Mode::softirq};
    o.most = 150'000;
    o.steps = 0;
    o.cpus = 8;
    o.load = defaultLoad();
    return o;
}

Sweep runLivelock(const SweepOptions &options, const SweepProgress &progress) {
    Sweep sweep{"livelock", options, {}};
    unsigned done = 0;
    for (const Mode mode : options.modes)
        for (unsigned step = 1; step <= options.steps; ++step) {
            LoadOptions load = options.load;
            load.cpus = mode == Mode::napiRps ? options.cpus : 1;
            sweep.points.push_back({mode, load.cpus, runLoad(mode, options.most * step / options.steps, load)});
            if (progress) progress(++done, static_cast<unsigned>(options.modes.size()) * options.steps);
        }
    return sweep;
}

Sweep runBottomHalves(const SweepOptions &options, const SweepProgress &progress) {
    Sweep sweep{"bottom-halves", options, {}};
    unsigned done = 0;
    for (const Mode mode : options.modes)
        for (unsigned cpus = 1; cpus <= options.cpus; ++cpus) {
            LoadOptions load = options.load;
            load.cpus = cpus;
            load.flows = options.load.flows * cpus; // so many for each card
            sweep.points.push_back({mode, cpus, runLoad(mode, options.most * cpus, load)});
            if (progress) progress(++done, static_cast<unsigned>(options.modes.size()) * options.cpus);
        }
    return sweep;
}

} // namespace skbscope::app::experiment
