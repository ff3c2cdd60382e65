// SPDX-License-Identifier: GPL-2.0-or-later
// Hostile packets: frames of any bytes, written into two taps of a model router that has sockets of every kind, each
// after it was made plausible as far as its first byte asks (Ethernet header, IPv4 length and checksum, ICMP checksum),
// so that what lies behind the first check is reached. Time passes in between: timers of fragments and neighbours run.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "input.h"
#include "trace/call_tree.h"

#include <cstring>

using namespace skbscope;

namespace {

constexpr const char *router = R"(
hosts: [a]
taps: [a.tap0, a.tap1]
devices:
  a.tap0: { mac: "02:00:00:00:00:01", address: 10.9.0.1/24, features: { gro: on } }
  a.tap1: { mac: "02:00:00:00:00:03", address: 10.9.1.1/24, mtu: 576 }
neighbours:
  - { device: a.tap1, ip: 10.9.1.2, mac: "02:00:00:00:00:04" }
sysctls: { a: { net.ipv4.ip_forward: 1 } }
steps:
  - { host: a, do: tap, as: t, device: tap0, napi: on }
  - { do: tap, as: u, device: tap1 }
  - { do: socket, as: r, type: udp }
  - { do: bind, socket: r, address: "0.0.0.0:7000" }
  - { do: join, socket: r, group: 224.1.1.1, interface: 10.9.0.1 }
  - { do: socket, as: c, type: udp }
  - { do: bind, socket: c, address: "10.9.0.1:7001" }
  - { do: connect, socket: c, to: "10.9.0.2:7001" }
  - { do: socket, as: g, type: raw, protocol: icmp }
  - { do: socket, as: p, type: ping }
  - { do: packet, as: k, device: tap0 }
  - { trace: on }
)";
constexpr std::uint16_t tap0 = 0, tap1 = 1; // sockets by the order in which the steps name them
constexpr std::uint16_t first_reader = 2, readers = 5;

enum : std::uint8_t { with_ethernet = 1, with_length = 2, with_checksum = 4, with_icmp = 8, into_tap1 = 16, wait = 32 };

std::uint16_t checksum(const std::string &bytes, std::size_t from, std::size_t to) {
    std::uint32_t sum = 0;
    for (std::size_t i = from; i < to; ++i)
        sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << ((i - from) % 2 == 0 ? 8 : 0);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

void put(std::string &bytes, std::size_t at, std::size_t value) {
    bytes[at] = static_cast<char>(value >> 8);
    bytes[at + 1] = static_cast<char>(value);
}

// An IPv4 packet behind an Ethernet header, mended as the flags ask.
void mend(std::string &frame, std::uint8_t flags) {
    constexpr std::size_t ip = 14;
    if (frame.size() < ip + 20) return;
    const std::size_t header = std::min<std::size_t>((frame[ip] & 0xfU) * 4U, frame.size() - ip);
    if (flags & with_length) {
        frame[ip] = static_cast<char>((frame[ip] & 0xf) | 0x40);
        put(frame, ip + 2, frame.size() - ip);
    }
    const std::size_t icmp = ip + header;
    if (flags & with_icmp && frame.size() >= icmp + 8) {
        frame[ip + 9] = 1;
        put(frame, icmp + 2, 0);
        put(frame, icmp + 2, checksum(frame, icmp, frame.size()));
    }
    if (!(flags & with_checksum) || header < 20) return;
    put(frame, ip + 10, 0);
    put(frame, ip + 10, checksum(frame, ip, ip + header));
}

std::string next_frame(fuzz::Input &in, std::uint8_t flags) {
    std::string frame;
    const std::size_t size = in.byte() | std::size_t{in.byte()} << 8;
    if (flags & with_ethernet) {
        const std::uint8_t kind = in.byte();
        frame.assign(kind % 8 == 0 ? "\xff\xff\xff\xff\xff\xff" : "\x02\0\0\0\0\x01", 6);
        if (flags & into_tap1 && kind % 8 != 0) frame[5] = 3;
        frame.append("\x02\0\0\0\0\x02", 6).append(kind % 4 == 1 ? "\x08\x06" : "\x08\0", 2);
    }
    frame += in.take(size % 2048);
    mend(frame, flags);
    return frame;
}

void step(app::OpList &ops, skbscope_op_kind kind, std::uint16_t sock, std::uint32_t value,
          std::string_view data = {}) {
    static constexpr std::uint32_t dontwait = 0x40;
    skbscope_op &op = ops.add(kind, 1, 0);
    op.sock = sock;
    op.arg[0] = value;
    if (kind == SKBSCOPE_OP_RECV) op.arg[1] = dontwait;
    if (!data.empty()) ops.setData(op, data);
}

app::OpList list_of(fuzz::Input in) {
    static const auto base = app::parseScenario(router, "router.yaml");
    if (!base) __builtin_trap();
    app::OpList ops = base->ops;
    std::uint32_t left = 50'000; // ms: a scenario may take a minute, on either kernel
    for (unsigned frames = 0; !in.empty() && frames < 32; ++frames) {
        const std::uint8_t flags = in.byte();
        const std::string frame = next_frame(in, flags);
        if (!frame.empty()) step(ops, SKBSCOPE_OP_TAP_WRITE, flags & into_tap1 ? tap1 : tap0, 0, frame);
        if (!(flags & wait)) continue;
        const std::uint32_t ms = std::min(in.byte() * 200U, left);
        step(ops, SKBSCOPE_OP_SLEEP, 0, ms);
        left -= ms;
    }
    for (std::uint16_t s = 0; s < readers; ++s)
        step(ops, SKBSCOPE_OP_RECV, static_cast<std::uint16_t>(first_reader + s), 100);
    for (const std::uint16_t tap : {tap0, tap1})
        step(ops, SKBSCOPE_OP_TAP_READ, tap, 2048);
    return ops;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const app::OpList ops = list_of(fuzz::Input(data, size));
    if (!bpf::check(ops.list())) __builtin_trap();
    const auto side = app::runModel(ops);
    if (!side) __builtin_trap();
    (void)trace::build_call_tree(*side);
    return 0;
}
