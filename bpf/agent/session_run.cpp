// SPDX-License-Identifier: GPL-2.0-or-later
// The session's run of a scenario.
#include "bpf/agent/agent_error.h"
#include "bpf/agent/event_stream.h"
#include "bpf/agent/runner.h"
#include "bpf/agent/session.h"
#include "bpf/agent/unprobed.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace skbscope::bpf {

using json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

// What lies in the ring for longer is sent while the steps still run. Rare, so that we hardly disturb what is timed.
constexpr std::chrono::milliseconds look = 100ms;

// Throws agent_failure when an operation between steps failed, or the process died.
void run_steps(running_steps &steps, const std::function<void()> &now_and_then) {
    using clock = std::chrono::steady_clock;
    for (auto due = clock::now() + look; steps.serve(static_cast<int>(look.count()));) {
        if (clock::now() < due) continue;
        now_and_then();
        due = clock::now() + look;
    }
    steps.finish();
}

} // namespace

// Functions that ran with no probe on them.
std::vector<std::string> session::missed(const unprobed_watch &watch, std::uint32_t task) {
    std::set<std::uint32_t> tasks{0, task};
    for (const std::uint32_t t : softirq_tasks())
        tasks.insert(t);
    return watch.called(tasks);
}

void session::hello_of_run(network &net) const {
    std::map<std::string, std::string> facts = net.settings();
    if (stacks_) facts.merge(stacks_->facts());
    hello(std::move(facts));
}

// What a reader needs to make sense of events goes before them: he may never see the end.
void session::run(std::string_view oplist) {
    if (!probes_ && !stacks_) throw agent_failure("request", "a run before a catalogue", 2);
    seal();
    const auto list = decode(std::as_bytes(std::span(oplist)));
    if (!list) throw agent_failure("operation list", list.error().message(), 2);
    out_.progress("setting up the scenario");
    run_names names;
    network net(names);
    const std::size_t first = net.set_up(*list);
    hello_of_run(net);
    send_rows(stacks_ ? stacks_->rows() : probes_->rows());
    if (stacks_) stacks_->trace_hosts(names);

    const auto source = live_programs();
    const auto watch = stacks_ ? nullptr : std::make_unique<unprobed_watch>(*index_, *probes_);
    std::uint32_t task = 0;
    event_stream events(*source, names, out_, [&](std::uint32_t t) -> std::string {
        if (t == task) return "skbscope";
        return std::ranges::count(softirq_tasks(), t) != 0 ? "ksoftirqd" : "";
    });
    out_.progress("running the scenario");
    tracer &programs = stacks_ ? static_cast<tracer &>(stacks_->probes()) : *probes_;
    events.begin();
    running_steps steps({*list, net, programs, watch.get(), host_}, first);
    task = steps.task();
    run_steps(steps, [&] {
        events.send_recorded();
        out_.progress("running the scenario", static_cast<unsigned>(events.sent()));
    });
    events.finish();
    hello_of_run(net); // counters and settings have changed
    out_.send(SKBSCOPE_FRAME_MISSED, json{{"functions", watch ? missed(*watch, task) : std::vector<std::string>()}});
    events.send_end();
}

} // namespace skbscope::bpf
