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

std::vector<bpf_insn> filtered(std::span<const bpf_insn> program, const filter_pair &filter) {
    const auto *insns = reinterpret_cast<const kernel_insn *>(program.data());
    const std::vector<kernel_insn> all = with_filter({insns, program.size()}, filter);
    const auto *first = reinterpret_cast<const bpf_insn *>(all.data());
    return {first, first + all.size()};
}

void set_sizes(bpf_map *ring, bpf_map *followed, const probe_filter &filter) {
    if (filter.ring_bytes != 0) (void)bpf_map__set_max_entries(ring, filter.ring_bytes);
    if (filter.packets_max != 0) (void)bpf_map__set_max_entries(followed, filter.packets_max);
}

std::uint64_t recursion_misses_of(int program) {
    bpf_prog_info info{};
    std::uint32_t size = sizeof info;
    return bpf_obj_get_info_by_fd(program, &info, &size) == 0 ? info.recursion_misses : 0;
}

ring_reader::ring_reader(int map) : ring_(ring_buffer__new(map, sample, this, nullptr)) {
    if (!ring_) throw agent_failure("ring buffer", errno_text());
}

ring_reader::~ring_reader() {
    ring_buffer__free(ring_);
}

// What libbpf takes for an error ends its loop; the record counts as read all the same.
int ring_reader::sample(void *context, void *data, std::size_t size) {
    auto &self = *static_cast<ring_reader *>(context);
    (*self.take_)({static_cast<const std::byte *>(data), size});
    return --self.left_ == 0 ? -EAGAIN : 0;
}

bool ring_reader::read(std::size_t most, const sink &take) {
    left_ = most;
    take_ = &take;
    return ring_buffer__consume(ring_) >= 0;
}

} // namespace skbscope::bpf
