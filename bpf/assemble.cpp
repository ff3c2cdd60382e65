// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/assemble.h"

#include "bpf/event_builder.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace skbscope::bpf {

using trace::Event;

std::int64_t shaped(std::uint64_t raw, value_shape shape) {
    if (shape.size == 0) return 0;
    if (shape.size >= 8) return static_cast<std::int64_t>(raw);
    const unsigned unused = 64U - shape.size * 8U;
    const std::uint64_t top = raw << unused;
    return shape.is_signed ? static_cast<std::int64_t>(top) >> unused : static_cast<std::int64_t>(top >> unused);
}

std::uint8_t run_names::add_host(std::string name, std::uint32_t net) {
    if (hosts.size() > 0xff) return 0;
    hosts.push_back(std::move(name));
    return host_of_net[net] = static_cast<std::uint8_t>(hosts.size() - 1);
}

std::uint16_t run_names::add_device(std::string name, std::uint32_t net, std::uint32_t ifindex) {
    const auto known = device_of_ifindex.find({net, ifindex});
    if (known != device_of_ifindex.end()) return known->second;
    devices.push_back(std::move(name));
    return device_of_ifindex[{net, ifindex}] = static_cast<std::uint16_t>(devices.size() - 1);
}

std::uint32_t run_names::queue(const std::string &name) {
    const auto found = std::ranges::find(queues, name);
    if (found == queues.end()) queues.push_back(name);
    return static_cast<std::uint32_t>(std::ranges::find(queues, name) - queues.begin());
}

bool assembler::add(std::span<const std::byte> bytes) {
    skbscope_raw_skb r{};
    const bool whole = bytes.size() >= sizeof r.raw;
    if (whole) std::memcpy(&r.raw, bytes.data(), sizeof r.raw);
    const bool call = whole && r.raw.what == SKBSCOPE_RAW_CALL;
    const bool skb =
        whole && (r.raw.what == SKBSCOPE_RAW_SKB || r.raw.what == SKBSCOPE_RAW_LIST) && bytes.size() >= sizeof r;
    if (!call && !skb) {
        ++refused_;
        return false;
    }
    if (skb) std::memcpy(&r, bytes.data(), sizeof r);
    merge_.push(r);
    return true;
}

assembler::assembler(const std::vector<probe_info> &probes, run_names &names)
    : builder_(new event_builder(probes, names)) {}
assembler::~assembler() = default;

assembled assembler::take(std::uint64_t until) {
    merge_.pop(until, [this](const skbscope_raw_skb &r, std::uint32_t lost) { builder_->take(r, lost); });
    return std::exchange(builder_->out, {});
}

void assembler::lose(std::uint64_t count, skbscope_loss_reason reason) {
    builder_->tell_loss(builder_->nowhere(0), count, reason);
}

assembled assembler::finish() {
    merge_.pop(record_merge::everything,
               [this](const skbscope_raw_skb &r, std::uint32_t lost) { builder_->take(r, lost); });
    for (const auto &[cpu, seq] : ends_) {
        if (const std::uint32_t lost = merge_.missing_before(cpu, seq); lost != 0)
            builder_->lose(builder_->nowhere(cpu), lost);
    }
    builder_->out.lost += std::exchange(refused_, 0);
    return std::exchange(builder_->out, {});
}

} // namespace skbscope::bpf
