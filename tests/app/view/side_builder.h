// SPDX-License-Identifier: GPL-2.0-or-later
// Hand-made sides, event by event, for tests of what shows and exports them.
#pragma once

#include "trace/trace.h"

#include <string>
#include <vector>

namespace skbscope::app {

class SideBuilder {
public:
    explicit SideBuilder(trace::SideKind kind);

    SideBuilder &task(trace::TaskId id, const std::string &comm);
    SideBuilder &at(const std::string &host, const std::string &device = {}); // of what follows
    SideBuilder &context(trace::Context context);
    SideBuilder &packet(trace::PacketId id, const trace::Snapshot &snapshot); // what enters see from here on
    SideBuilder &noPacket();

    SideBuilder &enter(const std::string &function);
    SideBuilder &leave(); // the innermost
    SideBuilder &leave(std::int64_t ret);
    SideBuilder &op(unsigned kind, std::int64_t bytes); // a buffer operation, with its amount
    SideBuilder &queue(unsigned kind, const std::string &name, std::uint32_t length);
    SideBuilder &softirq(unsigned kind, std::uint32_t vector);
    SideBuilder &mark(unsigned kind, std::uint32_t step = 0, std::uint32_t line = 0, std::int64_t result = 0);
    SideBuilder &bytes(std::uint16_t offset, const std::string &data); // of the record before
    SideBuilder &loss(std::uint64_t events);

    [[nodiscard]] const trace::Side &side() const { return side_; }
    [[nodiscard]] trace::Side take() { return std::move(side_); }

private:
    trace::Event &add(unsigned kind);

    trace::Side side_;
    std::vector<trace::FunctionId> stack_;
    trace::TaskId task_ = 0;
    std::uint8_t host_ = 0;
    std::uint16_t device_ = 0;
    trace::Context context_ = trace::Context::process;
    trace::PacketId packet_ = trace::no_packet;
    trace::Snapshot snapshot_{};
};

// A datagram in a 192-byte buffer: data at `headroom`, `len` bytes.
[[nodiscard]] trace::Snapshot datagram(std::uint16_t headroom, std::uint32_t len);

} // namespace skbscope::app
