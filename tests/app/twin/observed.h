// SPDX-License-Identifier: GPL-2.0-or-later
// Snapshots and observed calls, made by hand.
#pragma once

#include "bpf/snapshot.h"
#include "bpf/syscalls.h"

#include <arpa/inet.h>
#include <cstring>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

namespace skbscope::app {

constexpr std::uint64_t inodeA = 100, inodeB = 200;

// Namespaces a and b, joined by va and vb: 10.9.0.1/24 and 10.9.0.2/24.
inline std::vector<bpf::snapshot_namespace> twoNamespaces() {
    const auto lo = [] {
        bpf::snapshot_link l;
        l.index = 1;
        l.name = "lo";
        l.kind = "loopback";
        l.mtu = 65536;
        l.flags = IFF_UP | IFF_LOOPBACK;
        return l;
    };
    const auto veth = [](const char *name, const char *mac, const char *peer) {
        bpf::snapshot_link l;
        l.index = 2;
        l.name = name;
        l.kind = "veth";
        l.mac = mac;
        l.mtu = 1500;
        l.flags = IFF_UP;
        l.peer_index = 2;
        l.peer_namespace = peer;
        return l;
    };
    bpf::snapshot_namespace a, b;
    a.name = "a";
    a.inode = inodeA;
    a.links = {lo(), veth("va", "02:00:00:00:00:01", "b")};
    a.addresses = {{"lo", "inet", "127.0.0.1", 8, "", RT_SCOPE_HOST}, {"va", "inet", "10.9.0.1", 24, "", 0}};
    b.name = "b";
    b.inode = inodeB;
    b.links = {lo(), veth("vb", "02:00:00:00:00:02", "a")};
    b.addresses = {{"lo", "inet", "127.0.0.1", 8, "", RT_SCOPE_HOST}, {"vb", "inet", "10.9.0.2", 24, "", 0}};
    return {a, b};
}

// Calls one after another; each takes 10 units of time.
class Calls {
public:
    bpf::observed_call &add(std::uint32_t number, std::uint32_t pid, std::uint64_t socket, std::uint64_t net,
                            std::int64_t result) {
        bpf::observed_call &c = all.emplace_back();
        c.begin.number = all.size();
        c.begin.time = time_ += 100;
        c.begin.call = number;
        c.begin.pid = c.begin.tid = pid;
        c.begin.socket = socket;
        c.begin.net = static_cast<__u32>(net);
        c.begin.family = AF_INET;
        c.begin.type = SOCK_DGRAM;
        c.begin.protocol = socket == 0 ? 0 : IPPROTO_UDP;
        c.begin.arg[0] = 3;
        std::strcpy(c.begin.comm, "nc");
        c.ended = true;
        c.end_time = c.begin.time + 10;
        c.result = result;
        return c;
    }
    void socket(std::uint32_t pid, std::uint64_t made, std::uint64_t net) {
        bpf::observed_call &c = add(SYS_socket, pid, 0, net, 3);
        c.made = made;
        c.begin.arg[0] = AF_INET;
        c.begin.arg[1] = SOCK_DGRAM;
    }
    static void setAddress(bpf::observed_call &c, const char *ip, std::uint16_t port) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = inet_addr(ip);
        std::memcpy(c.begin.address, &at, sizeof at);
        c.begin.address_length = sizeof at;
    }
    static void setPayload(bpf::observed_call &c, const std::string &bytes) {
        c.payload = bytes;
        c.begin.length = c.begin.kept = static_cast<__u32>(bytes.size());
    }
    void bind(std::uint32_t pid, std::uint64_t s, std::uint64_t net, const char *ip, std::uint16_t port) {
        setAddress(add(SYS_bind, pid, s, net, 0), ip, port);
    }
    bpf::observed_call &sendto(std::uint32_t pid, std::uint64_t s, std::uint64_t net, const char *ip,
                               std::uint16_t port, const std::string &bytes) {
        bpf::observed_call &c = add(SYS_sendto, pid, s, net, static_cast<std::int64_t>(bytes.size()));
        setAddress(c, ip, port);
        setPayload(c, bytes);
        return c;
    }
    bpf::observed_call &recv(std::uint32_t pid, std::uint64_t s, std::uint64_t net, std::uint32_t room,
                             std::int64_t result) {
        bpf::observed_call &c = add(SYS_recvfrom, pid, s, net, result);
        c.begin.length = room;
        return c;
    }

    std::vector<bpf::observed_call> all;

private:
    std::uint64_t time_ = 1000;
};

} // namespace skbscope::app
