// SPDX-License-Identifier: GPL-2.0-or-later
// What if nobody had bound the port, if the buffer were small, if there were no checksum.
#include "app/scenario/change_edit.h"

#include <algorithm>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {
constexpr std::size_t many = 4;             // datagrams
constexpr std::uint32_t smallBuffer = 2304; // bytes, the least that SO_RCVBUF gives

// The socket that a datagram is for.
std::optional<std::size_t> bindOf(const ChangeReader &r) {
    const auto port = r.sends().empty() ? std::uint16_t{0} : r.sends().front().port;
    for (std::size_t i = 0; i < r.ops().ops().size(); ++i) {
        const skbscope_op &o = r.op(i);
        if (o.kind != SKBSCOPE_OP_BIND || !r.isUdp(o.sock)) continue;
        const bool sends =
            std::ranges::any_of(r.sends(), [&](const TracedSend &s) { return !s.frame && r.op(s.op).sock == o.sock; });
        // The frame of a tap names its port itself: the one who reads is meant.
        if (port != 0 ? o.port == port : !sends || r.sends().front().frame) return i;
    }
    return {};
}

void unbound(const ChangeReader &r, Changes &out) {
    const auto at = bindOf(r);
    if (!at) return;
    OpEdit edit(r.ops());
    edit.remove(*at);
    const std::string port = std::to_string(r.op(*at).port);
    add(out,
        {"bind=none", "No socket is bound to port " + port,
         "Look at where the packet ends, under which reason, and at what goes back.", "bind to port " + port, "done",
         "left out"},
        edit);
}

skbscope_op option(unsigned sock, int name, std::uint32_t value) {
    skbscope_op op = bpf::op_list::make(SKBSCOPE_OP_SETSOCKOPT);
    op.sock = static_cast<std::uint16_t>(sock);
    op.arg[0] = SOL_SOCKET;
    op.arg[1] = static_cast<std::uint32_t>(name);
    op.arg[2] = value;
    return op;
}

// A socket that asks for merged datagrams takes them as one.
bool takesMerged(const ChangeReader &r, unsigned sock) {
    return std::ranges::any_of(r.ops().ops(), [sock](const skbscope_op &o) {
        return o.kind == SKBSCOPE_OP_SETSOCKOPT && o.sock == sock && o.arg[0] == IPPROTO_UDP && o.arg[1] == UDP_GRO;
    });
}

void receiveBuffer(const ChangeReader &r, Changes &out) {
    const auto bound = bindOf(r);
    if (!bound || r.sends().size() < many || takesMerged(r, r.op(*bound).sock)) return;
    const auto at = r.firstOf(SKBSCOPE_OP_SOCKET, r.op(*bound).sock);
    if (!at) return;
    OpEdit edit(r.ops());
    edit.insertAfter(*at, option(r.op(*at).sock, SO_RCVBUF, smallBuffer / 2)); // the kernel doubles it
    add(out,
        {"rcvbuf=small", "The receiver's buffer is small: SO_RCVBUF 2304",
         "Look at what the socket's queue takes, and at what becomes of the rest.", "SO_RCVBUF", "default", "2304"},
        edit);
}

void noChecksum(const ChangeReader &r, Changes &out) {
    for (const TracedSend &s : r.sends()) {
        const unsigned sock = r.op(s.op).sock;
        const auto socket = r.firstOf(SKBSCOPE_OP_SOCKET, sock);
        if (s.frame || !r.isUdp(sock) || !socket) continue;
        OpEdit edit(r.ops());
        edit.insertAfter(*socket, option(sock, SO_NO_CHECK, 1));
        add(out,
            {"checksum=none", "The sender makes no UDP checksum (SO_NO_CHECK)",
             "Look at the checksum's bytes, at ip_summed, and at who would have computed it.", "SO_NO_CHECK", "0", "1"},
            edit);
        return;
    }
}
} // namespace

void socketChanges(const ChangeReader &r, Changes &out) {
    unbound(r, out);
    receiveBuffer(r, out);
    noChecksum(r, out);
}

} // namespace skbscope::app
