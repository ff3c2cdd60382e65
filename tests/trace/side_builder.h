// SPDX-License-Identifier: GPL-2.0-or-later
// Makes sides for tests, one record a line: enter("ip_rcv"), leave("ip_rcv"), ...
#pragma once

#include "trace/call_tree.h"
#include "trace/trace.h"

#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace skbscope::trace::test {

class SideBuilder {
public:
    explicit SideBuilder(SideKind kind = SideKind::model) {
        side.info.kind = kind;
        prov_ = kind == SideKind::model ? SKBSCOPE_PROV_MODEL : SKBSCOPE_PROV_KERNEL;
    }

    // What the records that follow have in common.
    SideBuilder &task(TaskId t) { return task_ = t, *this; }
    SideBuilder &cpu(std::uint8_t c) { return cpu_ = c, *this; }
    SideBuilder &packet(PacketId p) { return packet_ = p, *this; }

    Event &add(unsigned kind, std::string_view function = {}) {
        Event e{};
        e.time = side.events.size() * 10;
        e.seq = seq_[cpu_]++;
        e.task = task_;
        e.packet = packet_;
        e.fn = function.empty() ? no_function : side.intern_function(function);
        e.kind = static_cast<std::uint8_t>(kind);
        e.cpu = cpu_;
        e.state = static_cast<std::uint8_t>(prov_ << SKBSCOPE_STATE_PROV_SHIFT);
        return side.events.emplace_back(e);
    }
    Event &enter(std::string_view function) { return add(SKBSCOPE_EV_ENTER, function); }
    Event &leave(std::string_view function) { return add(SKBSCOPE_EV_LEAVE, function); }
    SideBuilder &call(std::string_view function) {
        enter(function);
        leave(function);
        return *this;
    }
    Event &snapshot(unsigned kind, std::string_view function, const Snapshot &skb) {
        Event &e = add(kind, function);
        e.state |= SKBSCOPE_STATE_HAS_SKB;
        e.skb = skb;
        return e;
    }
    void identity(std::uint64_t skb, std::uint64_t head) {
        Event &e = add(SKBSCOPE_EV_EXT_IDENTITY);
        e.identity.skb = skb;
        e.identity.head = head;
    }
    void bytes(std::uint16_t offset, const std::string &data) {
        for (std::size_t at = 0; at < data.size(); at += SKBSCOPE_BYTES_MAX) {
            const std::size_t count = std::min<std::size_t>(SKBSCOPE_BYTES_MAX, data.size() - at);
            Event &e = add(SKBSCOPE_EV_EXT_BYTES);
            e.bytes.offset = static_cast<std::uint16_t>(offset + at);
            e.bytes.count = static_cast<std::uint8_t>(count);
            std::memcpy(e.bytes.data, data.data() + at, count);
        }
    }
    void lose(std::uint32_t records) { seq_[cpu_] += records; }

    Side side;

private:
    unsigned prov_;
    TaskId task_ = 100;
    std::uint8_t cpu_ = 0;
    PacketId packet_ = no_packet;
    std::uint32_t seq_[256] = {};
};

inline Snapshot snapshot_of(std::uint32_t headroom, std::uint32_t len) {
    Snapshot s{};
    s.headroom = static_cast<std::uint16_t>(headroom);
    s.len = len;
    s.end = 192;
    s.truesize = 768;
    s.mac = s.network = s.transport = SKBSCOPE_OFFSET_UNSET;
    s.users = 1;
    s.dataref = 1;
    return s;
}

// A file of tests/trace/data.
inline std::string data_file(const std::string &name) {
    std::ifstream in(std::string(SKBSCOPE_SOURCE_DIR) + "/tests/trace/data/" + name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace skbscope::trace::test
