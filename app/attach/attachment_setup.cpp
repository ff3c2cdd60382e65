// SPDX-License-Identifier: GPL-2.0-or-later
// The model's host: its card, address, services.
#include "app/attach/attachment_parts.h"
#include "linux/simnic.h"
#include "sim/housekeeping.h"
#include "sim/netconfig.h"
#include "sim/work_clock.h"

#include <cstring>

namespace skbscope::app {

namespace {

constexpr const char *hostName = "model", *deviceName = "eth0";
constexpr unsigned txFrames = 32;            // the card tells of sent frames when there are so many, ...
constexpr std::uint64_t txDelay = 1'000'000; // ... or after so long (ns); the next frame that comes does it, too
constexpr std::uint64_t bootTime = 1'000'000'000, settleTime = 200'000'000; // ns

// Locally administered, and the same each time: neighbours need not learn anew.
MacAddress macFrom(std::uint32_t address) {
    MacAddress mac{0x02, 0x5b};
    std::memcpy(&mac[2], &address, sizeof address);
    return mac;
}

RunError refusal(const std::string &what, int error) {
    return {RunErrorCode::badInput, what, std::string(std::strerror(-error)) + " (says the model kernel)"};
}

} // namespace

tl::expected<void, RunError> Attachment::Parts::makeDevice() {
    ns = stack::netns_add(hostName);
    if (!ns) return tl::unexpected(refusal("network namespace", -ENOMEM));
    (void)stack::link_set_up(ns, "lo", true);
    stack::simnic_config config;
    config.name = deviceName;
    config.queues = options.queues;
    config.tx_frames = txFrames;
    config.tx_delay_ns = txDelay;
    config.mode = options.napi ? stack::simnic_mode::napi : stack::simnic_mode::per_packet;
    int error = 0;
    device = stack::simnic_probe(ns, config, &error);
    if (!device) return tl::unexpected(refusal("the simulated card", error));
    stack::simnic_timer(device)->run_in_this_machine();
    stack::simnic_connect(device, [this](std::span<const std::uint8_t> frame) { send(frame); });
    error = stack::link_set_address(ns, deviceName, options.mac.value_or(macFrom(options.address)));
    if (error < 0) return tl::unexpected(refusal("--mac", error));
    error = stack::link_set_mtu(ns, deviceName, options.mtu);
    if (error < 0) return tl::unexpected(refusal("--mtu", error));
    error = stack::device_feature(ns, deviceName, "gro", options.gro);
    return error < 0 ? tl::expected<void, RunError>(tl::unexpected(refusal("gro", error)))
                     : tl::expected<void, RunError>();
}

tl::expected<void, RunError> Attachment::Parts::makeAddress() {
    using stack::be32;
    int error =
        stack::addr_add(ns, deviceName, be32::from_raw(options.address), static_cast<std::uint8_t>(options.prefix));
    if (error < 0) return tl::unexpected(refusal("--address", error));
    error = stack::link_set_up(ns, deviceName, true);
    if (error < 0) return tl::unexpected(refusal(deviceName, error));
    if (!options.gateway) return {};
    stack::route_request route;
    route.gateway = be32::from_raw(*options.gateway);
    error = stack::route_add(ns, route);
    if (error < 0) return tl::unexpected(refusal("--gateway", error));
    return {};
}

tl::expected<void, RunError> Attachment::Parts::startServices() {
    for (const auto &[kind, port] : options.services) {
        services.push_back(std::make_unique<Service>(kind, port));
        services.back()->start(machine, ns);
    }
    (void)machine.run_due(machine.now_ns());
    for (const auto &s : services)
        if (s->refused() < 0)
            return tl::unexpected(
                refusal(std::string("--") + serviceName(s->kind()) + " " + std::to_string(s->port()), s->refused()));
    return {};
}

tl::expected<void, RunError> Attachment::begin() {
    Parts &p = *parts_;
    stack::start_housekeeping(p.machine);
    p.machine.run_idle_until(bootTime);
    if (auto ok = p.makeDevice(); !ok) return ok;
    if (auto ok = p.makeAddress(); !ok) return ok;
    p.machine.run_idle_until(p.machine.now_ns() + settleTime);
    if (auto ok = p.startServices(); !ok) return ok;
    p.begun = p.machine.now_ns();
    p.started = p.wire->now();
    return p.options.record ? p.startRecording() : tl::expected<void, RunError>();
}

MacAddress Attachment::mac() const {
    return parts_->options.mac.value_or(macFrom(parts_->options.address));
}

} // namespace skbscope::app
