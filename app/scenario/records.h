// SPDX-License-Identifier: GPL-2.0-or-later
// Entries that the topology and the steps share: read once, emitted as operations wherever they stand.
#pragma once

#include "app/scenario/names.h"
#include "app/scenario/oplist.h"
#include "app/scenario/parse.h"

#include <optional>

namespace skbscope::app {

struct NeighbourRecord {
    DeviceRef device;
    std::uint32_t ip = 0; // network byte order
    std::optional<MacBytes> mac;
    std::uint32_t state = 0; // NUD_*
    bool remove = false;
    unsigned line = 0;
};

struct RouteRecord {
    unsigned host = 0;
    std::optional<DeviceRef> device;
    Prefix to;
    std::uint32_t via = 0, source = 0; // network byte order; 0 = none
    std::uint32_t type = 0;            // RTN_*
    std::uint32_t metric = 0;
    bool remove = false;
    unsigned line = 0;
};

struct SysctlRecord {
    unsigned host = 0;
    std::string setting; // "net.ipv4.ip_forward=1"
    unsigned line = 0;
};

[[nodiscard]] NeighbourRecord readNeighbour(const Fields &f, const Names &names, unsigned nearby);
[[nodiscard]] RouteRecord readRoute(const Fields &f, const Names &names, unsigned nearby);
[[nodiscard]] SysctlRecord readSysctl(const Value &named, const Value &value, unsigned host);
[[nodiscard]] std::string readQdisc(const Value &value); // "pfifo limit 100"

// Typed values: text that must be an address, a prefix, a MAC, or the error that says so.
[[nodiscard]] std::uint32_t readAddress(const Value &value);
[[nodiscard]] Prefix readPrefix(const Value &value);
[[nodiscard]] MacBytes readMac(const Value &value);
[[nodiscard]] std::uint32_t readMilliseconds(const Value &value, std::uint32_t most);
[[nodiscard]] bool readRemove(const Fields &f); // delete: true

// Where an operation comes from.
struct Origin {
    std::uint32_t line = 0;
    std::uint32_t step = noStep;
};

skbscope_op &emitDevice(OpList &ops, skbscope_op_kind kind, const DeviceRef &device, Origin from);
void emitMac(OpList &ops, const DeviceRef &device, const MacBytes &mac, Origin from);
void emitUp(OpList &ops, const DeviceRef &device, bool up, Origin from);
void emitMtu(OpList &ops, const DeviceRef &device, std::uint32_t mtu, Origin from);
void emitAddress(OpList &ops, const DeviceRef &device, const Prefix &prefix, bool remove, Origin from);
void emitFeature(OpList &ops, const DeviceRef &device, const std::string &feature, bool on, Origin from);
void emitQdisc(OpList &ops, const DeviceRef &device, const std::string &words, bool remove, Origin from);
void emitRps(OpList &ops, const DeviceRef &device, std::uint32_t queue, std::uint32_t mask, Origin from);
void emitRpsFlows(OpList &ops, const DeviceRef &device, std::uint32_t queue, std::uint32_t flows, Origin from);
void emitSockFlows(OpList &ops, std::uint32_t entries, Origin from);
void emitNeighbour(OpList &ops, const NeighbourRecord &neighbour, std::uint32_t step);
void emitRoute(OpList &ops, const RouteRecord &route, std::uint32_t step);
void emitSysctl(OpList &ops, const SysctlRecord &sysctl, std::uint32_t step);

} // namespace skbscope::app
