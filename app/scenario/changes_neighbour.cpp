// SPDX-License-Identifier: GPL-2.0-or-later
// What if the neighbour were not known, known wrongly, or silent.
#include "app/scenario/change_edit.h"
#include "app/scenario/parse.h"

#include <algorithm>
#include <arpa/inet.h>

namespace skbscope::app {

namespace {
// ARP asks three times, a second apart: a receiver that gives up before that ends the scenario too soon.
constexpr std::uint32_t patience = 5000; // ms
const char *const patient = " (receivers wait 5 s, so that its end is seen)";

OpEdit &waitLonger(OpEdit &edit) {
    return edit.alterAll(SKBSCOPE_OP_SOCKET, [](skbscope_op &op, std::string &) {
        if (op.arg[3] != 0) op.arg[3] = std::max(op.arg[3], patience);
    });
}

// The sender's entry for the next hop.
std::optional<std::size_t> entryOf(const ChangeReader &r, const ChangeDevice &d) {
    return r.setUp(SKBSCOPE_OP_NEIGHBOUR, d);
}

void entry(const ChangeReader &r, const ChangeDevice &d, std::size_t at, Changes &out) {
    const std::string ip = addressText(r.op(at).ip);
    OpEdit gone(r.ops());
    gone.remove(at);
    add(out,
        {"neighbour=missing", d.full + " does not know the MAC address of " + ip,
         "Look at what is sent before the packet, and where the packet waits meanwhile.", "neighbour " + ip, "known",
         "not known"},
        gone);
    OpEdit wrong(r.ops());
    wrong.alter(at, [](skbscope_op &, std::string &mac) { mac.back() = char(mac.back() ^ 0x40); });
    add(out,
        {"neighbour=wrong", d.full + " has a wrong MAC address for " + ip,
         "Look at pkt_type on the other host, and at how far the packet comes with it.", "MAC address of " + ip,
         "right", "wrong in its last byte"},
        wrong);
}

void silent(const ChangeReader &r, Changes &out) {
    const auto to = r.receiver();
    if (!to || to->kind != ChangeDevice::veth) return;
    OpEdit edit(r.ops());
    edit.atEndOfSetUp(hostOp(SKBSCOPE_OP_SYSCTL, to->host), "net.ipv4.conf." + to->name + ".arp_ignore=8");
    add(out,
        {"neighbour=silent", to->full + " answers no ARP request" + std::string(patient),
         "Count the requests, and look at what becomes of the packet that waits for an answer.",
         "arp_ignore of " + to->full, "0", "8"},
        waitLonger(edit));
}

// An address of the same /24 that no device has.
std::optional<std::uint32_t> unowned(const ChangeReader &r, std::uint32_t near) {
    constexpr std::uint32_t hosts = 0xff;
    for (std::uint32_t last = 99; last < 200; ++last) {
        const std::uint32_t ip = htonl((ntohl(near) & ~hosts) | last);
        const auto has = [&](const skbscope_op &o) { return o.kind == SKBSCOPE_OP_ADDRESS && o.ip == ip; };
        if (std::ranges::none_of(r.ops().ops(), has)) return ip;
    }
    return {};
}

void nobody(const ChangeReader &r, Changes &out) {
    const auto to = r.destination();
    const auto other = to ? unowned(r, *to) : std::nullopt;
    if (!other) return;
    OpEdit edit(r.ops());
    for (std::size_t i = 0; i < r.ops().ops().size(); ++i) {
        const skbscope_op &o = r.op(i);
        if (o.ip == *to &&
            (o.kind == SKBSCOPE_OP_SENDTO || o.kind == SKBSCOPE_OP_CONNECT || o.kind == SKBSCOPE_OP_SEND_PING))
            edit.alter(i, [other](skbscope_op &op, std::string &) { op.ip = *other; });
    }
    const std::string was = addressText(*to), is = addressText(*other);
    add(out,
        {"to=nobody", "Sent to " + is + ", which nobody has" + patient,
         "Look at how long the packet waits for the neighbour, and what becomes of it in the end.", "destination", was,
         is},
        waitLonger(edit));
}
} // namespace

void neighbourChanges(const ChangeReader &r, Changes &out) {
    const auto from = r.sender();
    if (!from || r.toLoopback()) return;
    if (const auto at = entryOf(r, *from))
        entry(r, *from, *at, out);
    else
        silent(r, out);
    nobody(r, out);
}

} // namespace skbscope::app
