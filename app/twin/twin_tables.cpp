// SPDX-License-Identifier: GPL-2.0-or-later
// Routes and sysctls of a namespace as operations.
#include "app/scenario/parse.h"
#include "app/scenario/records.h"
#include "app/twin/twin_device.h"

#include <algorithm>
#include <linux/rtnetlink.h>

namespace skbscope::app {

namespace {

using bpf::snapshot_namespace;
using bpf::snapshot_route;

const TwinDevice *find(const std::vector<TwinDevice> &devices, const snapshot_namespace &ns, const std::string &name) {
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&](const TwinDevice &d) { return d.ns == &ns && d.link->name == name; });
    return found == devices.end() ? nullptr : &*found;
}

std::string routeText(const snapshot_namespace &ns, const snapshot_route &r) {
    return ns.name + ": route " + (r.to.empty() ? "default" : r.to + "/" + std::to_string(r.prefix));
}

bool ofItself(const snapshot_route &r) {
    return r.table == RT_TABLE_LOCAL || r.protocol == RTPROT_KERNEL;
}

// Why it cannot be written; empty: it can.
std::string obstacle(const snapshot_route &r, bool deviceKnown) {
    if (r.table != RT_TABLE_MAIN)
        return "is in table " + std::to_string(r.table) + ": the scenario language has the main table alone";
    if (r.tos != 0) return "is for one TOS: the scenario language cannot say that";
    if (!r.more.empty()) return "has " + r.more.front() + ": the scenario language cannot say that";
    if (!r.device.empty() && !deviceKnown) return "leads to " + r.device + ", which is not in the scenario";
    return {};
}

// ip_forward=1 sets all of these.
bool impliedByForwarding(const snapshot_namespace &ns, const bpf::snapshot_sysctl &s) {
    if (!s.name.starts_with("net.ipv4.conf.") || !s.name.ends_with(".forwarding")) return false;
    return std::any_of(ns.sysctls.begin(), ns.sysctls.end(), [&](const bpf::snapshot_sysctl &other) {
        return other.name == "net.ipv4.ip_forward" && other.value == s.value;
    });
}

// The device of "net.ipv4.conf.va.rp_filter"; empty: it is no device's, or of all.
std::string deviceIn(const std::string &sysctl) {
    for (const std::string prefix : {"net.ipv4.conf.", "net.ipv4.neigh."}) {
        if (!sysctl.starts_with(prefix)) continue;
        const std::string rest = sysctl.substr(prefix.size(), sysctl.rfind('.') - prefix.size());
        return rest == "all" || rest == "default" ? "" : rest;
    }
    return {};
}

} // namespace

void emitRoutes(OpList &ops, const snapshot_namespace &ns, unsigned host, const std::vector<TwinDevice> &devices,
                Remarks &remarks) {
    std::vector<RouteRecord> direct, beyond; // a gateway must be reachable when its route is made
    std::size_t ipv6 = 0;
    for (const snapshot_route &r : ns.routes) {
        if (r.family == "inet6" && !ofItself(r)) ++ipv6;
        if (r.family != "inet" || ofItself(r)) continue;
        const TwinDevice *device = find(devices, ns, r.device);
        const auto to = parsePrefix(r.to.empty() ? "default" : r.to + "/" + std::to_string(r.prefix));
        const std::string why = to ? obstacle(r, device != nullptr) : "cannot be read";
        if (!why.empty()) {
            remarks.add(routeText(ns, r) + ": " + why + "; it is left out");
            continue;
        }
        RouteRecord record;
        record.host = host;
        if (device) record.device = device->ref;
        record.to = *to;
        record.via = parseAddress(r.via).value_or(0);
        record.source = parseAddress(r.source).value_or(0);
        record.type = r.type;
        record.metric = r.metric;
        (record.via == 0 ? direct : beyond).push_back(record);
    }
    for (const std::vector<RouteRecord> &list : {direct, beyond})
        for (const RouteRecord &r : list)
            emitRoute(ops, r, noStep);
    if (ipv6 != 0)
        remarks.add(ns.name + ": IPv6 routes (" + std::to_string(ipv6) + ") are left out: the model has no IPv6");
}

void emitSysctls(OpList &ops, const snapshot_namespace &ns, unsigned host, const std::vector<TwinDevice> &devices,
                 Remarks &remarks) {
    for (const bpf::snapshot_sysctl &s : ns.sysctls) {
        const std::string what = ns.name + ": " + s.name + "=" + s.value;
        const std::string device = deviceIn(s.name);
        if (impliedByForwarding(ns, s)) continue;
        if (s.name.starts_with("net.ipv6."))
            remarks.add(what + ": is left out: the model has no IPv6");
        else if (s.name.find('/') != std::string::npos || s.value.empty())
            remarks.add(what + ": cannot be written; it is left out");
        else if (!device.empty() && !find(devices, ns, device))
            remarks.add(what + ": is of a device that is not in the scenario");
        else
            emitSysctl(ops, {host, s.name + "=" + s.value, 0}, noStep);
    }
}

} // namespace skbscope::app
