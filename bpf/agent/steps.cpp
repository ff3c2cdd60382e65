// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/steps.h"

#include <arpa/inet.h>
#include <cstring>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

constexpr std::size_t buffer_size = 1U << 20;

sockaddr_in address_of(const op &o) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(o.port);
    a.sin_addr.s_addr = o.ip;
    return a;
}

template <class Address> const sockaddr *generic(const Address &a) {
    return reinterpret_cast<const sockaddr *>(&a);
}

std::int64_t checked(std::int64_t result) {
    return result < 0 ? -errno : result;
}

} // namespace

steps::steps(network &net) : net_(net), buffer_(buffer_size) {
    fds_.fill(-1);
    for (std::size_t i = 0; i < buffer_.size(); ++i)
        buffer_[i] = static_cast<char>('a' + i % 26);
}

std::int64_t steps::open_socket(const op &o) {
    fd(o) = socket(static_cast<int>(o.arg[0]), static_cast<int>(o.arg[1]), static_cast<int>(o.arg[2]));
    if (fd(o) < 0) return -errno;
    if (o.arg[3] != 0) {
        const timeval limit{static_cast<time_t>(o.arg[3] / 1000), static_cast<suseconds_t>(o.arg[3] % 1000 * 1000)};
        setsockopt(fd(o), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    return fd(o);
}

std::int64_t steps::open_packet(const op &o) {
    fd(o) = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    if (fd(o) < 0) return -errno;
    ifreq r{};
    std::memcpy(r.ifr_name, o.name, sizeof o.name);
    if (ioctl(fd(o), SIOCGIFINDEX, &r) < 0) return -errno;
    sockaddr_ll a{};
    a.sll_family = AF_PACKET;
    a.sll_protocol = htons(ETH_P_ALL);
    a.sll_ifindex = r.ifr_ifindex;
    return checked(bind(fd(o), generic(a), sizeof a));
}

std::int64_t steps::open_tap(const op &o) {
    fd(o) = open("/dev/net/tun", O_RDWR);
    if (fd(o) < 0) return -errno;
    ifreq r{};
    std::memcpy(r.ifr_name, o.name, sizeof o.name);
    r.ifr_flags =
        static_cast<short>(IFF_TAP | IFF_NO_PI | (o.arg[0] != 0 ? IFF_NAPI : 0) | (o.arg[0] == 2 ? IFF_NAPI_FRAGS : 0));
    return checked(ioctl(fd(o), TUNSETIFF, &r));
}

// An echo request: type 8, id 1, sequence 1, all else 0. One's complement sum of what is not 0: 0x0800 + 1 + 1.
std::int64_t steps::send_ping(const op &o) {
    std::array<std::uint8_t, 64> p{8, 0, 0, 0, 0, 1, 0, 1};
    const unsigned sum = ~(0x0800U + 1 + 1) & 0xffffU;
    p[2] = static_cast<std::uint8_t>(sum >> 8);
    p[3] = static_cast<std::uint8_t>(sum);
    const sockaddr_in to = address_of(o);
    return checked(sendto(fd(o), p.data(), p.size(), 0, generic(to), sizeof to));
}

std::int64_t steps::socket_call(const op &o, std::string_view data) {
    const sockaddr_in a = address_of(o);
    const auto flags = static_cast<int>(o.arg[1]);
    // With data its own length counts: arg[0] beyond it would read past the payload.
    const std::size_t length = data.empty() ? o.arg[0] : data.size();
    switch (o.kind) {
    case SKBSCOPE_OP_BIND:
        return checked(bind(fd(o), generic(a), sizeof a));
    case SKBSCOPE_OP_CONNECT:
        return checked(connect(fd(o), generic(a), sizeof a));
    case SKBSCOPE_OP_LISTEN:
        return checked(listen(fd(o), static_cast<int>(o.arg[0])));
    case SKBSCOPE_OP_ACCEPT:
        return checked(fds_[o.sock2] = accept(fd(o), nullptr, nullptr));
    case SKBSCOPE_OP_SENDTO:
        return checked(sendto(fd(o), payload(data), length, flags, generic(a), sizeof a));
    case SKBSCOPE_OP_SEND:
        return checked(send(fd(o), payload(data), length, flags));
    case SKBSCOPE_OP_RECV:
        return checked(recv(fd(o), buffer_.data(), o.arg[0], flags));
    case SKBSCOPE_OP_CLOSE:
        return checked(close(fd(o)));
    case SKBSCOPE_OP_SHUTDOWN:
        return checked(shutdown(fd(o), static_cast<int>(o.arg[0])));
    default:
        return -EOPNOTSUPP;
    }
}

std::int64_t steps::run(const op &o, std::string_view data) {
    switch (o.kind) {
    case SKBSCOPE_OP_SETNS:
        return checked(setns(net_.namespace_of(o.host), CLONE_NEWNET));
    case SKBSCOPE_OP_SOCKET:
        return open_socket(o);
    case SKBSCOPE_OP_SEND_PING:
        return send_ping(o);
    case SKBSCOPE_OP_SETSOCKOPT: {
        const auto value = static_cast<int>(o.arg[2]);
        return checked(setsockopt(fd(o), static_cast<int>(o.arg[0]), static_cast<int>(o.arg[1]), &value, sizeof value));
    }
    case SKBSCOPE_OP_JOIN: {
        const ip_mreq group{{o.ip}, {o.ip2}};
        const int name = o.arg[0] != 0 ? IP_DROP_MEMBERSHIP : IP_ADD_MEMBERSHIP;
        return checked(setsockopt(fd(o), IPPROTO_IP, name, &group, sizeof group));
    }
    case SKBSCOPE_OP_POLL: {
        pollfd p{fd(o), static_cast<short>(o.arg[0]), 0};
        return checked(poll(&p, 1, static_cast<int>(o.arg[1])));
    }
    case SKBSCOPE_OP_NONBLOCK:
        return checked(fcntl(fd(o), F_SETFL, O_NONBLOCK));
    case SKBSCOPE_OP_PACKET:
        return open_packet(o);
    case SKBSCOPE_OP_TAP_OPEN:
        return open_tap(o);
    case SKBSCOPE_OP_TAP_WRITE:
        return checked(write(fd(o), data.data(), data.size()));
    case SKBSCOPE_OP_TAP_READ:
        fcntl(fd(o), F_SETFL, O_NONBLOCK);
        return checked(read(fd(o), buffer_.data(), std::min<std::size_t>(o.arg[0], buffer_.size())));
    case SKBSCOPE_OP_SLEEP:
        return checked(usleep(o.arg[0] * 1000));
    default:
        return socket_call(o, data);
    }
}

} // namespace skbscope::bpf
