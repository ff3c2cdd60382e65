// SPDX-License-Identifier: GPL-2.0-or-later
// What the release build of the model is laid out for (SKBSCOPE_TRAIN): a host that answers UDP datagrams which come in
// through its card, as it does in `skbscope attach`. Nearly all of them untraced; some traced, so that the tracer's own
// way counts as travelled. tests/bench/echo_run is the same, of as many datagrams as its argument says. It is the same
// in every run: no clock of the world, no randomness.
#include "linux/if_ether.h"
#include "linux/in.h"
#include "linux/net.h"
#include "linux/simnic.h"
#include "linux/sockaddr.h"
#include "net/checksum.h"
#include "sim/housekeeping.h"
#include "sim/machine.h"
#include "sim/netconfig.h"
#include "sim/syscalls.h"
#include "sim/work_clock.h"
#include "trace/recorder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

using namespace skbscope;
using namespace skbscope::stack;

using frame = std::vector<u8>;
constexpr mac_address our_mac{2, 0x5b, 0, 0, 0, 2}, their_mac{2, 0, 0, 0, 0, 1};
constexpr std::array<u8, 4> ours{10, 9, 0, 2}, theirs{10, 9, 0, 1};
constexpr unsigned echo_port = 7, their_port = 5000, payload = 64;
constexpr u64 apart = 10'000; // ns between two datagrams
constexpr unsigned traced = 64;

void append(frame &f, std::span<const u8> bytes) {
    f.insert(f.end(), bytes.begin(), bytes.end());
}
void append16(frame &f, unsigned value) {
    f.push_back(static_cast<u8>(value >> 8));
    f.push_back(static_cast<u8>(value));
}
void write(frame &f, std::size_t at, sum16 sum) {
    std::memcpy(&f[at], &sum, sizeof(sum));
}

frame ethernet(const mac_address &to, unsigned type) {
    frame f;
    append(f, to);
    append(f, their_mac);
    append16(f, type);
    return f;
}

frame arp_request() {
    frame f = ethernet({0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, ETH_P_ARP);
    append(f, std::array<u8, 8>{0, 1, 8, 0, 6, 4, 0, 1});
    append(f, their_mac);
    append(f, theirs);
    append(f, mac_address{});
    append(f, ours);
    return f;
}

// With its checksum, as other hosts send it.
frame datagram() {
    constexpr std::size_t ip = ETH_HLEN, udp = ip + 20;
    frame f = ethernet(our_mac, ETH_P_IP);
    append(f, std::array<u8, 12>{0x45, 0, 0, 20 + 8 + payload, 0, 1, 0x40, 0, 64, IPPROTO_UDP, 0, 0});
    append(f, theirs);
    append(f, ours);
    write(f, ip + 10, csum_fold(csum_partial(&f[ip], 20, 0)));
    append16(f, their_port);
    append16(f, echo_port);
    append16(f, 8 + payload);
    append16(f, 0);
    f.resize(f.size() + payload, 'x');
    be32 saddr, daddr;
    std::memcpy(&saddr, theirs.data(), 4);
    std::memcpy(&daddr, ours.data(), 4);
    write(f, udp + 6, csum_tcpudp_magic(saddr, daddr, 8 + payload, IPPROTO_UDP, csum_partial(&f[udp], 8 + payload, 0)));
    return f;
}

// The process that answers, for ever.
void serve(net *ns) {
    std::array<u8, 2048> buffer{};
    (void)sys_setns(ns);
    const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address;
    address.sin_port = cpu_to_be16(echo_port);
    if (sys_bind(fd, address) < 0) return;
    for (;;) {
        sockaddr_in from;
        const ssize_t n = sys_recvfrom(fd, buffer, 0, &from);
        if (n >= 0) (void)sys_sendto(fd, std::span(buffer).first(static_cast<std::size_t>(n)), 0, &from);
    }
}

net_device *host(net *ns) {
    const simnic_config config{.name = "eth0", .tx_frames = 32, .tx_delay_ns = 1'000'000};
    int error = 0;
    net_device *card = simnic_probe(ns, config, &error);
    if (!card) return nullptr;
    be32 address;
    std::memcpy(&address, ours.data(), 4);
    error |= link_set_address(ns, "eth0", our_mac);
    error |= addr_add(ns, "eth0", address, 24);
    error |= link_set_up(ns, "eth0", true);
    return error == 0 ? card : nullptr;
}

// A frame at a time; between two of them the clock goes on as in `skbscope attach`.
void receive(machine &m, net_device *card, const frame &f, unsigned count) {
    u64 next = m.run_due(m.now_ns() + apart);
    for (unsigned i = 0; i < count; ++i) {
        const u64 now = m.now_ns() + apart;
        if (now < next)
            m.pass(now);
        else
            (void)m.run_due(now);
        (void)simnic_receive(card, f);
        next = m.run_due(now);
    }
}

} // namespace

int main(int argc, char **argv) {
    const auto untraced = argc > 1 ? static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)) : 20'000U;
    trace::Recorder recorder;
    machine m({}, &recorder);
    const machine::use current(m);
    start_housekeeping(m);
    net *ns = netns_add("host");
    net_device *card = host(ns);
    if (!card) return 1;
    simnic_timer(card)->run_in_this_machine();
    unsigned answers = 0;
    simnic_connect(card, [&](std::span<const u8>) { ++answers; });
    m.run_idle_until(1'000'000'000);
    m.start_process("echo", [ns] { serve(ns); });
    (void)m.run_due(m.now_ns());
    receive(m, card, arp_request(), 1);
    receive(m, card, datagram(), untraced);
    recorder.set_on(true);
    receive(m, card, datagram(), traced);
    if (answers == 1 + untraced + traced) return 0;
    std::fprintf(stderr, "training: %u answers to %u frames\n", answers, 1 + untraced + traced);
    return 1;
}
