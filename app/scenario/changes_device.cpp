// SPDX-License-Identifier: GPL-2.0-or-later
// What if a device were set up otherwise.
#include "app/scenario/change_edit.h"

#include <algorithm>

namespace skbscope::app {

namespace {
constexpr std::uint32_t ethernetMtu = 1500, jumboMtu = 9000, smallMtu = 128, leastMtu = 68;
constexpr std::uint32_t ipAndUdp = 28; // bytes of header

// Cards have GRO by default, veth pairs do not. Switching it on is no change of one setting there: the sender's TSO
// would have to be off, too, before a frame takes that way.
void gro(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    const auto at = r.setUp(SKBSCOPE_OP_FEATURE, d, "gro");
    const bool on = at ? r.op(*at).arg[0] != 0 : d.kind == ChangeDevice::card;
    if (!on || d.kind == ChangeDevice::tap) return;
    OpEdit edit(r.ops());
    if (at)
        edit.alter(*at, [](skbscope_op &op, std::string &) { op.arg[0] = 0; });
    else
        edit.atEndOfSetUp(deviceOp(SKBSCOPE_OP_FEATURE, d), "gro");
    const char *napi = d.kind == ChangeDevice::veth ? ", and NAPI with it" : "";
    add(out,
        {d.full + ".gro=off", "GRO off on " + d.full + napi,
         "Look at who takes the frames from the device, and how large the packets are that IP is given.",
         "gro of " + d.full, "on", "off"},
        edit);
}

// Of both ends of the link: a receiver with a smaller one than the sender would be another change.
void mtu(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    if (r.sends().empty() || d.kind == ChangeDevice::tap || d.kind == ChangeDevice::loopback) return;
    if (r.setUp(SKBSCOPE_OP_MTU, d)) return; // the scenario is about it
    std::uint32_t longest = 0;
    for (const TracedSend &s : r.sends())
        longest = std::max(longest, s.length);
    const bool fits = longest + ipAndUdp <= ethernetMtu;
    if (fits && longest + ipAndUdp <= leastMtu) return;
    const std::uint32_t now = !fits ? jumboMtu : longest + ipAndUdp > smallMtu ? smallMtu : leastMtu;
    OpEdit edit(r.ops());
    for (const ChangeDevice &end : r.devices()) {
        skbscope_op op = deviceOp(SKBSCOPE_OP_MTU, end);
        op.arg[0] = now;
        if (end.kind == d.kind) edit.atEndOfSetUp(op);
    }
    add(out,
        {"mtu=" + std::to_string(now), "MTU " + std::to_string(now) + " on the way, not 1500",
         "Count the packets that leave, and look for the function that cuts or joins them.", "MTU of the way", "1500",
         std::to_string(now)},
        edit);
}

void rps(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    if (d.kind == ChangeDevice::tap) return;
    const auto at = r.setUp(SKBSCOPE_OP_RPS, d);
    const bool on = at && r.op(*at).arg[1] != 0;
    OpEdit edit(r.ops());
    if (at) {
        edit.alter(*at, [on](skbscope_op &op, std::string &) { op.arg[1] = on ? 0 : 1; });
    } else {
        skbscope_op op = deviceOp(SKBSCOPE_OP_RPS, d);
        op.arg[1] = 1;
        edit.atEndOfSetUp(op);
    }
    add(out,
        {d.full + ".rps=" + (on ? "off" : "on"), on ? "No RPS mask on " + d.full : "RPS mask of CPU 0 on " + d.full,
         "Look for the function that chooses a CPU for the frame, and at where the frame waits for it.",
         "RPS mask of " + d.full, on ? "0x1" : "0", on ? "0" : "0x1"},
        edit);
}

void interrupts(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    const auto at = r.setUp(SKBSCOPE_OP_CARD, d);
    if (!at || (r.op(*at).arg[3] & SKBSCOPE_CARD_PER_PACKET) != 0) return;
    OpEdit edit(r.ops());
    edit.alter(*at, [](skbscope_op &op, std::string &) { op.arg[3] |= SKBSCOPE_CARD_PER_PACKET; });
    add(out,
        {d.full + ".napi=off", "No NAPI on " + d.full + ": an interrupt for each frame",
         "Count the interrupts, and look at the context in which the frames are taken from the ring.",
         "interrupts of " + d.full, "NAPI", "one a frame"},
        edit);
}

void tapNapi(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    for (std::size_t i = 0; i < r.ops().ops().size(); ++i) {
        const skbscope_op &o = r.op(i);
        if (o.kind != SKBSCOPE_OP_TAP_OPEN || o.name != d.name || o.arg[0] != 0) continue;
        OpEdit edit(r.ops());
        edit.alter(i, [](skbscope_op &op, std::string &) { op.arg[0] = 1; });
        add(out,
            {d.full + ".napi=on", "NAPI on " + d.full,
             "Look at what the write itself does, and at what is left to the softirq.", "NAPI of " + d.full, "off",
             "on"},
            edit);
        return;
    }
}
} // namespace

void deviceChanges(const ChangeReader &r, Changes &out) {
    if (const auto from = r.sender()) mtu(r, *from, out);
    const auto to = r.receiver();
    if (!to) return;
    gro(r, *to, out);
    if (to->kind == ChangeDevice::card) interrupts(r, *to, out);
    if (to->kind == ChangeDevice::tap) tapNapi(r, *to, out);
    rps(r, *to, out);
}

} // namespace skbscope::app
