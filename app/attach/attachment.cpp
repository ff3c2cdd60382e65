// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/attachment.h"

#include "app/attach/alarm.h"
#include "app/model/model_side.h"
#include "linux/simnic.h"
#include "sim/housekeeping.h"
#include "sim/machine.h"
#include "sim/netconfig.h"
#include "sim/work_clock.h"
#include "trace/recorder.h"

#include <cerrno>
#include <cstring>

namespace skbscope::app {

namespace {

constexpr const char *hostName = "model", *deviceName = "eth0";
constexpr unsigned txFrames = 32;            // the card tells of sent frames when there are so many, ...
constexpr std::uint64_t txDelay = 1'000'000; // ... or after so long (ns); the next frame that comes does it, too
constexpr unsigned framesAtOnce = 64;        // a NAPI budget's worth
constexpr std::uint64_t bootTime = 1'000'000'000, settleTime = 200'000'000; // ns
constexpr std::uint64_t showEvery = 100'000'000;                            // ns
constexpr std::uint64_t forever = 1'000'000'000'000'000;                    // ns

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
    [[nodiscard]] std::uint64_t modelTime() const { return monotonicNanoseconds() - started + begun; }
    [[nodiscard]] std::uint64_t realTime(std::uint64_t model) const {
        return std::min(model, begun + forever) - begun + started;
    }
    void send(std::span<const std::uint8_t> frame);
    void showNew();
    [[nodiscard]] std::uint64_t nextShow() const { return show && recorder.size() != 0 ? shown + showEvery : forever; }
    [[nodiscard]] tl::expected<void, RunError> loop(int wake, const std::function<bool()> &stopped);
    [[nodiscard]] trace::Side named() const;

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
    Show show;                            // of a followed run
    trace::Side followed;
    std::uint64_t shown = 0; // when, in the model's time
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
    p.started = monotonicNanoseconds();
    p.recorder.keep_last(p.options.eventsMax);
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

tl::expected<void, RunError> Attachment::run(int wake, const std::function<bool()> &stopped) {
    Parts &p = *parts_;
    tl::expected<void, RunError> ended = p.loop(wake, stopped);
    if (p.show) p.showNew();
    return ended;
}

tl::expected<void, RunError> Attachment::Parts::loop(int wake, const std::function<bool()> &stopped) {
    std::uint64_t next = 0; // what is due next
    while (true) {
        // The clock is read once a look: it stands still until the next one.
        const std::uint64_t now = modelTime();
        if (now < next)
            machine.pass(now);
        else
            (void)machine.run_due(now);
        const auto taken = takeFrames();
        if (!taken) return tl::unexpected(taken.error());
        next = machine.run_due(now);
        if (options.record) recorder.prepare();
        if (show && now - shown >= showEvery) {
            shown = now;
            showNew();
        }
        const auto woken = wire.wait(wake, *taken == framesAtOnce ? 0 : realTime(std::min(next, nextShow())));
        if (!woken) return tl::unexpected(woken.error());
        if (*woken && stopped()) return {};
    }
}

AttachCounters Attachment::counters() const {
    AttachCounters c = parts_->counters;
    c.events = parts_->recorder.made();
    c.overwritten = parts_->recorder.overwritten();
    return c;
}
const std::vector<std::unique_ptr<Service>> &Attachment::services() const {
    return parts_->services;
}
MacAddress Attachment::mac() const {
    return parts_->options.mac.value_or(macFrom(parts_->options.address));
}

trace::Side Attachment::Parts::named() const {
    trace::Side side = modelSide(recorder, {.seed = options.seed, .cpus = options.cpus}, machine.task_names());
    side.info.facts["clock"] = "real time at each look at the wire; it stands still while what came is handled";
    return side;
}

trace::Side Attachment::side() const {
    const Parts &p = *parts_;
    return p.show ? p.followed : p.named();
}

void Attachment::follow(Show show) {
    Parts &p = *parts_;
    p.show = std::move(show);
    p.recorder.keep_last(0);
    p.followed = p.named();
    p.recorder.clear();
    p.show(p.followed, p.followed.events);
}

void Attachment::Parts::showNew() {
    const std::size_t before = followed.events.size();
    addToSide(followed, recorder, machine.task_names(), recorder.take());
    show(followed, std::span(followed.events).subspan(before));
    if (followed.events.size() < options.eventsMax) return;
    recorder.set_on(false);
    counters.full = true;
}

} // namespace skbscope::app
