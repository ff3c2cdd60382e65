// SPDX-License-Identifier: GPL-2.0-or-later
// The network of a scenario: what is set up before its steps run, in an order every kernel accepts. A tap exists only
// from the step that opens it; what the file says of it is done right after that step.
#pragma once

#include "app/scenario/records.h"

#include <utility>
#include <vector>

namespace skbscope::app {

inline constexpr std::uint32_t mostFlows = 1U << 29; // of RFS, as in the kernel

// A simulated card, which the model alone has (core-stack/include/linux/simnic.h).
struct CardRecord {
    std::uint32_t queues = 1;
    std::uint32_t rxRing = 256, txRing = 256; // descriptors
    bool perPacket = false, sharedLine = false;
    std::uint32_t moderation = 0;   // ns
    std::vector<std::uint32_t> rss; // queues; empty: one after the other
};

// Stands on another device of its host.
struct VlanRecord {
    DeviceRef below;
    std::uint32_t id = 0;            // 0 to 4094
    std::uint32_t protocol = 0x8100; // ethertype of its tag
};

struct DeviceRecord {
    DeviceRef device;
    std::optional<MacBytes> mac;
    std::vector<Prefix> addresses;
    std::optional<std::uint32_t> mtu;
    std::optional<bool> up; // not given: links and taps come up
    std::vector<std::pair<std::string, bool>> features;
    std::string qdisc;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rps;      // queue, CPU mask
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rpsFlows; // queue, flows
    CardRecord card;
    std::optional<VlanRecord> vlan;
    unsigned line = 0;
};

[[nodiscard]] CardRecord readCard(const Value &v, const DeviceRef &device);

class Topology {
public:
    // Reads hosts, links, taps, devices, neighbours, routes and sysctls of the file's map.
    Topology(const Fields &file, Names &names);

    void emit(OpList &ops) const;
    void emitTap(OpList &ops, const DeviceRef &tap, std::uint32_t step) const;

private:
    struct Link {
        DeviceRef a, b;
        unsigned line;
    };
    void emitLinks(OpList &ops) const;
    void emitCards(OpList &ops, const Link &link) const;
    void emitCard(OpList &ops, const DeviceRef &device, unsigned linkLine) const;
    void readHosts(const Fields &file);
    void readLinks(const Fields &file);
    void readTaps(const Fields &file);
    void readDevices(const Fields &file);
    void readVlans(const Fields &file);
    [[nodiscard]] VlanRecord readVlan(const Value &v, const DeviceRef &device) const;
    [[nodiscard]] DeviceRecord &recordOf(const DeviceRef &device);
    // Is `lower`, or stands on it at whatever height.
    [[nodiscard]] bool standsOn(const DeviceRef &device, const DeviceRef &lower) const;
    [[nodiscard]] bool onTap(const DeviceRef &device) const;
    void emitVlan(OpList &ops, const DeviceRecord &d, Origin from) const;
    void readDevice(const Value &named);
    void readNeighbours(const Fields &file);
    void readRoutes(const Fields &file);
    void readSysctls(const Fields &file);
    void readSockFlows(const Fields &file);
    // Operations on the devices that `takes` picks, in the order of the kinds: MACs first, then addresses, ...
    template <class Takes> void emitDevices(OpList &ops, std::uint32_t step, Takes takes) const;

    Names &names_;
    std::vector<unsigned> hostLines_;
    std::vector<Link> links_;
    std::vector<DeviceRecord> devices_;
    std::vector<NeighbourRecord> neighbours_;
    std::vector<RouteRecord> routes_;
    std::vector<SysctlRecord> sysctls_;
    std::optional<std::uint32_t> sockFlows_; // rps_sock_flow_entries
    unsigned sockFlowsLine_ = 0;
};

} // namespace skbscope::app
