// SPDX-License-Identifier: GPL-2.0-or-later
// The readers of a snapshot, each for the namespace that the calling thread is in. They add to `ns`, and to
// ns.problems what they could not read.
#pragma once

#include "bpf/agent/snapshot.h"

#include <functional>
#include <map>
#include <span>

struct nlmsghdr;
struct nl_sock;

namespace skbscope::bpf {

// A netlink socket of the current namespace (libnl). Dumps deliver each message; 0 or a negative errno.
class netlink_dump {
public:
    explicit netlink_dump(int protocol);
    ~netlink_dump();
    netlink_dump(const netlink_dump &) = delete;
    netlink_dump &operator=(const netlink_dump &) = delete;
    [[nodiscard]] bool open() const { return socket_ != nullptr; }
    int dump(int type, std::span<const std::byte> body, const std::function<void(const nlmsghdr &)> &take);
    // A request that has an acknowledgement and no dump: `message` is whole but for number and flags.
    int request(int type, int flags, std::span<const std::byte> body,
                const std::function<void(const nlmsghdr &)> &take = {});

private:
    nl_sock *socket_ = nullptr;
};

// Of each link kind ("veth", "loopback") the features that a new device has: name -> asked for.
using feature_set = std::map<std::string, bool>;
using sysctl_set = std::map<std::string, std::string>; // "ipv4.ip_forward" -> "0"

struct snapshot_defaults {
    std::map<std::string, feature_set> features;
    sysctl_set sysctls;
    std::string veth; // the device whose conf.*, neigh.* stand for all of its kind
};

void read_links(snapshot_namespace &ns, const std::vector<named_namespace> &others);
void read_addresses(snapshot_namespace &ns);
void read_neighbours(snapshot_namespace &ns);
void read_routes(snapshot_namespace &ns);
void read_qdiscs(snapshot_namespace &ns);
void read_netfilter(snapshot_namespace &ns);
void read_features(snapshot_namespace &ns, const snapshot_defaults &defaults);
void read_sysctls(snapshot_namespace &ns, const snapshot_defaults &defaults);
void read_rps(snapshot_namespace &ns);
void read_sockets(snapshot_namespace &ns);

[[nodiscard]] feature_set features_of(const std::string &device); // empty: the device tells none
[[nodiscard]] sysctl_set all_sysctls();
// tc's words for a qdisc's options, and what they leave out.
void describe_qdisc(snapshot_qdisc &qdisc, std::span<const std::byte> options);

[[nodiscard]] std::string device_of(const snapshot_namespace &ns, std::uint32_t index); // "" for 0, "#7" if unknown
[[nodiscard]] std::string address_text(int family, const void *bytes);

} // namespace skbscope::bpf
