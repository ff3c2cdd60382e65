// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/change_reader.h"

#include <algorithm>
#include <arpa/inet.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {
constexpr std::uint32_t pingLength = 64;
constexpr unsigned loopbackNet = 127;

bool isLoopback(std::uint32_t address) {
    return ntohl(address) >> 24 == loopbackNet;
}
} // namespace

ChangeReader::ChangeReader(const OpList &ops) : ops_(ops), sockets_(SKBSCOPE_SOCKETS_MAX) {
    for (std::size_t i = 0; i < ops.ops().size(); ++i) {
        if (ops.ops()[i].step == noStep)
            readDevice(ops.ops()[i]);
        else
            readStep(i);
    }
}

void ChangeReader::readDevice(const skbscope_op &op) {
    const auto add = [this](ChangeDevice::Kind kind, unsigned host, const char *name) {
        devices_.push_back({kind, host, name, ops_.hostName(host) + "." + name});
    };
    if (op.kind == SKBSCOPE_OP_VETH) {
        add(ChangeDevice::veth, op.host, op.name);
        add(ChangeDevice::veth, op.host2, op.name2);
    } else if (op.kind == SKBSCOPE_OP_CARD) {
        add(ChangeDevice::card, op.host, op.name);
    }
}

void ChangeReader::readStep(std::size_t at) {
    const skbscope_op &o = op(at);
    Socket &s = sockets_[o.sock % SKBSCOPE_SOCKETS_MAX];
    switch (o.kind) {
    case SKBSCOPE_OP_SETNS:
        host_ = o.host;
        break;
    case SKBSCOPE_OP_SOCKET:
        s = {host_, o.arg[1], 0, 0};
        tcp_ = tcp_ || o.arg[1] == SOCK_STREAM;
        break;
    case SKBSCOPE_OP_TAP_OPEN:
        s = {host_, 0, 0, 0};
        devices_.push_back({ChangeDevice::tap, host_, o.name, ops_.hostName(host_) + "." + o.name});
        break;
    case SKBSCOPE_OP_CONNECT:
        s.peer = o.ip, s.port = o.port;
        break;
    case SKBSCOPE_OP_TRACE:
        traced_ = o.arg[0] != 0;
        break;
    default:
        if (traced_) readSend(at);
        break;
    }
}

void ChangeReader::readSend(std::size_t at) {
    const skbscope_op &o = op(at);
    const Socket &s = sockets_[o.sock % SKBSCOPE_SOCKETS_MAX];
    const std::uint32_t length = o.data_len != 0 ? o.data_len : o.arg[0];
    if (o.kind == SKBSCOPE_OP_SENDTO)
        sends_.push_back({at, s.host, o.ip, o.port, length});
    else if (o.kind == SKBSCOPE_OP_SEND)
        sends_.push_back({at, s.host, s.peer, s.port, length});
    else if (o.kind == SKBSCOPE_OP_SEND_PING)
        sends_.push_back({at, s.host, o.ip, 0, pingLength});
    else if (o.kind == SKBSCOPE_OP_TAP_WRITE)
        sends_.push_back({at, s.host, 0, 0, o.data_len, true});
}

std::optional<std::uint32_t> ChangeReader::destination() const {
    for (const TracedSend &send : sends_)
        if (send.to != 0) return send.to;
    return {};
}

bool ChangeReader::toLoopback() const {
    return destination() && isLoopback(*destination());
}

std::optional<ChangeDevice> ChangeReader::owner(std::uint32_t address) const {
    for (const skbscope_op &o : ops_.ops())
        if (o.kind == SKBSCOPE_OP_ADDRESS && o.ip == address && o.arg[1] == 0)
            for (const ChangeDevice &d : devices_)
                if (d.host == o.host && d.name == o.name) return d;
    return {};
}

std::optional<ChangeDevice> ChangeReader::sender() const {
    const unsigned host = sends_.empty() ? 0 : sends_.front().host;
    if (host == 0) return {};
    if (toLoopback()) return ChangeDevice{ChangeDevice::loopback, host, "lo", ops_.hostName(host) + ".lo"};
    for (const ChangeDevice &d : devices_)
        if (d.host == host && d.kind != ChangeDevice::tap) return d;
    return {};
}

std::optional<ChangeDevice> ChangeReader::receiver() const {
    if (!sends_.empty() && sends_.front().frame)
        for (const ChangeDevice &d : devices_)
            if (d.kind == ChangeDevice::tap && d.host == sends_.front().host) return d;
    return destination() ? owner(*destination()) : std::nullopt;
}

std::optional<std::size_t> ChangeReader::setUp(skbscope_op_kind kind, const ChangeDevice &device,
                                               std::string_view data) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < ops_.ops().size(); ++i) {
        const skbscope_op &o = op(i);
        if (o.step != noStep || o.kind != kind || o.host != device.host || o.name != device.name) continue;
        if (data.empty() || ops_.data(o) == data) found = i;
    }
    return found;
}

std::optional<std::size_t> ChangeReader::firstOf(skbscope_op_kind kind, unsigned sock) const {
    for (std::size_t i = 0; i < ops_.ops().size(); ++i)
        if (op(i).kind == kind && op(i).sock == sock && op(i).step != noStep) return i;
    return {};
}

bool ChangeReader::isUdp(unsigned sock) const {
    return sockets_[sock].type == SOCK_DGRAM;
}

} // namespace skbscope::app
