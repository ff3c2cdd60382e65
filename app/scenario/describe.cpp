// SPDX-License-Identifier: GPL-2.0-or-later
// Operations in words, for step bars and messages.
#include "app/scenario/oplist.h"
#include "app/scenario/parse.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace skbscope::app {

namespace {

using Text = std::string (*)(const OpList &, const skbscope_op &);

std::string device(const OpList &l, const skbscope_op &op) {
    return l.hostName(op.host) + "." + op.name;
}
std::string socket(const OpList &l, const skbscope_op &op) {
    return l.socketName(op.sock);
}
std::string endpoint(const skbscope_op &op) {
    return addressText(op.ip) + ":" + std::to_string(op.port);
}
std::string bytesOf(const skbscope_op &op) {
    return std::to_string(op.arg[0]) + (op.arg[0] == 1 ? " byte" : " bytes");
}
std::string deleted(const skbscope_op &op) {
    return op.arg[1] ? " delete" : "";
}
std::string prefix(std::uint32_t ip, std::uint32_t length) {
    return addressText(ip) + "/" + std::to_string(length);
}
std::string onOff(std::uint32_t on) {
    return on ? " on" : " off";
}

std::string host(const OpList &, const skbscope_op &op) {
    return op.name;
}
std::string veth(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " - " + l.hostName(op.host2) + "." + op.name2;
}
std::string card(const OpList &l, const skbscope_op &op) {
    return device(l, op) + (op.arg[0] == 1 ? ", 1 queue" : ", " + std::to_string(op.arg[0]) + " queues");
}
std::string macOf(const OpList &l, const skbscope_op &op) {
    MacBytes mac{};
    const std::string_view data = l.data(op);
    if (data.size() != mac.size()) return device(l, op);
    std::copy(data.begin(), data.end(), mac.begin());
    return device(l, op) + " " + macText(mac);
}
std::string up(const OpList &l, const skbscope_op &op) {
    return device(l, op) + (op.arg[0] ? " up" : " down");
}
std::string mtu(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " " + std::to_string(op.arg[0]);
}
std::string address(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " " + prefix(op.ip, op.arg[0]) + deleted(op);
}
std::string neighbour(const OpList &l, const skbscope_op &op) {
    return addressText(op.ip) + " at " + macOf(l, op) + deleted(op);
}
std::string route(const OpList &l, const skbscope_op &op) {
    std::string out = l.hostName(op.host) + " " + prefix(op.ip, op.arg[0]);
    if (op.ip2) out += " via " + addressText(op.ip2);
    if (op.name[0]) out += std::string(" dev ") + op.name;
    return out + deleted(op);
}
std::string feature(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " " + std::string(l.data(op)) + onOff(op.arg[0]);
}
std::string qdisc(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " " + std::string(l.data(op)) + deleted(op);
}
std::string hostData(const OpList &l, const skbscope_op &op) {
    return l.hostName(op.host) + " " + std::string(l.data(op)) + deleted(op);
}
std::string rps(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " queue " + std::to_string(op.arg[0]) + " mask " + std::to_string(op.arg[1]);
}
std::string rpsFlows(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " queue " + std::to_string(op.arg[0]) + ", " + std::to_string(op.arg[1]) + " flows";
}
std::string vlan(const OpList &l, const skbscope_op &op) {
    return device(l, op) + " on " + op.name2 + ", id " + std::to_string(op.arg[0]);
}
std::string setns(const OpList &l, const skbscope_op &op) {
    return l.hostName(op.host);
}
std::string bound(const OpList &l, const skbscope_op &op) {
    return socket(l, op) + " " + endpoint(op);
}
std::string accepted(const OpList &l, const skbscope_op &op) {
    return socket(l, op) + " as " + l.socketName(op.sock2);
}
std::string sendto(const OpList &l, const skbscope_op &op) {
    return bound(l, op) + ", " + bytesOf(op);
}
std::string amount(const OpList &l, const skbscope_op &op) {
    return socket(l, op) + ", " + bytesOf(op);
}
std::string ping(const OpList &l, const skbscope_op &op) {
    return socket(l, op) + " " + addressText(op.ip);
}
std::string onDevice(const OpList &l, const skbscope_op &op) {
    return socket(l, op) + " " + op.name;
}
std::string frame(const OpList &l, const skbscope_op &op) {
    return socket(l, op) + ", " + std::to_string(op.data_len) + " bytes";
}
std::string milliseconds(const OpList &, const skbscope_op &op) {
    return std::to_string(op.arg[0]) + " ms";
}
std::string count(const OpList &, const skbscope_op &op) {
    return std::to_string(op.arg[0]);
}
std::string trace(const OpList &, const skbscope_op &op) {
    return op.arg[0] ? "on" : "off";
}

struct Word {
    unsigned kind;
    const char *name;
    Text text;
};
constexpr Word words[] = {
    {SKBSCOPE_OP_HOST, "host", host},
    {SKBSCOPE_OP_VETH, "veth", veth},
    {SKBSCOPE_OP_MAC, "mac", macOf},
    {SKBSCOPE_OP_UP, "link", up},
    {SKBSCOPE_OP_MTU, "mtu", mtu},
    {SKBSCOPE_OP_ADDRESS, "address", address},
    {SKBSCOPE_OP_NEIGHBOUR, "neighbour", neighbour},
    {SKBSCOPE_OP_ROUTE, "route", route},
    {SKBSCOPE_OP_FEATURE, "feature", feature},
    {SKBSCOPE_OP_QDISC, "qdisc", qdisc},
    {SKBSCOPE_OP_SYSCTL, "sysctl", hostData},
    {SKBSCOPE_OP_RPS, "rps", rps},
    {SKBSCOPE_OP_CARD, "card", card},
    {SKBSCOPE_OP_CABLE, "cable", veth},
    {SKBSCOPE_OP_VLAN, "vlan", vlan},
    {SKBSCOPE_OP_RPS_FLOWS, "rps-flows", rpsFlows},
    {SKBSCOPE_OP_SOCK_FLOWS, "rps-sock-flow-entries", count},
    {SKBSCOPE_OP_NFT_DROP, "netfilter", hostData},
    {SKBSCOPE_OP_SETNS, "setns", setns},
    {SKBSCOPE_OP_SOCKET, "socket", socket},
    {SKBSCOPE_OP_BIND, "bind", bound},
    {SKBSCOPE_OP_CONNECT, "connect", bound},
    {SKBSCOPE_OP_LISTEN, "listen", socket},
    {SKBSCOPE_OP_ACCEPT, "accept", accepted},
    {SKBSCOPE_OP_SENDTO, "sendto", sendto},
    {SKBSCOPE_OP_SEND, "send", amount},
    {SKBSCOPE_OP_SEND_PING, "ping", ping},
    {SKBSCOPE_OP_RECV, "recv", socket},
    {SKBSCOPE_OP_CLOSE, "close", socket},
    {SKBSCOPE_OP_SHUTDOWN, "shutdown", socket},
    {SKBSCOPE_OP_SETSOCKOPT, "setsockopt", socket},
    {SKBSCOPE_OP_JOIN, "join", ping},
    {SKBSCOPE_OP_POLL, "poll", socket},
    {SKBSCOPE_OP_NONBLOCK, "nonblock", socket},
    {SKBSCOPE_OP_PACKET, "packet", onDevice},
    {SKBSCOPE_OP_TAP_OPEN, "tap", onDevice},
    {SKBSCOPE_OP_TAP_WRITE, "tap-write", frame},
    {SKBSCOPE_OP_TAP_READ, "tap-read", socket},
    {SKBSCOPE_OP_SLEEP, "sleep", milliseconds},
    {SKBSCOPE_OP_TRACE, "trace", trace},
};

const Word *wordOf(unsigned kind) {
    const auto *w = std::find_if(std::begin(words), std::end(words), [&](const Word &x) { return x.kind == kind; });
    return w == std::end(words) ? nullptr : w;
}

} // namespace

const skbscope_op *modelOnly(const OpList &list) {
    const auto found =
        std::ranges::find_if(list.ops(), [](const skbscope_op &op) { return op.kind == SKBSCOPE_OP_CARD; });
    return found == list.ops().end() ? nullptr : &*found;
}

const char *opName(unsigned kind) {
    const Word *w = wordOf(kind);
    return w ? w->name : "?";
}

std::string describe(const OpList &list, const skbscope_op &op) {
    const Word *w = wordOf(op.kind);
    return w ? std::string(w->name) + " " + w->text(list, op) : "operation " + std::to_string(op.kind);
}

} // namespace skbscope::app
