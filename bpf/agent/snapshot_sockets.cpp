// SPDX-License-Identifier: GPL-2.0-or-later
// Sockets, from /proc/net: it is there on every kernel, where the modules of sock_diag need not be.
#include "bpf/agent/snapshot_parts.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/socket.h>

namespace skbscope::bpf {

namespace fs = std::filesystem;

namespace {

struct socket_table {
    const char *file, *protocol, *family;
};
constexpr socket_table tables[] = {{"udp", "udp", "inet"},   {"tcp", "tcp", "inet"},    {"raw", "raw", "inet"},
                                   {"icmp", "ping", "inet"}, {"udp6", "udp", "inet6"},  {"tcp6", "tcp", "inet6"},
                                   {"raw6", "raw", "inet6"}, {"icmp6", "ping", "inet6"}};

struct endpoint {
    std::string address;
    std::uint32_t port = 0;
};

// "0100007F:1B58": words of the address as they stand in memory, then the port.
endpoint endpoint_of(const std::string &text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos || (colon != 8 && colon != 32)) return {};
    std::array<std::uint32_t, 4> words{};
    for (std::size_t i = 0; i < colon / 8; ++i)
        words[i] = static_cast<std::uint32_t>(std::strtoul(text.substr(i * 8, 8).c_str(), nullptr, 16));
    return {address_text(colon == 8 ? AF_INET : AF_INET6, words.data()),
            static_cast<std::uint32_t>(std::strtoul(text.c_str() + colon + 1, nullptr, 16))};
}

// sl local remote st tx:rx tr:when retrnsmt uid timeout inode ...
void take_line(snapshot_namespace &ns, const socket_table &table, const std::string &line) {
    std::istringstream in(line);
    std::array<std::string, 10> field;
    for (std::string &f : field)
        if (!(in >> f)) return;
    const endpoint local = endpoint_of(field[1]), remote = endpoint_of(field[2]);
    snapshot_socket s;
    s.protocol = table.protocol;
    s.family = table.family;
    s.local = local.address;
    s.local_port = local.port;
    s.remote = remote.address;
    s.remote_port = remote.port;
    s.state = static_cast<std::uint32_t>(std::strtoul(field[3].c_str(), nullptr, 16));
    s.inode = std::strtoull(field[9].c_str(), nullptr, 10);
    ns.sockets.push_back(std::move(s));
}

void read_table(snapshot_namespace &ns, const socket_table &table) {
    std::ifstream in(std::string("/proc/thread-self/net/") + table.file);
    std::string line;
    std::getline(in, line); // the heading
    while (std::getline(in, line))
        take_line(ns, table, line);
}

// sk RefCnt Type Proto Iface R Rmem User Inode
void read_packet_sockets(snapshot_namespace &ns) {
    std::ifstream in("/proc/thread-self/net/packet");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream words(line);
        std::array<std::string, 9> field;
        for (std::string &f : field)
            words >> f;
        snapshot_socket s;
        s.protocol = s.family = "packet";
        s.device = device_of(ns, static_cast<std::uint32_t>(std::strtoul(field[4].c_str(), nullptr, 10)));
        s.inode = std::strtoull(field[8].c_str(), nullptr, 10);
        ns.sockets.push_back(std::move(s));
    }
}

std::uint64_t inode_behind(const fs::path &descriptor) {
    std::error_code none;
    const std::string target = fs::read_symlink(descriptor, none);
    constexpr std::string_view prefix = "socket:[";
    return target.starts_with(prefix) ? std::strtoull(target.c_str() + prefix.size(), nullptr, 10) : 0;
}

// Which processes hold each socket, over all of /proc.
std::map<std::uint64_t, std::vector<snapshot_owner>> owners() {
    std::map<std::uint64_t, std::vector<snapshot_owner>> out;
    std::error_code none;
    for (const auto &process : fs::directory_iterator("/proc", none)) {
        const std::string pid = process.path().filename();
        if (pid.find_first_not_of("0123456789") != pid.npos) continue;
        std::string comm;
        std::ifstream comm_file(process.path() / "comm");
        std::getline(comm_file, comm);
        for (const auto &fd : fs::directory_iterator(process.path() / "fd", none)) {
            const std::uint64_t inode = inode_behind(fd.path());
            const std::string number = fd.path().filename();
            if (inode != 0)
                out[inode].push_back({static_cast<std::uint32_t>(std::stoul(pid)),
                                      static_cast<std::uint32_t>(std::strtoul(number.c_str(), nullptr, 10)), comm});
        }
    }
    return out;
}

} // namespace

void read_sockets(snapshot_namespace &ns) {
    for (const socket_table &table : tables)
        read_table(ns, table);
    read_packet_sockets(ns);
    if (ns.sockets.empty()) return;
    const auto held = owners();
    for (snapshot_socket &s : ns.sockets)
        if (const auto found = held.find(s.inode); found != held.end()) s.owners = found->second;
}

} // namespace skbscope::bpf
