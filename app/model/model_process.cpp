// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/model/model_process.h"

#include "sim/machine.h"
#include "sim/syscalls.h"
#include "trace/recorder.h"

#include <cerrno>
#include <cstring>

namespace skbscope::app {

namespace {

constexpr int noDescriptor = -1;

RunError runError(RunErrorCode code, const OpList &ops, const skbscope_op &op, const std::string &what) {
    return {code, "scenario line " + std::to_string(op.line), describe(ops, op) + ": " + what};
}

} // namespace

ModelProcess::ModelProcess(const OpList &ops, stack::machine &machine, trace::Recorder &recorder, std::uint32_t pid)
    : ops_(ops), machine_(machine), recorder_(recorder), pid_(pid) {
    fds_.fill(noDescriptor);
}

std::optional<RunError> ModelProcess::configure() {
    for (const skbscope_op &op : ops_.ops()) {
        if (op.step != noStep) break; // topology comes first
        const std::int64_t result = configureOne(op);
        if (error_) return error_;
        if (result < 0)
            return runError(RunErrorCode::badInput, ops_, op,
                            std::string(std::strerror(static_cast<int>(-result))) + " (says the model kernel)");
    }
    return {};
}

// Operations of one step are consecutive: its result is the first that failed, or the last.
void ModelProcess::run() {
    const std::vector<skbscope_op> &ops = ops_.ops();
    std::size_t i = static_cast<std::size_t>(
        std::find_if(ops.begin(), ops.end(), [](const skbscope_op &op) { return op.step != noStep; }) - ops.begin());
    while (i < ops.size() && !error_) {
        const skbscope_op &first = ops[i];
        mark(SKBSCOPE_EV_STEP_BEGIN, first, 0);
        std::int64_t result = 0;
        for (; i < ops.size() && ops[i].step == first.step && !error_; ++i) {
            const std::int64_t r = perform(ops[i]);
            if (result >= 0) result = r;
        }
        mark(SKBSCOPE_EV_STEP_END, first, result);
    }
}

std::int64_t ModelProcess::perform(const skbscope_op &op) {
    line_ = op.line;
    return isConfiguration(op) ? configureOne(op) : systemCall(op);
}

// Marks are kept whether tracing is on or not: every step has its result.
void ModelProcess::mark(unsigned kind, const skbscope_op &op, std::int64_t result) {
    trace::Event &e = recorder_.append(0, machine_.now_ns());
    e.kind = static_cast<std::uint8_t>(kind);
    e.task = pid_;
    e.fn = trace::no_function;
    e.host = host_ == 0 ? std::uint8_t{0} : recorder_.host_id(ops_.hostName(host_));
    e.mark.result = result;
    e.mark.step = op.step;
    e.mark.line = op.line;
}

std::int64_t ModelProcess::switchTrace(const skbscope_op &op) {
    const bool on = op.arg[0] != 0;
    if (!on) recorder_.set_on(false);
    mark(on ? SKBSCOPE_EV_TRACE_ON : SKBSCOPE_EV_TRACE_OFF, op, 0);
    if (on) recorder_.set_on(true);
    return 0;
}

std::int64_t ModelProcess::notModelled(const skbscope_op &op, const std::string &what) {
    error_ = runError(RunErrorCode::notPossibleHere, ops_, op,
                      "the model kernel has no " + what + " yet; use --side kernel");
    return -ENOSYS;
}

stack::net *ModelProcess::host(unsigned index) const {
    return index < hosts_.size() ? hosts_[index] : nullptr;
}

} // namespace skbscope::app
