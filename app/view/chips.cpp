// SPDX-License-Identifier: GPL-2.0-or-later
// Events and snapshots in a few words.
#include "app/terminal/text.h"
#include "app/view/side_notes.h"
#include "trace/drop_reasons.h"

#include <cstdio>
#include <iterator>

namespace skbscope::app {

namespace {

using trace::Event;
using trace::Snapshot;

std::string queueName(const trace::Side &side, std::uint32_t queue) {
    return queue != 0 && queue < side.queues.size() ? printable(side.queues[queue]) : "queue";
}

std::string queueChip(const trace::Side &side, const Event &e) {
    const std::uint32_t after = e.queue.length;
    const std::uint32_t before = e.kind == SKBSCOPE_EV_ENQUEUE ? after - 1 : after + 1;
    return queueName(side, e.queue.queue) + " " + std::to_string(before) + "→" + std::to_string(after);
}

std::string bufferChip(const Event &e, const Event *next) {
    const bool amount = next != nullptr && next->kind == SKBSCOPE_EV_EXT_AMOUNT;
    const std::string name = trace::kind_name(e.kind);
    return amount ? name + " " + std::to_string(next->amount.bytes) : name;
}

std::string hexProtocol(std::uint32_t inMemory) {
    const std::uint32_t host = (inMemory >> 8 | inMemory << 8) & 0xffff;
    char text[8];
    std::snprintf(text, sizeof text, "0x%04x", host);
    return text;
}

std::string number(std::uint32_t n) {
    return std::to_string(n);
}
std::string offset(std::uint32_t n) {
    return n == SKBSCOPE_OFFSET_UNSET ? "unset" : std::to_string(n);
}
std::string packetType(std::uint32_t n) { // PACKET_* of linux/if_packet.h
    constexpr const char *names[] = {"host",     "broadcast", "multicast", "otherhost",
                                     "outgoing", "loopback",  "user",      "kernel"};
    return n < std::size(names) ? names[n] : std::to_string(n);
}
std::string summed(std::uint32_t n) { // CHECKSUM_* of linux/skbuff.h
    constexpr const char *names[] = {"none", "unnecessary", "complete", "partial"};
    return n < std::size(names) ? names[n] : std::to_string(n);
}

struct Field {
    const char *name;
    std::uint32_t (*value)(const Snapshot &);
    std::string (*text)(std::uint32_t);
    bool atFirstSight;
};
// Most telling first: a narrow terminal shows the first ones only.
const Field fields[] = {
    {"len", [](const Snapshot &s) -> std::uint32_t { return s.len; }, number, true},
    {"data", [](const Snapshot &s) -> std::uint32_t { return s.headroom; }, number, true},
    {"tail", [](const Snapshot &s) { return trace::tail_of(s); }, number, true},
    {"end", [](const Snapshot &s) -> std::uint32_t { return s.end; }, number, true},
    {"data_len", [](const Snapshot &s) -> std::uint32_t { return s.data_len; }, number, false},
    {"users", [](const Snapshot &s) -> std::uint32_t { return s.users; }, number, false},
    {"cloned", [](const Snapshot &s) -> std::uint32_t { return trace::cloned_of(s); }, number, false},
    {"dataref", [](const Snapshot &s) -> std::uint32_t { return s.dataref; }, number, false},
    {"frags", [](const Snapshot &s) -> std::uint32_t { return s.nr_frags; }, number, false},
    {"gso_segs", [](const Snapshot &s) -> std::uint32_t { return s.gso_segs; }, number, false},
    {"gso_size", [](const Snapshot &s) -> std::uint32_t { return s.gso_size; }, number, false},
    {"mac", [](const Snapshot &s) -> std::uint32_t { return s.mac; }, offset, false},
    {"network", [](const Snapshot &s) -> std::uint32_t { return s.network; }, offset, false},
    {"transport", [](const Snapshot &s) -> std::uint32_t { return s.transport; }, offset, false},
    {"protocol", [](const Snapshot &s) -> std::uint32_t { return s.protocol; }, hexProtocol, false},
    {"pkt_type", [](const Snapshot &s) -> std::uint32_t { return trace::pkt_type_of(s); }, packetType, false},
    {"ip_summed", [](const Snapshot &s) -> std::uint32_t { return trace::ip_summed_of(s); }, summed, false},
    {"truesize", [](const Snapshot &s) -> std::uint32_t { return s.truesize; }, number, true},
};

} // namespace

std::string softirqName(std::uint32_t vector) {
    // enum of linux/interrupt.h
    constexpr const char *names[] = {"HI",       "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
                                     "IRQ_POLL", "TASKLET", "SCHED",  "HRTIMER", "RCU"};
    return vector < std::size(names) ? names[vector] : "vector " + std::to_string(vector);
}

std::string chipOf(const trace::Side &side, const Event &e, const Event *next) {
    if (trace::is_buffer_op(e)) return bufferChip(e, next);
    switch (e.kind) {
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
        return queueChip(side, e);
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        return "raise " + softirqName(e.context.vector);
    case SKBSCOPE_EV_SCHED_SLEEP:
        return "sleeps";
    case SKBSCOPE_EV_SCHED_WAKE:
        return "wakes " + std::to_string(e.context.other_task);
    case SKBSCOPE_EV_TIMER:
        return "timer fires";
    case SKBSCOPE_EV_DROP:
        return "drop: " + printable(trace::drop_reason_name(side.info, e.drop.reason));
    case SKBSCOPE_EV_CLONE_OF:
        return "clone of " + std::to_string(e.lineage.other_packet);
    case SKBSCOPE_EV_COPY_OF:
        return "copy of " + std::to_string(e.lineage.other_packet);
    case SKBSCOPE_EV_SEGMENT_OF:
        return "segment of " + std::to_string(e.lineage.other_packet);
    case SKBSCOPE_EV_FRAGMENT_OF:
        return "fragment of " + std::to_string(e.lineage.other_packet);
    case SKBSCOPE_EV_MERGED_INTO:
        return "merged into " + std::to_string(e.lineage.other_packet);
    default:
        return {};
    }
}

std::vector<std::string> changesOf(const Snapshot &before, const Snapshot &after) {
    std::vector<std::string> out;
    for (const Field &f : fields)
        if (f.value(before) != f.value(after))
            out.push_back(std::string(f.name) + " " + f.text(f.value(before)) + "→" + f.text(f.value(after)));
    return out;
}

std::vector<std::string> firstSight(const Snapshot &s) {
    std::vector<std::string> out;
    for (const Field &f : fields)
        if (f.atFirstSight) out.push_back(std::string(f.name) + " " + f.text(f.value(s)));
    return out;
}

} // namespace skbscope::app
