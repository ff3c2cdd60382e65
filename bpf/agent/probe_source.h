// SPDX-License-Identifier: GPL-2.0-or-later
// A live watch on fentry, fexit and kprobes.
#pragma once

#include "bpf/agent/live_source.h"
#include "bpf/agent/probe_io.h"
#include "bpf/agent/probe_set.h"

#include <map>

namespace skbscope::bpf {

class probe_source final : public live_source {
public:
    explicit probe_source(probe_set &probes) : probes_(probes), ring_(probes.ring_fd()) {}

    void place(std::uint32_t net, std::uint32_t ifindex) override { probes_.place(net, ifindex); }
    void watch(bool on) override { probes_.watch(on); }
    void begin(assembler &to) override;
    void collect(std::uint64_t until, assembler &to) override;
    void finish(assembler &to) override;
    [[nodiscard]] const std::vector<probe_info> &functions() const override { return probes_.probes(); }
    [[nodiscard]] std::string task_name(std::uint32_t task) const override;
    [[nodiscard]] std::uint64_t made() const override;
    [[nodiscard]] std::uint64_t received() const override { return received_; }
    [[nodiscard]] std::uint64_t recursion_misses() const override {
        return probes_.recursion_misses() - missed_before_;
    }
    [[nodiscard]] std::uint64_t not_followed() const override { return probes_.not_followed(); }
    [[nodiscard]] std::string unknowable() const override;

private:
    void take(std::span<const std::byte> record, assembler &to);

    probe_set &probes_;
    ring_reader ring_;
    std::map<std::uint32_t, std::string> task_names_;
    std::vector<std::uint32_t> first_; // number of each CPU at begin()
    std::uint64_t missed_before_ = 0, received_ = 0;
};

} // namespace skbscope::bpf
