// SPDX-License-Identifier: GPL-2.0-or-later
// What a live watch adds to the probes: the user's filter in each program, and counters of what was missed.
#include "bpf/agent/probe_io.h"
#include "bpf/agent/probe_set.h"
#include "probes.skel.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <unistd.h>

namespace skbscope::bpf {

// As the kernel took them when it took the generic program, with the user's filter in it.
std::vector<bpf_insn> probe_set::instructions(const bpf_program *generic) const {
    std::span<const bpf_insn> insns = generics_.of(generic);
    if (insns.empty()) insns = {bpf_program__insns(generic), bpf_program__insn_cnt(generic)};
    if (!filter_) return {insns.begin(), insns.end()};
    return filtered(insns, filter_->packets);
}

// A link holds its program. A live watch reads the program's counters later on, and then may open it no more.
void probe_set::done_with(int program) {
    if (program < 0) return;
    if (filter_)
        kept_.push_back(program);
    else
        close(program);
}

// One for all functions that fentry cannot take; loaded with the first of them, and open as long as this lives.
int probe_set::kprobe_program(bool at_return) {
    int &fd = kprobes_[at_return ? 1 : 0];
    if (fd >= 0) return fd;
    const bpf_program *generic = at_return ? programs_->progs.kprobe_leave : programs_->progs.kprobe_enter;
    if (!filter_) return fd = bpf_program__fd(generic);
    const std::vector<bpf_insn> insns = instructions(generic);
    return fd = bpf_prog_load(BPF_PROG_TYPE_KPROBE, bpf_program__name(generic), "GPL", insns.data(), insns.size(),
                              nullptr);
}

void probe_set::place(std::uint32_t net, std::uint32_t ifindex) {
    programs_->bss->want.net = net;
    programs_->bss->want.ifindex = ifindex;
    programs_->bss->want.self = static_cast<__u32>(getpid());
}

void probe_set::watch(bool on) {
    programs_->bss->every_task = on ? 1 : 0;
    __atomic_store_n(&programs_->bss->on, on ? 1 : 0, __ATOMIC_RELEASE);
}

std::uint64_t probe_set::recursion_misses() const {
    std::uint64_t n = 0;
    for (const int fd : kept_)
        n += recursion_misses_of(fd);
    return n;
}

std::uint64_t probe_set::not_followed() const {
    return programs_->bss->want.overflow;
}

} // namespace skbscope::bpf
