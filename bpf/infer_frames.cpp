// SPDX-License-Identifier: GPL-2.0-or-later
// Which functions a stack shows, and how much of it is the stack that was seen before.
#include "bpf/infer.h"
#include "trace/renames.h"

#include <algorithm>

namespace skbscope::bpf {

namespace {
constexpr value_shape kernel_int{4, true};
} // namespace

bool stack_inference::same_work(const work &before, const work &now, layer in) {
    const bool softirq = before.softirq == now.softirq;
    switch (in) {
    case layer::task:
        return before.syscall == now.syscall;
    case layer::interrupt: // another interrupt may have come and gone while the first one's softirqs are served
        return before.hardirq == now.hardirq || (before.in_softirq && now.in_softirq && softirq);
    case layer::softirq:
        return softirq;
    case layer::interrupted_softirq:
        return softirq && before.hardirq == now.hardirq;
    }
    return false;
}

// How many of the outermost frames are the same calls.
std::size_t stack_inference::common(const task_stack &before, const std::vector<frame> &now, const work &of) {
    std::size_t n = 0;
    while (n < before.frames.size() && n < now.size()) {
        const frame &b = before.frames[n], &f = now[n];
        const bool moved = b.address != f.address;
        if (b.symbol != f.symbol || (moved && !f.symbol) || b.in != f.in || !same_work(before.of, of, f.in)) break;
        ++n;
        if (moved) break; // what it called before is over
    }
    return n;
}

// Of a stack deeper than a record holds the outermost frames are missing: those of the record before, where it is the
// same stack.
void stack_inference::complete(std::vector<frame> &frames, const task_stack &before) {
    const auto at = std::ranges::find_if(before.frames, [&](const frame &f) {
        return f.address == frames.front().address && f.symbol == frames.front().symbol;
    });
    if (at == before.frames.end()) return;
    const auto missing = static_cast<std::size_t>(at - before.frames.begin());
    frames.insert(frames.begin(), before.frames.begin(), at);
    for (std::size_t i = 0; i < missing; ++i)
        frames[i].passed = 0;
    set_layers(frames);
}

bool stack_inference::holds(const frame &f, const tracepoint_facts &tracepoint) {
    return tracepoint.where.empty() || trace::catalogue_name(f.symbol->name) == tracepoint.where;
}

bool stack_inference::in_catalogue(const frame &f) {
    return f.symbol && f.symbol->fn != SKBSCOPE_NO_FUNCTION;
}

unsigned stack_inference::context_of(const frame &f, std::uint32_t task) {
    if (f.in == layer::softirq) return SKBSCOPE_CTX_SOFTIRQ;
    if (f.in != layer::task) return SKBSCOPE_CTX_HARDIRQ;
    return task == 0 ? SKBSCOPE_CTX_IDLE : SKBSCOPE_CTX_PROCESS;
}

const stack_inference::symbol_info *stack_inference::resolve(std::uint64_t address) {
    const auto [at, is_new] = at_address_.try_emplace(address, nullptr);
    if (!is_new) return at->second;
    const std::string_view name = symbols_.at(address);
    if (name.empty()) return nullptr;
    const auto [info, is_unknown] = infos_.try_emplace(name);
    at->second = &info->second;
    if (!is_unknown) return at->second;
    info->second.name = name;
    info->second.interrupts = name.starts_with("asm_") && name != "asm_load_gs_index";
    info->second.serves_softirq = name == "handle_softirqs" || name == "__do_softirq";
    const auto known = known_.find(trace::catalogue_name(name));
    if (known == known_.end() || functions_.size() >= SKBSCOPE_NO_FUNCTION) return at->second;
    info->second.fn = static_cast<std::uint16_t>(functions_.size());
    info->second.takes_skb = known->second >= 0;
    probe_info probe;
    probe.name = name;
    probe.ret = kernel_int; // of the few whose return value a tracepoint tells
    functions_.push_back(std::move(probe));
    return at->second;
}

void stack_inference::set_layers(std::vector<frame> &frames) {
    layer in = layer::task;
    bool serving = false;
    for (frame &f : frames) {
        const bool interrupts = f.symbol && f.symbol->interrupts;
        const bool serves = f.symbol && f.symbol->serves_softirq;
        if (interrupts)
            in = in == layer::softirq ? layer::interrupted_softirq : layer::interrupt;
        else if (serving && !serves)
            in = layer::softirq;
        serving = serves;
        f.in = in;
    }
}

// A frame's address is where its call returns to, which may be behind the function's last byte: the call is one before.
// Where an interrupt came between, it is the very instruction.
std::vector<stack_inference::frame> stack_inference::frames_of(const skbscope_stack &s) {
    std::vector<frame> frames(s.frames);
    for (std::uint32_t i = 0; i < s.frames; ++i) { // innermost first
        frame &f = frames[s.frames - 1 - i];
        const bool interrupted = i > 0 && frames[s.frames - i].symbol && frames[s.frames - i].symbol->interrupts;
        f.address = s.frame[i];
        f.symbol = resolve(interrupted ? f.address : f.address - 1);
    }
    set_layers(frames);
    return frames;
}

} // namespace skbscope::bpf
