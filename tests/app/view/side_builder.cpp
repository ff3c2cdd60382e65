// SPDX-License-Identifier: GPL-2.0-or-later
#include "side_builder.h"

#include <algorithm>
#include <cstring>

namespace skbscope::app {

using trace::Event;

SideBuilder::SideBuilder(trace::SideKind kind) {
    side_.info.kind = kind;
    const bool model = kind == trace::SideKind::model;
    side_.info.clock = model ? trace::Clock::virtual_ns : trace::Clock::instructions;
    side_.info.release = model ? "6.1" : "6.1.0-99-test";
    side_.info.build = model ? "skbscope test" : "#1 SMP test";
    side_.info.transport = model ? "model" : "lab";
    if (!model) side_.info.date = "2025-01-02T03:04:05Z";
}

SideBuilder &SideBuilder::task(trace::TaskId id, const std::string &comm) {
    task_ = id;
    side_.tasks[id] = comm;
    return *this;
}

namespace {
template <class Id> Id idOf(std::vector<std::string> &names, const std::string &name) {
    if (name.empty()) return 0;
    const auto found = std::find(names.begin(), names.end(), name);
    const auto id = static_cast<Id>(found - names.begin());
    if (found == names.end()) names.push_back(name);
    return id;
}
} // namespace

SideBuilder &SideBuilder::at(const std::string &host, const std::string &device) {
    host_ = idOf<std::uint8_t>(side_.hosts, host);
    device_ = idOf<std::uint16_t>(side_.devices, device);
    return *this;
}

SideBuilder &SideBuilder::context(trace::Context context) {
    context_ = context;
    return *this;
}

SideBuilder &SideBuilder::packet(trace::PacketId id, const trace::Snapshot &snapshot) {
    packet_ = id;
    snapshot_ = snapshot;
    return *this;
}

SideBuilder &SideBuilder::noPacket() {
    packet_ = trace::no_packet;
    return *this;
}

Event &SideBuilder::add(unsigned kind) {
    Event &e = side_.events.emplace_back(Event{});
    e.seq = static_cast<std::uint32_t>(side_.events.size() - 1);
    e.time = e.seq * 10;
    e.task = task_;
    e.kind = static_cast<std::uint8_t>(kind);
    e.host = host_;
    e.device = device_;
    e.packet = packet_;
    e.fn = stack_.empty() ? trace::no_function : stack_.back();
    const unsigned provenance = side_.info.kind == trace::SideKind::model ? SKBSCOPE_PROV_MODEL : SKBSCOPE_PROV_KERNEL;
    e.state = static_cast<std::uint8_t>(static_cast<unsigned>(context_) | provenance << SKBSCOPE_STATE_PROV_SHIFT);
    return e;
}

SideBuilder &SideBuilder::enter(const std::string &function) {
    stack_.push_back(side_.intern_function(function));
    Event &e = add(SKBSCOPE_EV_ENTER);
    if (packet_ == trace::no_packet) return *this;
    e.state |= SKBSCOPE_STATE_HAS_SKB;
    e.skb = snapshot_;
    return *this;
}

SideBuilder &SideBuilder::leave() {
    add(SKBSCOPE_EV_LEAVE);
    stack_.pop_back();
    return *this;
}

SideBuilder &SideBuilder::leave(std::int64_t ret) {
    Event &e = add(SKBSCOPE_EV_LEAVE);
    e.state |= SKBSCOPE_STATE_HAS_RET;
    e.leave.ret = ret;
    stack_.pop_back();
    return *this;
}

SideBuilder &SideBuilder::op(unsigned kind, std::int64_t bytes) {
    Event &e = add(kind);
    e.state |= SKBSCOPE_STATE_HAS_SKB;
    e.skb = snapshot_;
    add(SKBSCOPE_EV_EXT_AMOUNT).amount.bytes = bytes;
    return *this;
}

SideBuilder &SideBuilder::queue(unsigned kind, const std::string &name, std::uint32_t length) {
    Event &e = add(kind);
    e.queue.queue = idOf<std::uint32_t>(side_.queues, name);
    e.queue.length = length;
    return *this;
}

SideBuilder &SideBuilder::softirq(unsigned kind, std::uint32_t vector) {
    add(kind).context.vector = vector;
    return *this;
}

SideBuilder &SideBuilder::mark(unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result) {
    Event &e = add(kind);
    e.mark.step = step;
    e.mark.line = line;
    e.mark.result = result;
    return *this;
}

SideBuilder &SideBuilder::bytes(std::uint16_t offset, const std::string &data) {
    Event &e = add(SKBSCOPE_EV_EXT_BYTES);
    e.bytes.offset = offset;
    e.bytes.count = static_cast<std::uint8_t>(std::min<std::size_t>(data.size(), SKBSCOPE_BYTES_MAX));
    std::memcpy(e.bytes.data, data.data(), e.bytes.count);
    return *this;
}

SideBuilder &SideBuilder::loss(std::uint64_t events) {
    add(SKBSCOPE_EV_LOSS).loss.lost = events;
    return *this;
}

trace::Snapshot datagram(std::uint16_t headroom, std::uint32_t len) {
    trace::Snapshot s{};
    s.len = len;
    s.end = 192;
    s.truesize = 768;
    s.headroom = headroom;
    s.mac = SKBSCOPE_OFFSET_UNSET;
    s.network = 16;
    s.transport = 36;
    s.protocol = 0x0008;
    s.dataref = 1;
    s.users = 1;
    return s;
}

} // namespace skbscope::app
