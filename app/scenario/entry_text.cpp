// SPDX-License-Identifier: GPL-2.0-or-later
// Entries of the network as they are written, in the topology and in steps.
#include "app/scenario/step_writer.h"

#include "app/scenario/constants.h"

#include <algorithm>
#include <linux/rtnetlink.h>

namespace skbscope::app {

std::string qualified(const OpList &ops, unsigned host, const char *device) {
    return ops.hostName(host) + "." + device;
}

void putDelete(YamlMap &m, const skbscope_op &op) {
    if (op.arg[1] != 0) m.put("delete", "true");
}

std::string macWord(std::string_view bytes) {
    MacBytes mac{};
    if (bytes.size() != mac.size()) return "\"\"";
    std::copy(bytes.begin(), bytes.end(), mac.begin());
    return "\"" + macText(mac) + "\"";
}

YamlMap neighbourMap(const OpList &ops, const skbscope_op &op) {
    YamlMap m;
    m.word("device", qualified(ops, op.host, op.name)).word("ip", addressText(op.ip));
    if (op.data_len != 0) m.put("mac", macWord(ops.data(op)));
    m.put("state", op.arg[0]);
    putDelete(m, op);
    return m;
}

YamlMap routeMap(const OpList &ops, const skbscope_op &op) {
    YamlMap m;
    m.word("host", ops.hostName(op.host)).word("to", addressText(op.ip) + "/" + std::to_string(op.arg[0]));
    if (op.ip2 != 0) m.word("via", addressText(op.ip2));
    if (op.name[0] != 0) m.word("dev", qualified(ops, op.host, op.name));
    if (op.arg[2] != RTN_UNICAST) m.put("type", op.arg[2]);
    if (op.arg[3] != 0) m.put("metric", op.arg[3]);
    if (op.arg[4] != 0) m.word("src", addressText(op.arg[4]));
    putDelete(m, op);
    return m;
}

// "input saddr 1.2.3.4 udp dport 7000 drop"
YamlMap netfilterMap(std::string_view rule) {
    YamlMap m;
    const std::vector<std::string> words = splitWords(rule);
    if (words.size() < 2) return m;
    m.word("hook", words.front());
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (words[i] == "saddr")
            m.word("source", words[++i]);
        else if (words[i] == "daddr")
            m.word("destination", words[++i]);
        else if (words[i] == "dport")
            m.word("port", words[++i]);
        else
            m.word("protocol", words[i]);
    }
    m.word("verdict", words.back());
    return m;
}

// Of one queue, or of the machine.
void putRps(YamlMap &m, std::span<const skbscope_op> group, const std::string &device) {
    m.put("do", "rps");
    if (group.front().kind == SKBSCOPE_OP_SOCK_FLOWS) {
        m.put("sock-flow-entries", group.front().arg[0]);
        return;
    }
    m.word("device", device).put("queue", group.front().arg[0]);
    for (const skbscope_op &op : group)
        m.put(op.kind == SKBSCOPE_OP_RPS ? "mask" : "flows", op.arg[1]);
}

} // namespace skbscope::app
