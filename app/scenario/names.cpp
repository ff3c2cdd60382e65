// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/names.h"

#include "app/scenario/nearest.h"
#include "app/scenario/parse.h"
#include "bpf/oplist.h"

#include <algorithm>

namespace skbscope::app {

namespace {
constexpr std::size_t mostHosts = 200; // an event has 8 bits for the host

const char *kindName(SocketKind kind) {
    return kind == SocketKind::tap ? "a tap" : kind == SocketKind::packet ? "a packet socket" : "a socket";
}
} // namespace

unsigned Names::addHost(const Value &name) {
    const std::string text = name.text();
    if (!validHostName(text)) name.fail(quoted(text) + " is not a host name", "use 1 to 15 letters, digits, _ or -");
    if (std::find(hosts_.begin(), hosts_.end(), text) != hosts_.end())
        name.fail("host " + quoted(text) + " is there twice", "remove one of the two");
    if (hosts_.size() > mostHosts) name.fail("too many hosts", "use at most " + std::to_string(mostHosts));
    hosts_.push_back(text);
    const auto index = static_cast<unsigned>(hosts_.size() - 1);
    devices_.push_back({index, "lo", DeviceKind::loopback});
    return index;
}

unsigned Names::host(const Value &name) const {
    const auto found = std::find(hosts_.begin() + 1, hosts_.end(), name.text());
    if (found != hosts_.end()) return static_cast<unsigned>(found - hosts_.begin());
    name.fail("no host " + quoted(name.text()), suggestion(name.text(), {hosts_.begin() + 1, hosts_.end()}));
}

DeviceRef Names::addDevice(const Value &hostDotDevice, DeviceKind kind) {
    const std::string text = hostDotDevice.text();
    const DeviceName parts = splitDevice(text);
    if (parts.host.empty() && hostCount() != 1)
        hostDotDevice.fail(quoted(text) + " names no host", "write HOST.DEVICE, such as a.va");
    const auto host = parts.host.empty() ? hosts_.begin() + 1 : std::find(hosts_.begin() + 1, hosts_.end(), parts.host);
    if (host == hosts_.end())
        hostDotDevice.fail("no host " + quoted(parts.host), suggestion(parts.host, {hosts_.begin() + 1, hosts_.end()}));
    if (!validDeviceName(parts.device))
        hostDotDevice.fail(quoted(parts.device) + " is not a device name", "use 1 to 15 characters without / and :");
    const auto index = static_cast<unsigned>(host - hosts_.begin());
    for (const DeviceRef &d : devices_)
        if (d.host == index && d.name == parts.device)
            hostDotDevice.fail("device " + quoted(text) + " is there twice", "give each device one link, tap or vlan");
    return devices_.emplace_back(DeviceRef{index, parts.device, kind});
}

DeviceRef Names::device(const Value &name, unsigned nearby) const {
    DeviceName wanted = splitDevice(name.text());
    if (std::find(hosts_.begin() + 1, hosts_.end(), wanted.host) == hosts_.end())
        wanted = {"", name.text()}; // "va.100"
    std::vector<DeviceRef> found;
    std::vector<std::string> all;
    for (const DeviceRef &d : devices_) {
        all.push_back(hosts_[d.host] + "." + d.name);
        if (d.name != wanted.device || (!wanted.host.empty() && hosts_[d.host] != wanted.host)) continue;
        if (wanted.host.empty() && d.host == nearby) return d;
        found.push_back(d);
    }
    if (found.size() == 1) return found[0];
    if (found.empty()) name.fail("no device " + quoted(name.text()), suggestion(name.text(), all));
    name.fail("several hosts have a device " + quoted(name.text()), "write HOST.DEVICE");
}

std::size_t Names::socketIndex(const std::string &name) const {
    const auto s = std::find_if(sockets_.begin(), sockets_.end(), [&](const Socket &x) { return x.name == name; });
    return static_cast<std::size_t>(s - sockets_.begin());
}

std::uint16_t Names::makeSocket(const Value &name, SocketKind kind) {
    const std::string text = name.text();
    const std::size_t index = socketIndex(text);
    if (text.size() > 32) name.fail("the name is too long", "use at most 32 characters");
    if (index == sockets_.size()) {
        if (index >= SKBSCOPE_SOCKETS_MAX)
            name.fail("too many sockets", "use at most " + std::to_string(SKBSCOPE_SOCKETS_MAX));
        sockets_.emplace_back();
    } else if (sockets_[index].closedAt == 0) {
        name.fail("socket " + quoted(text) + " was made on line " + std::to_string(sockets_[index].madeAt) + " already",
                  "close it first, or choose another name");
    }
    sockets_[index] = {text, kind, name.place().line, 0};
    return static_cast<std::uint16_t>(index);
}

const Names::Socket &Names::openSocket(const Value &name, std::size_t index) const {
    const std::string text = quoted(name.text());
    if (sockets_.empty()) name.fail("no socket " + text + " yet", "make it first: { do: socket, as: NAME, type: udp }");
    if (index == sockets_.size())
        name.fail("no socket " + text + " up to here", suggestion(name.text(), socketNames()));
    if (sockets_[index].closedAt != 0)
        name.fail("socket " + text + " was closed on line " + std::to_string(sockets_[index].closedAt),
                  "use it before, or make it anew");
    return sockets_[index];
}

std::uint16_t Names::socket(const Value &name, const std::vector<SocketKind> &kinds) const {
    const std::size_t index = socketIndex(name.text());
    const Socket &s = openSocket(name, index);
    if (std::find(kinds.begin(), kinds.end(), s.kind) == kinds.end())
        name.fail(quoted(s.name) + " is " + kindName(s.kind) + ", this needs " + kindName(kinds.front()),
                  "taps: tap-write, tap-read, nonblock, close; sockets: the rest");
    return static_cast<std::uint16_t>(index);
}

std::uint16_t Names::closeSocket(const Value &name) {
    const std::size_t index = socketIndex(name.text());
    (void)openSocket(name, index);
    sockets_[index].closedAt = name.place().line;
    return static_cast<std::uint16_t>(index);
}

std::vector<std::string> Names::socketNames() const {
    std::vector<std::string> out;
    for (const Socket &s : sockets_)
        out.push_back(s.name);
    return out;
}

} // namespace skbscope::app
