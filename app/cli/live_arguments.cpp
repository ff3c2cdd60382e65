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

OrFailure<KernelTarget> targetOf(const LiveArguments &a) {
    auto kernel = parseKernelChoice(a.kernel);
    if (!kernel) return tl::unexpected(kernel.error());
    if (kernel->recorded)
        return failed(exitBadInput, "live watches a kernel that runs: --kernel host, lab or ssh:HOST");
    kernel->target.labOptions = a.lab;
    return std::move(kernel->target);
}

OrFailure<bpf::live_request> requestOf(const LiveArguments &a) {
    bpf::live_request r;
    const std::string expression = expressionOf(a);
    auto filter = compilePcapFilter(expression);
    if (!filter)
        return failed(exitBadInput, "filter " + quoted(expression) + ": " + filter.error() + "; see pcap-filter(7)");
    r.ethernet = std::move(filter->ethernet);
    r.raw = std::move(filter->raw);
    r.netns = a.netns;
    r.device = a.device;
    r.ring_bytes = a.ring;
    r.packets_max = a.follow;
    r.flags = a.drops ? SKBSCOPE_LIVE_DROPS : 0;
    if (const auto ok = bpf::decode_live(bpf::encode(r)); !ok)
        return failed(exitBadInput, "--ring, --follow, --netns or --device: " + ok.error());
    return r;
}

// Options that do not go together, or not with this kernel.
OrFailure<void> checkTogether(const LiveArguments &a, KernelTarget::Kind kind) {
    const bool lab = kind == KernelTarget::Kind::lab;
    if (a.labChosen && !lab)
        return failed(exitBadInput, "--vmlinuz, --modules, --cpus and --real-time are for --kernel lab");
    if (a.twin && kind != KernelTarget::Kind::host)
        return failed(exitBadInput, "--twin watches system calls of this host: --kernel host");
    if (a.twin && (a.drops || !a.functions.empty() || a.gui))
        return failed(exitBadInput, "--twin compares whole paths: without --drops, --function and --gui");
    if (!a.save.empty() && !a.twin) return failed(exitBadInput, "--save keeps the scenario that --twin makes");
    if (lab && a.scenario.empty())
        return failed(exitBadInput, "the lab has no traffic of its own: --scenario FILE makes some");
    if (!lab && !a.scenario.empty())
        return failed(exitBadInput, "--scenario makes traffic in the lab only: --kernel lab");
    return {};
}

// Where probes go: what was asked for, else what the scenario needs, else what any of the bundled ones does.
OrFailure<std::vector<std::string>> probedFunctions(const LiveArguments &a, const Scenario *scenario) {
    if (a.drops) return std::vector<std::string>{"kfree_skb_reason"};
    std::set<std::string> names;
    if (!a.functions.empty())
        names = matching(a.functions);
    else
        names = scenario != nullptr ? functionsOf(*scenario) : bundledFunctions();
    if (names.empty() && !a.functions.empty())
        return failed(exitBadInput,
                      "--function " + quoted(a.functions.front()) + ": no function of that name can be watched");
    return std::vector<std::string>(names.begin(), names.end());
}

} // namespace

OrFailure<LiveOptions> liveOptionsOf(const LiveArguments &a) {
    LiveOptions o;
    auto target = targetOf(a);
    if (!target) return tl::unexpected(target.error());
    o.target = std::move(*target);
    auto request = requestOf(a);
    if (!request) return tl::unexpected(request.error());
    o.request = std::move(*request);
    if (const auto ok = checkTogether(a, o.target.kind); !ok) return tl::unexpected(ok.error());
    std::optional<Scenario> scenario;
    if (!a.scenario.empty()) {
        auto loaded = loadNamedScenario(a.scenario);
        if (!loaded) return tl::unexpected(loaded.error());
        scenario = std::move(*loaded);
        o.request.scenario = bpf::encode(scenario->ops.list());
    }
    auto functions = probedFunctions(a, scenario ? &*scenario : nullptr);
    if (!functions) return tl::unexpected(functions.error());
    o.functions = std::move(*functions);
    if (a.duration > 0) o.duration = std::chrono::milliseconds(static_cast<std::int64_t>(a.duration * 1000));
    o.only = a.functions;
    o.count = a.count;
    o.keep = !a.out.empty() || a.gui || a.twin;
    if (!a.out.empty() && !std::ofstream(a.out, std::ios::app)) // now, not when all is seen
        return failed(exitBadInput, a.out + ": cannot be written; check the path and its permissions");
    return o;
}

} // namespace skbscope::app
