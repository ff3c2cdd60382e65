// SPDX-License-Identifier: GPL-2.0-or-later
// Each system call that was seen on a socket, as the operations that do the same.
#include "app/twin/twin_row.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

using bpf::observed_call;

constexpr std::uint32_t pollMax = 60'000;       // ms
constexpr std::int64_t restartSystemCall = 512; // ERESTARTSYS: a signal came

// The kernel chose the socket's port in this call, and whoever answers names it: there it has one port to choose
// from. No call is added or changed by that. True: the range is to be what it was.
bool pinPort(TwinRow &row, const observed_call &c) {
    const bool hasPorts = c.begin.protocol == IPPROTO_UDP || c.begin.protocol == IPPROTO_TCP;
    if (!hasPorts || !c.ended || c.begin.port != 0 || c.port == 0) return false;
    const auto named = endpointOf(c.begin);
    if (kindOf(c) == CallKind::bind && (!named || named->port != 0)) return false;
    const std::string port = std::to_string(c.port);
    row.portRange(c.begin.net, port + " " + port);
    return true;
}

void takeAddress(TwinRow &row, TwinSocket &s, const observed_call &c) {
    const auto at = endpointOf(c.begin);
    if (!at) return row.remarks.add(callText(c) + ": with an address that is not IPv4's; it is left out");
    const bool pinned = pinPort(row, c);
    setEndpoint(row.add(kindOf(c) == CallKind::bind ? SKBSCOPE_OP_BIND : SKBSCOPE_OP_CONNECT, s), *at);
    row.expect(c);
    if (pinned) row.portRange(c.begin.net, row.portsOf(c.begin.net));
}

void takeAccept(TwinRow &row, TwinSocket &s, const observed_call &c) {
    if (!c.ended || c.result < 0 || c.made == 0)
        return row.remarks.add(callText(c) + ": gave no connection; it is left out");
    const std::uint16_t listener = s.slot; // making room may move the map's entries
    TwinSocket *made = row.room(c.made, socketName(c, static_cast<std::uint64_t>(c.result)));
    if (!made) return;
    made->holders.emplace(c.begin.pid, static_cast<std::uint32_t>(c.result));
    row.begin(0);
    skbscope_op &op = row.ops.add(SKBSCOPE_OP_ACCEPT, 0, row.step());
    op.sock = listener;
    op.sock2 = made->slot;
    row.note(c);
}

void takeSend(TwinRow &row, TwinSocket &s, const observed_call &c) {
    const auto to = endpointOf(c.begin);
    if (c.begin.length > (1U << 20)) // all ones: in pieces
        return row.remarks.add(callText(c) + ": of more pieces or bytes than a scenario takes; it is left out");
    if (c.begin.address_length != 0 && !to)
        return row.remarks.add(callText(c) + ": to an address that is not IPv4's; it is left out");
    const bool pinned = pinPort(row, c);
    skbscope_op &op = row.add(to ? SKBSCOPE_OP_SENDTO : SKBSCOPE_OP_SEND, s);
    if (to) setEndpoint(op, *to);
    op.arg[0] = c.begin.length;
    op.arg[1] = c.begin.flags;
    const bool whole = c.payload.size() == c.begin.length;
    if (!whole)
        row.remarks.add(callText(c) + ": " + std::to_string(c.payload.size()) + " of its " +
                        std::to_string(c.begin.length) + " bytes were kept; the scenario sends a to z instead");
    if (whole && !isAlphabet(c.payload)) row.ops.setData(op, c.payload);
    row.expect(c);
    if (pinned) row.portRange(c.begin.net, row.portsOf(c.begin.net));
}

void takeReceive(TwinRow &row, TwinSocket &s, const observed_call &c) {
    if (!c.ended) return row.remarks.add(callText(c) + ": was waiting when the watch ended; it is left out");
    if (c.result == -restartSystemCall || c.result == -EINTR)
        return row.remarks.add(callText(c) + ": was interrupted; it is left out");
    skbscope_op &op = row.add(SKBSCOPE_OP_RECV, s);
    op.arg[0] = std::min<std::uint32_t>(c.begin.length, 1U << 20);
    op.arg[1] = c.begin.flags;
    // Nothing came within its time: here nothing would come for ever.
    if (c.result == -EAGAIN) op.arg[1] |= MSG_DONTWAIT;
    row.expect(c);
}

void takeClose(TwinRow &row, TwinSocket &s, const observed_call &c) {
    s.holders.erase({c.begin.pid, static_cast<std::uint32_t>(c.begin.arg[0])});
    if (!s.holders.empty()) return;
    s.open = false;
    row.add(SKBSCOPE_OP_CLOSE, s);
    row.expect(c);
}

void takeOption(TwinRow &row, TwinSocket &s, const observed_call &c) {
    const auto level = static_cast<std::uint32_t>(c.begin.arg[1]), name = static_cast<std::uint32_t>(c.begin.arg[2]);
    const bool joins = level == IPPROTO_IP && (name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP);
    if (joins && c.payload.size() >= sizeof(ip_mreq)) {
        ip_mreq group{};
        std::memcpy(&group, c.payload.data(), sizeof group);
        if (!IN_MULTICAST(ntohl(group.imr_multiaddr.s_addr))) return;
        skbscope_op &op = row.add(SKBSCOPE_OP_JOIN, s);
        op.ip = group.imr_multiaddr.s_addr;
        op.ip2 = group.imr_interface.s_addr;
        op.arg[0] = name == IP_DROP_MEMBERSHIP;
        return row.expect(c);
    }
    if (c.payload.size() != sizeof(std::int32_t))
        return row.remarks.add(callText(c) + ": option " + std::to_string(level) + "/" + std::to_string(name) +
                               " has no int value: the scenario language cannot write it");
    const std::int32_t value = firstInt(c.payload);
    if (value == INT32_MIN) return row.remarks.add(callText(c) + ": a value that cannot be written");
    skbscope_op &op = row.add(SKBSCOPE_OP_SETSOCKOPT, s);
    op.arg[0] = level;
    op.arg[1] = name;
    op.arg[2] = static_cast<std::uint32_t>(value);
    row.expect(c);
}

void takePoll(TwinRow &row, TwinSocket &s, const observed_call &c) {
    if (!c.ended || c.payload.size() < 8) return;
    if (c.begin.arg[1] > 1) row.remarks.add(callText(c) + ": of several descriptors; here of the first alone");
    std::int16_t events = 0;
    std::memcpy(&events, c.payload.data() + 4, sizeof events);
    skbscope_op &op = row.add(SKBSCOPE_OP_POLL, s);
    op.arg[0] = static_cast<std::uint16_t>(events);
    op.arg[1] = std::min(static_cast<std::uint32_t>(c.begin.arg[2]), pollMax);
    row.expect(c);
}

void takeNonblock(TwinRow &row, TwinSocket &s, const observed_call &c) {
    const bool control = std::string_view(callName(c.begin.call)) == "fcntl";
    const bool on = control ? (c.begin.arg[2] & O_NONBLOCK) != 0 : firstInt(c.payload) != 0;
    if (on) row.add(SKBSCOPE_OP_NONBLOCK, s);
}

} // namespace

void addCall(TwinRow &row, TwinSocket &s, const bpf::observed_call &c) {
    switch (kindOf(c)) {
    case CallKind::bind:
    case CallKind::connect:
        return takeAddress(row, s, c);
    case CallKind::listen:
        row.add(SKBSCOPE_OP_LISTEN, s).arg[0] =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(c.begin.arg[1], 65535));
        return row.expect(c);
    case CallKind::accept:
        return takeAccept(row, s, c);
    case CallKind::send:
        return takeSend(row, s, c);
    case CallKind::receive:
        return takeReceive(row, s, c);
    case CallKind::close:
        return takeClose(row, s, c);
    case CallKind::shutdown:
        row.add(SKBSCOPE_OP_SHUTDOWN, s).arg[0] = static_cast<std::uint32_t>(c.begin.arg[1] & 3U);
        return row.expect(c);
    case CallKind::option:
        return takeOption(row, s, c);
    case CallKind::poll:
        return takePoll(row, s, c);
    case CallKind::nonblock:
        return takeNonblock(row, s, c);
    default:
        return row.remarks.add(callText(c) + ": the scenario language has no such call; it is left out");
    }
}

} // namespace skbscope::app
