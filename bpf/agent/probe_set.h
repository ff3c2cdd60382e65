// SPDX-License-Identifier: GPL-2.0-or-later
// The programs in the kernel: which function has which probe. The ladder, per function: fentry and fexit; a kprobe and
// a kretprobe; nothing, and why.
#pragma once

#include "bpf/agent/kernel_index.h"
#include "bpf/agent/probe_filter.h"
#include "bpf/agent/relocated.h"
#include "bpf/agent/roles.h"
#include "bpf/agent/sink.h"
#include "bpf/agent/tracer.h"
#include "bpf/assemble.h"
#include "bpf/stream_reader.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct bpf_insn;
struct bpf_program;
struct probes_bpf;

namespace skbscope::bpf {

class probe_set final : public tracer {
public:
    // Loads the generic programs once, which relocates them for this kernel. Throws agent_failure.
    explicit probe_set(kernel_index &index, std::optional<probe_filter> filter = {});
    ~probe_set() override;
    probe_set(const probe_set &) = delete;
    probe_set &operator=(const probe_set &) = delete;

    // Puts probes on all functions of this name; true when any took one. What is attached stays.
    bool attach(const std::string &name);
    [[nodiscard]] bool attached(const std::string &name) const {
        const auto found = attached_.find(name);
        return found != attached_.end() && found->second;
    }

    [[nodiscard]] const std::vector<probe_info> &probes() const { return probes_; } // index = fn of the records
    [[nodiscard]] const std::vector<inspect_row> &rows() const { return rows_; }

    // Tasks that are traced beside idle.
    void trace_tasks(std::span<const std::uint32_t> tasks) override;
    // Runs the mark program on this task. `switch_to`: 0 as it is, 1 off, 2 on.
    void mark(unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
              unsigned switch_to) const override;
    // Packets of this namespace and device alone; 0: all.
    void place(std::uint32_t net, std::uint32_t ifindex);
    // All tasks, from now on or no longer: no system call, so that it takes effect at once.
    void watch(bool on);
    // All records that are in the ring.
    void drain(const std::function<void(std::span<const std::byte>)> &take);
    [[nodiscard]] int ring_fd() const;
    // The programs' counters, a CPU each.
    [[nodiscard]] std::span<const skbscope_probe_cpu> cpus() const;
    // How often programs were skipped because they ran already on that CPU, since they were loaded.
    [[nodiscard]] std::uint64_t recursion_misses() const;
    // Packets that could not be followed: the filter's table was full.
    [[nodiscard]] std::uint64_t not_followed() const;
    [[nodiscard]] bool has_kprobes() const { return kprobes_[0] >= 0; }

private:
    void aim_generics();
    [[nodiscard]] bpf_program *enter_program(int skb_arg, int sk_arg) const; // -1: no such argument
    [[nodiscard]] const bpf_program *leave_program(leave_kind kind) const;
    [[nodiscard]] std::vector<bpf_insn> instructions(const bpf_program *generic) const;
    [[nodiscard]] int load(const kernel_function &f, const bpf_program *generic, int attach_type) const;
    void done_with(int program);
    [[nodiscard]] int kprobe_program(bool at_return);
    [[nodiscard]] std::string attach_fentry(const kernel_function &f, std::uint64_t cookie, leave_kind kind);
    [[nodiscard]] std::string attach_kprobe(const kernel_function &f, std::uint64_t cookie);
    void attach_one(const kernel_function &f);

    kernel_index &index_;
    std::optional<probe_filter> filter_;
    relocated_programs generics_;
    probes_bpf *programs_ = nullptr;
    std::array<int, 2> kprobes_{-1, -1}; // at entry, at return
    std::vector<int> kept_;              // programs whose counters are asked for later
    std::vector<probe_info> probes_;
    std::vector<inspect_row> rows_;
    std::map<std::string, bool, std::less<>> attached_; // name -> any probe took
};

} // namespace skbscope::bpf
