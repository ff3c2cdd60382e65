// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/record_merge.h"

namespace skbscope::bpf {

namespace {
constexpr std::uint64_t base = 1ULL << 32; // numbers just below the first one are no less than 0
}

std::uint64_t record_merge::widen(const cpu_state &cpu, std::uint32_t seq) {
    if (cpu.newest == 0) return base + seq;
    return cpu.newest + static_cast<std::uint64_t>(
                            static_cast<std::int64_t>(static_cast<std::int32_t>(seq - std::uint32_t(cpu.newest))));
}

void record_merge::begin(std::uint8_t cpu, std::uint32_t seq) {
    cpu_state &c = cpus_[cpu];
    c.next = c.newest = base + seq;
}

void record_merge::push(const skbscope_raw_skb &record) {
    const auto &e = record.raw.event;
    cpu_state &cpu = cpus_[e.cpu];
    const std::uint64_t number = widen(cpu, e.seq);
    cpu.newest = std::max(cpu.newest, number);
    cpu.arrived.insert(number);
    waiting_.emplace_hint(waiting_.end(), std::tuple(std::uint64_t{e.time}, e.cpu, std::uint32_t{e.seq}), record);
}

// `number` is given out: whatever lies between it and what was given out before, and is not here, is lost.
std::uint32_t record_merge::pass(cpu_state &cpu, std::uint64_t number) {
    if (!cpu.next) cpu.next = *cpu.arrived.begin();
    if (number < *cpu.next) { // behind: either it was waited for, or it is late
        late_ += cpu.arrived.erase(number);
        return 0;
    }
    const auto here = std::distance(cpu.arrived.begin(), cpu.arrived.upper_bound(number));
    cpu.arrived.erase(cpu.arrived.begin(), cpu.arrived.upper_bound(number));
    const std::uint64_t passed = number + 1 - *cpu.next;
    cpu.next = number + 1;
    return static_cast<std::uint32_t>(passed - static_cast<std::uint64_t>(here));
}

void record_merge::pop(std::uint64_t until, const sink &take) {
    while (!waiting_.empty() && std::get<0>(waiting_.begin()->first) <= until) {
        const auto first = waiting_.begin();
        const auto &e = first->second.raw.event;
        cpu_state &cpu = cpus_[e.cpu];
        take(first->second, pass(cpu, widen(cpu, e.seq)));
        waiting_.erase(first);
    }
}

std::uint32_t record_merge::missing_before(std::uint8_t cpu, std::uint32_t end) const {
    const auto found = cpus_.find(cpu);
    if (found == cpus_.end() || !found->second.next) return 0;
    const auto behind = static_cast<std::int32_t>(end - std::uint32_t(*found->second.next));
    return behind > 0 ? static_cast<std::uint32_t>(behind) : 0;
}

} // namespace skbscope::bpf
