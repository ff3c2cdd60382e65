// SPDX-License-Identifier: GPL-2.0-or-later
// What must come out of the experiments whatever the figures are, with the default cost model. Short runs: the
// sanitizer makes them slow.
#include "app/experiment/sweep.h"

#include <gtest/gtest.h>
#include <map>

namespace skbscope::app::experiment {
namespace {

LoadOptions options(unsigned cpus = 1) {
    LoadOptions o = livelockDefaults().load;
    o.cpus = cpus;
    o.warmUpNs = 15'000'000;
    o.measureNs = 25'000'000;
    return o;
}

// Delivered at loads from below saturation to four times the peak's.
struct Curve {
    double peak = 0, peakLoad = 0, atFourTimes = 0;
};
Curve curve(Mode mode) {
    Curve c;
    for (const double rate : {150e3, 200e3, 250e3, 300e3, 350e3, 400e3}) {
        const double delivered = runLoad(mode, rate, options()).delivered;
        if (delivered <= c.peak) continue;
        c.peak = delivered;
        c.peakLoad = rate;
    }
    c.atFourTimes = runLoad(mode, 4 * c.peakLoad, options()).delivered;
    return c;
}

TEST(Load, BelowSaturationAllArrives) {
    for (const Mode mode : {Mode::noNapi, Mode::napi, Mode::napiGro}) {
        const LoadResult r = runLoad(mode, 100e3, options());
        EXPECT_NEAR(r.delivered, r.offered, r.offered / 50) << modeName(mode);
        EXPECT_EQ(r.missed + r.backlogDropped + r.socketDropped, 0U) << modeName(mode);
    }
}

TEST(Load, AnInterruptAPacketCollapses) {
    const Curve c = curve(Mode::noNapi);
    EXPECT_GT(c.peak, 150e3);
    EXPECT_LT(c.atFourTimes, c.peak / 2);
    const LoadResult r = runLoad(Mode::noNapi, 1e6, options());
    EXPECT_GT(r.hardirq, 0.9) << "the handler has the CPU for itself";
}

TEST(Load, NapiStaysAtItsPeak) {
    const Curve c = curve(Mode::napi);
    EXPECT_GE(c.atFourTimes, 0.9 * c.peak);
    const LoadResult r = runLoad(Mode::napi, 1.2e6, options());
    EXPECT_GT(r.missed, 0U) << "what is too much is lost in the card, before it costs anything";
    EXPECT_LT(r.hardirq, 0.1);
}

// In softirqs the reader starves while the polls still come to an end, and recovers when ksoftirqd takes over; a thread
// shares the CPU from the start.
TEST(Load, AThreadHasNoDip) {
    EXPECT_LT(runLoad(Mode::napi, 600e3, options()).delivered, 250e3);
    EXPECT_GT(runLoad(Mode::napiThread, 600e3, options()).delivered, 300e3);
}

TEST(Load, GroDeliversMoreThanNapiAlone) {
    EXPECT_GT(runLoad(Mode::napiGro, 600e3, options()).delivered,
              1.3 * runLoad(Mode::napi, 700e3, options()).delivered);
}

TEST(Load, RpsUsesOtherCpus) {
    const double one = runLoad(Mode::napi, 1e6, options()).delivered;
    EXPECT_GT(runLoad(Mode::napiRps, 1e6, options(4)).delivered, 1.5 * one);
}

TEST(Load, TheSameNumbersEveryTime) {
    SweepOptions o = livelockDefaults();
    o.load = options();
    o.load.measureNs = 5'000'000;
    o.steps = 2;
    o.cpus = 2;
    EXPECT_EQ(csvOf(runLivelock(o, {})), csvOf(runLivelock(o, {})));
}

TEST(Load, CostsCount) {
    LoadOptions dear = options();
    for (std::uint64_t &ns : dear.costNs)
        ns *= 4;
    EXPECT_LT(runLoad(Mode::napi, 400e3, dear).delivered, 0.5 * runLoad(Mode::napi, 400e3, options()).delivered);
}

// One at a time: more CPUs do not help. Softirqs: each CPU brings its own.
TEST(Load, BottomHalvesDoNotScaleAndSoftirqsDo) {
    SweepOptions o = bottomHalvesDefaults();
    std::map<Mode, std::map<unsigned, double>> delivered;
    for (const Mode mode : o.modes)
        for (const unsigned cpus : {1U, 4U, 8U}) {
            LoadOptions load = options(cpus);
            load.measureNs = 15'000'000;
            load.flows = 4 * cpus;
            delivered[mode][cpus] = runLoad(mode, o.most * cpus, load).delivered;
        }
    auto &soft = delivered[Mode::softirq], &bottom = delivered[Mode::bottomHalf];
    EXPECT_GT(soft[4], 3.6 * soft[1]);
    EXPECT_GT(soft[8], 7.2 * soft[1]);
    EXPECT_LT(bottom[8], 0.75 * soft[8]) << "one CPU's worth of protocol work is all there is";
    EXPECT_LT(bottom[8], 1.5 * bottom[4]);
}

} // namespace
} // namespace skbscope::app::experiment
