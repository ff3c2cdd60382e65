// SPDX-License-Identifier: GPL-2.0-or-later
// A live watch in the terminal: one line a call, as it happens, indented as it is nested; what is done to a packet, and
// every loss, on a line of its own.
//
//      0.000214 0 ▒ a nc 912        1      ip_rcv   ‹len 40, data 78›
//      seconds, CPU, context, host, task, packet, call, fields of the sk_buff that changed since it was last seen
#pragma once

#include "app/terminal/style.h"
#include "trace/trace.h"

#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace skbscope::app {

class LiveText {
public:
    LiveText(std::ostream &out, const Style &style, std::size_t width) : out_(out), style_(style), width_(width) {}

    void print(const trace::Side &side, std::span<const trace::Event> events);

private:
    using ContextKey = std::uint64_t; // a task, or what interrupts a CPU

    void one(const trace::Side &side, const trace::Event &e, const trace::Event *next);
    void enter(const trace::Side &side, const trace::Event &e);
    void leave(const trace::Event &e);
    void line(const trace::Side &side, const trace::Event &e, std::size_t depth, Ink ink, const std::string &text,
              const std::vector<std::string> &notes);
    [[nodiscard]] std::size_t depthOf(const trace::Event &e) const;
    [[nodiscard]] static ContextKey keyOf(const trace::Event &e);

    std::ostream &out_;
    Style style_;
    std::size_t width_;
    std::uint64_t first_ = 0;
    std::map<ContextKey, std::vector<trace::FunctionId>> open_;
    std::map<trace::PacketId, trace::Snapshot> last_;
};

} // namespace skbscope::app
