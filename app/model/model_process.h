// SPDX-License-Identifier: GPL-2.0-or-later
// The scenario's process on the model machine: one operation after another, as system calls, and the configuration that
// other processes would do in between.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/scenario/oplist.h"
#include "sim/netconfig.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace skbscope::trace {
class Recorder;
}

namespace skbscope::stack {
class machine;
}

namespace skbscope::app {

class ModelProcess {
public:
    ModelProcess(const OpList &ops, stack::machine &machine, trace::Recorder &recorder, std::uint32_t pid);

    // Before the process starts: topology. Returns what went wrong, if anything did.
    [[nodiscard]] std::optional<RunError> configure();
    // The steps; runs as the process. Stops at the first operation that the model does not have: error() then says so.
    void run();
    [[nodiscard]] const std::optional<RunError> &error() const { return error_; }
    [[nodiscard]] std::uint32_t line() const { return line_; } // of the operation that runs

private:
    std::int64_t perform(const skbscope_op &op); // >= 0 or a negative errno
    std::int64_t configureOne(const skbscope_op &op);
    std::int64_t configureCard(const skbscope_op &op);
    std::int64_t configureRoute(const skbscope_op &op);
    std::int64_t configureNeighbour(const skbscope_op &op);
    std::int64_t configureSysctl(const skbscope_op &op);
    std::int64_t systemCall(const skbscope_op &op);
    std::int64_t openSocket(const skbscope_op &op);
    std::span<const std::uint8_t> letters(std::size_t length);
    std::int64_t send(const skbscope_op &op);
    std::int64_t sendPing(const skbscope_op &op);
    std::int64_t receive(const skbscope_op &op);
    std::int64_t setOption(int fd, int level, int name, std::int32_t value);
    std::int64_t joinGroup(const skbscope_op &op);
    std::int64_t switchTrace(const skbscope_op &op);
    std::int64_t notModelled(const skbscope_op &op, const std::string &what);

    void mark(unsigned kind, const skbscope_op &op, std::int64_t result);
    [[nodiscard]] stack::net *host(unsigned index) const;
    [[nodiscard]] int fd(const skbscope_op &op) const { return fds_[op.sock]; }

    const OpList &ops_;
    stack::machine &machine_;
    trace::Recorder &recorder_;
    std::uint32_t pid_;
    std::uint32_t line_ = 0;
    unsigned host_ = 0; // where the process is
    std::vector<stack::net *> hosts_{nullptr};
    std::array<int, SKBSCOPE_SOCKETS_MAX> fds_;
    std::vector<std::uint8_t> letters_;  // what steps send
    std::vector<std::uint8_t> received_; // not on the stack: a process that waits for ever is ended without unwinding
    std::optional<RunError> error_;
};

} // namespace skbscope::app
