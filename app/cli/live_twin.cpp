// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope live --twin: what programs on this host do, and the path of their packets, done again by the model.
#include "app/cli/live_arguments.h"
#include "app/cli/twin_output.h"
#include "app/twin/twin_watch.h"
#include "app/view/view.h"

#include <iostream>

namespace skbscope::app {

namespace {

int report(const RunError &e) {
    return report(Failure{static_cast<ExitCode>(e.code), e.message()});
}

int show(const LiveArguments &a, const Twin &twin) {
    const std::vector<trace::Side> &sides = twin.trace.sides;
    if (sides.size() < 2) {
        std::cout << "no packet that the filter wants was seen\n";
        return twin.otherResults.empty() ? exitOk : exitDifferences;
    }
    const ViewTitle title = {twin.scenario.name, twin.scenario.title};
    const trace::Comparison c =
        printComparison(std::cout, sides[0], sides[1], title, &twin.scenario.ops, a.view.options(), a.view.terminal());
    return c.unexplained == 0 && twin.otherResults.empty() ? exitOk : exitDifferences;
}

} // namespace

int liveTwin(const LiveArguments &a, const LiveWatch &watch) {
    auto way = hostWay();
    if (!way) return report(way.error());
    TwinWatch calls(std::move(*way));
    if (auto ok = calls.start({}); !ok) return report(ok.error());
    tl::expected<void, RunError> read;
    LiveCalls meanwhile;
    meanwhile.meanwhile = [&] { // else its pipe would be full soon
        if (read) read = calls.watch(AgentProcess::Clock::now() + std::chrono::milliseconds(1));
    };
    auto result = watch(std::move(meanwhile));
    if (!read) return report(read.error());
    if (!result) return report(result.error());
    tellEnd(*result);
    if (result->broke) return report(*result->broke);
    auto seen = calls.stop();
    if (!seen) return report(seen.error());
    TwinInput in;
    in.name = "live";
    in.title = a.filter.empty() ? "What was seen on this host" : "What was seen on this host: " + expressionOf(a);
    in.snapshot = std::move(seen->snapshot);
    const std::size_t count = seen->calls.size();
    in.calls = std::move(seen->calls);
    in.kernel = std::move(result->state.side);
    const auto twin = makeTwin(std::move(in));
    if (!twin) return report(twin.error());
    if (!a.save.empty())
        if (const auto ok = saveTwin(a.save, twin->scenario.text); !ok) return report(ok.error());
    if (!a.out.empty())
        if (const auto ok = keepTrace(twin->trace, a.out, {}); !ok) return report(ok.error());
    showTwin(*twin, count, seen->lost);
    return show(a, *twin);
}

} // namespace skbscope::app
