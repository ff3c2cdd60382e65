// SPDX-License-Identifier: GPL-2.0-or-later
// Two hosts on a veth pair, as in the scenarios: a (10.9.0.1) and b (10.9.0.2), who know each other's link address.
// A test's body runs as a process of the model.
#pragma once

#include "linux/errno.h"
#include "linux/fs.h"
#include "linux/net.h"
#include "linux/socket.h"
#include "net/net_namespace.h"
#include "net/sock.h"
#include "net/udp.h"
#include "sim/machine.h"
#include "sim/netconfig.h"
#include "sim/syscalls.h"
#include "trace/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <numeric>
#include <vector>

namespace skbscope::stack {

constexpr be32 ipv4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return cpu_to_be32(a << 24 | b << 16 | c << 8 | d);
}
inline constexpr be32 host_a = ipv4(10, 9, 0, 1), host_b = ipv4(10, 9, 0, 2);

inline sockaddr_in address(be32 ip, u16 port) {
    sockaddr_in addr;
    addr.sin_addr = ip;
    addr.sin_port = cpu_to_be16(port);
    return addr;
}

// 'a' to 'z' repeated, as in the scenarios.
inline std::vector<u8> letters(std::size_t length) {
    std::vector<u8> v(length);
    for (std::size_t i = 0; i < length; ++i)
        v[i] = static_cast<u8>('a' + i % 26);
    return v;
}

class Hosts : public testing::Test {
protected:
    Hosts() {
        a = netns_add("a");
        b = netns_add("b");
        const mac_address mac_a{2, 0, 0, 0, 0, 1}, mac_b{2, 0, 0, 0, 0, 2};
        expect(link_add_veth(a, "va", b, "vb"));
        expect(link_set_up(a, "lo", true));
        expect(link_set_up(b, "lo", true));
        expect(link_set_address(a, "va", mac_a));
        expect(link_set_address(b, "vb", mac_b));
        expect(addr_add(a, "va", host_a, 24));
        expect(addr_add(b, "vb", host_b, 24));
        expect(link_set_up(a, "va", true));
        expect(link_set_up(b, "vb", true));
        expect(neigh_replace(a, "va", host_b, mac_b, neigh_request_state::permanent));
        expect(neigh_replace(b, "vb", host_a, mac_a, neigh_request_state::permanent));
    }

    static void expect(int result) { ASSERT_GE(result, 0); }
    void run(const std::function<void()> &body) { ASSERT_EQ(m.run_process("test", body), 0); }

    // Sockets with a receive time-out of one second, as the scenarios' runner sets it.
    int socket_in(net *ns, int type = SOCK_DGRAM, int protocol = 0) {
        EXPECT_EQ(sys_setns(ns), 0);
        const int fd = sys_socket(AF_INET, type, protocol);
        EXPECT_GE(fd, 0);
        set(fd, SOL_SOCKET, SO_RCVTIMEO_OLD, std::array<s64, 2>{1, 0});
        return fd;
    }
    int udp_in(net *ns) { return socket_in(ns); }
    int udp_bound(net *ns, be32 ip, u16 port) {
        const int fd = udp_in(ns);
        EXPECT_EQ(sys_bind(fd, address(ip, port)), 0);
        return fd;
    }
    template <class T> static int set(int fd, int level, int option, const T &value) {
        return sys_setsockopt(fd, level, option, {reinterpret_cast<const u8 *>(&value), sizeof(value)});
    }
    static ssize_t send_to(int fd, be32 ip, u16 port, std::size_t length, unsigned flags = 0) {
        const sockaddr_in to = address(ip, port);
        return sys_sendto(fd, letters(length), static_cast<int>(flags), &to);
    }
    static ssize_t send(int fd, std::size_t length, unsigned flags = 0) {
        return sys_sendto(fd, letters(length), static_cast<int>(flags), nullptr);
    }
    // What was received; a negative errno as its size is impossible, so it stands in `result`.
    struct Received {
        ssize_t result;
        std::vector<u8> data;
        sockaddr_in from;
    };
    // The room belongs to the test: the stack of a process that sleeps for ever is never unwound.
    Received receive(int fd, std::size_t room = 70000, unsigned flags = 0) {
        std::vector<u8> &data = rooms.emplace_back(room);
        Received r{.result = 0, .data = {}, .from = {}};
        r.result = sys_recvfrom(fd, data, static_cast<int>(flags), &r.from);
        data.resize(r.result < 0 ? 0 : std::min(room, static_cast<std::size_t>(r.result)));
        r.data = data;
        return r;
    }
    static sock *sk_of(int fd) {
        file *f = fget(fd);
        sock *sk = sock_from_file(f)->sk;
        fput(f);
        return sk;
    }
    static u64 udp_count(const net *ns, unsigned field) { return ns->mib.udp_statistics.mibs[field]; }

    std::deque<std::vector<u8>> rooms; // where processes receive: references stay good while more are added
    trace::Recorder recorder{1};
    machine m{{.cpus = 1, .seed = 7}, &recorder};
    machine::use current{m};
    net *a = nullptr;
    net *b = nullptr;
};

} // namespace skbscope::stack
