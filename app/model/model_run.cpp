// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/model/model_run.h"

#include "app/model/model_process.h"
#include "app/model/model_side.h"
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
    return modelSide(recorder, options, {{0, "idle"}, {firstPid, processName}});
}

} // namespace skbscope::app
