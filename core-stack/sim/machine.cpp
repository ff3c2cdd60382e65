// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/machine.h"

#include "kernel/time/timer_queue.h"
#include "linux/errno.h"
#include "linux/slab.h"
#include "sim/arena.h"
#include "sim/boot.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"
#include "sim/trace_state.h"

#include <algorithm>
#include <cstdlib>

namespace skbscope::stack {

thread_local constinit machine_state *this_machine_ = nullptr;

unsigned next_machine_global_index() {
    static unsigned next = 0;
    if (next == machine_state::globals_max) std::abort(); // before main(): the array wants to be larger
    return next++;
}

machine_state::machine_state() = default;
machine_state::~machine_state() = default;

machine::machine(const machine_config &config, trace::Recorder *recorder) : state_(std::make_unique<machine_state>()) {
    machine_state &m = *state_;
    m.config = config;
    m.config.cpus = std::clamp(config.cpus, 1U, 64U);
    m.owner = this;
    m.recorder = recorder;
    m.next_pid = config.first_pid;
    const use guard(*this);
    m.memory = std::make_unique<arena>(m.config.cpus);
    m.tracing = std::make_unique<trace_state>();
    for (unsigned i = 0; i < m.config.cpus; ++i) {
        m.cpus.push_back(std::make_unique<cpu_state>());
        m.cpus.back()->id = i;
    }
    m.set_cpu(0);
    m.task_names[0] = "idle";
    boot();
}

machine::~machine() {
    machine_state &m = *state_;
    const use guard(*this);
    trace_recorder_off();
    m.where = {};
    m.set_cpu(0);
    // Descriptors first: they lead into everything else.
    for (auto &t : m.tasks)
        t->files.reset();
    shut_down();
    for (auto i = m.globals_in_order.rbegin(); i != m.globals_in_order.rend(); ++i)
        m.globals[*i].destroy(m.globals[*i].object);
    m.globals = {};
    m.tasks.clear();
    m.cpus.clear();
}

int machine::run_process(std::string comm, const std::function<void()> &body) {
    const use guard(*this);
    task_struct *task = create_process(std::move(comm), body);
    const u64 limit = state_->now_ns + state_->config.time_limit_ns;
    while (!task_is_dead(task)) {
        if (dispatch_once()) continue;
        enter_idle();
        if (!advance_time(limit)) return -EDEADLK;
    }
    reap(task);
    return 0;
}

void machine::run_idle_until(u64 time_ns) {
    const use guard(*this);
    for (;;) {
        if (dispatch_once()) continue;
        enter_idle();
        if (!advance_time(time_ns)) break;
    }
    state_->now_ns = std::max(state_->now_ns, time_ns);
}

u64 machine::now_ns() const {
    return state_->now_ns;
}
const std::map<std::uint32_t, std::string> &machine::task_names() const {
    return state_->task_names;
}
trace::Recorder *machine::recorder() const {
    return state_->recorder;
}

machine::use::use(machine &m) : before_(this_machine_ ? this_machine_->owner : nullptr) {
    this_machine_ = m.state_.get();
    trace_recorder_use(m.state_->recorder);
}
machine::use::~use() {
    this_machine_ = before_ ? before_->state_.get() : nullptr;
    trace_recorder_use(before_ ? before_->state_->recorder : nullptr);
}

} // namespace skbscope::stack
