// SPDX-License-Identifier: GPL-2.0-or-later
// VLAN devices in a scenario: each stands on another device of its host, and comes when that one is there.
#include "app/scenario/topology.h"

#include <algorithm>

namespace skbscope::app {

namespace {

std::uint32_t readProtocol(const Value &v) {
    const std::string word = lowered(v.text());
    if (word == "802.1q") return 0x8100;
    if (word == "802.1ad") return 0x88a8;
    v.fail(quoted(v.text()) + " is no protocol of VLANs", "802.1q or 802.1ad");
}

} // namespace

// Their entries under `devices` make them: they are known before anything else there is read.
void Topology::readVlans(const Fields &file) {
    const std::optional<Value> devices = file.find({"devices"});
    if (!devices) return;
    for (const Value &named : devices->fields().all()) {
        if (!named.isMap() || !named.fields().find({"vlan"})) continue;
        const Value key(YAML::Node(named.key()), named.key(), named.place());
        names_.addDevice(key, DeviceKind::vlan);
    }
}

VlanRecord Topology::readVlan(const Value &v, const DeviceRef &device) const {
    const Fields f = [&v] {
        Fields fields = v.fields();
        fields.rename("a VLAN");
        fields.only({"link", "id", "protocol"});
        return fields;
    }();
    const Value link = f.need({"link"}, "link: va");
    VlanRecord vlan;
    vlan.below = names_.device(link, device.host);
    if (vlan.below.host != device.host)
        link.fail("the device is another host's", "a VLAN device stands on one of its own host");
    if (vlan.below.kind == DeviceKind::loopback) link.fail("lo carries no VLANs", "name a veth, tap or card");
    const auto below = std::find_if(devices_.begin(), devices_.end(), [&](const DeviceRecord &x) {
        return x.device.host == vlan.below.host && x.device.name == vlan.below.name;
    });
    if (vlan.below.kind == DeviceKind::vlan && !below->vlan)
        link.fail(quoted(vlan.below.name) + " is a VLAN device of this entry or a later one",
                  "put the lower one first");
    vlan.id = f.need({"id"}, "id: 100").number(0, 4094);
    if (const auto protocol = f.find({"protocol"})) vlan.protocol = readProtocol(*protocol);
    return vlan;
}

bool Topology::standsOn(const DeviceRef &device, const DeviceRef &lower) const {
    if (device.host == lower.host && device.name == lower.name) return true;
    const auto d = std::find_if(devices_.begin(), devices_.end(), [&](const DeviceRecord &x) {
        return x.device.host == device.host && x.device.name == device.name;
    });
    return d != devices_.end() && d->vlan && standsOn(d->vlan->below, lower);
}

bool Topology::onTap(const DeviceRef &device) const {
    return std::any_of(devices_.begin(), devices_.end(), [&](const DeviceRecord &d) {
        return d.device.kind == DeviceKind::tap && standsOn(device, d.device);
    });
}

void Topology::emitVlan(OpList &ops, const DeviceRecord &d, Origin from) const {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_VLAN, d.device, from);
    bpf::set_name(op.name2, d.vlan->below.name);
    op.arg[0] = d.vlan->id;
    op.arg[2] = d.vlan->protocol;
    if (d.mac) emitMac(ops, d.device, *d.mac, from);
}

} // namespace skbscope::app
