// SPDX-License-Identifier: GPL-2.0-or-later
// A snapshot's network as the topology of a scenario. What the language cannot say becomes a remark.
#pragma once

#include "app/twin/twin_names.h"

#include <span>

namespace skbscope::app {

// The namespaces that traffic between them can concern: those of `begin` (inodes; empty: all) and those that veth pairs
// join to them.
[[nodiscard]] std::vector<const bpf::snapshot_namespace *>
joinedNamespaces(const std::vector<bpf::snapshot_namespace> &all, const std::set<std::uint64_t> &begin);

// Appends the topology, in the order of the language.
void addTopology(OpList &ops, TwinHosts &hosts, const std::vector<const bpf::snapshot_namespace *> &namespaces,
                 Remarks &remarks);

} // namespace skbscope::app
