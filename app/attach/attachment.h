// SPDX-License-Identifier: GPL-2.0-or-later
// The model stack on a real device, in real time: frames from the wire go to its simulated card, what the card sends
// goes out on the wire. One thread, run to completion: what arrived is handled to its end before the wire is looked at
// again. Between two looks the model's clock stands still, as it always does while a model CPU works.
#pragma once

#include "app/attach/pcap_file.h"
#include "app/attach/services.h"
#include "app/attach/wire.h"
#include "trace/trace.h"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace skbscope::app {

using MacAddress = std::array<std::uint8_t, 6>;

struct AttachOptions {
    std::uint32_t address = 0; // network order, as all addresses here
    unsigned prefix = 24;
    std::optional<std::uint32_t> gateway;
    std::optional<MacAddress> mac; // none: made from the address
    unsigned mtu = 1500;
    unsigned cpus = 1, queues = 1;
    bool napi = true; // else an interrupt for each packet, as before NAPI
    bool gro = true;
    std::uint64_t seed = 1;
    bool record = false;                  // the events are wanted
    std::uint64_t eventsMax = 20'000'000; // the last so many
    // Each event is written when it happens. Else what came is kept, and the events are made from it at the end: the
    // same ones (recording.h), and the model is as fast as without a recording meanwhile.
    bool direct = false;
    std::uint64_t stretchFrames = 65'536; // RecordingLimits::stretchFrames
    std::vector<std::pair<ServiceKind, std::uint16_t>> services;
};

struct AttachCounters {
    std::uint64_t framesIn = 0, framesOut = 0;
    std::uint64_t missed = 0; // the card's ring had no room, or the frame was too long for it
    std::uint64_t events = 0; // that were made; of a recording that is not direct: by side()
    bool overwritten = false; // there were more; the trace has the last AttachOptions::eventsMax
    bool full = false;        // recording has ended early: of a followed run by eventsMax, else for want of memory
};

// Of all packets of the model, those from the wire and its own: where they went. They add up, and nothing is wrong:
//     made = consumed + dropped + standing in queues
struct AttachPackets {
    std::uint64_t made = 0, consumed = 0, dropped = 0;
    std::map<std::string, std::uint64_t> byReason; // dropped
    std::map<std::string, std::uint64_t> standing; // by kind of queue, found by a walk through all of them
    std::vector<std::string> wrong;                // packets in no queue, or in two: a leak of the model
    [[nodiscard]] bool addUp() const;
};

class Attachment {
public:
    Attachment(const AttachOptions &options, Wire &wire, PcapFile *pcap);
    ~Attachment();
    Attachment(const Attachment &) = delete;
    Attachment &operator=(const Attachment &) = delete;

    // Sets the model up: device, address, services. The error names what the model refused.
    [[nodiscard]] tl::expected<void, RunError> begin();
    // Until `stopped` says so, which is asked whenever `wake` (a descriptor) may be readable. An error: the device is
    // gone; what was recorded stays.
    [[nodiscard]] tl::expected<void, RunError> run(int wake, const std::function<bool()> &stopped);

    [[nodiscard]] AttachCounters counters() const;
    [[nodiscard]] AttachPackets packets() const; // not while it runs
    [[nodiscard]] const std::vector<std::unique_ptr<Service>> &services() const;
    [[nodiscard]] MacAddress mac() const;
    // What was recorded: the last AttachOptions::eventsMax events; of a followed run, the first. The recording ends
    // with it.
    [[nodiscard]] tl::expected<trace::Side, RunError> side();

    // With AttachOptions::record, which is direct then: run() calls `show` ten times a second, on its own thread, with
    // the names so far and the events that came since; the events are kept as well, and recording ends when there are
    // eventsMax of them.
    using Show = std::function<void(const trace::Side &names, std::span<const trace::Event> events)>;
    void follow(Show show);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace skbscope::app
