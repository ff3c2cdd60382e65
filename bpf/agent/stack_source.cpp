// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/stack_source.h"

#include <algorithm>
#include <cstring>

namespace skbscope::bpf {

void stack_source::watch(bool on) {
    probes_.trace_every_task(on);
    probes_.switch_on(on);
}

void stack_source::begin(assembler &to) {
    first_.clear();
    for (const skbscope_stack_cpu &cpu : probes_.cpus()) {
        const auto number = static_cast<std::uint8_t>(first_.size());
        inference_.begin_cpu(number, cpu.seq);
        to.begin_cpu(number, 0);
        first_.push_back(cpu.seq);
    }
    missed_before_ = probes_.missed();
}

bool stack_source::read() {
    return ring_.read(records_at_once, [this](std::span<const std::byte> bytes) {
        if (!inference_.add(bytes)) return;
        ++received_;
        skbscope_stack_call r;
        std::memcpy(static_cast<void *>(&r), bytes.data(), sizeof r);
        task_names_[r.raw.event.task].assign(r.stack.comm, strnlen(r.stack.comm, sizeof r.stack.comm));
    });
}

// A call that is still open at the end was seen long ago: it is left when that is told, not then.
stack_inference::sink stack_source::into(assembler &to) const {
    return [this, &to](const skbscope_raw_skb &record) {
        skbscope_raw_skb r = record;
        r.raw.event.time = std::max(std::uint64_t{r.raw.event.time}, passed_);
        to.add(std::as_bytes(std::span(&r, 1)));
    };
}

void stack_source::collect(std::uint64_t until, assembler &to) {
    (void)read();
    inference_.take(until, into(to));
    passed_ = until;
}

void stack_source::finish(assembler &to) {
    while (!read()) {
    }
    inference_.finish(into(to));
    for (std::size_t cpu = 0; cpu < first_.size(); ++cpu) {
        const auto number = static_cast<std::uint8_t>(cpu);
        to.end_cpu(number, inference_.end_cpu(number, probes_.cpus()[cpu].seq));
    }
}

std::string stack_source::task_name(std::uint32_t task) const {
    const auto at = task_names_.find(task);
    return at == task_names_.end() ? std::string() : at->second;
}

std::uint64_t stack_source::made() const {
    std::uint64_t n = 0;
    for (std::size_t cpu = 0; cpu < first_.size(); ++cpu)
        n += probes_.cpus()[cpu].seq - first_[cpu];
    return n;
}

} // namespace skbscope::bpf
