// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_steps.h"

#include "app/scenario/parse.h"
#include "app/twin/twin_call.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

using bpf::observed_call;
using bpf::snapshot_namespace;
using bpf::snapshot_socket;

constexpr std::size_t stepsMax = 1200;            // the operation list takes 4,096
constexpr std::size_t payloadMax = 900U << 10;    // ... and a megabyte of bytes
constexpr std::uint32_t pollMax = 60'000;         // ms
constexpr std::uint32_t existingTimeout = 1000;   // ms: a receive of ours must not wait for ever
constexpr std::int64_t restartSystemCall = 512;   // ERESTARTSYS: a signal came
constexpr const char *usualPorts = "32768 60999"; // net.ipv4.ip_local_port_range
constexpr std::uint32_t tcpListen = 10;           // TCP_LISTEN

using Holder = std::pair<std::uint32_t, std::uint32_t>; // pid, fd

struct TwinSocket {
    std::uint16_t slot = 0;
    bool open = true;
    std::set<Holder> holders; // who would have to close it
};

class Steps {
public:
    Steps(OpList &ops, const TwinHosts &hosts, const MovedPacket &moved, Remarks &remarks)
        : ops_(ops), hosts_(hosts), moved_(moved), remarks_(remarks) {}

    void existing(const snapshot_namespace &ns, const std::set<std::uint64_t> &used) {
        for (const snapshot_socket &s : ns.sockets) {
            const bool receives = s.local_port != 0 || s.protocol == "raw";
            if (!used.contains(s.inode) && !receives) continue;
            const std::string what = ns.name + ": " + s.protocol + " socket of " + ownerOf(s) + ", " + s.local + ":" +
                                     std::to_string(s.local_port);
            if (s.family == "inet")
                addExisting(hosts_.byName(ns.name), s, what);
            else if (s.family == "packet" || used.contains(s.inode) || s.protocol != "raw")
                remarks_.add(what + ": is left out: " +
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
            remarks_.add("processes: " + std::to_string(processes.size()) +
                         " made these calls; the scenario's one process makes them in the order in which they took "
                         "effect, and waits for none of them");
        for (const observed_call *c : order)
            take(*c);
        traced(false);
    }

    // At least one step: a scenario without steps is none.
    void finish() {
        if (steps_ == 0) {
            begin(hosts_.names().size() > 1 ? 1 : 0);
            ops_.add(SKBSCOPE_OP_TRACE, 0, step_).arg[0] = 1;
            traced_ = true;
            remarks_.add("no system call was seen on a socket that the scenario has");
            traced(false);
        }
    }

    TwinSteps out;

private:
    static std::string ownerOf(const snapshot_socket &s) {
        if (s.owners.empty()) return "nobody";
        return s.owners[0].comm + " " + std::to_string(s.owners[0].pid);
    }

    // A step of its own, in `host` if it matters there (0: it does not).
    void begin(unsigned host) {
        step_ = static_cast<std::uint32_t>(steps_++);
        if (host == 0 || host == current_) return;
        ops_.add(SKBSCOPE_OP_SETNS, 0, step_).host = static_cast<std::uint16_t>(host);
        current_ = host;
    }
    skbscope_op &add(skbscope_op_kind kind, const TwinSocket &s) {
        begin(0);
        skbscope_op &op = ops_.add(kind, 0, step_);
        op.sock = s.slot;
        return op;
    }
    void traced(bool on) {
        if (traced_ == on) return;
        traced_ = on;
        begin(0);
        ops_.add(SKBSCOPE_OP_TRACE, 0, step_).arg[0] = on;
    }

    std::string freshName(std::string name) {
        for (char &c : name)
            if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') c = '_';
        name = name.substr(0, 28);
        std::string tried = name;
        for (int n = 2; std::find(ops_.sockets.begin(), ops_.sockets.end(), tried) != ops_.sockets.end(); ++n)
            tried = name + "-" + std::to_string(n);
        return tried;
    }

    // A socket of the scenario; nullptr where there is no room for one more.
    TwinSocket *make(std::uint64_t inode, unsigned host, std::uint32_t type, std::uint32_t protocol,
                     const std::string &name, std::uint32_t timeout) {
        TwinSocket *s = room(inode, name);
        if (!s) return nullptr;
        begin(host);
        skbscope_op &op = ops_.add(SKBSCOPE_OP_SOCKET, 0, step_);
        op.sock = s->slot;
        op.arg[0] = AF_INET;
        op.arg[1] = type;
        op.arg[2] = protocol;
        op.arg[3] = timeout;
        return s;
    }
    TwinSocket *room(std::uint64_t inode, const std::string &name) {
        if (ops_.sockets.size() >= SKBSCOPE_SOCKETS_MAX) {
            remarks_.add("sockets: a scenario has " + std::to_string(SKBSCOPE_SOCKETS_MAX) +
                         " at most; later ones are left out");
            return nullptr;
        }
        TwinSocket &s = sockets_[inode];
        s = {};
        s.slot = static_cast<std::uint16_t>(ops_.sockets.size());
        ops_.sockets.push_back(freshName(name));
        return &s;
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
            return remarks_.add(what + ": is a connection from before the watch; it is left out");
        const std::uint32_t type = tcp ? SOCK_STREAM : s.protocol == "raw" ? SOCK_RAW : SOCK_DGRAM;
        const std::uint32_t protocol = s.protocol == "raw"    ? s.local_port
                                       : s.protocol == "ping" ? std::uint32_t{IPPROTO_ICMP}
                                                              : 0;
        const std::string fd = s.owners.empty() ? "" : "-" + std::to_string(s.owners[0].fd);
        const std::string name = s.owners.empty() ? "socket" : s.owners[0].comm + "-" + std::to_string(s.owners[0].pid);
        TwinSocket *made = make(s.inode, host, type, protocol, name + fd, existingTimeout);
        if (!made) return;
        for (const bpf::snapshot_owner &o : s.owners)
            made->holders.emplace(o.pid, o.fd);
        remarks_.add("sockets from before the watch: their options are not known, and are as by default here");
        const std::uint32_t local = parseAddress(s.local).value_or(0), remote = parseAddress(s.remote).value_or(0);
        const std::uint32_t port = s.protocol == "raw" ? 0 : s.local_port;
        if (local != 0 || port != 0)
            setEndpoint(add(SKBSCOPE_OP_BIND, *made), {local, static_cast<std::uint16_t>(port)});
        if (tcp) add(SKBSCOPE_OP_LISTEN, *made).arg[0] = 8;
        if (remote != 0)
            setEndpoint(add(SKBSCOPE_OP_CONNECT, *made), {remote, static_cast<std::uint16_t>(s.remote_port)});
    }

    static void setEndpoint(skbscope_op &op, const Ipv4Endpoint &e) {
        op.ip = e.address;
        op.port = e.port;
    }

    void take(const observed_call &c) {
        if (c.begin.family == AF_INET6)
            return remarks_.add(callText(c) + ": on a socket of IPv6; it is left out: the model has no IPv6");
        if (c.begin.family == AF_PACKET)
            return remarks_.add(callText(c) +
                                ": on a packet socket; it is left out: its protocol and filter are not known");
        if (steps_ >= stepsMax || ops_.list().blob.size() > payloadMax)
            return remarks_.add("calls: too many for one scenario; those after the first " + std::to_string(stepsMax) +
                                " steps are left out");
        if (!c.ended && effectTime(c) == c.begin.time && kindOf(c) != CallKind::send)
            return remarks_.add(callText(c) + ": had not returned when the watch ended; it is left out");
        if (kindOf(c) == CallKind::socket) return takeSocket(c);
        TwinSocket *s = socketOf(c);
        if (!s) return;
        s->holders.emplace(c.begin.pid, static_cast<std::uint32_t>(c.begin.arg[0]));
        const bool moves = kindOf(c) == CallKind::send || (kindOf(c) == CallKind::receive && c.result >= 0);
        traced(moves && moved_(c));
        takeOn(*s, c);
    }

    // Which socket of ours the call is on. One that nobody told of is made now.
    TwinSocket *socketOf(const observed_call &c) {
        const auto found = sockets_.find(c.begin.socket);
        if (found != sockets_.end()) return found->second.open ? &found->second : nullptr;
        const unsigned host = hosts_.byInode(c.begin.net);
        if (host == 0 || refused_.contains(c.begin.socket)) return nullptr;
        traced(false);
        remarks_.add(callText(c) + ": how its socket came to be was not seen; here it is a new one, bound to nothing");
        return make(c.begin.socket, host, c.begin.type, plainProtocol(c.begin.type, c.begin.protocol),
                    socketName(c, c.begin.arg[0]), existingTimeout);
    }

    static std::string socketName(const observed_call &c, std::uint64_t fd) {
        return c.comm().substr(0, 12) + "-" + std::to_string(c.begin.pid) + "-" + std::to_string(fd);
    }

    void takeSocket(const observed_call &c) {
        const std::uint32_t type = c.begin.type & 0xfU; // without SOCK_CLOEXEC and SOCK_NONBLOCK
        const unsigned host = hosts_.byInode(c.begin.net);
        if (host == 0 || c.result < 0 || c.made == 0) return;
        if (!expressible(type, c.begin.protocol)) {
            refused_.insert(c.made);
            return remarks_.add(callText(c) + ": a socket of type " + std::to_string(type) + ", protocol " +
                                std::to_string(c.begin.protocol) + ": the scenario language has none such");
        }
        traced(false);
        TwinSocket *s = make(c.made, host, type, plainProtocol(type, c.begin.protocol),
                             socketName(c, static_cast<std::uint64_t>(c.result)), 0);
        if (!s) return;
        note(c);
        s->holders.emplace(c.begin.pid, static_cast<std::uint32_t>(c.result));
        if ((c.begin.type & SOCK_NONBLOCK) != 0) add(SKBSCOPE_OP_NONBLOCK, *s);
    }

    void takeOn(TwinSocket &s, const observed_call &c) {
        switch (kindOf(c)) {
        case CallKind::bind:
        case CallKind::connect:
            return takeAddress(s, c);
        case CallKind::listen:
            add(SKBSCOPE_OP_LISTEN, s).arg[0] =
                static_cast<std::uint32_t>(std::min<std::uint64_t>(c.begin.arg[1], 65535));
            return expect(c);
        case CallKind::accept:
            return takeAccept(s, c);
        case CallKind::send:
            return takeSend(s, c);
        case CallKind::receive:
            return takeReceive(s, c);
        case CallKind::close:
            return takeClose(s, c);
        case CallKind::shutdown:
            add(SKBSCOPE_OP_SHUTDOWN, s).arg[0] = static_cast<std::uint32_t>(c.begin.arg[1] & 3U);
            return expect(c);
        case CallKind::option:
            return takeOption(s, c);
        case CallKind::poll:
            return takePoll(s, c);
        case CallKind::nonblock:
            return takeNonblock(s, c);
        default:
            return remarks_.add(callText(c) + ": the scenario language has no such call; it is left out");
        }
    }

    void note(const observed_call &c) { out.notes[step_] = callText(c); }
    void expect(const observed_call &c) {
        out.called.insert(callName(c.begin.call));
        note(c);
        if (c.ended) out.results.push_back({step_, c.result, callText(c)});
    }

    // The kernel chose the socket's port in this call, and whoever answers names it: there it has one port to choose
    // from. No call is added or changed by that. True: the range is to be what it was.
    bool pinPort(const observed_call &c) {
        const bool hasPorts = c.begin.protocol == IPPROTO_UDP || c.begin.protocol == IPPROTO_TCP;
        if (!hasPorts || !c.ended || c.begin.port != 0 || c.port == 0) return false;
        const auto named = endpointOf(c.begin);
        if (kindOf(c) == CallKind::bind && (!named || named->port != 0)) return false;
        const std::string port = std::to_string(c.port);
        portRange(c.begin.net, port + " " + port);
        return true;
    }
    // What it was: the topology has it where it is not the usual one.
    std::string portsOf(std::uint64_t net) const {
        constexpr std::string_view name = "net.ipv4.ip_local_port_range=";
        for (const skbscope_op &op : ops_.ops())
            if (op.kind == SKBSCOPE_OP_SYSCTL && op.step == noStep && op.host == hosts_.byInode(net) &&
                ops_.data(op).starts_with(name))
                return std::string(ops_.data(op).substr(name.size()));
        return usualPorts;
    }
    void portRange(std::uint64_t net, const std::string &range) {
        begin(0);
        skbscope_op &op = ops_.add(SKBSCOPE_OP_SYSCTL, 0, step_);
        op.host = static_cast<std::uint16_t>(hosts_.byInode(net));
        ops_.setData(op, "net.ipv4.ip_local_port_range=" + range);
    }

    void takeAddress(TwinSocket &s, const observed_call &c) {
        const auto at = endpointOf(c.begin);
        if (!at) return remarks_.add(callText(c) + ": with an address that is not IPv4's; it is left out");
        const bool pinned = pinPort(c);
        setEndpoint(add(kindOf(c) == CallKind::bind ? SKBSCOPE_OP_BIND : SKBSCOPE_OP_CONNECT, s), *at);
        expect(c);
        if (pinned) portRange(c.begin.net, portsOf(c.begin.net));
    }

    void takeAccept(TwinSocket &s, const observed_call &c) {
        if (!c.ended || c.result < 0 || c.made == 0)
            return remarks_.add(callText(c) + ": gave no connection; it is left out");
        const std::uint16_t listener = s.slot; // making room may move the map's entries
        TwinSocket *made = room(c.made, socketName(c, static_cast<std::uint64_t>(c.result)));
        if (!made) return;
        made->holders.emplace(c.begin.pid, static_cast<std::uint32_t>(c.result));
        begin(0);
        skbscope_op &op = ops_.add(SKBSCOPE_OP_ACCEPT, 0, step_);
        op.sock = listener;
        op.sock2 = made->slot;
        note(c);
    }

    void takeSend(TwinSocket &s, const observed_call &c) {
        const auto to = endpointOf(c.begin);
        if (c.begin.length > (1U << 20)) // all ones: in pieces
            return remarks_.add(callText(c) + ": of more pieces or bytes than a scenario takes; it is left out");
        if (c.begin.address_length != 0 && !to)
            return remarks_.add(callText(c) + ": to an address that is not IPv4's; it is left out");
        const bool pinned = pinPort(c);
        skbscope_op &op = add(to ? SKBSCOPE_OP_SENDTO : SKBSCOPE_OP_SEND, s);
        if (to) setEndpoint(op, *to);
        op.arg[0] = c.begin.length;
        op.arg[1] = c.begin.flags;
        const bool whole = c.payload.size() == c.begin.length;
        if (!whole)
            remarks_.add(callText(c) + ": " + std::to_string(c.payload.size()) + " of its " +
                         std::to_string(c.begin.length) + " bytes were kept; the scenario sends a to z instead");
        if (whole && !isAlphabet(c.payload)) ops_.setData(op, c.payload);
        expect(c);
        if (pinned) portRange(c.begin.net, portsOf(c.begin.net));
    }

    void takeReceive(TwinSocket &s, const observed_call &c) {
        if (!c.ended) return remarks_.add(callText(c) + ": was waiting when the watch ended; it is left out");
        if (c.result == -restartSystemCall || c.result == -EINTR)
            return remarks_.add(callText(c) + ": was interrupted; it is left out");
        skbscope_op &op = add(SKBSCOPE_OP_RECV, s);
        op.arg[0] = std::min<std::uint32_t>(c.begin.length, 1U << 20);
        op.arg[1] = c.begin.flags;
        // Nothing came within its time: here nothing would come for ever.
        if (c.result == -EAGAIN) op.arg[1] |= MSG_DONTWAIT;
        expect(c);
    }

    void takeClose(TwinSocket &s, const observed_call &c) {
        s.holders.erase({c.begin.pid, static_cast<std::uint32_t>(c.begin.arg[0])});
        if (!s.holders.empty()) return;
        s.open = false;
        add(SKBSCOPE_OP_CLOSE, s);
        expect(c);
    }

    void takeOption(TwinSocket &s, const observed_call &c) {
        const auto level = static_cast<std::uint32_t>(c.begin.arg[1]),
                   name = static_cast<std::uint32_t>(c.begin.arg[2]);
        const bool joins = level == IPPROTO_IP && (name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP);
        if (joins && c.payload.size() >= sizeof(ip_mreq)) {
            ip_mreq group{};
            std::memcpy(&group, c.payload.data(), sizeof group);
            if (!IN_MULTICAST(ntohl(group.imr_multiaddr.s_addr))) return;
            skbscope_op &op = add(SKBSCOPE_OP_JOIN, s);
            op.ip = group.imr_multiaddr.s_addr;
            op.ip2 = group.imr_interface.s_addr;
            op.arg[0] = name == IP_DROP_MEMBERSHIP;
            return expect(c);
        }
        if (c.payload.size() != sizeof(std::int32_t))
            return remarks_.add(callText(c) + ": option " + std::to_string(level) + "/" + std::to_string(name) +
                                " has no int value: the scenario language cannot write it");
        const std::int32_t value = firstInt(c.payload);
        if (value == INT32_MIN) return remarks_.add(callText(c) + ": a value that cannot be written");
        skbscope_op &op = add(SKBSCOPE_OP_SETSOCKOPT, s);
        op.arg[0] = level;
        op.arg[1] = name;
        op.arg[2] = static_cast<std::uint32_t>(value);
        expect(c);
    }

    void takePoll(TwinSocket &s, const observed_call &c) {
        if (!c.ended || c.payload.size() < 8) return;
        if (c.begin.arg[1] > 1) remarks_.add(callText(c) + ": of several descriptors; here of the first alone");
        std::int16_t events = 0;
        std::memcpy(&events, c.payload.data() + 4, sizeof events);
        skbscope_op &op = add(SKBSCOPE_OP_POLL, s);
        op.arg[0] = static_cast<std::uint16_t>(events);
        op.arg[1] = std::min(static_cast<std::uint32_t>(c.begin.arg[2]), pollMax);
        expect(c);
    }

    void takeNonblock(TwinSocket &s, const observed_call &c) {
        const bool control = std::string_view(callName(c.begin.call)) == "fcntl";
        const bool on = control ? (c.begin.arg[2] & O_NONBLOCK) != 0 : firstInt(c.payload) != 0;
        if (on) add(SKBSCOPE_OP_NONBLOCK, s);
    }

    OpList &ops_;
    const TwinHosts &hosts_;
    const MovedPacket &moved_;
    Remarks &remarks_;
    std::map<std::uint64_t, TwinSocket> sockets_; // by inode
    std::set<std::uint64_t> refused_;
    unsigned current_ = 0;
    bool traced_ = false;
    std::size_t steps_ = 0;
    std::uint32_t step_ = 0;
};

} // namespace

TwinSteps addSteps(OpList &ops, const TwinHosts &hosts, const std::vector<const snapshot_namespace *> &namespaces,
                   const std::vector<observed_call> &calls, const MovedPacket &moved, Remarks &remarks) {
    std::set<std::uint64_t> used;
    for (const observed_call &c : calls)
        used.insert(c.begin.socket);
    Steps steps(ops, hosts, moved, remarks);
    for (const snapshot_namespace *ns : namespaces)
        steps.existing(*ns, used);
    steps.calls(calls);
    steps.finish();
    return std::move(steps.out);
}

} // namespace skbscope::app
