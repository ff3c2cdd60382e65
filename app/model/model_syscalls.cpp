// SPDX-License-Identifier: GPL-2.0-or-later
// Steps that are system calls. Each says what the kernel answered; a failed one is a result of the scenario, no error.
#include "app/model/model_process.h"
#include "sim/syscalls.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace skbscope::app {

namespace {

using stack::be16;
using stack::be32;

// The numbers of the user's interface (x86-64), as the kernel's own headers of core-stack have them.
constexpr int afInet = 2;
constexpr int sockStream = 1;
constexpr int solSocket = 1;
constexpr int soReceiveTimeout = 20;
constexpr int ipprotoIp = 0;
constexpr int ipAddMembership = 35, ipDropMembership = 36;
constexpr std::size_t pingSize = 64;

stack::sockaddr_in endpoint(const skbscope_op &op) {
    stack::sockaddr_in a;
    a.sin_family = afInet;
    a.sin_port = stack::cpu_to_be16(op.port);
    a.sin_addr = be32::from_raw(op.ip);
    return a;
}

template <class T> std::span<const std::uint8_t> bytesOf(const T &value) {
    return {reinterpret_cast<const std::uint8_t *>(&value), sizeof value};
}

// ICMP echo request, id 1, sequence 1, the rest zero.
std::array<std::uint8_t, pingSize> echoRequest() {
    std::array<std::uint8_t, pingSize> p = {8, 0, 0, 0, 0, 1, 0, 1};
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < p.size(); i += 2)
        sum += static_cast<std::uint32_t>(p[i] << 8 | p[i + 1]);
    sum = (sum & 0xffff) + (sum >> 16);
    p[2] = static_cast<std::uint8_t>(~sum >> 8);
    p[3] = static_cast<std::uint8_t>(~sum);
    return p;
}

} // namespace

std::int64_t ModelProcess::systemCall(const skbscope_op &op) {
    switch (op.kind) {
    case SKBSCOPE_OP_SETNS:
        host_ = op.host;
        return stack::sys_setns(host(op.host));
    case SKBSCOPE_OP_SOCKET:
        return openSocket(op);
    case SKBSCOPE_OP_PACKET:
        return fds_[op.sock] = stack::sys_packet_socket(op.name);
    case SKBSCOPE_OP_TAP_OPEN:
        return fds_[op.sock] = stack::sys_tap_open(op.name, op.arg[0] == 2   ? stack::tap_receive::napi_frags
                                                            : op.arg[0] != 0 ? stack::tap_receive::napi
                                                                             : stack::tap_receive::at_once);
    case SKBSCOPE_OP_BIND:
        return stack::sys_bind(fd(op), endpoint(op));
    case SKBSCOPE_OP_CONNECT:
        return stack::sys_connect(fd(op), endpoint(op));
    case SKBSCOPE_OP_SENDTO:
    case SKBSCOPE_OP_SEND:
        return send(op);
    case SKBSCOPE_OP_SEND_PING:
        return sendPing(op);
    case SKBSCOPE_OP_RECV:
        return receive(op);
    case SKBSCOPE_OP_CLOSE:
        return stack::sys_close(fd(op));
    case SKBSCOPE_OP_SHUTDOWN:
        return stack::sys_shutdown(fd(op), static_cast<int>(op.arg[0]));
    case SKBSCOPE_OP_SETSOCKOPT:
        return setOption(fd(op), static_cast<int>(op.arg[0]), static_cast<int>(op.arg[1]),
                         static_cast<std::int32_t>(op.arg[2]));
    case SKBSCOPE_OP_JOIN:
        return joinGroup(op);
    case SKBSCOPE_OP_NONBLOCK:
        return stack::sys_set_nonblock(fd(op), true);
    case SKBSCOPE_OP_TAP_WRITE: {
        const std::string_view frame = ops_.data(op);
        return stack::sys_write(fd(op), {reinterpret_cast<const std::uint8_t *>(frame.data()), frame.size()});
    }
    case SKBSCOPE_OP_TAP_READ: {
        (void)stack::sys_set_nonblock(fd(op), true); // it never blocks
        std::vector<std::uint8_t> frame(op.arg[0]);
        return stack::sys_read(fd(op), frame);
    }
    case SKBSCOPE_OP_SLEEP:
        return stack::sys_nanosleep(op.arg[0] * std::uint64_t{1'000'000});
    case SKBSCOPE_OP_TRACE:
        return switchTrace(op);
    default:
        return notModelled(op, opName(op.kind));
    }
}

std::int64_t ModelProcess::openSocket(const skbscope_op &op) {
    const int s =
        stack::sys_socket(static_cast<int>(op.arg[0]), static_cast<int>(op.arg[1]), static_cast<int>(op.arg[2]));
    if (s == -ESOCKTNOSUPPORT || s == -EPROTONOSUPPORT || s == -EAFNOSUPPORT)
        return notModelled(op, op.arg[1] == sockStream ? "TCP" : "sockets of this type");
    fds_[op.sock] = s;
    if (op.arg[3] != 0) {
        const std::int64_t time[2] = {op.arg[3] / 1000, op.arg[3] % 1000 * 1000}; // struct timeval
        (void)stack::sys_setsockopt(s, solSocket, soReceiveTimeout, bytesOf(time));
    }
    return s;
}

// a to z, repeated. No longer than a step has asked for: a machine is made for a few bytes as well.
std::span<const std::uint8_t> ModelProcess::letters(std::size_t length) {
    constexpr std::size_t most = 1 << 20, alphabet = 26;
    length = std::min(length, most);
    for (std::size_t i = letters_.size(); i < length; ++i)
        letters_.push_back(static_cast<std::uint8_t>('a' + i % alphabet));
    return std::span(letters_).first(length);
}

std::int64_t ModelProcess::send(const skbscope_op &op) {
    const std::string_view given = ops_.data(op);
    const std::span<const std::uint8_t> payload =
        given.empty() ? letters(op.arg[0])
                      : std::span(reinterpret_cast<const std::uint8_t *>(given.data()), given.size());
    const stack::sockaddr_in to = endpoint(op);
    return stack::sys_sendto(fd(op), payload, static_cast<int>(op.arg[1]),
                             op.kind == SKBSCOPE_OP_SENDTO ? &to : nullptr);
}

std::int64_t ModelProcess::sendPing(const skbscope_op &op) {
    const stack::sockaddr_in to = endpoint(op);
    return stack::sys_sendto(fd(op), echoRequest(), 0, &to);
}

std::int64_t ModelProcess::receive(const skbscope_op &op) {
    received_.resize(op.arg[0]);
    return stack::sys_recvfrom(fd(op), received_, static_cast<int>(op.arg[1]), nullptr);
}

std::int64_t ModelProcess::setOption(int fd, int level, int name, std::int32_t value) {
    return stack::sys_setsockopt(fd, level, name, bytesOf(value));
}

std::int64_t ModelProcess::joinGroup(const skbscope_op &op) {
    const std::uint32_t membership[2] = {op.ip, op.ip2}; // struct ip_mreq
    return stack::sys_setsockopt(fd(op), ipprotoIp, op.arg[0] ? ipDropMembership : ipAddMembership,
                                 bytesOf(membership));
}

} // namespace skbscope::app
