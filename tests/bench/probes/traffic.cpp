// SPDX-License-Identifier: GPL-2.0-or-later
#include "traffic.h"

#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace skbscope::bench {

std::uint64_t now(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(t.tv_nsec);
}

namespace {

constexpr unsigned payload = 64;
constexpr unsigned burst = 16; // packets between two pauses

void sleepUntil(std::uint64_t when) {
    const timespec t{static_cast<time_t>(when / 1'000'000'000), static_cast<long>(when % 1'000'000'000)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr) != 0) {
    }
}

int boundSocket(sockaddr_in &address) {
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    socklen_t size = sizeof address;
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        std::perror("probe_bench: socket");
        std::exit(3);
    }
    return fd;
}

} // namespace

Measured sendAndReceive(const Load &load, const std::function<void(bool)> &around) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int receiver = boundSocket(to);
    const int sender = socket(AF_INET, SOCK_DGRAM, 0);
    if (connect(sender, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0) std::exit(3);
    char bytes[payload] = {};
    (void)!send(sender, bytes, sizeof bytes, 0), (void)!recv(receiver, bytes, sizeof bytes, 0); // routes are cached now
    if (around) around(true);
    const std::uint64_t begin = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (unsigned i = 0; i < load.packets; ++i) {
        if (send(sender, bytes, sizeof bytes, 0) != payload || recv(receiver, bytes, sizeof bytes, 0) != payload)
            std::exit(3);
        if (load.perSecond != 0 && i % burst == burst - 1)
            sleepUntil(begin + std::uint64_t{i + 1} * 1'000'000'000 / load.perSecond);
    }
    const Measured m{now(CLOCK_MONOTONIC) - begin, now(CLOCK_PROCESS_CPUTIME_ID) - cpu};
    if (around) around(false);
    close(sender);
    close(receiver);
    return m;
}

void print(const Load &load, const Measured &m) {
    std::printf("packets %u elapsed_ns %llu cpu_ns %llu\n", load.packets, static_cast<unsigned long long>(m.elapsedNs),
                static_cast<unsigned long long>(m.cpuNs));
    std::fflush(stdout);
}

} // namespace skbscope::bench
