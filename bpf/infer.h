// SPDX-License-Identifier: GPL-2.0-or-later
// Calls inferred from stacks. Each record (probes/stack_abi.h) says: at this time this task stood in these functions.
// From one record of a task to its next, what is common to both stacks went on, what is new was entered, what is gone
// was left. Pure: it needs no kernel.
//
// The rule. A frame of the new stack is the same call as the frame at the same depth of the stack before when
//  - it is the same function, and every frame outside of it stands at the same return address;
//  - both belong to the same piece of work: the same system call of the task, the same softirq of the CPU, the same
//    interrupt (counted in the kernel, not guessed from the stack);
//  - no tracepoint proves otherwise: one that a call passes at most once was not passed by it already, and the one at
//    its very end was not passed.
// Otherwise it is another call. An enter is inferred at the first record that shows the call, a leave at the first that
// shows it gone (or at the tracepoint at its very end): the times are bounds, not measurements.
//
// What cannot be known: calls that begin and end between two tracepoints leave no trace; two calls of one function from
// one place of one caller look like one call where no tracepoint tells them apart; functions that were compiled into
// their callers, or left by a tail call, are in no stack; two interrupts that are no device's (timer, inter-processor)
// and hit the same instruction look like one.
//
// What comes out are records as the assembler takes them: ENTER and LEAVE marked SKBSCOPE_PROV_INFERRED. The snapshot
// stands in a SEEN record (trace/seen.h) of the function that holds the tracepoint, which is observed; an ENTER has it
// as well where the tracepoint stands at the function's very beginning. A leave has a return value where a tracepoint
// tells it.
#pragma once

#include "bpf/assemble.h"
#include "bpf/probes/stack_abi.h"
#include "bpf/symbols.h"
#include "bpf/tracepoints.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace skbscope::bpf {

class stack_inference {
public:
    using catalogue = std::map<std::string, int, std::less<>>; // name in 6.1 -> index of its sk_buff argument or -1
    using sink = std::function<void(const skbscope_raw_skb &)>;

    // Both are used as long as this lives.
    stack_inference(const symbol_table &symbols, const catalogue &known) : symbols_(symbols), known_(known) {}

    // A record as the ring held it: struct skbscope_stack_call or skbscope_stack_skb. False: it is neither.
    bool add(std::span<const std::byte> bytes);
    // Where a CPU's numbers begin; without it its first record does. Ours begin at 0.
    void begin_cpu(std::uint8_t cpu, std::uint32_t seq);
    // What follows from the records up to this time (ns), in order. A record older than that must not come later.
    void take(std::uint64_t until, const sink &out);
    // From all of them; calls that are open then are left at the last record.
    void finish(const sink &out);
    // After finish(): where our numbers of that CPU end, when the ring's end before `seq`.
    [[nodiscard]] std::uint32_t end_cpu(std::uint8_t cpu, std::uint32_t seq);

    // The functions by the index that `fn` of the records is. It grows; where it stands it stays.
    [[nodiscard]] const std::vector<probe_info> &functions() const { return functions_; }
    [[nodiscard]] std::uint64_t refused() const { return refused_; } // add() calls that were no record

private:
    enum class layer : std::uint8_t { task, interrupt, softirq, interrupted_softirq };
    struct symbol_info {
        std::string_view name;
        std::uint16_t fn = SKBSCOPE_NO_FUNCTION; // index into functions_; none: not in the catalogue
        bool takes_skb = false;
        bool interrupts = false;     // the kernel's entry of an interrupt
        bool serves_softirq = false; // what it calls is the softirq
    };
    struct frame {
        std::uint64_t address;
        const symbol_info *symbol; // null: no function holds the address
        layer in;
        std::uint64_t passed = 0; // tracepoints, a bit each, that this call was seen at
    };
    struct work {
        std::uint32_t syscall = 0, softirq = 0, hardirq = 0;
        bool in_softirq = false;
    };
    struct task_stack {
        std::vector<frame> frames; // outermost first
        work of;
        skbscope_raw_skb last{};        // the record that showed it
        std::uint64_t skb = 0, dev = 0; // the packet that was read last, and its device then
    };

    struct cpu_order {
        bool begun = false;
        std::uint32_t next = 0, ours = 0; // the ring's next number, and ours
        std::set<std::uint32_t> arrived;  // the ring's, from next on
    };

    void see(const skbscope_stack_skb &r, const sink &out);
    void see_tracepoint(const skbscope_stack_skb &r, const sink &out);
    void tell(const skbscope_stack_skb &r, const tracepoint_facts &tracepoint, const frame *holder, const sink &out);
    // Whose packet a call was given: nobody's of this record; the record's; the record's, but the device it has there
    // it may have got only in this call.
    enum class given : std::uint8_t { nothing, packet, packet_of_another_device };
    void enter(const frame &f, const skbscope_raw_skb &at, bool first, given what, const sink &out);
    void leave(const frame &f, const skbscope_raw_skb &at, std::optional<std::uint64_t> returned, const sink &out);
    void leave_down_to(task_stack &stack, std::size_t depth, const skbscope_raw_skb &at, const sink &out);
    static void pass(cpu_order &cpu, std::uint32_t seq);
    void count(const skbscope_event &e);
    void emit(skbscope_raw_skb r, const sink &out);

    [[nodiscard]] const symbol_info *resolve(std::uint64_t address);
    [[nodiscard]] std::vector<frame> frames_of(const skbscope_stack &s);
    static void set_layers(std::vector<frame> &frames);
    static void complete(std::vector<frame> &frames, const task_stack &before);
    [[nodiscard]] static std::size_t common(const task_stack &before, const std::vector<frame> &now, const work &of);
    [[nodiscard]] static bool same_work(const work &before, const work &now, layer in);
    [[nodiscard]] static bool holds(const frame &f, const tracepoint_facts &tracepoint);
    [[nodiscard]] static bool in_catalogue(const frame &f);
    [[nodiscard]] static unsigned context_of(const frame &f, std::uint32_t task); // SKBSCOPE_CTX_...

    const symbol_table &symbols_;
    const catalogue &known_;
    std::vector<skbscope_stack_skb> waiting_;
    std::unordered_map<std::string_view, symbol_info> infos_;           // by name
    std::unordered_map<std::uint64_t, const symbol_info *> at_address_; // that were asked for
    std::map<std::uint64_t, task_stack> stacks_;                        // by task, or by CPU where it is idle
    std::map<std::uint8_t, cpu_order> cpus_;
    std::vector<probe_info> functions_;
    std::uint64_t refused_ = 0;
};

} // namespace skbscope::bpf
