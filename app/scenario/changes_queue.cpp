// SPDX-License-Identifier: GPL-2.0-or-later
// What if there were a queue, if it were full, if a frame were lost on the way or damaged.
#include "app/scenario/change_edit.h"

#include <linux/if_ether.h>
#include <netinet/ip.h>

namespace skbscope::app {

namespace {
const TracedSend *firstSend(const ChangeReader &r) {
    for (const TracedSend &s : r.sends())
        if (!s.frame) return &s;
    return nullptr;
}

// The device has this qdisc while the first traced packet is sent, and none behind it.
OpEdit whileSending(const ChangeReader &r, const ChangeDevice &d, const TracedSend &send, const std::string &words) {
    const auto was = r.setUp(SKBSCOPE_OP_QDISC, d);
    skbscope_op set = deviceOp(SKBSCOPE_OP_QDISC, d), back = set;
    back.arg[1] = was ? 0 : 1;
    OpEdit edit(r.ops());
    edit.insertBefore(send.op, set, words);
    return edit.insertAfter(send.op, back, was ? std::string(r.ops().data(r.op(*was))) : std::string());
}

void queue(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    const auto at = r.setUp(SKBSCOPE_OP_QDISC, d);
    OpEdit edit(r.ops());
    if (at && r.ops().data(r.op(*at)).starts_with("pfifo ")) {
        edit.alter(*at, [](skbscope_op &, std::string &data) { data = "pfifo limit 0"; });
        add(out,
            {d.full + ".queue=full", "The queue of " + d.full + " has no room: limit 0",
             "Look at what the qdisc answers, and at what the sender learns of it.", "queue limit of " + d.full,
             std::string(r.ops().data(r.op(*at))), "pfifo limit 0"},
            edit);
    } else if (!at && d.kind != ChangeDevice::card) { // which has a queue
        edit.atEndOfSetUp(deviceOp(SKBSCOPE_OP_QDISC, d), "pfifo limit 100");
        add(out,
            {d.full + ".queue=pfifo", "A queue on " + d.full + ": pfifo limit 100",
             "Look between the neighbour and the device: what is new there, and does the packet wait?",
             "qdisc of " + d.full, "none", "pfifo limit 100"},
            edit);
        OpEdit full(r.ops());
        full.atEndOfSetUp(deviceOp(SKBSCOPE_OP_QDISC, d), "pfifo limit 0");
        add(out,
            {d.full + ".queue=full", "A full queue on " + d.full + ": pfifo limit 0",
             "Look at where the packet ends, under which drop reason, and at what the sender learns of it.",
             "qdisc of " + d.full, "none", "pfifo limit 0"},
            full);
    }
}

void lost(const ChangeReader &r, const ChangeDevice &d, Changes &out) {
    const TracedSend *send = firstSend(r);
    if (!send) return;
    add(out,
        {"frame=lost", "What is sent first is lost on " + d.full + " (netem loss 100%)",
         "Look at who notices: the sender, the receiver, or nobody?", "netem on " + d.full, "none",
         "loss 100% while it is sent first"},
        whileSending(r, d, *send, "netem loss 100%"));
    add(out,
        {"frame=damaged", "One bit of the frame flips on " + d.full + " (netem corrupt 100%)",
         "Find the bytes that differ, and the layer that finds out.", "netem on " + d.full, "none",
         "corrupt 100% while it is sent first"},
        whileSending(r, d, *send, "netem corrupt 100%"));
}

// The last byte of the UDP checksum of a frame that the scenario spells out.
void checksum(const ChangeReader &r, Changes &out) {
    constexpr std::size_t protocolAt = ETH_HLEN + 9, checksumAt = 7; // in the header behind
    for (const TracedSend &s : r.sends()) {
        const std::string frame(r.ops().data(r.op(s.op)));
        if (!s.frame || frame.size() < ETH_HLEN + sizeof(iphdr) || frame[protocolAt] != IPPROTO_UDP) continue;
        const std::size_t at = ETH_HLEN + std::size_t(frame[ETH_HLEN] & 0xf) * 4 + checksumAt;
        if (at >= frame.size()) continue;
        const bool none = frame[at] == 0 && frame[at - 1] == 0; // 0: the sender made no checksum
        OpEdit edit(r.ops());
        edit.alter(s.op, [at](skbscope_op &, std::string &data) { data[at] = char(data[at] ^ 1); });
        add(out,
            {"checksum=wrong", "The frame's UDP checksum is wrong",
             "Look at which function finds out, how far the packet has come by then, and under which reason it ends.",
             "UDP checksum of the frame", none ? "none" : "as sent", none ? "0x0001" : "one bit flipped"},
            edit);
        return;
    }
}
} // namespace

void queueChanges(const ChangeReader &r, Changes &out) {
    checksum(r, out);
    const auto from = r.sender();
    if (!from) return;
    lost(r, *from, out);
    queue(r, *from, out);
}

} // namespace skbscope::app
