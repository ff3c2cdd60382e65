// SPDX-License-Identifier: GPL-2.0-or-later
// The last rung as a session uses it: the tracepoints' programs, the kernel's symbols, and what both amount to.
#pragma once

#include "bpf/agent/stack_probes.h"
#include "bpf/infer.h"

namespace skbscope::bpf {

class stack_rung {
public:
    // `known`: what may be told of, as long as this lives. `why_not_above`: why the rungs above are out of reach.
    // Throws agent_failure where this rung is as well.
    stack_rung(const stack_inference::catalogue &known, std::string why_not_above,
               std::optional<probe_filter> filter = {});

    [[nodiscard]] stack_probes &probes() { return probes_; }
    [[nodiscard]] const symbol_table &symbols() const { return symbols_; }
    [[nodiscard]] const std::string &why_not_above() const { return why_not_above_; }
    // The namespaces that a run made are those whose packets count.
    void trace_hosts(const run_names &names);
    [[nodiscard]] const std::vector<inspect_row> &tracepoints() const { return probes_.rows(); }
    // Tracepoints, and the functions of the catalogue that this kernel has no symbol of.
    [[nodiscard]] std::vector<inspect_row> rows() const;
    [[nodiscard]] std::map<std::string, std::string> facts() const;

private:
    const stack_inference::catalogue &known_;
    std::string why_not_above_;
    symbol_table symbols_;
    std::string drop_reasons_;
    stack_probes probes_;
};

// The running kernel's. Throws agent_failure where it hides addresses.
[[nodiscard]] symbol_table kernel_symbols(const stack_inference::catalogue &known);

} // namespace skbscope::bpf
