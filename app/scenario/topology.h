// SPDX-License-Identifier: GPL-2.0-or-later
// The network of a scenario: what is set up before its steps run, in an order every kernel accepts. A tap exists only
// from the step that opens it; what the file says of it is done right after that step.
#pragma once

#include "app/scenario/records.h"

#include <utility>
#include <vector>

namespace skbscope::app {

// A simulated card, which the model alone has (core-stack/include/linux/simnic.h).
struct CardRecord {
    std::uint32_t queues = 1;
    std::uint32_t rxRing = 256, txRing = 256; // descriptors
    bool perPacket = false, sharedLine = false;
    std::uint32_t moderation = 0;   // ns
    std::vector<std::uint32_t> rss; // queues; empty: one after the other
};

struct DeviceRecord {
    DeviceRef device;
    std::optional<MacBytes> mac;
    std::vector<Prefix> addresses;
    std::optional<std::uint32_t> mtu;
    std::optional<bool> up; // not given: links and taps come up
    std::vector<std::pair<std::string, bool>> features;
    std::string qdisc;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rps; // queue, CPU mask
    CardRecord card;
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
    void readDevice(const Value &named);
    void readNeighbours(const Fields &file);
    void readRoutes(const Fields &file);
    void readSysctls(const Fields &file);
    // Operations on the devices that `takes` picks, in the order of the kinds: MACs first, then addresses, ...
    template <class Takes> void emitDevices(OpList &ops, std::uint32_t step, Takes takes) const;
    void readRps(const Value &v, DeviceRecord &d) const;

    Names &names_;
    std::vector<unsigned> hostLines_;
    std::vector<Link> links_;
    std::vector<DeviceRecord> devices_;
    std::vector<NeighbourRecord> neighbours_;
    std::vector<RouteRecord> routes_;
    std::vector<SysctlRecord> sysctls_;
};

} // namespace skbscope::app
