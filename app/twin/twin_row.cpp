// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_row.h"

#include <algorithm>
#include <sys/socket.h>

namespace skbscope::app {

namespace {
constexpr const char *usualPorts = "32768 60999"; // net.ipv4.ip_local_port_range
} // namespace

void TwinRow::begin(unsigned host) {
    step_ = static_cast<std::uint32_t>(steps_++);
    if (host == 0 || host == current_) return;
    ops.add(SKBSCOPE_OP_SETNS, 0, step_).host = static_cast<std::uint16_t>(host);
    current_ = host;
}

skbscope_op &TwinRow::add(skbscope_op_kind kind, const TwinSocket &s) {
    begin(0);
    skbscope_op &op = ops.add(kind, 0, step_);
    op.sock = s.slot;
    return op;
}

void TwinRow::traced(bool on) {
    if (traced_ == on) return;
    traced_ = on;
    begin(0);
    ops.add(SKBSCOPE_OP_TRACE, 0, step_).arg[0] = on;
}

std::string TwinRow::freshName(std::string name) const {
    for (char &c : name)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') c = '_';
    name = name.substr(0, 28);
    std::string tried = name;
    for (int n = 2; std::find(ops.sockets.begin(), ops.sockets.end(), tried) != ops.sockets.end(); ++n)
        tried = name + "-" + std::to_string(n);
    return tried;
}

TwinSocket *TwinRow::make(std::uint64_t inode, unsigned host, std::uint32_t type, std::uint32_t protocol,
                          const std::string &name, std::uint32_t timeout) {
    TwinSocket *s = room(inode, name);
    if (!s) return nullptr;
    begin(host);
    skbscope_op &op = ops.add(SKBSCOPE_OP_SOCKET, 0, step_);
    op.sock = s->slot;
    op.arg[0] = AF_INET;
    op.arg[1] = type;
    op.arg[2] = protocol;
    op.arg[3] = timeout;
    return s;
}

TwinSocket *TwinRow::room(std::uint64_t inode, const std::string &name) {
    if (ops.sockets.size() >= SKBSCOPE_SOCKETS_MAX) {
        remarks.add("sockets: a scenario has " + std::to_string(SKBSCOPE_SOCKETS_MAX) +
                    " at most; later ones are left out");
        return nullptr;
    }
    TwinSocket &s = sockets[inode];
    s = {};
    s.slot = static_cast<std::uint16_t>(ops.sockets.size());
    ops.sockets.push_back(freshName(name));
    return &s;
}

void TwinRow::expect(const bpf::observed_call &c) {
    out.called.insert(callName(c.begin.call));
    note(c);
    if (c.ended) out.results.push_back({step_, c.result, callText(c)});
}

std::string TwinRow::portsOf(std::uint64_t net) const {
    constexpr std::string_view name = "net.ipv4.ip_local_port_range=";
    for (const skbscope_op &op : ops.ops())
        if (op.kind == SKBSCOPE_OP_SYSCTL && op.step == noStep && op.host == hosts.byInode(net) &&
            ops.data(op).starts_with(name))
            return std::string(ops.data(op).substr(name.size()));
    return usualPorts;
}

void TwinRow::portRange(std::uint64_t net, const std::string &range) {
    begin(0);
    skbscope_op &op = ops.add(SKBSCOPE_OP_SYSCTL, 0, step_);
    op.host = static_cast<std::uint16_t>(hosts.byInode(net));
    ops.setData(op, "net.ipv4.ip_local_port_range=" + range);
}

void TwinRow::finish() {
    if (steps_ == 0) {
        begin(hosts.names().size() > 1 ? 1 : 0);
        ops.add(SKBSCOPE_OP_TRACE, 0, step_).arg[0] = 1;
        traced_ = true;
        remarks.add("no system call was seen on a socket that the scenario has");
        traced(false);
    }
}

void setEndpoint(skbscope_op &op, const Ipv4Endpoint &e) {
    op.ip = e.address;
    op.port = e.port;
}

std::string socketName(const bpf::observed_call &c, std::uint64_t fd) {
    return c.comm().substr(0, 12) + "-" + std::to_string(c.begin.pid) + "-" + std::to_string(fd);
}

} // namespace skbscope::app
