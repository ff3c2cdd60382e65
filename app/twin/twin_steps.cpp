// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_steps.h"

#include "app/scenario/parse.h"
#include "app/twin/twin_row.h"

#include <algorithm>
#include <netinet/in.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

using bpf::observed_call;
using bpf::snapshot_namespace;
using bpf::snapshot_socket;

constexpr std::size_t stepsMax = 1200;          // the operation list takes 4,096
constexpr std::size_t payloadMax = 900U << 10;  // ... and a megabyte of bytes
constexpr std::uint32_t existingTimeout = 1000; // ms: a receive of ours must not wait for ever
constexpr std::uint32_t tcpListen = 10;         // TCP_LISTEN

class Steps {
public:
    Steps(TwinRow &row, const MovedPacket &moved) : row_(row), moved_(moved) {}

    void existing(const snapshot_namespace &ns, const std::set<std::uint64_t> &used) {
        for (const snapshot_socket &s : ns.sockets) {
            const bool receives = s.local_port != 0 || s.protocol == "raw";
            if (!used.contains(s.inode) && !receives) continue;
            const std::string what = ns.name + ": " + s.protocol + " socket of " + ownerOf(s) + ", " + s.local + ":" +
                                     std::to_string(s.local_port);
            if (s.family == "inet")
                addExisting(row_.hosts.byName(ns.name), s, what);
            else if (s.family == "packet" || used.contains(s.inode) || s.protocol != "raw")
                row_.remarks.add(
                    what + ": is left out: " +
                    (s.family == "packet" ? "its filter and buffer are not known" : "the model has no IPv6"));
        }
    }

    void calls(const std::vector<observed_call> &calls) {
        std::vector<const observed_call *> order;
        std::set<std::uint32_t> processes;
        for (const observed_call &c : calls) {
            order.push_back(&c);
            processes.insert(c.begin.pid);
        }
        std::stable_sort(order.begin(), order.end(), [](const observed_call *a, const observed_call *b) {
            return effectTime(*a) < effectTime(*b);
        });
        if (processes.size() > 1)
            row_.remarks.add("processes: " + std::to_string(processes.size()) +
                             " made these calls; the scenario's one process makes them in the order in which they took "
                             "effect, and waits for none of them");
        for (const observed_call *c : order)
            take(*c);
        row_.traced(false);
    }

private:
    static std::string ownerOf(const snapshot_socket &s) {
        if (s.owners.empty()) return "nobody";
        return s.owners[0].comm + " " + std::to_string(s.owners[0].pid);
    }

    // What the language has: UDP, TCP, ping, raw.
    static bool expressible(std::uint32_t type, std::uint32_t protocol) {
        if (type == SOCK_RAW) return true;
        if (type == SOCK_DGRAM) return protocol == 0 || protocol == IPPROTO_UDP || protocol == IPPROTO_ICMP;
        return type == SOCK_STREAM && (protocol == 0 || protocol == IPPROTO_TCP);
    }

    // As the language writes it: 0 where it follows from the type.
    static std::uint32_t plainProtocol(std::uint32_t type, std::uint32_t protocol) {
        return type == SOCK_RAW || protocol == IPPROTO_ICMP ? protocol : 0;
    }

    void addExisting(unsigned host, const snapshot_socket &s, const std::string &what) {
        const bool tcp = s.protocol == "tcp";
        if (tcp && s.state != tcpListen)
            return row_.remarks.add(what + ": is a connection from before the watch; it is left out");
        const std::uint32_t type = tcp ? SOCK_STREAM : s.protocol == "raw" ? SOCK_RAW : SOCK_DGRAM;
        const std::uint32_t protocol = s.protocol == "raw"    ? s.local_port
                                       : s.protocol == "ping" ? std::uint32_t{IPPROTO_ICMP}
                                                              : 0;
        const std::string fd = s.owners.empty() ? "" : "-" + std::to_string(s.owners[0].fd);
        const std::string name = s.owners.empty() ? "socket" : s.owners[0].comm + "-" + std::to_string(s.owners[0].pid);
        TwinSocket *made = row_.make(s.inode, host, type, protocol, name + fd, existingTimeout);
        if (!made) return;
        for (const bpf::snapshot_owner &o : s.owners)
            made->holders.emplace(o.pid, o.fd);
        row_.remarks.add("sockets from before the watch: their options are not known, and are as by default here");
        const std::uint32_t local = parseAddress(s.local).value_or(0), remote = parseAddress(s.remote).value_or(0);
        const std::uint32_t port = s.protocol == "raw" ? 0 : s.local_port;
        if (local != 0 || port != 0)
            setEndpoint(row_.add(SKBSCOPE_OP_BIND, *made), {local, static_cast<std::uint16_t>(port)});
        if (tcp) row_.add(SKBSCOPE_OP_LISTEN, *made).arg[0] = 8;
        if (remote != 0)
            setEndpoint(row_.add(SKBSCOPE_OP_CONNECT, *made), {remote, static_cast<std::uint16_t>(s.remote_port)});
    }

    void take(const observed_call &c) {
        if (c.begin.family == AF_INET6)
            return row_.remarks.add(callText(c) + ": on a socket of IPv6; it is left out: the model has no IPv6");
        if (c.begin.family == AF_PACKET)
            return row_.remarks.add(callText(c) +
                                    ": on a packet socket; it is left out: its protocol and filter are not known");
        if (row_.steps() >= stepsMax || row_.ops.list().blob.size() > payloadMax)
            return row_.remarks.add("calls: too many for one scenario; those after the first " +
                                    std::to_string(stepsMax) + " steps are left out");
        if (!c.ended && effectTime(c) == c.begin.time && kindOf(c) != CallKind::send)
            return row_.remarks.add(callText(c) + ": had not returned when the watch ended; it is left out");
        if (kindOf(c) == CallKind::socket) return takeSocket(c);
        TwinSocket *s = socketOf(c);
        if (!s) return;
        s->holders.emplace(c.begin.pid, static_cast<std::uint32_t>(c.begin.arg[0]));
        const bool moves = kindOf(c) == CallKind::send || (kindOf(c) == CallKind::receive && c.result >= 0);
        row_.traced(moves && moved_(c));
        addCall(row_, *s, c);
    }

    // Which socket of ours the call is on. One that nobody told of is made now.
    TwinSocket *socketOf(const observed_call &c) {
        const auto found = row_.sockets.find(c.begin.socket);
        if (found != row_.sockets.end()) return found->second.open ? &found->second : nullptr;
        const unsigned host = row_.hosts.byInode(c.begin.net);
        if (host == 0 || refused_.contains(c.begin.socket)) return nullptr;
        row_.traced(false);
        row_.remarks.add(callText(c) +
                         ": how its socket came to be was not seen; here it is a new one, bound to nothing");
        return row_.make(c.begin.socket, host, c.begin.type, plainProtocol(c.begin.type, c.begin.protocol),
                         socketName(c, c.begin.arg[0]), existingTimeout);
    }

    void takeSocket(const observed_call &c) {
        const std::uint32_t type = c.begin.type & 0xfU; // without SOCK_CLOEXEC and SOCK_NONBLOCK
        const unsigned host = row_.hosts.byInode(c.begin.net);
        if (host == 0 || c.result < 0 || c.made == 0) return;
        if (!expressible(type, c.begin.protocol)) {
            refused_.insert(c.made);
            return row_.remarks.add(callText(c) + ": a socket of type " + std::to_string(type) + ", protocol " +
                                    std::to_string(c.begin.protocol) + ": the scenario language has none such");
        }
        row_.traced(false);
        TwinSocket *s = row_.make(c.made, host, type, plainProtocol(type, c.begin.protocol),
                                  socketName(c, static_cast<std::uint64_t>(c.result)), 0);
        if (!s) return;
        row_.note(c);
        s->holders.emplace(c.begin.pid, static_cast<std::uint32_t>(c.result));
        if ((c.begin.type & SOCK_NONBLOCK) != 0) row_.add(SKBSCOPE_OP_NONBLOCK, *s);
    }

    TwinRow &row_;
    const MovedPacket &moved_;
    std::set<std::uint64_t> refused_;
};

} // namespace

TwinSteps addSteps(OpList &ops, const TwinHosts &hosts, const std::vector<const snapshot_namespace *> &namespaces,
                   const std::vector<observed_call> &calls, const MovedPacket &moved, Remarks &remarks) {
    std::set<std::uint64_t> used;
    for (const observed_call &c : calls)
        used.insert(c.begin.socket);
    TwinRow row(ops, hosts, remarks);
    Steps steps(row, moved);
    for (const snapshot_namespace *ns : namespaces)
        steps.existing(*ns, used);
    steps.calls(calls);
    row.finish();
    return std::move(row.out);
}

} // namespace skbscope::app
