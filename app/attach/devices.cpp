// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/devices.h"

#include "app/lab/unique_fd.h"

#include <algorithm>
#include <arpa/inet.h>
#include <bit>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <map>
#include <memory>
#include <net/if.h>
#include <net/if_arp.h>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace skbscope::app {

namespace {

struct Link {
    unsigned flags = 0;
    unsigned short type = ARPHRD_VOID;
    std::vector<std::string> addresses; // IPv4, with their prefixes
};

std::string addressText(const ifaddrs &a) {
    const auto *address = reinterpret_cast<const sockaddr_in *>(a.ifa_addr);
    const auto *mask = reinterpret_cast<const sockaddr_in *>(a.ifa_netmask);
    char text[INET_ADDRSTRLEN] = "";
    inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
    return std::string(text) + (mask ? "/" + std::to_string(std::popcount(mask->sin_addr.s_addr)) : "");
}

std::map<std::string, Link> links() {
    std::map<std::string, Link> out;
    ifaddrs *all = nullptr;
    if (getifaddrs(&all) != 0) return out;
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owned(all, freeifaddrs);
    for (const ifaddrs *a = all; a; a = a->ifa_next) {
        Link &link = out[a->ifa_name];
        if (!a->ifa_addr) continue;
        if (a->ifa_addr->sa_family == AF_INET) link.addresses.push_back(addressText(*a));
        if (a->ifa_addr->sa_family != AF_PACKET) continue;
        link.flags = a->ifa_flags;
        link.type = reinterpret_cast<const sockaddr_ll *>(a->ifa_addr)->sll_hatype;
    }
    return out;
}

// What ethtool -i shows; a tun device tells there whether it is a tap.
std::string kindOf(const UniqueFd &socket, const std::string &name, const Link &link) {
    if (link.type == ARPHRD_LOOPBACK) return "loopback";
    ethtool_drvinfo info{};
    info.cmd = ETHTOOL_GDRVINFO;
    ifreq r{};
    name.copy(r.ifr_name, IFNAMSIZ - 1);
    r.ifr_data = reinterpret_cast<char *>(&info);
    if (ioctl(socket.get(), SIOCETHTOOL, &r) != 0) return {};
    return std::string_view(info.driver) == "tun" ? info.bus_info : info.driver;
}

std::string stateOf(const FoundDevice &d, const Link &link) {
    std::string out = (link.flags & IFF_UP) != 0 ? "up" : "down";
    for (const std::string &address : link.addresses)
        out += ", " + address;
    if (d.kind == "tap" && (link.flags & IFF_RUNNING) != 0) out += ", a program has it open";
    return out;
}

std::string whyNot(const FoundDevice &d, const Link &link) {
    if (d.kind == "tun")
        return "is a tun, whose packets have no Ethernet header; make a tap: ip tuntap add NAME mode tap";
    if (link.type != ARPHRD_ETHER) return "is no Ethernet device";
    if (d.kind != "tap" && !link.addresses.empty())
        return "has an address: this host would answer too; take a device without one, or name a new tap";
    if ((link.flags & IFF_UP) == 0) return "is down; ip link set " + d.name + " up";
    return {};
}

} // namespace

std::vector<FoundDevice> findDevices() {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    std::vector<FoundDevice> out;
    for (const auto &[name, link] : links()) {
        FoundDevice d{name, kindOf(socket, name, link), {}, {}};
        d.state = stateOf(d, link);
        d.whyNot = whyNot(d, link);
        out.push_back(std::move(d));
    }
    std::ranges::stable_partition(out, [](const FoundDevice &d) { return d.whyNot.empty(); });
    return out;
}

} // namespace skbscope::app
