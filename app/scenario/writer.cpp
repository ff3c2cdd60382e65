// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/writer.h"

#include "app/scenario/step_writer.h"

#include <algorithm>

namespace skbscope::app {

namespace {

std::string deviceName(const OpList &ops, unsigned host, const char *name) {
    return ops.hostName(host) + "." + name;
}

// What the file says of one device, gathered from operations that lie apart.
struct DeviceText {
    std::string name;
    std::vector<std::string> addresses, rps, rpsFlows;
    YamlMap features, first, last, card, vlan;
    bool loopback = false;

    [[nodiscard]] std::string text() const;
};

std::string listText(const std::vector<std::string> &words) {
    std::string out;
    for (const std::string &w : words)
        out += (out.empty() ? "" : ", ") + w;
    return words.size() == 1 ? out : "[" + out + "]";
}

// What is not as a card is by default.
YamlMap cardMap(std::string_view table, const skbscope_op &op) {
    constexpr std::uint32_t ring = 256;
    YamlMap m;
    if (op.arg[0] != 1) m.put("queues", op.arg[0]);
    if (op.arg[1] != ring) m.put("rx-ring", op.arg[1]);
    if (op.arg[2] != ring) m.put("tx-ring", op.arg[2]);
    if (op.arg[3] & SKBSCOPE_CARD_PER_PACKET) m.put("interrupts", "per-packet");
    if (op.arg[3] & SKBSCOPE_CARD_SHARED_LINE) m.put("lines", "shared");
    if (op.arg[4] != 0) m.put("moderation", op.arg[4]);
    std::string queues;
    for (const char queue : table)
        queues += (queues.empty() ? "" : ", ") + std::to_string(static_cast<unsigned char>(queue));
    if (!queues.empty()) m.put("rss", "[" + queues + "]");
    return m;
}

YamlMap vlanMap(const skbscope_op &op) {
    constexpr std::uint32_t ctag = 0x8100;
    YamlMap m;
    m.word("link", op.name2).put("id", op.arg[0]);
    if (op.arg[2] != ctag) m.put("protocol", "802.1ad");
    return m;
}

class Writer {
public:
    Writer(const OpList &ops, const ScenarioHead &head) : ops_(ops), head_(head) {}

    std::string text() {
        gather();
        StepWriter steps(ops_, head_.notes);
        const std::string stepText = steps.text();
        for (const skbscope_op &op : steps.tapConfiguration())
            take(op);
        std::string out;
        for (const std::string &remark : head_.remarks)
            out += yamlComment(remark);
        putText(out, "name", head_.name);
        putText(out, "title", head_.title);
        putText(out, "description", head_.description);
        out += "hosts: [" + joined(hosts_) + "]\n";
        section(out, "links", links_, "  - ");
        if (!steps.taps().empty()) out += "taps: [" + joined(steps.taps()) + "]\n";
        putDevices(out);
        section(out, "neighbours", neighbours_, "  - ");
        section(out, "routes", routes_, "  - ");
        putSysctls(out);
        if (!sockFlows_.empty()) out += "rps-sock-flow-entries: " + sockFlows_ + "\n";
        return out + "steps:\n" + stepText;
    }

private:
    static void putText(std::string &out, const char *key, const std::string &value) {
        if (!value.empty()) out += std::string(key) + ": " + yamlWord(value) + "\n";
    }
    static std::string joined(const std::vector<std::string> &words) {
        std::string out;
        for (const std::string &w : words)
            out += (out.empty() ? "" : ", ") + yamlWord(w);
        return out;
    }
    static void section(std::string &out, const char *key, const std::vector<std::string> &lines, const char *before) {
        if (lines.empty()) return;
        out += std::string(key) + ":\n";
        for (const std::string &line : lines)
            out += before + line + "\n";
    }

    void gather() {
        for (const skbscope_op &op : ops_.ops())
            if (op.step == noStep) take(op);
    }

    DeviceText &device(const skbscope_op &op) {
        const std::string name = deviceName(ops_, op.host, op.name);
        const auto found =
            std::find_if(devices_.begin(), devices_.end(), [&](const DeviceText &d) { return d.name == name; });
        if (found != devices_.end()) return *found;
        DeviceText &d = devices_.emplace_back();
        d.name = name;
        d.loopback = std::string_view(op.name) == "lo";
        return d;
    }

    void take(const skbscope_op &op) {
        switch (op.kind) {
        case SKBSCOPE_OP_HOST:
            hosts_.emplace_back(op.name);
            break;
        case SKBSCOPE_OP_VETH:
            links_.push_back(YamlMap()
                                 .put("veth", "[" + yamlWord(deviceName(ops_, op.host, op.name)) + ", " +
                                                  yamlWord(deviceName(ops_, op.host2, op.name2)) + "]")
                                 .text());
            break;
        case SKBSCOPE_OP_CABLE:
            links_.push_back(YamlMap()
                                 .put("simnic", "[" + yamlWord(deviceName(ops_, op.host, op.name)) + ", " +
                                                    yamlWord(deviceName(ops_, op.host2, op.name2)) + "]")
                                 .text());
            break;
        case SKBSCOPE_OP_CARD:
            device(op).card = cardMap(ops_.data(op), op);
            break;
        case SKBSCOPE_OP_MAC:
            device(op).first.put("mac", macWord(ops_.data(op)));
            break;
        case SKBSCOPE_OP_ADDRESS:
            device(op).addresses.push_back(yamlWord(addressText(op.ip) + "/" + std::to_string(op.arg[0])));
            break;
        case SKBSCOPE_OP_MTU:
            device(op).last.put("mtu", op.arg[0]);
            break;
        case SKBSCOPE_OP_UP:
            // devices are up unless told otherwise, loopback before that
            if (DeviceText &d = device(op); op.arg[0] == 0 || d.loopback) d.last.put("up", op.arg[0] ? "on" : "off");
            break;
        case SKBSCOPE_OP_FEATURE:
            device(op).features.put(ops_.data(op), op.arg[0] ? "on" : "off");
            break;
        case SKBSCOPE_OP_QDISC:
            device(op).last.word("qdisc", ops_.data(op));
            break;
        case SKBSCOPE_OP_RPS:
            device(op).rps.push_back(std::to_string(op.arg[0]) + ": " + std::to_string(op.arg[1]));
            break;
        case SKBSCOPE_OP_RPS_FLOWS:
            device(op).rpsFlows.push_back(std::to_string(op.arg[0]) + ": " + std::to_string(op.arg[1]));
            break;
        case SKBSCOPE_OP_SOCK_FLOWS:
            sockFlows_ = std::to_string(op.arg[0]);
            break;
        case SKBSCOPE_OP_VLAN:
            device(op).vlan = vlanMap(op);
            break;
        case SKBSCOPE_OP_NEIGHBOUR:
            neighbours_.push_back(neighbourMap(ops_, op).text());
            break;
        case SKBSCOPE_OP_ROUTE:
            routes_.push_back(routeMap(ops_, op).text());
            break;
        case SKBSCOPE_OP_SYSCTL:
            takeSysctl(op);
            break;
        default:
            break;
        }
    }

    void takeSysctl(const skbscope_op &op) {
        const std::string_view setting = ops_.data(op);
        const std::size_t equals = setting.find('=');
        if (sysctls_.empty() || sysctls_.back().first != ops_.hostName(op.host))
            sysctls_.emplace_back(ops_.hostName(op.host), YamlMap());
        sysctls_.back().second.word(setting.substr(0, equals), setting.substr(equals + 1));
    }

    void putDevices(std::string &out) const {
        if (devices_.empty()) return;
        out += "devices:\n";
        for (const DeviceText &d : devices_)
            out += "  " + yamlWord(d.name) + ": " + d.text() + "\n";
    }

    void putSysctls(std::string &out) const {
        if (sysctls_.empty()) return;
        out += "sysctls:\n";
        for (const auto &[host, values] : sysctls_)
            out += "  " + yamlWord(host) + ": " + values.text() + "\n";
    }

    const OpList &ops_;
    const ScenarioHead &head_;
    std::vector<std::string> hosts_, links_, neighbours_, routes_;
    std::vector<DeviceText> devices_;
    std::string sockFlows_;
    std::vector<std::pair<std::string, YamlMap>> sysctls_;
};

void putQueues(YamlMap &all, const char *key, const std::vector<std::string> &values) {
    std::string queues;
    for (const std::string &v : values)
        queues += (queues.empty() ? "" : ", ") + v;
    if (!queues.empty()) all.put(key, "{ " + queues + " }");
}

std::string DeviceText::text() const {
    YamlMap all;
    if (!vlan.empty()) all.put("vlan", vlan.text());
    all.append(first);
    if (!addresses.empty()) all.put("address", listText(addresses));
    all.append(last);
    if (!features.empty()) all.put("features", features.text());
    putQueues(all, "rps", rps);
    putQueues(all, "rps-flows", rpsFlows);
    if (!card.empty()) all.put("card", card.text());
    return all.empty() ? "{}" : all.text();
}

} // namespace

std::string writeScenario(const OpList &ops, const ScenarioHead &head) {
    return Writer(ops, head).text();
}

} // namespace skbscope::app
