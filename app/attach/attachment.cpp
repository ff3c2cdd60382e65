// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/attachment.h"

#include "app/model/model_side.h"
#include "linux/simnic.h"
#include "sim/housekeeping.h"
#include "sim/machine.h"
#include "sim/netconfig.h"
#include "trace/recorder.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>

namespace skbscope::app {

namespace {

constexpr const char *hostName = "model", *deviceName = "eth0";
constexpr unsigned framesAtOnce = 64;                                       // a NAPI budget's worth
constexpr std::uint64_t bootTime = 1'000'000'000, settleTime = 200'000'000; // ns

std::uint64_t realNanoseconds() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(t.tv_nsec);
}

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

struct Attachment::Parts {
    Parts(const AttachOptions &o, Wire &w, PcapFile *p)
        : options(o), wire(w), pcap(p), recorder(o.cpus),
          machine({.cpus = o.cpus, .seed = o.seed}, o.record ? &recorder : nullptr), current(machine) {}

    [[nodiscard]] tl::expected<void, RunError> makeDevice();
    [[nodiscard]] tl::expected<void, RunError> makeAddress();
    [[nodiscard]] tl::expected<void, RunError> startServices();
    [[nodiscard]] tl::expected<unsigned, RunError> takeFrames();
    [[nodiscard]] std::uint64_t modelTime() const { return realNanoseconds() - started + begun; }
    void send(std::span<const std::uint8_t> frame);
    void watchRecording();

    const AttachOptions options;
    Wire &wire;
    PcapFile *pcap;
    AttachCounters counters;
    std::vector<std::unique_ptr<Service>> services; // outlive the machine
    trace::Recorder recorder;
    stack::machine machine;
    stack::machine::use current;
    stack::net *ns = nullptr;
    stack::net_device *device = nullptr;
    std::uint64_t started = 0, begun = 0; // real time, and the model's then
};

Attachment::Attachment(const AttachOptions &options, Wire &wire, PcapFile *pcap)
    : parts_(std::make_unique<Parts>(options, wire, pcap)) {}
Attachment::~Attachment() = default;

tl::expected<void, RunError> Attachment::Parts::makeDevice() {
    ns = stack::netns_add(hostName);
    if (!ns) return tl::unexpected(refusal("network namespace", -ENOMEM));
    (void)stack::link_set_up(ns, "lo", true);
    stack::simnic_config config;
    config.name = deviceName;
    config.queues = options.queues;
    config.mode = options.napi ? stack::simnic_mode::napi : stack::simnic_mode::per_packet;
    int error = 0;
    device = stack::simnic_probe(ns, config, &error);
    if (!device) return tl::unexpected(refusal("the simulated card", error));
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
    p.started = realNanoseconds();
    p.recorder.set_on(p.options.record);
    return {};
}

// The card sends, in the context of whoever sends.
void Attachment::Parts::send(std::span<const std::uint8_t> frame) {
    ++counters.framesOut;
    if (pcap) pcap->write(frame);
    wire.send(frame);
}

tl::expected<unsigned, RunError> Attachment::Parts::takeFrames() {
    unsigned taken = 0;
    for (; taken < framesAtOnce; ++taken) {
        const auto frame = wire.receive();
        if (!frame) return tl::unexpected(frame.error());
        if (frame->empty()) break;
        if (pcap) pcap->write(*frame);
        if (!stack::simnic_receive(device, *frame)) ++counters.missed;
    }
    counters.framesIn += taken;
    return taken;
}

void Attachment::Parts::watchRecording() {
    if (!recorder.on() || recorder.size() < options.eventsMax) return;
    recorder.set_on(false);
    counters.recordingFull = true;
}

tl::expected<void, RunError> Attachment::run(int wake, const std::function<bool()> &stopped) {
    Parts &p = *parts_;
    constexpr std::uint64_t longest = 1'000'000'000; // ns
    while (true) {
        std::uint64_t next = p.machine.run_due(p.modelTime());
        const auto taken = p.takeFrames();
        if (!taken) return tl::unexpected(taken.error());
        if (*taken != 0) next = p.machine.run_due(p.modelTime());
        p.watchRecording();
        const std::uint64_t now = p.modelTime();
        const std::uint64_t wait = *taken == framesAtOnce || next <= now ? 0 : std::min(next - now, longest);
        std::array<pollfd, 2> fds{pollfd{p.wire.descriptor(), POLLIN, 0}, pollfd{wake, POLLIN, 0}};
        const timespec limit{static_cast<time_t>(wait / 1'000'000'000), static_cast<long>(wait % 1'000'000'000)};
        (void)ppoll(fds.data(), fds.size(), &limit, nullptr);
        if (fds[1].revents != 0 && stopped()) return {};
    }
}

const AttachCounters &Attachment::counters() const {
    return parts_->counters;
}
const std::vector<std::unique_ptr<Service>> &Attachment::services() const {
    return parts_->services;
}
MacAddress Attachment::mac() const {
    return parts_->options.mac.value_or(macFrom(parts_->options.address));
}

trace::Side Attachment::side() const {
    const Parts &p = *parts_;
    trace::Side side = modelSide(p.recorder, {.seed = p.options.seed, .cpus = p.options.cpus}, p.machine.task_names());
    side.info.facts["clock"] = "real time at each look at the wire; it stands still while what came is handled";
    return side;
}

} // namespace skbscope::app
