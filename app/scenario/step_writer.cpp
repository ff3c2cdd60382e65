// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/step_writer.h"

#include "app/scenario/constants.h"

#include <algorithm>
#include <cstdio>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

constexpr std::uint32_t defaultTimeout = 1000; // ms: the language's

std::string hexText(std::string_view bytes) {
    std::string out = "\"";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        char two[4];
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(bytes[i]));
        out += two;
    }
    return out + "\"";
}

void putFlags(YamlMap &m, std::uint32_t flags) {
    if (flags != 0) m.put("flags", flags);
}

const char *typeWord(const skbscope_op &op) {
    if (op.arg[1] == SOCK_STREAM) return "tcp";
    if (op.arg[1] == SOCK_RAW) return "raw";
    return op.arg[2] == IPPROTO_ICMP ? "ping" : "udp";
}

} // namespace

std::string StepWriter::text() {
    std::string out;
    const std::vector<skbscope_op> &all = ops_.ops();
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i + 1;
        while (end < all.size() && all[end].step == all[i].step)
            ++end;
        if (all[i].step != noStep) out += "  - " + step(Group(all).subspan(i, end - i)) + "\n";
        i = end;
    }
    return out;
}

std::string StepWriter::step(Group group) {
    YamlMap m;
    if (group.front().kind == SKBSCOPE_OP_SETNS) {
        host_ = group.front().host;
        m.word("host", ops_.hostName(host_));
        group = group.subspan(1);
    }
    if (!group.empty()) put(m, group);
    const std::uint32_t index = group.empty() ? noStep : group.front().step;
    if (const auto note = notes_.find(index); note != notes_.end()) m.word("note", note->second);
    return m.text();
}

void StepWriter::put(YamlMap &m, Group group) {
    const skbscope_op &op = group.front();
    if (isConfiguration(op)) return putConfiguration(m, group);
    if (!putMade(m, op)) putCall(m, op);
    if (op.kind != SKBSCOPE_OP_TAP_OPEN) return;
    for (const skbscope_op &later : group.subspan(1))
        tapConfiguration_.push_back(later);
}

void StepWriter::putSocket(YamlMap &m, const char *word, const skbscope_op &op) const {
    m.put("do", word).word("socket", ops_.socketName(op.sock));
}

std::string StepWriter::endpoint(const skbscope_op &op) const {
    return addressText(op.ip) + ":" + std::to_string(op.port);
}

bool StepWriter::putMade(YamlMap &m, const skbscope_op &op) {
    switch (op.kind) {
    case SKBSCOPE_OP_SOCKET:
        m.put("do", "socket").word("as", ops_.socketName(op.sock)).put("type", typeWord(op));
        if (op.arg[1] == SOCK_RAW && op.arg[2] != IPPROTO_ICMP) m.put("protocol", op.arg[2]);
        if (op.arg[3] == 0)
            m.put("timeout", "none");
        else if (op.arg[3] != defaultTimeout)
            m.put("timeout", op.arg[3]);
        return true;
    case SKBSCOPE_OP_PACKET:
        m.put("do", "packet").word("as", ops_.socketName(op.sock)).word("device", qualified(ops_, host_, op.name));
        return true;
    case SKBSCOPE_OP_ACCEPT:
        putSocket(m, "accept", op);
        m.word("as", ops_.socketName(op.sock2));
        return true;
    case SKBSCOPE_OP_TAP_OPEN:
        m.put("do", "tap").word("as", ops_.socketName(op.sock)).word("device", qualified(ops_, host_, op.name));
        if (op.arg[0] != 0) m.put("napi", op.arg[0] == 2 ? "frags" : "on");
        if (const std::string name = qualified(ops_, host_, op.name);
            std::find(taps_.begin(), taps_.end(), name) == taps_.end())
            taps_.push_back(name);
        return true;
    default:
        return false;
    }
}

void StepWriter::putPayload(YamlMap &m, const skbscope_op &op) const {
    if (op.data_len == 0)
        m.put("length", op.arg[0]);
    else
        m.put("hex", hexText(ops_.data(op)));
    putFlags(m, op.arg[1]);
}

void StepWriter::putCall(YamlMap &m, const skbscope_op &op) {
    switch (op.kind) {
    case SKBSCOPE_OP_SLEEP:
        m.put("do", "sleep").put("ms", op.arg[0]);
        return;
    case SKBSCOPE_OP_TRACE:
        m.put("do", "trace").put("on", op.arg[0] != 0 ? "true" : "false");
        return;
    case SKBSCOPE_OP_TAP_WRITE:
        m.put("do", "tap-write").word("tap", ops_.socketName(op.sock)).put("hex", hexText(ops_.data(op)));
        return;
    case SKBSCOPE_OP_TAP_READ:
        m.put("do", "tap-read").word("tap", ops_.socketName(op.sock)).put("length", op.arg[0]);
        return;
    case SKBSCOPE_OP_SEND_PING:
        putSocket(m, "ping", op);
        m.word("to", addressText(op.ip));
        return;
    case SKBSCOPE_OP_JOIN:
        putSocket(m, op.arg[0] != 0 ? "leave" : "join", op);
        m.word("group", addressText(op.ip)).word("interface", addressText(op.ip2));
        return;
    default:
        break;
    }
    putSocket(m, opName(op.kind), op);
    switch (op.kind) {
    case SKBSCOPE_OP_BIND:
        m.word("address", endpoint(op));
        break;
    case SKBSCOPE_OP_CONNECT:
        m.word("to", endpoint(op));
        break;
    case SKBSCOPE_OP_LISTEN:
        m.put("backlog", op.arg[0]);
        break;
    case SKBSCOPE_OP_SENDTO:
        m.word("to", endpoint(op));
        putPayload(m, op);
        break;
    case SKBSCOPE_OP_SEND:
        putPayload(m, op);
        break;
    case SKBSCOPE_OP_RECV:
        m.put("length", op.arg[0]);
        putFlags(m, op.arg[1]);
        break;
    case SKBSCOPE_OP_SHUTDOWN:
        m.put("how", op.arg[0]);
        break;
    case SKBSCOPE_OP_SETSOCKOPT: {
        const std::string option = socketOptionWord(op.arg[0], op.arg[1]);
        if (option.empty())
            m.put("level", op.arg[0]).put("option", op.arg[1]);
        else
            m.put("option", option);
        m.put("value", std::to_string(static_cast<std::int32_t>(op.arg[2])));
        break;
    }
    case SKBSCOPE_OP_POLL:
        m.put("events", op.arg[0]).put("timeout", op.arg[1]);
        break;
    default:
        break;
    }
}

void StepWriter::putLink(YamlMap &m, Group group) {
    m.put("do", "link").word("device", qualified(ops_, group.front().host, group.front().name));
    for (const skbscope_op &op : group) {
        if (op.kind == SKBSCOPE_OP_MAC) m.put("mac", macWord(ops_.data(op)));
        if (op.kind == SKBSCOPE_OP_MTU) m.put("mtu", op.arg[0]);
        if (op.kind == SKBSCOPE_OP_UP) m.put("up", op.arg[0] != 0 ? "on" : "off");
    }
}

void StepWriter::putConfiguration(YamlMap &m, Group group) {
    const skbscope_op &op = group.front();
    const std::string device = qualified(ops_, op.host, op.name);
    switch (op.kind) {
    case SKBSCOPE_OP_MAC:
    case SKBSCOPE_OP_MTU:
    case SKBSCOPE_OP_UP:
        return putLink(m, group);
    case SKBSCOPE_OP_ADDRESS:
        m.put("do", "address")
            .word("device", device)
            .word("address", addressText(op.ip) + "/" + std::to_string(op.arg[0]));
        return putDelete(m, op);
    case SKBSCOPE_OP_NEIGHBOUR:
        m.put("do", "neighbour");
        return m.append(neighbourMap(ops_, op));
    case SKBSCOPE_OP_ROUTE:
        m.put("do", "route");
        return m.append(routeMap(ops_, op));
    case SKBSCOPE_OP_FEATURE: {
        YamlMap features;
        for (const skbscope_op &one : group)
            features.put(ops_.data(one), one.arg[0] != 0 ? "on" : "off");
        m.put("do", "feature").word("device", device).put("features", features.text());
        return;
    }
    case SKBSCOPE_OP_QDISC:
        m.put("do", "qdisc").word("device", device);
        if (op.data_len != 0) m.word("qdisc", ops_.data(op));
        return putDelete(m, op);
    case SKBSCOPE_OP_SYSCTL: {
        const std::string_view setting = ops_.data(op);
        const std::size_t equals = setting.find('=');
        m.put("do", "sysctl").word("host", ops_.hostName(op.host));
        m.word("name", setting.substr(0, equals)).word("value", setting.substr(equals + 1));
        return;
    }
    case SKBSCOPE_OP_RPS:
    case SKBSCOPE_OP_RPS_FLOWS:
    case SKBSCOPE_OP_SOCK_FLOWS:
        return putRps(m, group, device);
    case SKBSCOPE_OP_NFT_DROP:
        m.put("do", "netfilter").word("host", ops_.hostName(op.host));
        m.append(netfilterMap(ops_.data(op)));
        return putDelete(m, op);
    default:
        return;
    }
}

} // namespace skbscope::app
