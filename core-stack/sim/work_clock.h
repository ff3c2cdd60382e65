// SPDX-License-Identifier: GPL-2.0-or-later
// Work takes time. Without this, virtual time stands still while a CPU works, and a machine is never overloaded. With
// it, the few places that stand for work (an interrupt, a packet polled, a packet through the stack, ...) say so
// (work_done()), and each takes the time that the cost model gives it, on the CPU that does it:
//
//     work_run run(m, costs);                            // from here on
//     run.spawn("reader", 0, [&] { ... sys_recvfrom(...); user_work(work::delivered_packet); ... });
//     run.attach(&wire);                                 // hardware that acts on its own
//     run.until(20'000'000);                             // 20 ms
//
// Every CPU has a clock of its own, and the one that is behind runs: so all CPUs work at once, and what one does after
// a piece of work sees all that happened before. While work goes on, what comes due on that CPU (a device's interrupt,
// the tick) interrupts it, unless it is an interrupt itself; what another CPU sends (an IPI, a wake-up) is seen at the
// end of the piece. Tasks share a CPU as with the kernel's fair scheduler. Hardware is seen a nanosecond late.
// Deterministic: no randomness, one OS thread.
#pragma once

#include "linux/types.h"
#include "sim/machine.h"
#include "sim/machine_state.h"

#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace skbscope::stack {

enum class work : u8 {
    interrupt,        // entry, acknowledgement and return of one hardware interrupt (or IPI)
    isr_packet,       // a driver without NAPI takes a packet out of its ring, in the interrupt
    softirq,          // one run of NET_RX_SOFTIRQ (or of the bottom half)
    poll_packet,      // a driver's poll takes a packet out of its ring and looks at it
    gro_merge,        // GRO appends a packet to one it holds
    backlog_packet,   // a packet goes onto a CPU's backlog
    stack_packet,     // a packet goes up: link layer, IP, UDP, the socket's queue
    context_switch,   // from one task to another
    system_call,      // a read: entry, return, wake-up
    delivered_packet, // a datagram is copied to the user, who does something with it
    count_
};
inline constexpr unsigned work_kinds = static_cast<unsigned>(work::count_);
using work_costs = std::array<u64, work_kinds>; // ns each
[[nodiscard]] std::string_view work_name(work w);

void spend(u64 ns); // the running CPU works for so long; only while there is a work_run
inline void work_done(work w);
// The same, of a process in user mode: others may get the CPU afterwards.
void user_work(work w);

inline constexpr u64 time_never = std::numeric_limits<u64>::max();

// Something that happens at instants of its own, on no CPU: a wire, a device.
class hardware {
public:
    virtual ~hardware();
    // Without a work_run too: it acts while every CPU is idle, as timers do. For its life.
    void run_in_this_machine();
    [[nodiscard]] bool in_machine() const { return machine_ != nullptr; }
    [[nodiscard]] virtual u64 next_ns() const = 0; // when it acts next; time_never: not by itself
    virtual void act() = 0;                        // at that instant; it may raise interrupts

private:
    machine_state *machine_ = nullptr;
};

// Where a CPU's time went.
enum class cpu_use : u8 { hardirq, softirq, ksoftirqd, kernel_thread, process, idle, count_ };
using cpu_uses = std::array<u64, static_cast<unsigned>(cpu_use::count_)>; // ns

class work_run {
public:
    work_run(machine &m, const work_costs &costs);
    // Its processes, and what the CPUs were in the middle of, are forgotten: the machine is good for nothing any more
    // but its own end.
    ~work_run();
    work_run(const work_run &) = delete;
    work_run &operator=(const work_run &) = delete;

    void spawn(std::string comm, unsigned cpu, std::function<void()> body); // a process that stays on `cpu`
    void attach(hardware *hw);                                              // for the life of the run
    void until(u64 time_ns); // of the machine's clock; throws what a task died of (a panic of the model)
    [[nodiscard]] u64 now_ns() const;
    [[nodiscard]] const cpu_uses &used(unsigned cpu) const;

private:
    machine *machine_;
    std::vector<task_struct *> spawned_;
    std::unique_ptr<work_clock> clock_;
};

// --- for kernel/sched, kernel/irq, kernel/time only
struct work_clock {
    work_costs costs{};
    virtual ~work_clock() = default;
    virtual void spend(u64 ns) = 0;
    virtual void poke(unsigned cpu) = 0;                // something waits for that CPU now
    virtual void woken(task_struct *task) = 0;          // it just became runnable
    virtual task_struct *pick_next(cpu_state &cpu) = 0; // of a run queue that is not empty
    virtual void switched_in(task_struct *task) = 0;    // it runs from now on
    virtual void switched_out(task_struct *task) = 0;
    virtual struct fiber &idle_stack(unsigned cpu) = 0;
    [[nodiscard]] virtual bool need_resched(unsigned cpu) const = 0;
};

inline void work_done(work w) {
    if (work_clock *c = this_machine().clock) [[unlikely]]
        c->spend(c->costs[static_cast<unsigned>(w)]);
}

} // namespace skbscope::stack
