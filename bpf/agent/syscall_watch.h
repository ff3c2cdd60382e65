// SPDX-License-Identifier: GPL-2.0-or-later
// Watches the system calls that are made on sockets of some network namespaces (probes/syscalls.bpf.c). Needs CAP_BPF
// and CAP_PERFMON to begin with; nothing once it runs.
#pragma once

#include "bpf/agent/snapshot.h"
#include "bpf/syscalls.h"

struct syscalls_bpf;
struct ring_buffer;

namespace skbscope::bpf {

class syscall_watch {
public:
    // Watches from here on. Throws agent_failure where the kernel refuses.
    explicit syscall_watch(const std::vector<named_namespace> &namespaces);
    ~syscall_watch();
    syscall_watch(const syscall_watch &) = delete;
    syscall_watch &operator=(const syscall_watch &) = delete;

    // No more calls from here on; what was seen stays.
    void stop();
    // What was seen since the last time, as frames carry it: pieces of at most `piece` bytes of whole records.
    [[nodiscard]] std::vector<std::string> take(std::size_t piece);
    // Records for which the ring had no room.
    [[nodiscard]] std::uint64_t lost() const;

private:
    static int sample(void *context, void *data, std::size_t size);
    syscalls_bpf *programs_ = nullptr;
    ring_buffer *ring_ = nullptr;
    std::vector<std::string> pieces_;
    std::size_t piece_ = 0;
};

} // namespace skbscope::bpf
