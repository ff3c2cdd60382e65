// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/model/model_run.h"

#include "app/model/model_process.h"
#include "app/version.h"
#include "sim/extra_functions.h"
#include "sim/housekeeping.h"
#include "sim/machine.h"
#include "trace/recorder.h"

#include <cerrno>
#include <cstring>

namespace skbscope::app {

namespace {

constexpr unsigned firstPid = 100;
constexpr const char *processName = "skbscope";
// Between the set-up and the process, as with a real kernel: what the set-up left behind (RCU callbacks, work) is done.
// How long the lab's kernel has been up when a scenario's first command comes: what its timers stand at.
constexpr std::uint64_t bootTime = 6'170'000'000; // ns
constexpr std::uint64_t settleTime = 200'000'000; // ns

// Functions that the catalogue does not hold are numbered by the process that meets them first; in a trace they are
// numbered in the order of their events, so that the same run gives the same bytes.
void nameExtraFunctions(trace::Side &side) {
    const std::size_t known = trace::Catalogue::builtin().size();
    for (trace::Event &e : side.events) {
        if (e.fn == trace::no_function || e.fn < known) continue;
        e.fn = side.intern_function(stack::extra_function_name(e.fn - known));
    }
}

trace::Side sideOf(const trace::Recorder &recorder, const ModelOptions &options) {
    trace::Side side;
    side.info.kind = trace::SideKind::model;
    side.info.clock = trace::Clock::virtual_ns;
    side.info.release = mirroredRelease;
    side.info.build = std::string("skbscope ") + version;
    side.info.transport = "model";
    side.info.facts["seed"] = std::to_string(options.seed);
    side.info.facts["cpus"] = std::to_string(options.cpus);
    side.events = recorder.merged();
    side.hosts = recorder.hosts();
    side.devices = recorder.devices();
    side.queues = recorder.queues();
    side.tasks = {{0, "idle"}, {firstPid, processName}};
    nameExtraFunctions(side);
    return side;
}

} // namespace

tl::expected<trace::Side, RunError> runModel(const OpList &ops, const ModelOptions &options) {
    trace::Recorder recorder(options.cpus);
    stack::machine machine({.cpus = options.cpus, .seed = options.seed, .first_pid = firstPid}, &recorder);
    const stack::machine::use current(machine);
    stack::start_housekeeping(machine);
    machine.run_idle_until(bootTime);
    ModelProcess process(ops, machine, recorder, firstPid);
    if (auto error = process.configure()) return tl::unexpected(*error);
    machine.run_idle_until(machine.now_ns() + settleTime);
    const int ended = machine.run_process(processName, [&process] { process.run(); });
    if (process.error()) return tl::unexpected(*process.error());
    if (ended < 0)
        return tl::unexpected(RunError{RunErrorCode::badInput, "scenario line " + std::to_string(process.line()),
                                       std::string("the process never ends: ") + std::strerror(-ended) +
                                           "; give the socket a time-out or make it nonblock"});
    recorder.set_on(false);
    return sideOf(recorder, options);
}

} // namespace skbscope::app
