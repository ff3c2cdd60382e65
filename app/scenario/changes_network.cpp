// SPDX-License-Identifier: GPL-2.0-or-later
// What if the network layer were told otherwise: no forwarding, a TTL that is used up, a firewall.
#include "app/scenario/change_edit.h"

#include <netinet/in.h>

namespace skbscope::app {

namespace {
constexpr std::string_view forwarding = "net.ipv4.ip_forward=1";

std::optional<std::size_t> forwards(const ChangeReader &r) {
    for (std::size_t i = 0; i < r.ops().ops().size(); ++i)
        if (r.op(i).kind == SKBSCOPE_OP_SYSCTL && r.ops().data(r.op(i)) == forwarding) return i;
    return {};
}

void forward(const ChangeReader &r, std::size_t at, Changes &out) {
    const std::string router = r.ops().hostName(r.op(at).host);
    OpEdit edit(r.ops());
    edit.alter(at, [](skbscope_op &, std::string &data) { data.back() = '0'; });
    add(out,
        {"forward=off", "The router " + router + " does not forward (ip_forward 0)",
         "Look at what the route lookup on the router finds for a packet that is not its own.",
         "net.ipv4.ip_forward of " + router, "1", "0"},
        edit);
    for (const TracedSend &s : r.sends()) {
        const auto socket = r.firstOf(SKBSCOPE_OP_SOCKET, r.op(s.op).sock);
        if (!socket) continue;
        skbscope_op op = bpf::op_list::make(SKBSCOPE_OP_SETSOCKOPT);
        op.sock = r.op(s.op).sock;
        op.arg[0] = IPPROTO_IP, op.arg[1] = IP_TTL, op.arg[2] = 1;
        OpEdit ttl(r.ops());
        ttl.insertAfter(*socket, op);
        add(out,
            {"ttl=1", "Sent with a TTL of 1", "Look at who counts the TTL down, and at what is sent back.", "TTL", "64",
             "1"},
            ttl);
        return;
    }
}

// At the receiver, behind its route lookup.
void firewall(const ChangeReader &r, Changes &out) {
    const auto to = r.receiver();
    if (!to) return;
    OpEdit edit(r.ops());
    edit.atEndOfSetUp(hostOp(SKBSCOPE_OP_NFT_DROP, to->host), "input drop");
    const std::string host = r.ops().hostName(to->host);
    add(out,
        {"firewall=on", "A firewall on " + host + " drops what comes in (nft: input drop)",
         "Look at which hook it stands on, and at what has been done for the packet by then.",
         "netfilter rule of " + host, "none", "input drop"},
        edit);
}
} // namespace

void networkChanges(const ChangeReader &r, Changes &out) {
    if (const auto at = forwards(r)) forward(r, *at, out);
    firewall(r, out);
}

} // namespace skbscope::app
