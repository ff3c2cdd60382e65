// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_topology.h"

#include "app/scenario/parse.h"
#include "app/scenario/records.h"
#include "app/twin/twin_device.h"

#include <algorithm>
#include <utility>

namespace skbscope::app {

namespace {

using bpf::snapshot_link;
using bpf::snapshot_namespace;

class Builder {
public:
    Builder(OpList &ops, TwinHosts &hosts, const std::vector<const snapshot_namespace *> &namespaces, Remarks &remarks)
        : ops_(ops), hosts_(hosts), namespaces_(namespaces), remarks_(remarks) {}

    void run() {
        for (const snapshot_namespace *ns : namespaces_)
            addHost(*ns);
        ops_.hosts = hosts_.names();
        for (const snapshot_namespace *ns : namespaces_)
            for (const snapshot_link &l : ns->links)
                if (l.kind != "vlan") addLink(*ns, l);
        addVlans();
        emitDevices();
        for (const snapshot_namespace *ns : namespaces_)
            sayRest(*ns);
    }

private:
    void addHost(const snapshot_namespace &ns) {
        const unsigned host = hosts_.add(ns, remarks_);
        skbscope_op &op = ops_.add(SKBSCOPE_OP_HOST, 0, noStep);
        op.host = static_cast<std::uint16_t>(host);
        bpf::set_name(op.name, hosts_.name(host));
        const auto lo =
            std::find_if(ns.links.begin(), ns.links.end(), [](const snapshot_link &l) { return l.kind == "loopback"; });
        if (lo != ns.links.end())
            devices_.insert(devices_.begin() + loopbacks_++, device(ns, *lo, DeviceKind::loopback));
    }

    TwinDevice device(const snapshot_namespace &ns, const snapshot_link &link, DeviceKind kind) {
        return {{hosts_.byName(ns.name), link.name, kind}, &ns, &link};
    }

    [[nodiscard]] bool known(const snapshot_namespace &ns, const snapshot_link &link) const {
        return std::any_of(devices_.begin(), devices_.end(),
                           [&](const TwinDevice &d) { return d.ns == &ns && d.link == &link; });
    }

    // Both ends of a pair at once, at the first of them.
    void addLink(const snapshot_namespace &ns, const snapshot_link &link) {
        if (known(ns, link)) return;
        const std::string where = ns.name + "." + link.name;
        if (link.kind != "veth") return sayKind(where, link);
        const snapshot_namespace *other = nullptr;
        const snapshot_link *peer = nullptr;
        for (const snapshot_namespace *candidate : namespaces_)
            for (const snapshot_link &l : candidate->links)
                if (candidate->name == link.peer_namespace && l.index == link.peer_index && l.kind == "veth") {
                    other = candidate;
                    peer = &l;
                }
        if (!peer)
            return remarks_.add(where + ": its peer is in no watched namespace; it is left out with its addresses, and "
                                        "what comes from there is not in the scenario (watch it too: --netns)");
        if (!validDeviceName(link.name) || !validDeviceName(peer->name))
            return remarks_.add(where + ": has a name that a scenario cannot write; it is left out");
        const TwinDevice a = device(ns, link, DeviceKind::veth), b = device(*other, *peer, DeviceKind::veth);
        skbscope_op &op = emitDevice(ops_, SKBSCOPE_OP_VETH, a.ref, {});
        op.host2 = static_cast<std::uint16_t>(b.ref.host);
        bpf::set_name(op.name2, b.ref.name);
        op.arg[0] = static_cast<std::uint32_t>(link.index);
        op.arg[1] = static_cast<std::uint32_t>(peer->index);
        devices_.push_back(a);
        devices_.push_back(b);
    }

    [[nodiscard]] const TwinDevice *find(const snapshot_namespace &ns, std::uint32_t index) const {
        const auto at = std::find_if(devices_.begin(), devices_.end(),
                                     [&](const TwinDevice &d) { return d.ns == &ns && d.link->index == index; });
        return at == devices_.end() ? nullptr : &*at;
    }

    // Each behind the device that it stands on, which may be one of them.
    void addVlans() {
        for (bool more = true; std::exchange(more, false);)
            for (const snapshot_namespace *ns : namespaces_)
                for (const snapshot_link &l : ns->links) {
                    if (l.kind != "vlan" || l.below_elsewhere || known(*ns, l) || !validDeviceName(l.name)) continue;
                    const TwinDevice *below = find(*ns, l.below);
                    if (!below || below->ref.kind == DeviceKind::loopback) continue;
                    devices_.push_back(device(*ns, l, DeviceKind::vlan));
                    more = true;
                }
        for (const snapshot_namespace *ns : namespaces_)
            for (const snapshot_link &l : ns->links)
                if (l.kind == "vlan" && !known(*ns, l))
                    remarks_.add(ns->name + "." + l.name +
                                 ": the device that this VLAN stands on is not in the scenario; "
                                 "it is left out with its addresses");
    }

    void emitLinkLayer() {
        for (const TwinDevice &d : devices_)
            if (d.ref.kind != DeviceKind::vlan) emitHardwareAddress(ops_, d);
        for (const TwinDevice &d : devices_)
            if (d.ref.kind == DeviceKind::vlan) emitVlan(ops_, d, find(*d.ns, d.link->below)->link->name, remarks_);
    }

    void sayKind(const std::string &where, const snapshot_link &link) {
        const bool used = (link.flags & 1U) != 0; // IFF_UP
        const std::string kind = link.kind.empty() ? "hardware, or a kind that is not told" : link.kind;
        if (used)
            remarks_.add(where + " (" + kind +
                         "): the scenario language has no such device; it is left out with its addresses");
    }

    void emitDevices() {
        emitLinkLayer();
        for (const TwinDevice &d : devices_)
            emitAddresses(ops_, d, remarks_);
        for (const TwinDevice &d : devices_)
            emitSize(ops_, d);
        for (const TwinDevice &d : devices_)
            emitState(ops_, d, remarks_);
        for (const snapshot_namespace *ns : namespaces_)
            emitRoutes(ops_, *ns, hosts_.byName(ns->name), devices_, remarks_);
        for (const TwinDevice &d : devices_)
            emitNeighbours(ops_, d, remarks_);
        for (const TwinDevice &d : devices_)
            emitFeatures(ops_, d, remarks_);
        for (const TwinDevice &d : devices_)
            emitQueueing(ops_, d, remarks_);
        for (const TwinDevice &d : devices_)
            emitSteering(ops_, d, remarks_);
        for (const snapshot_namespace *ns : namespaces_)
            emitSysctls(ops_, *ns, hosts_.byName(ns->name), devices_, remarks_);
    }

    // What concerns no device.
    void sayRest(const snapshot_namespace &ns) {
        for (const bpf::snapshot_rule &r : ns.rules)
            remarks_.add(ns.name + ": policy rule " + std::to_string(r.priority) + " (table " +
                         std::to_string(r.table) + "): the scenario language has no rules");
        for (const std::string &table : ns.netfilter)
            remarks_.add(ns.name + ": netfilter table \"" + table + "\": its rules are not in the scenario");
        for (const std::string &problem : ns.problems)
            remarks_.add(ns.name + ": could not be read whole: " + problem);
    }

    OpList &ops_;
    TwinHosts &hosts_;
    const std::vector<const snapshot_namespace *> &namespaces_;
    Remarks &remarks_;
    std::vector<TwinDevice> devices_; // in the order in which the loader has them: loopbacks, the pairs' ends, VLANs
    std::ptrdiff_t loopbacks_ = 0;
};

} // namespace

std::vector<const snapshot_namespace *> joinedNamespaces(const std::vector<snapshot_namespace> &all,
                                                         const std::set<std::uint64_t> &begin) {
    std::set<std::string> joined;
    for (const snapshot_namespace &ns : all)
        if (begin.empty() || begin.contains(ns.inode)) joined.insert(ns.name);
    for (std::size_t before = 0; before != joined.size();) {
        before = joined.size();
        for (const snapshot_namespace &ns : all)
            for (const snapshot_link &l : ns.links) {
                if (l.kind != "veth" || l.peer_namespace.empty()) continue;
                if (joined.contains(ns.name)) joined.insert(l.peer_namespace);
            }
    }
    std::vector<const snapshot_namespace *> out;
    for (const snapshot_namespace &ns : all)
        if (joined.contains(ns.name)) out.push_back(&ns);
    return out;
}

void addTopology(OpList &ops, TwinHosts &hosts, const std::vector<const snapshot_namespace *> &namespaces,
                 Remarks &remarks) {
    Builder(ops, hosts, namespaces, remarks).run();
}

} // namespace skbscope::app
