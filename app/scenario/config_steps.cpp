// SPDX-License-Identifier: GPL-2.0-or-later
// Steps that change the configuration while the scenario runs: what `ip`, `tc`, `ethtool` and `sysctl` would do from
// another process. They enter no namespace and are never traced themselves.
#include "app/scenario/constants.h"
#include "app/scenario/nearest.h"
#include "app/scenario/steps.h"

#include <algorithm>

namespace skbscope::app {

// The host a configuration step works on: `host`, else where the process is, else the only one.
unsigned Steps::configuredHost(const Fields &f) const {
    if (const std::optional<Value> host = f.find({"host"})) return names_.host(*host);
    if (current_ != 0) return current_;
    if (names_.hostCount() == 1) return 1;
    f.fail("host", "is missing for " + f.what(), "add host: a");
}

DeviceRef Steps::configuredDevice(const Fields &f) const {
    const std::optional<Value> host = f.find({"host"});
    const Value name = f.need({"device", "dev"}, "device: a.va");
    const DeviceRef d = names_.device(name, host ? names_.host(*host) : current_);
    if (host && d.host != names_.host(*host)) host->fail("the device is another host's", "name the host of the device");
    return d;
}

void Steps::link(const Fields &f) {
    const DeviceRef device = configuredDevice(f);
    const auto up = f.find({"up", "state"}), mac = f.find({"mac"}), mtu = f.find({"mtu"});
    if (!up && !mac && !mtu) f.fail("up", "is missing for link", "say what changes: up: off, mtu: 1400 or mac: ...");
    if (mac) emitMac(ops_, device, readMac(*mac), origin());
    if (mtu) emitMtu(ops_, device, mtu->number(68, 65535), origin());
    if (up) emitUp(ops_, device, up->flag(), origin());
}

void Steps::address(const Fields &f) {
    const DeviceRef device = configuredDevice(f);
    emitAddress(ops_, device, readPrefix(f.need({"address"}, "address: 10.9.0.3/24")), readRemove(f), origin());
}

void Steps::route(const Fields &f) {
    RouteRecord r = readRoute(f, names_, current_);
    r.line = line_;
    emitRoute(ops_, r, index_);
}

void Steps::neighbour(const Fields &f) {
    NeighbourRecord n = readNeighbour(f, names_, current_);
    n.line = line_;
    emitNeighbour(ops_, n, index_);
}

void Steps::qdisc(const Fields &f) {
    const DeviceRef device = configuredDevice(f);
    const bool remove = readRemove(f);
    const std::optional<Value> words = f.find({"qdisc"});
    if (remove && !words) return emitQdisc(ops_, device, "", true, origin());
    emitQdisc(ops_, device, readQdisc(f.need({"qdisc"}, "qdisc: \"pfifo limit 100\"")), remove, origin());
}

// { do: sysctl, host: r, name: net.ipv4.ip_forward, value: 1 }, or { host: r, sysctl: net.ipv4.ip_forward=1 }
void Steps::sysctl(const Fields &f) {
    const unsigned host = configuredHost(f);
    const std::optional<Value> setting = f.find({"setting"});
    if (!setting) {
        const Value name = f.need({"name"}, "name: net.ipv4.ip_forward");
        return emitSysctl(ops_, readSysctl(name, f.need({"value"}, "value: 1"), host), index_);
    }
    if (const auto both = f.find({"name", "value"}))
        both->fail("is in the setting already", "give NAME=VALUE or name and value");
    const std::string text = setting->text();
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) setting->fail(quoted(text) + " sets nothing", "write NAME=VALUE");
    const auto part = [&](const std::string &t) { return Value(YAML::Node(t), setting->key(), setting->place()); };
    emitSysctl(ops_, readSysctl(part(text.substr(0, equals)), part(text.substr(equals + 1)), host), index_);
}

// { do: feature, device: a.va, features: { gro: on, tso: off } }, or { ..., feature: gro, on: true }
void Steps::feature(const Fields &f) {
    const DeviceRef device = configuredDevice(f);
    const std::optional<Value> one = f.find({"feature", "features"});
    if (one && one->isText()) {
        const Value named(YAML::Node(), one->text(), one->place());
        return emitFeature(ops_, device, readFeatureName(named), f.need({"on"}, "on: true").flag(), origin());
    }
    for (const Value &v : (one ? *one : f.need({"features"}, "features: { gro: on }")).fields().all())
        emitFeature(ops_, device, readFeatureName(v), v.flag(), origin());
}

// Of a queue: its mask, its flows, or both. { do: rps, sock-flow-entries: 32768 } is of the whole machine.
void Steps::rps(const Fields &f) {
    if (const auto entries = f.find({"sock-flow-entries"})) {
        if (const auto other = f.find({"device", "dev", "queue", "mask", "flows"}))
            other->fail("is of one queue, sock-flow-entries of the whole machine", "make two steps of it");
        return emitSockFlows(ops_, entries->number(0, mostFlows), origin());
    }
    const DeviceRef device = configuredDevice(f);
    const std::optional<Value> number = f.find({"queue"}), mask = f.find({"mask"}), flows = f.find({"flows"});
    if (!mask && !flows) f.fail("mask", "is missing for rps", "add mask: 0x1, or flows: 32");
    const std::uint32_t queue = number ? number->number(0, 4095) : 0;
    if (mask) emitRps(ops_, device, queue, mask->number(0, 0xffffffff), origin());
    if (flows) emitRpsFlows(ops_, device, queue, flows->number(0, mostFlows), origin());
}

// The words after the hook, as nft writes them: "input udp dport 7000 drop".
void Steps::netfilter(const Fields &f) {
    static const std::vector<std::string> hooks = {"prerouting", "input", "forward", "output", "postrouting"};
    static const std::vector<std::string> verdicts = {"drop", "accept"};
    const auto word = [](const Value &v, const std::vector<std::string> &words) {
        if (std::find(words.begin(), words.end(), lowered(v.text())) != words.end()) return lowered(v.text());
        v.fail(quoted(v.text()) + " is not possible here", suggestion(lowered(v.text()), words));
    };
    const unsigned host = configuredHost(f);
    std::string rule = word(f.need({"hook"}, "hook: input"), hooks);
    const std::optional<Value> protocol = f.find({"protocol"}), port = f.find({"port"});
    if (const auto v = f.find({"source"})) rule += " saddr " + addressText(readAddress(*v));
    if (const auto v = f.find({"destination"})) rule += " daddr " + addressText(readAddress(*v));
    if (protocol) rule += " " + word(*protocol, {"udp", "tcp", "icmp"});
    if (port && !protocol) port->fail("needs a protocol", "add protocol: udp");
    if (port) rule += " dport " + std::to_string(port->number(0, 65535));
    rule += " " + word(f.need({"verdict"}, "verdict: drop"), verdicts);
    skbscope_op &op = add(SKBSCOPE_OP_NFT_DROP);
    op.host = static_cast<std::uint16_t>(host);
    op.arg[1] = readRemove(f);
    ops_.setData(op, rule);
}

} // namespace skbscope::app
