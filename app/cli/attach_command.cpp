// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope attach DEVICE: the model stack on a real tap or veth.
#include "app/cli/attach_arguments.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/gui/gui.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <arpa/inet.h>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace skbscope::app {

namespace {

OrFailure<std::uint32_t> addressOf(const std::string &option, const std::string &text,
                                   const std::string &example = "10.9.0.2") {
    in_addr a{};
    if (inet_pton(AF_INET, text.c_str(), &a) != 1)
        return failed(exitBadInput, option + " " + text + ": no IPv4 address; write it as " + example);
    return a.s_addr;
}

OrFailure<void> takeAddress(const std::string &text, AttachOptions &o) {
    const std::size_t slash = text.find('/');
    const auto address = addressOf("--address", text.substr(0, slash), "10.9.0.2/24");
    if (!address) return tl::unexpected(address.error());
    const std::string prefix = slash == text.npos ? "" : text.substr(slash + 1);
    const bool number = !prefix.empty() && prefix.size() <= 2 &&
                        std::ranges::all_of(prefix, [](char c) { return c >= '0' && c <= '9'; });
    if (!number || std::stoi(prefix) > 32)
        return failed(exitBadInput, "--address " + text + ": the prefix's length is missing; write it as 10.9.0.2/24");
    o.address = *address;
    o.prefix = static_cast<unsigned>(std::stoi(prefix));
    return {};
}

OrFailure<MacAddress> macOf(const std::string &text) {
    MacAddress mac{};
    char rest = 0;
    const int n = std::sscanf(text.c_str(), "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%c", &mac[0], &mac[1], &mac[2], &mac[3],
                              &mac[4], &mac[5], &rest);
    if (n != 6 || (mac[0] & 1U) != 0)
        return failed(exitBadInput, "--mac " + text + ": no address of one card; write it as 02:00:00:00:00:02");
    return mac;
}

} // namespace

OrFailure<void> takeOptions(AttachArguments &a) {
    AttachOptions &o = a.options;
    if (auto ok = takeAddress(a.address, o); !ok) return ok;
    if (!a.gateway.empty()) {
        const auto gateway = addressOf("--gateway", a.gateway);
        if (!gateway) return tl::unexpected(gateway.error());
        o.gateway = *gateway;
    }
    if (!a.mac.empty()) {
        const auto mac = macOf(a.mac);
        if (!mac) return tl::unexpected(mac.error());
        o.mac = *mac;
    }
    o.napi = a.mode != "no-napi";
    o.gro = a.mode == "gro";
    o.record = !a.out.empty() || a.gui;
    constexpr std::uint64_t shownMost = 1'000'000; // the window copies them each time it shows more
    if (a.events != 0)
        o.eventsMax = a.events;
    else if (a.gui)
        o.eventsMax = shownMost;
    for (const auto &[kind, port] : {std::pair(ServiceKind::echo, a.echo), std::pair(ServiceKind::discard, a.discard),
                                     std::pair(ServiceKind::chargen, a.chargen)})
        if (port != 0) o.services.emplace_back(kind, port);
    return {};
}

namespace {

std::string text(const MacAddress &mac) {
    char out[18];
    std::snprintf(out, sizeof out, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
    return out;
}

void tellBegin(const AttachArguments &a, const OpenedWire &wire, const Attachment &model) {
    std::cerr << "skbscope: " << a.wire.device << " (" << (wire.kind == "tap" ? "tap" : "packet socket")
              << (wire.created ? ", made here: it goes when this ends" : ", left as it is") << "): the model is "
              << a.address << ", " << text(model.mac());
    for (const auto &s : model.services())
        std::cerr << "; udp " << serviceName(s->kind()) << " on port " << s->port();
    std::cerr << ". Ctrl-C ends.\n";
}

void tellEnd(const Attachment &model, const Wire &wire) {
    const AttachCounters c = model.counters();
    std::cerr << "skbscope: " << c.framesIn << " frames came, " << c.framesOut << " left";
    if (c.missed != 0) std::cerr << "; the card missed " << c.missed << " (its ring was full, or they were too long)";
    if (wire.counters().refused != 0) std::cerr << "; the device did not take " << wire.counters().refused;
    if (wire.counters().tooLarge != 0)
        std::cerr << "; " << wire.counters().tooLarge
                  << " super-frames were not taken: switch tso, gso and ufo of the sender's device off (ethtool -K)";
    std::cerr << "\n";
    for (const auto &s : model.services())
        if (s->received() != 0)
            std::cerr << "skbscope: udp " << serviceName(s->kind()) << ": " << s->received() << " datagrams, "
                      << s->sent() << " answers\n";
}

void tellEvents(const AttachCounters &c, const trace::Side &side, bool followed) {
    if (c.full)
        std::cerr << "skbscope: recording ended early: "
                  << (followed ? "--events says after how many events\n" : "there was no memory for more\n");
    if (c.events != 0)
        std::cerr << "skbscope: "
                  << (c.overwritten ? "the last " + std::to_string(side.events.size()) +
                                          " events are kept (--events says how many)\n"
                                    : std::to_string(c.events) + " events\n");
}

std::string listed(const std::map<std::string, std::uint64_t> &counts) {
    std::string out;
    for (const auto &[name, count] : counts)
        out += (out.empty() ? " (" : ", ") + name + " " + std::to_string(count);
    return out.empty() ? out : out + ")";
}

// Every packet is consumed, dropped or in a queue.
void tellPackets(const AttachPackets &p) {
    std::uint64_t standing = 0;
    for (const auto &[where, packets] : p.standing)
        standing += packets;
    std::cerr << "skbscope: of " << p.made << " packets " << p.consumed << " were consumed, " << p.dropped << " dropped"
              << listed(p.byReason) << ", " << standing << " stand in queues" << listed(p.standing) << "\n";
    if (p.addUp()) return;
    std::cerr << "skbscope: that does not add up, a fault of the model";
    for (std::size_t i = 0; i < std::min<std::size_t>(p.wrong.size(), 5); ++i)
        std::cerr << "; " << p.wrong[i];
    std::cerr << "\n";
}

OrFailure<void> keep(const AttachArguments &a, trace::Side side) {
    if (a.out.empty()) return {};
    trace::Trace trace;
    trace.sides.push_back(std::move(side));
    return keepTrace(trace, a.out, trace::SideKind::model);
}

Failure failureOf(const RunError &e) {
    return {static_cast<ExitCode>(e.code), e.message()};
}

int attach(AttachArguments &a, int argc, char **argv) {
    if (a.gui && geteuid() == 0 && !a.allowRoot) // now, not when the device is open
        return report({exitNotPossible, "--gui: the window does not run as root; keep the trace with -o, or give "
                                        "--allow-root"});
    if (a.gui && !hasGui()) return report({exitNotPossible, "--gui: this build has no window"});
    if (const auto ok = takeOptions(a); !ok) return report(ok.error());
    Interrupt interrupt; // before there are other threads
    if (a.gui) return attachWindow(a, interrupt, argc, argv);
    const AttachEnd end = attachDevice(a, interrupt, [](Attachment &) {});
    return end.failure ? report(*end.failure) : exitOk;
}

void addCard(CLI::App &c, AttachArguments &a) {
    c.add_option("--mode", a.mode, "Of the simulated card: no-napi (an interrupt a packet), napi, gro (napi with GRO)")
        ->check(CLI::IsMember({"no-napi", "napi", "gro"}))
        ->type_name("MODE");
    c.add_option("--cpus", a.options.cpus, "CPUs of the model")->check(CLI::Range(1U, 64U))->type_name("N");
    c.add_option("--queues", a.options.queues, "Queues of the card, an interrupt each")
        ->check(CLI::Range(1U, 64U))
        ->type_name("N");
    c.add_option("--mtu", a.mtu, "Bytes; the device's, at most 1500, if not given")
        ->check(CLI::Range(68U, 1500U))
        ->type_name("N");
}

void addServices(CLI::App &c, AttachArguments &a) {
    const auto service = [&c](const std::string &name, std::uint16_t &port, const std::string &what) {
        c.add_option("--" + name, port, what + " on this UDP port; 0: not at all")
            ->capture_default_str()
            ->type_name("PORT");
    };
    service("echo", a.echo, "Answers with what it got");
    service("discard", a.discard, "Takes and says nothing");
    service("chargen", a.chargen, "Answers with printable characters");
}

} // namespace

AttachEnd attachDevice(AttachArguments &a, Interrupt &interrupt, const std::function<void(Attachment &)> &begun) {
    std::optional<PcapFile> pcap;
    if (!a.pcap.empty()) {
        auto file = PcapFile::create(a.pcap);
        if (!file) return {failureOf(file.error()), {}};
        pcap.emplace(std::move(*file));
    }
    const auto wire = openWire(a.wire);
    if (!wire) return {failureOf(wire.error()), {}};
    a.options.mtu = a.mtu != 0 ? a.mtu : std::min(wire->mtu, 1500U);
    Attachment model(a.options, *wire->wire, pcap ? &*pcap : nullptr);
    if (const auto ok = model.begin(); !ok) return {failureOf(ok.error()), {}};
    if (!a.quiet) tellBegin(a, *wire, model);
    begun(model);
    const auto ended = model.run(interrupt.descriptor(), [&interrupt] { return interrupt.count() > 0; });
    if (!a.quiet) {
        tellEnd(model, *wire->wire);
        tellPackets(model.packets());
    }
    AttachEnd end;
    if (!ended) end.failure = failureOf(ended.error());
    if (a.options.record) {
        if (!a.options.direct && !a.gui) std::cerr << "skbscope: making the events of what came\n";
        auto side = model.side();
        if (side) end.side = std::move(*side);
        if (!side) end.failure = failureOf(side.error());
        if (!a.quiet) tellEvents(model.counters(), end.side, a.gui);
    }
    if (const auto kept = keep(a, end.side); !kept) end.failure = kept.error();
    if (pcap && !pcap->flush())
        end.failure = Failure{exitNotPossible, "--pcap " + a.pcap + ": cannot be written to its end"};
    return end;
}

void addAttachCommand(CLI::App &app, Command &command, int argc, char **argv) {
    auto a = std::make_shared<AttachArguments>();
    a->mode = "gro";
    CLI::App *c = app.add_subcommand("attach", "Put the model stack on a real tap or veth; Ctrl-C ends it");
    c->add_option(
         "DEVICE", a->wire.device,
         "A tap (made if there is none of that name), or an Ethernet device without an address, such as a veth's end")
        ->required();
    c->add_option("--address", a->address, "The model's, with its prefix: 10.9.0.2/24")
        ->required()
        ->type_name("ADDRESS");
    c->add_option("--gateway", a->gateway, "Where the model sends what is for other networks")->type_name("ADDRESS");
    c->add_option("--mac", a->mac, "The model's; made from its address if not given")->type_name("MAC");
    c->add_option("--netns", a->wire.netns, "Where the device is: a name of `ip netns`")->type_name("NAME");
    c->add_option("--peer", a->wire.peer, "Of a tap that is made here: the host's address on it, 10.9.0.1/24")
        ->type_name("ADDRESS");
    addServices(*c, *a);
    addCard(*c, *a);
    c->add_option("--pcap", a->pcap, "Write every frame that crossed to FILE")->type_name("FILE");
    c->add_option("-o", a->out,
                  "Record every call, and keep the trace in FILE (.skbt; .tree, .state and .jsonl as text)")
        ->type_name("FILE");
    c->add_option(
         "--events", a->events,
         "With -o: keep the last N events (64 bytes each; 20,000,000 if not given). With --gui: stop recording "
         "after N (1,000,000)")
        ->type_name("N");
    c->add_flag("--direct", a->options.direct,
                "With -o: write each event when it happens. Else they are made at the end, from the frames that came: "
                "the same ones, and the model is faster meanwhile");
    c->add_option("--seed", a->options.seed, "Of what is random in the model")->type_name("N");
    c->add_flag("--gui", a->gui, "Show the calls in the window, while they come; recording ends after N events");
    c->add_flag("--allow-root", a->allowRoot, "Open the window although this is root");
    c->callback([a, &command, argc, argv] { command = [=] { return attach(*a, argc, argv); }; });
}

} // namespace skbscope::app
