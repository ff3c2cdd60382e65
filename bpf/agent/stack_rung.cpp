// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/stack_rung.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/kernel_index.h"
#include "trace/renames.h"

#include <algorithm>
#include <fstream>

namespace skbscope::bpf {

symbol_table kernel_symbols(const stack_inference::catalogue &known) {
    const char *path = "/proc/kallsyms";
    std::ifstream in(path);
    if (!in) throw agent_failure(path, "cannot be read: " + errno_text());
    symbol_table table =
        symbol_table::read(in, [&known](std::string_view name) { return known.contains(trace::catalogue_name(name)); });
    if (!table.usable())
        throw agent_failure(path,
                            "hides the kernel's addresses: it needs CAP_SYSLOG, and kernel.kptr_restrict below 2");
    return table;
}

stack_rung::stack_rung(const stack_inference::catalogue &known, std::string why_not_above,
                       std::optional<probe_filter> filter)
    : known_(known), why_not_above_(std::move(why_not_above)), symbols_(kernel_symbols(known)),
      drop_reasons_(drop_reasons_of_kernel()), probes_(std::move(filter)) {}

void stack_rung::trace_hosts(const run_names &names) {
    std::vector<std::uint32_t> nets;
    for (const auto &[net, host] : names.host_of_net)
        nets.push_back(net);
    probes_.trace_nets(nets);
}

std::vector<inspect_row> stack_rung::rows() const {
    std::vector<inspect_row> rows;
    for (const inspect_row &r : probes_.rows())
        rows.push_back({"tracepoint " + r.function, r.by, r.reason});
    for (const auto &[name, skb] : known_) {
        const trace::Rename *rename = trace::renamed(name);
        const bool there = symbols_.has(name) || (rename && symbols_.has(rename->new_name));
        if (!there) rows.push_back({name, "none", "this kernel has no such symbol: inlined, not built, or gone"});
    }
    return rows;
}

std::map<std::string, std::string> stack_rung::facts() const {
    std::map<std::string, std::string> facts = probes_.facts();
    facts["traced by"] = "tracepoints with kernel stacks, the calls between them inferred: " + why_not_above_;
    if (!drop_reasons_.empty()) facts["enum skb_drop_reason"] = drop_reasons_;
    facts["stacks.missed"] = std::to_string(probes_.missed());
    return facts;
}

} // namespace skbscope::bpf
