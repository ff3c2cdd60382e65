// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/records.h"

#include "app/scenario/constants.h"

#include <algorithm>
#include <cctype>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

namespace skbscope::app {

std::uint32_t readAddress(const Value &value) {
    if (const std::optional<std::uint32_t> a = parseAddress(value.text())) return *a;
    value.fail(quoted(value.text()) + " is not an IPv4 address", "write it as 10.9.0.1");
}

Prefix readPrefix(const Value &value) {
    if (const std::optional<Prefix> p = parsePrefix(value.text())) return *p;
    value.fail(quoted(value.text()) + " is not an IPv4 address with a prefix length", "write it as 10.9.0.1/24");
}

MacBytes readMac(const Value &value) {
    if (const std::optional<MacBytes> mac = parseMac(value.text())) return *mac;
    value.fail(quoted(value.text()) + " is not a MAC address", "write it as \"02:00:00:00:00:01\"");
}

std::uint32_t readMilliseconds(const Value &value, std::uint32_t most) {
    const std::optional<std::uint32_t> ms = parseMilliseconds(value.text());
    if (!ms) value.fail(quoted(value.text()) + " is not a time", "write milliseconds, or 250ms, or 2s");
    if (*ms > most) value.fail(quoted(value.text()) + " is too long", "use at most " + std::to_string(most) + " ms");
    return *ms;
}

bool readRemove(const Fields &f) {
    const std::optional<Value> v = f.find({"delete", "remove"});
    return v && v->flag();
}

NeighbourRecord readNeighbour(const Fields &f, const Names &names, unsigned nearby) {
    NeighbourRecord n;
    n.line = f.place().line;
    n.device = names.device(f.need({"device", "dev"}, "device: a.va"), nearby);
    n.ip = readAddress(f.need({"ip", "address", "to"}, "ip: 10.9.0.2"));
    if (const std::optional<Value> mac = f.find({"mac", "lladdr"})) n.mac = readMac(*mac);
    const std::optional<Value> state = f.find({"state", "nud"});
    n.state = state ? readNeighbourState(*state) : n.mac ? NUD_PERMANENT : 0U;
    n.remove = readRemove(f);
    if (!n.remove && !n.mac && !state)
        f.fail("mac", "is missing for " + f.what(), "add mac: \"02:00:00:00:00:02\", or state: failed");
    constexpr std::uint32_t withoutMac = NUD_FAILED | NUD_INCOMPLETE | NUD_NOARP;
    if (!n.remove && !n.mac && n.state != NUD_NONE && (n.state & withoutMac) == 0)
        f.fail("mac", "is missing for a neighbour in this state", "add mac: \"02:00:00:00:00:02\"");
    return n;
}

namespace {
bool needsNoDevice(std::uint32_t type) {
    return type == RTN_BLACKHOLE || type == RTN_UNREACHABLE || type == RTN_PROHIBIT || type == RTN_THROW;
}

unsigned hostOfRoute(const Fields &f, const Names &names, const RouteRecord &r, unsigned nearby) {
    if (const std::optional<Value> host = f.find({"host"})) {
        const unsigned h = names.host(*host);
        if (r.device && r.device->host != h) host->fail("the device is another host's", "name the host of the device");
        return h;
    }
    if (r.device) return r.device->host;
    if (nearby != 0) return nearby;
    if (names.hostCount() == 1) return 1;
    f.fail("host", "is missing for " + f.what(), "add host: a");
}

unsigned nearbyHost(const Fields &f, const Names &names, unsigned nearby) {
    const std::optional<Value> host = f.find({"host"});
    return host ? names.host(*host) : nearby;
}
} // namespace

RouteRecord readRoute(const Fields &f, const Names &names, unsigned nearby) {
    RouteRecord r;
    r.line = f.place().line;
    if (const auto dev = f.find({"dev", "device"})) r.device = names.device(*dev, nearbyHost(f, names, nearby));
    r.host = hostOfRoute(f, names, r, nearby);
    r.to = readPrefix(f.need({"to", "address", "prefix"}, "to: 10.9.2.0/24, or to: default"));
    if (const auto via = f.find({"via", "gateway"})) r.via = readAddress(*via);
    if (const auto src = f.find({"src", "prefsrc"})) r.source = readAddress(*src);
    if (const auto metric = f.find({"metric", "priority"})) r.metric = metric->number(0, 0xffffffff);
    const auto type = f.find({"type"});
    r.type = type ? readRouteType(*type) : std::uint32_t{RTN_UNICAST};
    r.remove = readRemove(f);
    if (!r.remove && !needsNoDevice(r.type) && r.via == 0 && !r.device)
        f.fail("via", "is missing for " + f.what(), "add via: 10.9.1.254, or dev: a.va");
    return r;
}

SysctlRecord readSysctl(const Value &named, const Value &value, unsigned host) {
    std::string name = named.text();
    std::replace(name.begin(), name.end(), '/', '.');
    const auto good = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '_' || c == '-'; };
    const bool word = name.find("..") == std::string::npos && std::all_of(name.begin(), name.end(), good);
    if (!name.starts_with("net.") || name.size() > 100 || !word)
        named.fail(quoted(named.text()) + " is not a network sysctl", "write it as net.ipv4.ip_forward");
    const std::string text = value.text();
    if (text.size() > 150 ||
        std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 && c != '\t'; }))
        value.fail("is not a sysctl value", "give one line of text");
    return {host, name + "=" + text, named.place().line};
}

namespace {
// "pfifo limit 100": words tc would take, nothing a shell could read otherwise.
std::string checkedWords(const Value &value, const std::string &text) {
    const auto good = [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '_' || c == '-' || c == '%' || c == ':';
    };
    std::string out;
    for (const std::string &word : splitWords(text)) {
        if (!std::all_of(word.begin(), word.end(), good))
            value.fail(quoted(word) + " is not a word of a qdisc", "write it as tc does: pfifo limit 100");
        if (out.empty() && word == "root") continue;
        out += (out.empty() ? "" : " ") + word;
    }
    if (out.empty() || out.size() > 200) value.fail("is not a qdisc", "write it as tc does: pfifo limit 100");
    return out;
}
} // namespace

std::string readQdisc(const Value &value) {
    if (value.isText()) return checkedWords(value, value.text());
    const Fields f = value.fields();
    std::string words = f.need({"kind", "type"}, "kind: pfifo").text();
    for (const Value &v : f.all())
        if (v.key() != "kind" && v.key() != "type") words += " " + v.key() + " " + v.text();
    return checkedWords(value, words);
}

} // namespace skbscope::app
