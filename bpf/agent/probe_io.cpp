// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/probe_io.h"

#include "bpf/agent/agent_error.h"
#include "bpf/probes/probe_abi.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

namespace skbscope::bpf {

void run_mark(int program, unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
              unsigned switch_to) {
    skbscope_probe_mark m{};
    m.mark.step = step;
    m.mark.line = line;
    m.mark.result = result;
    m.kind = kind;
    m.switch_to = switch_to;
    bpf_test_run_opts opts{};
    opts.sz = sizeof opts;
    opts.ctx_in = &m;
    opts.ctx_size_in = sizeof m;
    (void)bpf_prog_test_run_opts(program, &opts);
}

void drain_ring(int map, const std::function<void(std::span<const std::byte>)> &take) {
    const auto sample = [](void *ctx, void *data, std::size_t size) {
        const auto &to = *static_cast<const std::function<void(std::span<const std::byte>)> *>(ctx);
        to({static_cast<const std::byte *>(data), size});
        return 0;
    };
    auto *context = const_cast<std::function<void(std::span<const std::byte>)> *>(&take);
    ring_buffer *ring = ring_buffer__new(map, sample, context, nullptr);
    if (!ring) throw agent_failure("ring buffer", errno_text());
    (void)ring_buffer__consume(ring);
    ring_buffer__free(ring);
}

} // namespace skbscope::bpf
