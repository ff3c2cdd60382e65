// SPDX-License-Identifier: GPL-2.0-or-later
// Who is who in one scenario: hosts, their devices, and the sockets its steps make. Looking up a name that was never
// given is an error that says which names there are.
#pragma once

#include "app/scenario/value.h"

#include <string>
#include <vector>

namespace skbscope::app {

enum class DeviceKind : std::uint8_t { loopback, veth, tap, card, vlan };
enum class SocketKind : std::uint8_t { inet, packet, tap };

struct DeviceRef {
    unsigned host = 0; // from 1
    std::string name;
    DeviceKind kind = DeviceKind::veth;
};

class Names {
public:
    // Both fail for a name that is not valid or already taken.
    unsigned addHost(const Value &name); // also makes its loopback device
    DeviceRef addDevice(const Value &hostDotDevice, DeviceKind kind);

    [[nodiscard]] const std::vector<std::string> &hosts() const { return hosts_; } // [0] is empty
    [[nodiscard]] std::size_t hostCount() const { return hosts_.size() - 1; }
    [[nodiscard]] unsigned host(const Value &name) const;
    // "a.va", or "va" where `nearby` (a host, 0 = none) or only one host has it.
    [[nodiscard]] DeviceRef device(const Value &name, unsigned nearby = 0) const;
    [[nodiscard]] const std::vector<DeviceRef> &devices() const { return devices_; }

    // The slot of a socket that a step makes; fails if one of that name is open or the table is full.
    std::uint16_t makeSocket(const Value &name, SocketKind kind);
    // The slot of an open one; `kinds` says which kinds the operation takes.
    [[nodiscard]] std::uint16_t socket(const Value &name, const std::vector<SocketKind> &kinds) const;
    std::uint16_t closeSocket(const Value &name);
    [[nodiscard]] std::vector<std::string> socketNames() const;

private:
    struct Socket {
        std::string name;
        SocketKind kind = SocketKind::inet;
        unsigned madeAt = 0;   // line
        unsigned closedAt = 0; // line; 0 = open
    };
    [[nodiscard]] std::size_t socketIndex(const std::string &name) const; // size() if there is none
    [[nodiscard]] const Socket &openSocket(const Value &name, std::size_t index) const;

    std::vector<std::string> hosts_{""};
    std::vector<DeviceRef> devices_;
    std::vector<Socket> sockets_;
};

} // namespace skbscope::app
