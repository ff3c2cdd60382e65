// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_call.h"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <sys/syscall.h>

namespace skbscope::app {

namespace {

struct KnownCall {
    std::uint32_t number;
    const char *name;
    CallKind kind;
};
constexpr KnownCall known[] = {
    {SYS_socket, "socket", CallKind::socket},
    {SYS_bind, "bind", CallKind::bind},
    {SYS_connect, "connect", CallKind::connect},
    {SYS_listen, "listen", CallKind::listen},
    {SYS_accept, "accept", CallKind::accept},
    {SYS_accept4, "accept4", CallKind::accept},
    {SYS_sendto, "sendto", CallKind::send},
    {SYS_sendmsg, "sendmsg", CallKind::send},
    {SYS_sendmmsg, "sendmmsg", CallKind::send},
    {SYS_write, "write", CallKind::send},
    {SYS_writev, "writev", CallKind::other},
    {SYS_recvfrom, "recvfrom", CallKind::receive},
    {SYS_recvmsg, "recvmsg", CallKind::receive},
    {SYS_read, "read", CallKind::receive},
    {SYS_recvmmsg, "recvmmsg", CallKind::other},
    {SYS_readv, "readv", CallKind::other},
    {SYS_close, "close", CallKind::close},
    {SYS_shutdown, "shutdown", CallKind::shutdown},
    {SYS_setsockopt, "setsockopt", CallKind::option},
    {SYS_poll, "poll", CallKind::poll},
    {SYS_fcntl, "fcntl", CallKind::nonblock},
    {SYS_ioctl, "ioctl", CallKind::nonblock},
};

const KnownCall *find(std::uint32_t number) {
    const auto *at =
        std::find_if(std::begin(known), std::end(known), [=](const KnownCall &k) { return k.number == number; });
    return at == std::end(known) ? nullptr : at;
}

} // namespace

CallKind kindOf(const bpf::observed_call &call) {
    const KnownCall *k = find(call.begin.call);
    return k ? k->kind : CallKind::other;
}

const char *callName(std::uint32_t number) {
    const KnownCall *k = find(number);
    return k ? k->name : "?";
}

std::string callText(const bpf::observed_call &call) {
    return std::string(callName(call.begin.call)) + " of " + call.comm() + " " + std::to_string(call.begin.pid);
}

std::uint64_t effectTime(const bpf::observed_call &call) {
    const CallKind kind = kindOf(call);
    const bool waits = kind == CallKind::receive || kind == CallKind::accept || kind == CallKind::poll;
    return waits && call.ended ? call.end_time : call.begin.time;
}

std::optional<Ipv4Endpoint> endpointOf(const skbscope_call &call) {
    sockaddr_in a{};
    constexpr std::size_t needed = offsetof(sockaddr_in, sin_zero);
    if (call.address_length < needed) return {};
    std::memcpy(&a, call.address, needed);
    if (a.sin_family != AF_INET) return {};
    return Ipv4Endpoint{a.sin_addr.s_addr, ntohs(a.sin_port)};
}

bool isAlphabet(std::string_view payload) {
    for (std::size_t i = 0; i < payload.size(); ++i)
        if (payload[i] != static_cast<char>('a' + i % 26)) return false;
    return true;
}

std::int32_t firstInt(std::string_view payload) {
    std::int32_t value = 0;
    if (payload.size() >= sizeof value) std::memcpy(&value, payload.data(), sizeof value);
    return value;
}

} // namespace skbscope::app
