// SPDX-License-Identifier: GPL-2.0-or-later
// A live watch on tracepoints: calls are inferred from stacks while records come.
#pragma once

#include "bpf/agent/live_source.h"
#include "bpf/agent/probe_io.h"
#include "bpf/agent/stack_rung.h"

#include <map>

namespace skbscope::bpf {

class stack_source final : public live_source {
public:
    stack_source(stack_rung &rung, const stack_inference::catalogue &known)
        : probes_(rung.probes()), ring_(probes_.ring_fd()), inference_(rung.symbols(), known) {}

    void place(std::uint32_t net, std::uint32_t ifindex) override { probes_.place(net, ifindex); }
    void watch(bool on) override;
    void begin(assembler &to) override;
    void collect(std::uint64_t until, assembler &to) override;
    void finish(assembler &to) override;
    [[nodiscard]] const std::vector<probe_info> &functions() const override { return inference_.functions(); }
    [[nodiscard]] std::string task_name(std::uint32_t task) const override;
    [[nodiscard]] std::uint64_t made() const override;
    [[nodiscard]] std::uint64_t received() const override { return received_; }
    [[nodiscard]] std::uint64_t recursion_misses() const override { return probes_.missed() - missed_before_; }
    [[nodiscard]] std::uint64_t not_followed() const override { return probes_.not_followed(); }
    [[nodiscard]] std::string unknowable() const override { return {}; }

private:
    bool read();
    [[nodiscard]] stack_inference::sink into(assembler &to) const;

    stack_probes &probes_;
    ring_reader ring_;
    stack_inference inference_;
    std::map<std::uint32_t, std::string> task_names_;
    std::vector<std::uint32_t> first_; // number of each CPU at begin()
    std::uint64_t passed_ = 0;         // what is older was handed over
    std::uint64_t missed_before_ = 0, received_ = 0;
};

} // namespace skbscope::bpf
