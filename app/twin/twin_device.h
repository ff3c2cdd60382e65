// SPDX-License-Identifier: GPL-2.0-or-later
// One device of a snapshot as operations, kind by kind: the language has all MACs first, then all addresses, and so on.
// Internal to app/twin.
#pragma once

#include "app/scenario/names.h"
#include "app/twin/twin_names.h"

namespace skbscope::app {

struct TwinDevice {
    DeviceRef ref;
    const bpf::snapshot_namespace *ns;
    const bpf::snapshot_link *link;
    [[nodiscard]] std::string text() const { return ns->name + "." + link->name; }
};

void emitHardwareAddress(OpList &ops, const TwinDevice &d);
void emitVlan(OpList &ops, const TwinDevice &d, const std::string &below, Remarks &remarks);
void emitAddresses(OpList &ops, const TwinDevice &d, Remarks &remarks);
void emitSize(OpList &ops, const TwinDevice &d); // MTU
void emitState(OpList &ops, const TwinDevice &d, Remarks &remarks);
void emitNeighbours(OpList &ops, const TwinDevice &d, Remarks &remarks);
void emitFeatures(OpList &ops, const TwinDevice &d, Remarks &remarks);
void emitQueueing(OpList &ops, const TwinDevice &d, Remarks &remarks);
void emitSteering(OpList &ops, const TwinDevice &d, Remarks &remarks); // RPS
// Of a whole namespace. Those that addresses make by themselves are left to them.
void emitRoutes(OpList &ops, const bpf::snapshot_namespace &ns, unsigned host, const std::vector<TwinDevice> &devices,
                Remarks &remarks);
void emitSysctls(OpList &ops, const bpf::snapshot_namespace &ns, unsigned host, const std::vector<TwinDevice> &devices,
                 Remarks &remarks);

} // namespace skbscope::app
