// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_device.h"

#include "app/scenario/constants.h"
#include "app/scenario/parse.h"
#include "app/scenario/records.h"

#include <algorithm>
#include <linux/neighbour.h>
#include <linux/pkt_sched.h>
#include <net/if.h>

namespace skbscope::app {

namespace {

// Linux 6.1: include/net/neighbour.h (NUD_VALID): there is an address to send to
constexpr unsigned usable = NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY;
constexpr std::uint32_t etherMtu = 1500, loopbackMtu = 65536;

// What the agent can set and the language can write.
const std::set<std::string> knownQdiscs = {"pfifo", "bfifo", "pfifo_head_drop", "fq_codel", "tbf", "netem", "noqueue",
                                           "fq",    "prio",  "pfifo_fast"};

void emitNeighbour(OpList &ops, const TwinDevice &d, const bpf::snapshot_neighbour &n, std::uint32_t ip,
                   std::uint32_t state) {
    NeighbourRecord r;
    r.device = d.ref;
    r.ip = ip;
    r.mac = parseMac(n.mac);
    r.state = state;
    emitNeighbour(ops, r, noStep);
}

// Made by the kernel itself when it is needed, or nothing at all.
bool ofNoUse(const bpf::snapshot_neighbour &n) {
    return n.state == NUD_NONE || (n.state & NUD_NOARP) != 0;
}

} // namespace

void emitHardwareAddress(OpList &ops, const TwinDevice &d) {
    if (d.ref.kind == DeviceKind::loopback) return;
    if (const auto mac = parseMac(d.link->mac)) emitMac(ops, d.ref, *mac, {});
}

void emitVlan(OpList &ops, const TwinDevice &d, const std::string &below, Remarks &remarks) {
    skbscope_op &op = emitDevice(ops, SKBSCOPE_OP_VLAN, d.ref, {});
    bpf::set_name(op.name2, below);
    op.arg[0] = d.link->vlan_id;
    op.arg[1] = d.link->index;
    op.arg[2] = d.link->vlan_protocol;
    emitHardwareAddress(ops, d);
    if (!d.link->vlan_more.empty()) remarks.add(d.text() + ": " + d.link->vlan_more + ": the scenario cannot say that");
}

void emitAddresses(OpList &ops, const TwinDevice &d, Remarks &remarks) {
    std::size_t ipv6 = 0;
    for (const bpf::snapshot_address &a : d.ns->addresses) {
        if (a.device != d.link->name) continue;
        const auto ip = parseAddress(a.address);
        if (a.family == "inet6" && a.address != "::1") ++ipv6;
        if (a.family != "inet" || !ip || a.prefix > 32) continue;
        if (d.ref.kind == DeviceKind::loopback && a.address == "127.0.0.1") continue; // comes with the host
        if (!a.peer.empty()) {
            remarks.add(d.text() + ": address " + a.address + " peer " + a.peer +
                        ": the scenario language has no point-to-point addresses; it is left out");
            continue;
        }
        emitAddress(ops, d.ref, {*ip, a.prefix, true}, false, {});
    }
    if (ipv6 != 0)
        remarks.add(d.text() + ": IPv6 addresses (" + std::to_string(ipv6) + ") are left out: the model has no IPv6");
}

void emitSize(OpList &ops, const TwinDevice &d) {
    const std::uint32_t usual = d.ref.kind == DeviceKind::loopback ? loopbackMtu : etherMtu;
    if (d.link->mtu != usual && d.link->mtu >= 68 && d.link->mtu <= 65535) emitMtu(ops, d.ref, d.link->mtu, {});
}

void emitState(OpList &ops, const TwinDevice &d, Remarks &remarks) {
    const bool up = (d.link->flags & IFF_UP) != 0;
    if (d.ref.kind != DeviceKind::loopback || !up) emitUp(ops, d.ref, up, {});
    const std::pair<unsigned, const char *> unusual[] = {
        {IFF_NOARP, "arp off"}, {IFF_PROMISC, "promiscuous"}, {IFF_ALLMULTI, "allmulticast"}};
    for (const auto &[flag, word] : unusual)
        if (d.ref.kind != DeviceKind::loopback && (d.link->flags & flag) != 0)
            remarks.add(d.text() + ": is " + word + ": the scenario language cannot say that");
    if (d.link->xdp) remarks.add(d.text() + ": has an XDP program: the model has no XDP");
    if (!d.link->master.empty())
        remarks.add(d.text() + ": is a port of " + d.link->master + ": the model has no bridges and bonds");
}

void emitNeighbours(OpList &ops, const TwinDevice &d, Remarks &remarks) {
    for (const bpf::snapshot_neighbour &n : d.ns->neighbours) {
        if (n.device != d.link->name || n.family != "inet" || ofNoUse(n)) continue;
        const auto ip = parseAddress(n.ip);
        if (!ip) continue;
        const std::string what = d.text() + ": neighbour " + n.ip;
        const bool hasMac = parseMac(n.mac).has_value();
        if ((n.flags & NTF_PROXY) != 0)
            remarks.add(what + ": proxy entries cannot be written; it is left out");
        else if ((n.state & (NUD_DELAY | NUD_PROBE)) != 0 && hasMac) {
            remarks.add(what + ": was being checked again; it is stale here");
            emitNeighbour(ops, d, n, *ip, NUD_STALE);
        } else if ((n.state & NUD_FAILED) != 0 || ((n.state & usable) != 0 && hasMac))
            emitNeighbour(ops, d, n, *ip, n.state);
        else
            remarks.add(what + ": was being asked for; it is left out");
    }
}

void emitFeatures(OpList &ops, const TwinDevice &d, Remarks &remarks) {
    for (const bpf::snapshot_feature &f : d.link->features) {
        if (isFeatureName(f.name))
            emitFeature(ops, d.ref, f.name, f.on, {});
        else
            remarks.add(d.text() + ": feature " + f.name + " is " + (f.on ? "on" : "off") +
                        ": Linux 6.1 does not have it; it is left out");
    }
}

void emitQueueing(OpList &ops, const TwinDevice &d, Remarks &remarks) {
    for (const bpf::snapshot_qdisc &q : d.ns->qdiscs) {
        if (q.device != d.link->name || q.handle == 0) continue; // 0: the kernel's own choice
        const std::string what = d.text() + ": qdisc " + q.kind;
        if (q.parent != TC_H_ROOT)
            remarks.add(what + ": is not the root's; classes and filters cannot be written");
        else if (!knownQdiscs.contains(q.kind))
            remarks.add(what + ": cannot be written; it is left out");
        else {
            emitQdisc(ops, d.ref, q.words, false, {});
            if (!q.unsaid.empty()) remarks.add(what + ": " + q.unsaid + " cannot be written");
        }
    }
}

void emitSteering(OpList &ops, const TwinDevice &d, Remarks &remarks) {
    for (std::uint32_t queue = 0; queue < d.link->rps.size(); ++queue) {
        std::string digits = d.link->rps[queue];
        std::erase(digits, ',');
        const auto mask = parseNumber("0x" + digits);
        if (!mask)
            remarks.add(d.text() + ": RPS mask " + d.link->rps[queue] + " is wider than 32 CPUs; it is left out");
        else if (*mask != 0)
            emitRps(ops, d.ref, queue, *mask, {});
    }
}

} // namespace skbscope::app
