// SPDX-License-Identifier: GPL-2.0-or-later
// The ladder's last rung: programs on the tracepoints that this kernel has (probes/stacks.bpf.c), each record with its
// stack. What calls they amount to, bpf/infer.h says.
#pragma once

#include "bpf/agent/probe_filter.h"
#include "bpf/agent/tracer.h"
#include "bpf/probes/stack_abi.h"
#include "bpf/stream_reader.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

struct ring_buffer;
struct stacks_bpf;

namespace skbscope::bpf {

class stack_probes final : public tracer {
public:
    // Loads and attaches a program for each tracepoint of this kernel. A tracepoint that it has not, or whose
    // arguments are others than expected, is a row; throws agent_failure where the kernel takes none at all. `filter`:
    // of a live watch.
    explicit stack_probes(std::optional<probe_filter> filter = {});
    ~stack_probes() override;
    stack_probes(const stack_probes &) = delete;
    stack_probes &operator=(const stack_probes &) = delete;

    void trace_tasks(std::span<const std::uint32_t> tasks) override;
    // Namespaces (inode numbers) whose packets are traced, whichever task handles them; none given: all.
    void trace_nets(std::span<const std::uint32_t> nets);
    void trace_every_task(bool every);
    void mark(unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
              unsigned switch_to) const override;
    void switch_on(bool on);
    // A live watch: wanted are packets of this namespace (inode number) and device alone; 0: all.
    void place(std::uint32_t net, std::uint32_t ifindex);

    // Its records: struct skbscope_stack_call or skbscope_stack_skb each.
    [[nodiscard]] int ring_fd() const;

    [[nodiscard]] std::uint64_t lost() const; // records that found the ring full
    // Passings of a tracepoint that no record was made of, because its program ran already on that CPU.
    [[nodiscard]] std::uint64_t missed() const;
    // A live watch: packets that could not be followed, their table was full.
    [[nodiscard]] std::uint64_t not_followed() const;
    // The programs' counters, a CPU each.
    [[nodiscard]] std::span<const skbscope_stack_cpu> cpus() const;
    // A row a tracepoint: by "tracepoint", or "none" and why.
    [[nodiscard]] const std::vector<inspect_row> &rows() const { return rows_; }
    // What a comparison cites: "stacks.tracepoints" and "stacks.always in" (trace/compare_stacks.h).
    [[nodiscard]] std::map<std::string, std::string> facts() const;

private:
    struct attached_program {
        std::uint32_t tracepoint;
        int program, link; // descriptors
        bool ours;         // the program's is not libbpf's
    };
    void choose();
    void load();
    void attach();
    [[nodiscard]] int filtered_program(std::uint32_t tracepoint) const;

    std::optional<probe_filter> filter_;
    stacks_bpf *programs_ = nullptr;
    std::vector<attached_program> attached_;
    std::vector<inspect_row> rows_;
};

} // namespace skbscope::bpf
