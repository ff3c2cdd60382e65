// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/infer.h"

#include "bpf/tracepoints.h"
#include "trace/seen.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <tuple>

namespace skbscope::bpf {

namespace {

static_assert(tracepoint_count <= 64, "frame::passed has a bit for each");

constexpr std::uint8_t inferred = SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT;

std::uint64_t stack_key(const skbscope_event &e) {
    return e.task != 0 ? e.task : std::uint64_t{1} << 32 | e.cpu;
}

// The record without what was read of a packet: where and when it was.
skbscope_raw_skb place_and_time(const skbscope_raw_skb &at) {
    skbscope_raw_skb r{};
    r.raw.event = at.raw.event;
    r.raw.event.state &= SKBSCOPE_STATE_CTX_MASK;
    r.raw.event.state |= inferred;
    std::memset(r.raw.event.payload, 0, sizeof r.raw.event.payload);
    r.raw.what = SKBSCOPE_RAW_CALL;
    r.raw.task_net = at.raw.task_net;
    return r;
}

void set_context(skbscope_event &e, unsigned context) {
    e.state = static_cast<std::uint8_t>((e.state & ~unsigned{SKBSCOPE_STATE_CTX_MASK}) | context);
}

bool reads_skb(const skbscope_raw_skb &r) {
    return r.raw.what == SKBSCOPE_RAW_SKB && r.skb != 0;
}

} // namespace

bool stack_inference::add(std::span<const std::byte> bytes) {
    skbscope_stack_skb r{};
    constexpr std::size_t call_size = sizeof(skbscope_stack_call);
    const bool whole = bytes.size() >= call_size;
    if (whole) std::memcpy(static_cast<void *>(&r), bytes.data(), call_size);
    const bool call = whole && r.skb.raw.what == SKBSCOPE_RAW_CALL;
    const bool skb = whole && r.skb.raw.what == SKBSCOPE_RAW_SKB && bytes.size() >= sizeof r;
    if ((!call && !skb) || r.stack.frames > SKBSCOPE_STACK_FRAMES || r.stack.tracepoint > tracepoint_count) {
        ++refused_;
        return false;
    }
    if (skb) std::memcpy(static_cast<void *>(&r), bytes.data(), sizeof r);
    cpus_[r.skb.raw.event.cpu].arrived.insert(r.skb.raw.event.seq);
    waiting_.push_back(r);
    return true;
}

void stack_inference::take(std::uint64_t until, const sink &out) {
    std::ranges::sort(waiting_, {}, [](const skbscope_stack_skb &r) {
        const skbscope_event &e = r.skb.raw.event;
        return std::tuple(std::uint64_t{e.time}, e.cpu, std::uint32_t{e.seq});
    });
    const auto end =
        std::ranges::find_if(waiting_, [until](const skbscope_stack_skb &r) { return r.skb.raw.event.time > until; });
    std::for_each(waiting_.begin(), end, [&](const skbscope_stack_skb &r) { see(r, out); });
    waiting_.erase(waiting_.begin(), end);
}

void stack_inference::finish(const sink &out) {
    take(std::numeric_limits<std::uint64_t>::max(), out);
    for (auto &[key, stack] : stacks_)
        leave_down_to(stack, 0, stack.last, out);
}

// Numbers of the ring that nobody has are left out of ours as well: the hole stays visible.
void stack_inference::count(const skbscope_event &e) {
    cpu_order &cpu = cpus_[e.cpu];
    if (!cpu.begun) cpu.next = e.seq;
    cpu.begun = true;
    if (e.seq < cpu.next) return; // an interrupt's record overtook it
    pass(cpu, e.seq);
    cpu.next = e.seq + 1;
}

void stack_inference::pass(cpu_order &cpu, std::uint32_t seq) {
    const auto from = cpu.arrived.lower_bound(cpu.next), to = cpu.arrived.lower_bound(seq);
    cpu.ours += seq - cpu.next - static_cast<std::uint32_t>(std::distance(from, to));
    cpu.arrived.erase(cpu.arrived.begin(), to);
}

void stack_inference::begin_cpu(std::uint8_t cpu, std::uint32_t seq) {
    cpus_[cpu].begun = true;
    cpus_[cpu].next = seq;
}

std::uint32_t stack_inference::end_cpu(std::uint8_t cpu, std::uint32_t seq) {
    cpu_order &order = cpus_[cpu];
    if (order.begun && seq > order.next) pass(order, seq);
    return order.ours;
}

void stack_inference::emit(skbscope_raw_skb r, const sink &out) {
    r.raw.event.seq = cpus_[r.raw.event.cpu].ours++;
    out(r);
}

void stack_inference::see(const skbscope_stack_skb &r, const sink &out) {
    const skbscope_event &e = r.skb.raw.event;
    count(e);
    if (r.stack.tracepoint != SKBSCOPE_TP_MARK) return see_tracepoint(r, out);
    // The mark is a system call of its own: what its task did before is over.
    if (e.kind == SKBSCOPE_EV_TRACE_OFF)
        for (auto &[key, stack] : stacks_)
            leave_down_to(stack, 0, r.skb, out);
    else
        leave_down_to(stacks_[stack_key(e)], 0, r.skb, out);
    emit(r.skb, out);
}

void stack_inference::see_tracepoint(const skbscope_stack_skb &r, const sink &out) {
    const tracepoint_facts &tracepoint = facts_of_tracepoint(r.stack.tracepoint);
    // A live watch: a packet's memory is handed out anew by somebody whose calls are nobody's business.
    if (r.stack.tracepoint == SKBSCOPE_TP_kmem_cache_alloc && r.stack.frames == 0)
        return tell(r, tracepoint, nullptr, out);
    task_stack &stack = stacks_[stack_key(r.skb.raw.event)];
    std::vector<frame> now = frames_of(r.stack);
    if (r.stack.frames == SKBSCOPE_STACK_FRAMES) complete(now, stack);
    work of{r.stack.syscall, r.stack.softirq, r.stack.hardirq, false};
    of.in_softirq = std::ranges::any_of(now, [](const frame &f) { return f.in == layer::softirq; });

    std::size_t same = common(stack, now, of);
    const auto known = std::find_if(now.rbegin(), now.rend(), [](const frame &f) { return in_catalogue(f); });
    const auto holder = static_cast<std::size_t>(now.rend() - known); // one past it; 0: none
    const bool held = holder > 0 && holds(now[holder - 1], tracepoint);
    const std::uint64_t bit = std::uint64_t{1} << r.stack.tracepoint;
    if (held && holder <= same && (tracepoint.facts & SKBSCOPE_TP_ONCE) && (stack.frames[holder - 1].passed & bit))
        same = holder - 1;

    leave_down_to(stack, same, r.skb, out);
    for (std::size_t i = 0; i < same; ++i)
        stack.frames[i].address = now[i].address;
    const layer innermost = now.empty() ? layer::task : now.back().in;
    const bool moved = reads_skb(r.skb) && stack.skb == r.skb.skb && stack.dev != r.skb.dev;
    const given outermost = moved ? given::packet_of_another_device : given::packet;
    const bool shows_entry = held && holder > same && (tracepoint.facts & SKBSCOPE_TP_FIRST) && reads_skb(r.skb);
    for (std::size_t i = same; i < now.size(); ++i) {
        const bool first = shows_entry && i == holder - 1;
        const given what = now[i].in == innermost ? outermost : given::nothing;
        if (in_catalogue(now[i])) enter(now[i], r.skb, first, what, out);
        stack.frames.push_back(now[i]);
    }
    stack.of = of;
    stack.last = r.skb;
    if (reads_skb(r.skb)) stack.skb = r.skb.skb, stack.dev = r.skb.dev;
    if (holder > 0) stack.frames[holder - 1].passed |= bit;
    tell(r, tracepoint, holder > 0 ? &stack.frames[holder - 1] : nullptr, out);
    if (held && (tracepoint.facts & SKBSCOPE_TP_LAST)) {
        std::optional<std::uint64_t> returned;
        if (tracepoint.facts & SKBSCOPE_TP_RETURNS) returned = r.skb.raw.arg[0];
        leave_down_to(stack, holder, r.skb, out);
        leave(stack.frames.back(), r.skb, returned, out);
        stack.frames.pop_back();
    }
}

// What was observed: the packet, and what became of it.
void stack_inference::tell(const skbscope_stack_skb &r, const tracepoint_facts &tracepoint, const frame *holder,
                           const sink &out) {
    skbscope_raw_skb seen = r.skb;
    seen.raw.event.fn = holder ? holder->symbol->fn : SKBSCOPE_NO_FUNCTION;
    if (holder) set_context(seen.raw.event, context_of(*holder, seen.raw.event.task));
    const auto tell_as = [&](unsigned kind) {
        seen.raw.event.kind = static_cast<std::uint8_t>(kind);
        emit(seen, out);
    };
    if (r.stack.tracepoint == SKBSCOPE_TP_softirq_raise) {
        seen.raw.event.context = {};
        seen.raw.event.context.vector = static_cast<std::uint32_t>(r.skb.raw.arg[0]);
        return tell_as(SKBSCOPE_EV_SOFTIRQ_RAISE);
    }
    const bool object =
        r.stack.tracepoint == SKBSCOPE_TP_kmem_cache_alloc || r.stack.tracepoint == SKBSCOPE_TP_kmem_cache_free;
    if (object) { // if it was a packet, it is none any more
        seen.raw.what = SKBSCOPE_RAW_SKB;
        seen.skb = r.skb.raw.arg[1];
        if (r.stack.tracepoint == SKBSCOPE_TP_kmem_cache_alloc)
            seen.raw.event.state |= inferred; // given back some time before
        return tell_as(SKBSCOPE_EV_FREE);
    }
    if (!reads_skb(r.skb)) return;
    tell_as(trace::seen_kind);
    if (r.stack.tracepoint == SKBSCOPE_TP_kfree_skb) tell_as(SKBSCOPE_EV_DROP);
    if (tracepoint.facts & SKBSCOPE_TP_GIVES_UP) tell_as(SKBSCOPE_EV_FREE);
}

void stack_inference::enter(const frame &f, const skbscope_raw_skb &at, bool first, given what, const sink &out) {
    skbscope_raw_skb r = first ? at : place_and_time(at);
    if (first)
        r.raw.event.state =
            static_cast<std::uint8_t>((r.raw.event.state & ~unsigned{SKBSCOPE_STATE_PROV_MASK}) | inferred);
    if (!first && what != given::nothing && f.symbol->takes_skb && reads_skb(at)) { // which packet, not how it was then
        r.raw.what = SKBSCOPE_RAW_SKB;
        r.skb = at.skb;
    }
    if (r.raw.what == SKBSCOPE_RAW_SKB && !first && what == given::packet) {
        r.dev = at.dev;
        r.dev_net = at.dev_net;
        r.ifindex = at.ifindex;
    }
    r.raw.event.kind = SKBSCOPE_EV_ENTER;
    r.raw.event.fn = f.symbol->fn;
    set_context(r.raw.event, context_of(f, r.raw.event.task));
    emit(r, out);
}

void stack_inference::leave(const frame &f, const skbscope_raw_skb &at, std::optional<std::uint64_t> returned,
                            const sink &out) {
    if (!in_catalogue(f)) return;
    skbscope_raw_skb r = place_and_time(at);
    r.raw.event.kind = SKBSCOPE_EV_LEAVE;
    r.raw.event.fn = f.symbol->fn;
    set_context(r.raw.event, context_of(f, r.raw.event.task));
    if (returned) {
        r.raw.event.state |= SKBSCOPE_STATE_HAS_RET;
        r.raw.event.leave.ret = static_cast<std::int64_t>(*returned);
    }
    emit(r, out);
}

void stack_inference::leave_down_to(task_stack &stack, std::size_t depth, const skbscope_raw_skb &at, const sink &out) {
    // The leaves belong to the task whose stack it is, whoever's record shows that they are over.
    skbscope_raw_skb when = at;
    if (!stack.frames.empty()) when.raw.event.task = stack.last.raw.event.task;
    for (; stack.frames.size() > depth; stack.frames.pop_back())
        leave(stack.frames.back(), when, std::nullopt, out);
}

} // namespace skbscope::bpf
