// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel's files share of the machine they run on. Not for app/.
//
// The kernel has global variables; here several machines may exist, so each global belongs to one:
//
//     static machine_global<udp_table> udp_table_;       // at file scope; made at first use, gone with the machine
//     udp_table_->hash[...]                              // of the machine in use
#pragma once

#include "linux/list.h"
#include "linux/sched.h"
#include "linux/types.h"
#include "sim/machine.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace skbscope::stack {

class hardware;
struct arena;
struct cpu_state;
struct timer_queue;
struct trace_state;
struct work_clock;

struct machine_state {
    machine_config config;
    machine *owner = nullptr;
    trace::Recorder *recorder = nullptr;
    u64 now_ns = 0; // virtual time since boot
    u64 rng[4] = {};
    u64 next_seq = 1; // orders timers of the same instant
    u32 next_pid = 0;
    std::vector<std::unique_ptr<cpu_state>> cpus;
    unsigned cpu = 0;          // the one that runs: set_cpu()
    cpu_state *here = nullptr; // its state; every function of the kernel asks for it
    std::vector<std::unique_ptr<task_struct>> tasks;
    std::map<trace::TaskId, std::string> task_names; // also of those that ended
    std::unique_ptr<arena> memory;
    std::unique_ptr<timer_queue> timers;
    trace_place where;   // of the function that runs; here, since every event asks for it
    unsigned scopes = 0; // recorded calls whose leave event is still to come
    std::unique_ptr<trace_state> tracing;
    std::vector<hardware *> hardware_; // what acts by itself while no work takes time (sim/work_clock.h)
    work_clock *clock = nullptr;       // sim/work_clock.h: work takes time. Null: it stands still while a CPU works
    struct global_slot {
        void *object = nullptr;
        void (*destroy)(void *) = nullptr;
    };
    static constexpr unsigned globals_max = 128;
    std::array<global_slot, globals_max> globals{}; // by machine_global's index
    std::vector<unsigned> globals_in_order;         // of creation: destroyed in reverse
    machine_state();
    ~machine_state();
    void set_cpu(unsigned id) {
        cpu = id;
        here = cpus[id].get();
    }
};

// The machine in use on this thread. Kernel functions run only while there is one.
extern thread_local constinit machine_state *this_machine_;
[[nodiscard]] inline machine_state &this_machine() {
    return *this_machine_;
}

[[nodiscard]] unsigned next_machine_global_index();

template <class T> class machine_global {
public:
    machine_global() : index_(next_machine_global_index()) {}
    machine_global(const machine_global &) = delete;
    machine_global &operator=(const machine_global &) = delete;
    T &get() const {
        machine_state &m = this_machine();
        if (void *object = m.globals[index_].object) [[likely]]
            return *static_cast<T *>(object);
        return make(m);
    }
    T *operator->() const { return &get(); }
    T &operator*() const { return get(); }

private:
    T &make(machine_state &m) const {
        T *object = new T();
        m.globals[index_] = {object, [](void *p) { delete static_cast<T *>(p); }};
        m.globals_in_order.push_back(index_);
        return *object;
    }
    unsigned index_;
};

// One object a CPU: per_cpu(x, cpu), this_cpu(x).
template <class T> class machine_per_cpu {
public:
    T &on(unsigned cpu) const {
        auto &v = *objects_;
        if (cpu < v.size()) [[likely]]
            return *v[cpu];
        return make(v, cpu);
    }
    T &here() const { return on(this_machine().cpu); }

private:
    static T &make(std::vector<std::unique_ptr<T>> &v, unsigned cpu) {
        while (v.size() <= cpu)
            v.push_back(std::make_unique<T>());
        return *v[cpu];
    }
    machine_global<std::vector<std::unique_ptr<T>>> objects_;
};

} // namespace skbscope::stack
