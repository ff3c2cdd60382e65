// SPDX-License-Identifier: GPL-2.0-or-later
// What the two files of Attachment share: the device's setting up, and its life.
#pragma once

#include "app/attach/attachment.h"
#include "app/attach/recording.h"
#include "sim/machine.h"
#include "trace/recorder.h"

#include <algorithm>

namespace skbscope::stack {
struct net_device;
} // namespace skbscope::stack

namespace skbscope::app {

struct Attachment::Parts {
    static constexpr std::uint64_t showEvery = 100'000'000;         // ns
    static constexpr std::uint64_t forever = 1'000'000'000'000'000; // ns

    Parts(const AttachOptions &o, Wire &w, PcapFile *p)
        : options(o), wire(&w), pcap(p), recorder(o.cpus),
          machine({.cpus = o.cpus, .seed = o.seed}, o.record ? &recorder : nullptr), current(machine) {}

    [[nodiscard]] tl::expected<void, RunError> makeDevice();
    [[nodiscard]] tl::expected<void, RunError> makeAddress();
    [[nodiscard]] tl::expected<void, RunError> startServices();
    [[nodiscard]] tl::expected<unsigned, RunError> takeFrames();
    [[nodiscard]] tl::expected<unsigned, RunError> look(std::uint64_t now);
    [[nodiscard]] tl::expected<void, RunError> startRecording();
    [[nodiscard]] Replayed replay(const ReplayRequest &request);
    [[nodiscard]] std::uint64_t modelTime() const { return wire->now() - started + begun; }
    [[nodiscard]] std::uint64_t realTime(std::uint64_t model) const {
        return std::min(model, begun + forever) - begun + started;
    }
    void send(std::span<const std::uint8_t> frame);
    void showNew();
    [[nodiscard]] std::uint64_t nextShow() const { return show && recorder.size() != 0 ? shown + showEvery : forever; }
    [[nodiscard]] tl::expected<void, RunError> loop(int wake, const std::function<bool()> &stopped);
    [[nodiscard]] trace::Side named() const;

    const AttachOptions options;
    Wire *wire; // in a replay: the log
    PcapFile *pcap;
    AttachCounters counters;
    std::vector<std::unique_ptr<Service>> services; // outlive the machine
    trace::Recorder recorder;
    stack::machine machine;
    stack::machine::use current;
    stack::net *ns = nullptr;
    stack::net_device *device = nullptr;
    std::uint64_t started = 0, begun = 0; // real time, and the model's then
    std::uint64_t next = 0;               // what is due next
    std::optional<Recording> recording;   // that is not direct
    Show show;                            // of a followed run
    trace::Side followed;
    std::uint64_t shown = 0; // when, in the model's time
};

} // namespace skbscope::app
