// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/live_arguments.h"

#include "app/cli/assets.h"
#include "app/cli/run_sides.h"
#include "app/live/pcap_filter.h"
#include "app/model/model_run.h"
#include "app/terminal/text.h"
#include "trace/trace_file.h"

#include <fnmatch.h>
#include <fstream>
#include <set>

namespace skbscope::app {

std::string expressionOf(const LiveArguments &a) {
    std::string expression;
    for (const std::string &word : a.filter)
        expression += (expression.empty() ? "" : " ") + word;
    return expression;
}

namespace {

void addEntered(std::set<std::string> &names, const trace::Side &side) {
    for (const trace::Event &e : side.events)
        if (trace::is_enter(e)) names.emplace(side.function_name(e.fn));
}

// Where probes go when nobody says where: what the recordings of the bundled scenarios show of the path.
std::set<std::string> bundledFunctions() {
    std::set<std::string> names;
    for (const std::string &scenario : bundledScenarios()) {
        const auto trace = trace::read_trace(recordedTrace(scenario));
        if (const trace::Side *side = trace ? trace->side(trace::SideKind::kernel) : nullptr) addEntered(names, *side);
    }
    return names;
}

// ... with a scenario: what it called when it was recorded, or what the model calls.
std::set<std::string> functionsOf(const Scenario &scenario) {
    std::set<std::string> names;
    if (const auto recorded = recordedKernelSide(scenario))
        addEntered(names, *recorded);
    else if (const auto model = runModel(scenario.ops, {}))
        addEntered(names, *model);
    return names.empty() ? bundledFunctions() : names;
}

std::set<std::string> matching(const std::vector<std::string> &patterns) {
    std::set<std::string> names;
    const trace::Catalogue &all = trace::Catalogue::builtin();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const trace::Function &f = all.at(static_cast<trace::FunctionId>(i));
        const std::string name(f.name);
        for (const std::string &pattern : patterns)
            if (f.traceable && fnmatch(pattern.c_str(), name.c_str(), 0) == 0) names.insert(name);
    }
    return names;
}

} // namespace

OrFailure<LiveOptions> liveOptionsOf(const LiveArguments &a) {
    LiveOptions o;
    const auto kernel = parseKernelChoice(a.kernel);
    if (!kernel) return tl::unexpected(kernel.error());
    if (kernel->recorded)
        return failed(exitBadInput, "live watches a kernel that runs: --kernel host, lab or ssh:HOST");
    o.target = kernel->target;
    o.target.labOptions = a.lab;
    const std::string expression = expressionOf(a);
    auto filter = compilePcapFilter(expression);
    if (!filter)
        return failed(exitBadInput, "filter " + quoted(expression) + ": " + filter.error() + "; see pcap-filter(7)");
    o.request.ethernet = std::move(filter->ethernet);
    o.request.raw = std::move(filter->raw);
    o.request.netns = a.netns;
    o.request.device = a.device;
    o.request.ring_bytes = a.ring;
    o.request.packets_max = a.follow;
    o.request.flags = a.drops ? SKBSCOPE_LIVE_DROPS : 0;
    if (const auto ok = bpf::decode_live(bpf::encode(o.request)); !ok)
        return failed(exitBadInput, "--ring, --follow, --netns or --device: " + ok.error());
    const bool lab = o.target.kind == KernelTarget::Kind::lab;
    if (a.labChosen && !lab)
        return failed(exitBadInput, "--vmlinuz, --modules, --cpus and --real-time are for --kernel lab");
    if (a.twin && o.target.kind != KernelTarget::Kind::host)
        return failed(exitBadInput, "--twin watches system calls of this host: --kernel host");
    if (a.twin && (a.drops || !a.functions.empty() || a.gui))
        return failed(exitBadInput, "--twin compares whole paths: without --drops, --function and --gui");
    if (!a.save.empty() && !a.twin) return failed(exitBadInput, "--save keeps the scenario that --twin makes");
    if (lab && a.scenario.empty())
        return failed(exitBadInput, "the lab has no traffic of its own: --scenario FILE makes some");
    if (!lab && !a.scenario.empty())
        return failed(exitBadInput, "--scenario makes traffic in the lab only: --kernel lab");
    std::set<std::string> names;
    if (lab) {
        const auto scenario = loadNamedScenario(a.scenario);
        if (!scenario) return tl::unexpected(scenario.error());
        o.request.scenario = bpf::encode(scenario->ops.list());
        if (!a.drops && a.functions.empty()) names = functionsOf(*scenario);
    }
    if (a.drops)
        names = {"kfree_skb_reason"};
    else if (!a.functions.empty())
        names = matching(a.functions);
    else if (names.empty())
        names = bundledFunctions();
    if (names.empty() && !a.functions.empty())
        return failed(exitBadInput,
                      "--function " + quoted(a.functions.front()) + ": no function of that name can be watched");
    o.functions = {names.begin(), names.end()};
    if (a.duration > 0) o.duration = std::chrono::milliseconds(static_cast<std::int64_t>(a.duration * 1000));
    o.only = a.functions;
    o.count = a.count;
    o.keep = !a.out.empty() || a.gui || a.twin;
    if (!a.out.empty() && !std::ofstream(a.out, std::ios::app)) // now, not when all is seen
        return failed(exitBadInput, a.out + ": cannot be written; check the path and its permissions");
    return o;
}

} // namespace skbscope::app
