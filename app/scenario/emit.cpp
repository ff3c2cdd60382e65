// SPDX-License-Identifier: GPL-2.0-or-later
// Entries to operations: which field of bpf/oplist.h holds what.
#include "app/scenario/records.h"

namespace skbscope::app {

skbscope_op &emitDevice(OpList &ops, skbscope_op_kind kind, const DeviceRef &device, Origin from) {
    skbscope_op &op = ops.add(kind, from.line, from.step);
    op.host = static_cast<std::uint16_t>(device.host);
    bpf::set_name(op.name, device.name);
    return op;
}

namespace {
std::string_view bytesOf(const MacBytes &mac) {
    return {reinterpret_cast<const char *>(mac.data()), mac.size()};
}
} // namespace

void emitMac(OpList &ops, const DeviceRef &device, const MacBytes &mac, Origin from) {
    ops.setData(emitDevice(ops, SKBSCOPE_OP_MAC, device, from), bytesOf(mac));
}

void emitUp(OpList &ops, const DeviceRef &device, bool up, Origin from) {
    emitDevice(ops, SKBSCOPE_OP_UP, device, from).arg[0] = up;
}

void emitMtu(OpList &ops, const DeviceRef &device, std::uint32_t mtu, Origin from) {
    emitDevice(ops, SKBSCOPE_OP_MTU, device, from).arg[0] = mtu;
}

void emitAddress(OpList &ops, const DeviceRef &device, const Prefix &prefix, bool remove, Origin from) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_ADDRESS, device, from);
    op.ip = prefix.address;
    op.arg[0] = prefix.length;
    op.arg[1] = remove;
}

void emitFeature(OpList &ops, const DeviceRef &device, const std::string &feature, bool on, Origin from) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_FEATURE, device, from);
    ops.setData(op, feature);
    op.arg[0] = on;
}

void emitQdisc(OpList &ops, const DeviceRef &device, const std::string &words, bool remove, Origin from) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_QDISC, device, from);
    if (!words.empty()) ops.setData(op, words);
    op.arg[1] = remove;
}

void emitRps(OpList &ops, const DeviceRef &device, std::uint32_t queue, std::uint32_t mask, Origin from) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_RPS, device, from);
    op.arg[0] = queue;
    op.arg[1] = mask;
}

void emitRpsFlows(OpList &ops, const DeviceRef &device, std::uint32_t queue, std::uint32_t flows, Origin from) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_RPS_FLOWS, device, from);
    op.arg[0] = queue;
    op.arg[1] = flows;
}

void emitSockFlows(OpList &ops, std::uint32_t entries, Origin from) {
    ops.add(SKBSCOPE_OP_SOCK_FLOWS, from.line, from.step).arg[0] = entries;
}

void emitNeighbour(OpList &ops, const NeighbourRecord &n, std::uint32_t step) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_NEIGHBOUR, n.device, {n.line, step});
    op.ip = n.ip;
    op.arg[0] = n.state;
    op.arg[1] = n.remove;
    if (n.mac) ops.setData(op, bytesOf(*n.mac));
}

void emitRoute(OpList &ops, const RouteRecord &r, std::uint32_t step) {
    skbscope_op &op = ops.add(SKBSCOPE_OP_ROUTE, r.line, step);
    op.host = static_cast<std::uint16_t>(r.host);
    if (r.device) bpf::set_name(op.name, r.device->name);
    op.ip = r.to.address;
    op.ip2 = r.via;
    op.arg[0] = r.to.length;
    op.arg[1] = r.remove;
    op.arg[2] = r.type;
    op.arg[3] = r.metric;
    op.arg[4] = r.source;
}

void emitSysctl(OpList &ops, const SysctlRecord &s, std::uint32_t step) {
    skbscope_op &op = ops.add(SKBSCOPE_OP_SYSCTL, s.line, step);
    op.host = static_cast<std::uint16_t>(s.host);
    ops.setData(op, s.setting);
}

} // namespace skbscope::app
