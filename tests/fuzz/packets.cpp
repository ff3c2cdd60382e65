// SPDX-License-Identifier: GPL-2.0-or-later
// Hostile packets: frames of any bytes, written into two taps of a model router that has sockets of every kind, each
// after it was made plausible as far as its first byte asks (Ethernet header, IPv4 length and checksum, ICMP checksum),
// so that what lies behind the first check is reached. Time passes in between: timers of fragments and neighbours run.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "frames.h"
#include "trace/call_tree.h"

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

using namespace fuzz; // NOLINT(google-build-using-namespace)

void step(app::OpList &ops, skbscope_op_kind kind, std::uint16_t sock, std::uint32_t value,
          std::string_view data = {}) {
    static constexpr std::uint32_t dontwait = 0x40;
    skbscope_op &op = ops.add(kind, 1, 0);
    op.sock = sock;
    op.arg[0] = value;
    if (kind == SKBSCOPE_OP_RECV) op.arg[1] = dontwait;
    if (!data.empty()) ops.setData(op, data);
}

app::OpList list_of(Input in) {
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
    const app::OpList ops = list_of(Input(data, size));
    if (!bpf::check(ops.list())) __builtin_trap();
    const auto side = app::runModel(ops);
    if (!side) __builtin_trap();
    (void)trace::build_call_tree(*side);
    return 0;
}
