// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/topology.h"

#include "app/scenario/constants.h"
#include "app/scenario/parse.h"

#include <algorithm>

namespace skbscope::app {

namespace {

// VALUE (queue 0), [VALUE, VALUE] (queues 0, 1), or { QUEUE: VALUE }
std::vector<std::pair<std::uint32_t, std::uint32_t>> readQueues(const Value &v, std::uint32_t most, const char *todo) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    if (!v.isMap()) {
        for (const Value &value : v.list())
            out.emplace_back(static_cast<std::uint32_t>(out.size()), value.number(0, most));
        return out;
    }
    for (const Value &value : v.fields().all()) {
        const std::optional<std::uint32_t> queue = parseNumber(value.key());
        if (!queue || *queue > 4095) value.fail("is not a queue number", todo);
        out.emplace_back(*queue, value.number(0, most));
    }
    return out;
}

} // namespace

Topology::Topology(const Fields &file, Names &names) : names_(names) {
    readHosts(file);
    readLinks(file);
    readTaps(file);
    readVlans(file);
    for (const DeviceRef &d : names_.devices())
        devices_.emplace_back().device = d;
    readDevices(file);
    readNeighbours(file);
    readRoutes(file);
    readSysctls(file);
    readSockFlows(file);
}

void Topology::readHosts(const Fields &file) {
    for (const Value &v : file.need({"hosts"}, "hosts: [a, b]").list()) {
        names_.addHost(v);
        hostLines_.push_back(v.place().line);
    }
    if (names_.hostCount() == 0) file.need({"hosts"}, "").fail("is empty", "name at least one host: hosts: [a]");
}

void Topology::readLinks(const Fields &file) {
    const std::optional<Value> links = file.find({"links"});
    if (!links) return;
    for (const Value &entry : links->listOnly()) {
        Fields f = entry.fields();
        f.rename("a link");
        f.only({"veth", "simnic"});
        const bool cards = f.find({"simnic"}).has_value();
        const Value ends = cards ? f.need({"simnic"}, "") : f.need({"veth"}, "veth: [a.va, b.vb]");
        const std::vector<Value> two = ends.listOnly();
        if (two.size() != 2) ends.fail("has " + std::to_string(two.size()) + " ends", "give two: [a.va, b.vb]");
        const DeviceKind kind = cards ? DeviceKind::card : DeviceKind::veth;
        const DeviceRef a = names_.addDevice(two[0], kind);
        const DeviceRef b = names_.addDevice(two[1], kind);
        links_.push_back({a, b, entry.place().line});
    }
}

void Topology::readTaps(const Fields &file) {
    const std::optional<Value> taps = file.find({"taps"});
    if (!taps) return;
    for (const Value &v : taps->list())
        names_.addDevice(v, DeviceKind::tap);
}

void Topology::readDevices(const Fields &file) {
    const std::optional<Value> devices = file.find({"devices"});
    if (!devices) return;
    for (const Value &v : devices->fields().all())
        readDevice(v);
}

void Topology::readDevice(const Value &named) {
    const Value key(YAML::Node(named.key()), named.key(), named.place());
    const DeviceRef ref = names_.device(key);
    DeviceRecord &d = recordOf(ref);
    if (d.line != 0) named.fail("is given twice", "put all of a device in one entry");
    d.line = named.place().line;
    Fields f = named.fields();
    f.rename("device " + named.key());
    f.only({"mac", "address", "addresses", "mtu", "up", "features", "qdisc", "rps", "rps-flows", "card", "vlan"});
    if (const auto v = f.find({"mac"})) d.mac = readMac(*v);
    if (const auto v = f.find({"address", "addresses"}))
        for (const Value &one : v->list())
            d.addresses.push_back(readPrefix(one));
    if (const auto v = f.find({"mtu"})) d.mtu = v->number(68, 65535);
    if (const auto v = f.find({"up"})) d.up = v->flag();
    if (const auto v = f.find({"features"}))
        for (const Value &one : v->fields().all())
            d.features.emplace_back(readFeatureName(one), one.flag());
    if (const auto v = f.find({"qdisc"})) d.qdisc = readQdisc(*v);
    if (const auto v = f.find({"rps"})) d.rps = readQueues(*v, 0xffffffff, "write { 0: 0x1 }: queue and CPU mask");
    if (const auto v = f.find({"rps-flows"}))
        d.rpsFlows = readQueues(*v, mostFlows, "write { 0: 32 }: queue and flows");
    if (const auto v = f.find({"card"})) d.card = readCard(*v, ref);
    if (const auto v = f.find({"vlan"})) d.vlan = readVlan(*v, ref);
}

DeviceRecord &Topology::recordOf(const DeviceRef &device) {
    return *std::find_if(devices_.begin(), devices_.end(), [&](const DeviceRecord &x) {
        return x.device.host == device.host && x.device.name == device.name;
    });
}

void Topology::readNeighbours(const Fields &file) {
    const std::optional<Value> list = file.find({"neighbours", "neighbors"});
    if (!list) return;
    for (const Value &v : list->listOnly()) {
        Fields f = v.fields();
        f.rename("a neighbour");
        f.only({"device", "dev", "ip", "address", "to", "mac", "lladdr", "state", "nud"});
        neighbours_.push_back(readNeighbour(f, names_, 0));
    }
}

void Topology::readRoutes(const Fields &file) {
    const std::optional<Value> list = file.find({"routes"});
    if (!list) return;
    for (const Value &v : list->listOnly()) {
        Fields f = v.fields();
        f.rename("a route");
        f.only({"host", "to", "address", "prefix", "via", "gateway", "dev", "device", "type", "metric", "priority",
                "src", "prefsrc"});
        routes_.push_back(readRoute(f, names_, 0));
    }
}

// sysctls: { HOST: { NAME: VALUE } }
void Topology::readSysctls(const Fields &file) {
    const std::optional<Value> sysctls = file.find({"sysctls"});
    if (!sysctls) return;
    for (const Value &perHost : sysctls->fields().all()) {
        const unsigned host = names_.host(Value(YAML::Node(perHost.key()), perHost.key(), perHost.place()));
        for (const Value &v : perHost.fields().all())
            sysctls_.push_back(readSysctl(Value(YAML::Node(v.key()), v.key(), v.place()), v, host));
    }
}

// Of the machine, not of a host: what sockets remember of where they are read.
void Topology::readSockFlows(const Fields &file) {
    const std::optional<Value> entries = file.find({"rps-sock-flow-entries"});
    if (!entries) return;
    sockFlows_ = entries->number(0, mostFlows);
    sockFlowsLine_ = entries->place().line;
}

template <class Takes> void Topology::emitDevices(OpList &ops, std::uint32_t step, Takes takes) const {
    const auto each = [&](auto emitOne) {
        for (const DeviceRecord &d : devices_)
            if (takes(d.device)) emitOne(d, Origin{d.line, step});
    };
    each([&](const DeviceRecord &d, Origin o) {
        if (d.mac && !d.vlan) emitMac(ops, d.device, *d.mac, o);
    });
    each([&](const DeviceRecord &d, Origin o) {
        if (d.vlan) emitVlan(ops, d, o);
    });
    each([&](const DeviceRecord &d, Origin o) {
        for (const Prefix &p : d.addresses)
            emitAddress(ops, d.device, p, false, o);
    });
    each([&](const DeviceRecord &d, Origin o) {
        if (d.mtu) emitMtu(ops, d.device, *d.mtu, o);
    });
    each([&](const DeviceRecord &d, Origin o) {
        const bool loopback = d.device.kind == DeviceKind::loopback; // SKBSCOPE_OP_HOST brings it up
        if (!loopback || d.up) emitUp(ops, d.device, d.up.value_or(true), o);
    });
    for (const RouteRecord &r : routes_)
        if (takes(r.device.value_or(DeviceRef{}))) emitRoute(ops, r, step);
    for (const NeighbourRecord &n : neighbours_)
        if (takes(n.device)) emitNeighbour(ops, n, step);
    each([&](const DeviceRecord &d, Origin o) {
        for (const auto &[feature, on] : d.features)
            emitFeature(ops, d.device, feature, on, o);
    });
    each([&](const DeviceRecord &d, Origin o) {
        if (!d.qdisc.empty()) emitQdisc(ops, d.device, d.qdisc, false, o);
    });
    each([&](const DeviceRecord &d, Origin o) {
        for (const auto &[queue, mask] : d.rps)
            emitRps(ops, d.device, queue, mask, o);
        for (const auto &[queue, flows] : d.rpsFlows)
            emitRpsFlows(ops, d.device, queue, flows, o);
    });
}

void Topology::emitLinks(OpList &ops) const {
    std::uint32_t index = 2; // 1 is lo
    for (const Link &l : links_) {
        if (l.a.kind == DeviceKind::card) {
            emitCards(ops, l);
            continue;
        }
        skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_VETH, l.a, {l.line, noStep});
        op.host2 = static_cast<std::uint16_t>(l.b.host);
        bpf::set_name(op.name2, l.b.name);
        // As ip link add makes them in one namespace, the peer first, before each goes to its own: so the ends of a
        // pair never have the same index, by which the kernel knows that a device stands on another.
        op.arg[1] = index++;
        op.arg[0] = index++;
    }
}

void Topology::emit(OpList &ops) const {
    ops.hosts = names_.hosts();
    for (std::size_t i = 1; i <= names_.hostCount(); ++i) {
        skbscope_op &op = ops.add(SKBSCOPE_OP_HOST, hostLines_[i - 1], noStep);
        op.host = static_cast<std::uint16_t>(i);
        bpf::set_name(op.name, names_.hosts()[i]);
    }
    emitLinks(ops);
    emitDevices(ops, noStep, [this](const DeviceRef &d) { return !onTap(d); });
    for (const SysctlRecord &s : sysctls_)
        emitSysctl(ops, s, noStep);
    if (sockFlows_) emitSockFlows(ops, *sockFlows_, {sockFlowsLine_, noStep});
}

void Topology::emitTap(OpList &ops, const DeviceRef &tap, std::uint32_t step) const {
    emitDevices(ops, step, [&](const DeviceRef &d) { return standsOn(d, tap); });
}

} // namespace skbscope::app
