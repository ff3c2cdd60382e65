// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/syscall_watch.h"

#include "bpf/agent/agent_error.h"
#include "syscalls.skel.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {
[[noreturn]] void refuse(syscalls_bpf *programs, const char *what, int error) {
    syscalls_bpf::destroy(programs);
    throw agent_failure("system calls", std::string(what) + ": " + errno_text(error) +
                                            "; watching them needs CAP_BPF and CAP_PERFMON, and a kernel with BTF");
}
} // namespace

syscall_watch::syscall_watch(const std::vector<named_namespace> &namespaces) {
    programs_ = syscalls_bpf::open();
    if (!programs_) throw agent_failure("system calls", "the probe cannot be opened: " + errno_text());
    programs_->rodata->self = static_cast<__u32>(getpid());
    if (const int r = syscalls_bpf::load(programs_); r != 0) refuse(programs_, "the kernel refuses the probe", -r);
    for (const named_namespace &ns : namespaces) {
        const auto inode = static_cast<__u32>(ns.inode);
        const __u8 yes = 1;
        if (const int r = bpf_map_update_elem(bpf_map__fd(programs_->maps.namespaces), &inode, &yes, BPF_ANY); r != 0)
            refuse(programs_, "more namespaces than can be watched", -r);
    }
    ring_ = ring_buffer__new(bpf_map__fd(programs_->maps.ring), sample, this, nullptr);
    if (!ring_) refuse(programs_, "ring buffer", errno);
    if (const int r = syscalls_bpf::attach(programs_); r != 0) {
        ring_buffer__free(ring_);
        refuse(programs_, "the kernel refuses to attach the probe", -r);
    }
}

syscall_watch::~syscall_watch() {
    ring_buffer__free(ring_);
    syscalls_bpf::destroy(programs_);
}

void syscall_watch::stop() {
    syscalls_bpf::detach(programs_);
}

int syscall_watch::sample(void *context, void *data, std::size_t size) {
    auto &self = *static_cast<syscall_watch *>(context);
    if (size < sizeof(skbscope_call_record)) return 0;
    const auto &record = *static_cast<const skbscope_call_record *>(data);
    const std::size_t bytes = sizeof record.call + record.call.kept;
    if (self.pieces_.empty() || self.pieces_.back().size() + bytes > self.piece_) self.pieces_.emplace_back();
    put_call(self.pieces_.back(), record.call, {reinterpret_cast<const char *>(record.payload), sizeof record.payload});
    return 0;
}

std::vector<std::string> syscall_watch::take(std::size_t piece) {
    piece_ = piece;
    (void)ring_buffer__consume(ring_);
    return std::exchange(pieces_, {});
}

std::uint64_t syscall_watch::lost() const {
    return programs_->bss->lost;
}

} // namespace skbscope::bpf
