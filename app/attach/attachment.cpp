// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/attachment.h"

#include "app/attach/alarm.h"
#include "app/attach/attachment_parts.h"
#include "app/model/model_side.h"
#include "linux/simnic.h"
#include "sim/packet_census.h"
#include "trace/drop_reasons.h"

namespace skbscope::app {

namespace {

constexpr unsigned framesAtOnce = 64; // a NAPI budget's worth

// What the log holds, in the place of the device: it takes what the model sends, and forgets it.
class LoggedWire final : public Wire {
public:
    explicit LoggedWire(const ReplayRequest &r) : reader(r.log, r.firstStretch, r.end) {}
    [[nodiscard]] int descriptor() const override { return -1; }
    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, RunError> receive() override { return reader.frame(); }
    void send(std::span<const std::uint8_t> /*frame*/) override {}

    InputReader reader;
};

} // namespace

Attachment::Attachment(const AttachOptions &options, Wire &wire, PcapFile *pcap)
    : parts_(std::make_unique<Parts>(options, wire, pcap)) {}
Attachment::~Attachment() = default;

tl::expected<void, RunError> Attachment::Parts::startRecording() {
    // Of the oldest chunk that counts a part is overwritten already.
    recorder.keep_last(options.eventsMax + options.cpus * trace::EventBuffer::chunk_events);
    if (options.direct) {
        recorder.set_on(true);
        return {};
    }
    auto made =
        Recording::begin({options.eventsMax, options.stretchFrames}, [this](const auto &r) { return replay(r); });
    if (!made) return tl::unexpected(made.error());
    recording.emplace(std::move(*made));
    return {};
}

// In a copy of this process: the same looks, with the same frames, once more.
Replayed Attachment::Parts::replay(const ReplayRequest &request) {
    LoggedWire log(request);
    if (recording) recording->stop(); // it is the other process's
    wire = &log;
    pcap = nullptr;
    recorder.set_on(true);
    while (const auto now = log.reader.look())
        (void)look(*now);
    return {named(), recorder.made()};
}

// The card sends, in the context of whoever sends.
void Attachment::Parts::send(std::span<const std::uint8_t> frame) {
    ++counters.framesOut;
    if (pcap) pcap->write(frame);
    wire->send(frame);
}

tl::expected<unsigned, RunError> Attachment::Parts::takeFrames() {
    unsigned taken = 0;
    for (; taken < framesAtOnce; ++taken) {
        const auto frame = wire->receive();
        if (!frame) return tl::unexpected(frame.error());
        if (frame->empty()) break;
        if (recording) recording->frame(*frame);
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

// One look at the wire, at this time of the model, which stands still meanwhile; how many frames were there. What came
// before the device was gone is handled, too.
tl::expected<unsigned, RunError> Attachment::Parts::look(std::uint64_t now) {
    if (now < next)
        machine.pass(now);
    else
        (void)machine.run_due(now);
    auto taken = takeFrames();
    next = machine.run_due(now);
    return taken;
}

tl::expected<void, RunError> Attachment::Parts::loop(int wake, const std::function<bool()> &stopped) {
    while (true) {
        const std::uint64_t now = modelTime();
        if (recording) recording->look(now);
        const auto taken = look(now);
        if (recording) recording->lookEnds();
        if (!taken) return tl::unexpected(taken.error());
        if (recorder.on()) recorder.prepare();
        if (show && now - shown >= showEvery) {
            shown = now;
            showNew();
        }
        const auto woken = wire->wait(wake, *taken == framesAtOnce ? 0 : realTime(std::min(next, nextShow())));
        if (!woken) return tl::unexpected(woken.error());
        if (*woken && stopped()) return {};
    }
}

AttachCounters Attachment::counters() const {
    AttachCounters c = parts_->counters;
    if (parts_->recorder.made() != 0) { // a direct recording
        c.events = parts_->recorder.made();
        c.overwritten = parts_->recorder.overwritten();
    }
    return c;
}
AttachPackets Attachment::packets() const {
    const stack::machine::use guard(parts_->machine);
    const stack::packet_counts &counts = stack::packet_counters();
    stack::packet_census census = stack::count_packets();
    AttachPackets p{counts.made, counts.freed - counts.dropped, counts.dropped,
                    {},          std::move(census.standing),    std::move(census.wrong)};
    for (unsigned reason = 0; reason < counts.by_reason.size(); ++reason)
        if (counts.by_reason[reason] != 0)
            p.byReason[std::string(trace::drop_reason_of_6_1(reason))] = counts.by_reason[reason];
    return p;
}
bool AttachPackets::addUp() const {
    std::uint64_t there = 0;
    for (const auto &[where, packets] : standing)
        there += packets;
    return wrong.empty() && made == consumed + dropped + there;
}
const std::vector<std::unique_ptr<Service>> &Attachment::services() const {
    return parts_->services;
}

trace::Side Attachment::Parts::named() const {
    trace::Side side = modelSide(recorder, {.seed = options.seed, .cpus = options.cpus}, machine.task_names());
    side.info.facts["clock"] = "real time at each look at the wire; it stands still while what came is handled";
    return side;
}

tl::expected<trace::Side, RunError> Attachment::side() {
    Parts &p = *parts_;
    if (p.show) return p.followed;
    if (!p.recording) return p.named();
    auto made = p.recording->end();
    if (!made) return tl::unexpected(made.error());
    p.counters.events = made->made;
    p.counters.overwritten = !made->whole || made->side.events.size() < made->made;
    p.counters.full = !p.recording->on();
    p.recording.reset();
    return std::move(made->side);
}

void Attachment::follow(Show show) {
    Parts &p = *parts_;
    p.show = std::move(show);
    p.recording.reset();
    p.recorder.set_on(p.options.record);
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
