// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/probe_source.h"

#include <cstring>
#include <fstream>

namespace skbscope::bpf {

void probe_source::begin(assembler &to) {
    first_.clear();
    for (const skbscope_probe_cpu &cpu : probes_.cpus()) {
        to.begin_cpu(static_cast<std::uint8_t>(first_.size()), cpu.seq);
        first_.push_back(cpu.seq);
    }
    missed_before_ = probes_.recursion_misses();
}

void probe_source::collect(std::uint64_t, assembler &to) {
    (void)ring_.read(records_at_once, [&](std::span<const std::byte> r) { take(r, to); });
}

void probe_source::finish(assembler &to) {
    while (!ring_.read(records_at_once, [&](std::span<const std::byte> r) { take(r, to); })) {
    }
    for (std::size_t cpu = 0; cpu < first_.size(); ++cpu)
        to.end_cpu(static_cast<std::uint8_t>(cpu), probes_.cpus()[cpu].seq);
}

// A task may be gone soon: its name is asked for at its first record.
void probe_source::take(std::span<const std::byte> record, assembler &to) {
    if (!to.add(record)) return;
    ++received_;
    skbscope_event e;
    std::memcpy(static_cast<void *>(&e), record.data(), sizeof e);
    const auto [at, is_new] = task_names_.try_emplace(e.task);
    if (!is_new) return;
    std::ifstream in("/proc/" + std::to_string(std::uint32_t{e.task}) + "/comm");
    std::getline(in, at->second);
}

std::string probe_source::task_name(std::uint32_t task) const {
    const auto at = task_names_.find(task);
    return at == task_names_.end() ? std::string() : at->second;
}

std::uint64_t probe_source::made() const {
    std::uint64_t n = 0;
    for (std::size_t cpu = 0; cpu < first_.size(); ++cpu)
        n += probes_.cpus()[cpu].seq - first_[cpu];
    return n;
}

std::string probe_source::unknowable() const {
    return probes_.has_kprobes() ? "calls that a kprobe missed: this kernel counts none of them" : "";
}

} // namespace skbscope::bpf
