// SPDX-License-Identifier: GPL-2.0-or-later
#include "scn_text.h"

#include "app/scenario/parse.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

std::string hexOf(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

std::string socketLine(const skbscope_op &op, const std::string &name) {
    if (op.arg[1] == SOCK_STREAM) return "tcp " + name;
    if (op.arg[1] == SOCK_RAW) return "raw " + name + " " + std::to_string(op.arg[2]);
    return (op.arg[2] == IPPROTO_ICMP ? "ping " : "udp ") + name;
}

std::string line(const OpList &ops, const skbscope_op &op) {
    const std::string s = ops.socketName(op.sock), end = addressText(op.ip) + " " + std::to_string(op.port);
    const std::string length = std::to_string(op.arg[0]), flags = op.arg[1] ? " " + std::to_string(op.arg[1]) : "";
    switch (op.kind) {
    case SKBSCOPE_OP_SETNS:
        return "ns " + ops.hostName(op.host);
    case SKBSCOPE_OP_SOCKET:
        return socketLine(op, s);
    case SKBSCOPE_OP_PACKET:
        return "packet " + s + " " + op.name;
    case SKBSCOPE_OP_BIND:
        return "bind " + s + " " + end;
    case SKBSCOPE_OP_CONNECT:
        return "connect " + s + " " + end;
    case SKBSCOPE_OP_LISTEN:
        return "listen " + s;
    case SKBSCOPE_OP_ACCEPT:
        return "accept " + s + " " + ops.socketName(op.sock2);
    case SKBSCOPE_OP_SENDTO:
        return "sendto " + s + " " + end + " " + length + flags;
    case SKBSCOPE_OP_SEND:
        return "send " + s + " " + length + flags;
    case SKBSCOPE_OP_SEND_PING:
        return "sendping " + s + " " + addressText(op.ip);
    case SKBSCOPE_OP_RECV:
        return "recv " + s + " " + length + flags;
    case SKBSCOPE_OP_SETSOCKOPT:
        return "opt " + s + " " + length + " " + std::to_string(op.arg[1]) + " " +
               std::to_string(static_cast<int>(op.arg[2]));
    case SKBSCOPE_OP_CLOSE:
        return "close " + s;
    case SKBSCOPE_OP_TAP_OPEN:
        return "tap " + s + " " + op.name + (op.arg[0] ? " napi" : "");
    case SKBSCOPE_OP_TAP_WRITE:
        return "twrite " + s + " " + hexOf(ops.data(op));
    case SKBSCOPE_OP_TAP_READ:
        return "tread " + s;
    case SKBSCOPE_OP_SLEEP:
        return "sleep " + length;
    case SKBSCOPE_OP_TRACE:
        return op.arg[0] ? "trace on" : "trace off";
    default:
        return "? " + describe(ops, op);
    }
}

} // namespace

std::string scnSteps(const OpList &ops) {
    std::string out;
    for (const skbscope_op &op : ops.ops())
        if (op.step != noStep && !isConfiguration(op)) out += line(ops, op) + "\n";
    return out;
}

} // namespace skbscope::app
