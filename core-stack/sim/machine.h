// SPDX-License-Identifier: GPL-2.0-or-later
// The machine the model kernel runs on: virtual CPUs, a virtual clock, timers, tasks as fibers, all on one OS thread.
// What app/ sees of core-stack is this header, sim/syscalls.h and sim/netconfig.h; everything else is the kernel's own.
//
//     machine m({.cpus = 1, .seed = 7}, &recorder);
//     net *a = netns_add("a");                      // sim/netconfig.h
//     m.run_process("skbscope", [&] { setns(a); int fd = sys_socket(...); ... });
//
// One machine at a time is current on a thread (kernel functions find their globals through it); several may exist.
#pragma once

#include "linux/types.h"
#include "trace/recorder.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace skbscope::stack {

struct machine_config {
    unsigned cpus = 1;
    u64 seed = 1;                       // of everything random: ports, IP ids, hash keys
    unsigned first_pid = 100;           // of the first process
    u64 time_limit_ns = 60'000'000'000; // virtual time after which run_process gives up
};

struct machine_state; // sim/machine_state.h: what the kernel files share; not for app/

class machine {
public:
    explicit machine(const machine_config &config, skbscope::trace::Recorder *recorder = nullptr);
    ~machine();
    machine(const machine &) = delete;
    machine &operator=(const machine &) = delete;

    // Runs `body` as a process on CPU 0 until it returns, with the idle task, timers and softirqs running where the
    // kernel would run them. A body that sleeps with nothing left that could wake it ends with -EDEADLK.
    // Returns 0, or a negative errno.
    int run_process(std::string comm, const std::function<void()> &body);
    // Lets virtual time pass with only the idle task running (timers fire, deferred work runs).
    void run_idle_until(u64 time_ns);

    // In real time (sim/machine_real_time.cpp). A process that begins at the next run_due() and lives beside others;
    // one that has not ended goes with the machine, its stack is not unwound.
    void start_process(std::string comm, const std::function<void()> &body);
    // Runs what can run and what is due until then, and sets the clock. Returns when the next timer is due (ns);
    // no_event: none is set.
    u64 run_due(u64 now_ns);
    // Only sets the clock: for who knows that nothing can run and nothing is due until then.
    void pass(u64 now_ns);
    static constexpr u64 no_event = ~u64{0};

    // Every task there was, by its number: 0 is "idle".
    [[nodiscard]] const std::map<std::uint32_t, std::string> &task_names() const;

    [[nodiscard]] u64 now_ns() const;
    [[nodiscard]] skbscope::trace::Recorder *recorder() const;
    [[nodiscard]] machine_state &state() const { return *state_; }

    // Makes this machine the one kernel functions work on, for the life of the guard.
    class use {
    public:
        explicit use(machine &m);
        ~use();
        use(const use &) = delete;
        use &operator=(const use &) = delete;

    private:
        machine *before_;
    };

private:
    std::unique_ptr<machine_state> state_;
};

} // namespace skbscope::stack
