// SPDX-License-Identifier: GPL-2.0-or-later
// Which of a live watch's events the user wants to have: those in some functions, those of the first N packets.
#pragma once

#include "trace/trace.h"

#include <array>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace skbscope::app {

class LiveSelect {
public:
    // `only`: shell patterns of function names; none: all. `count`: packets; 0: all.
    LiveSelect(std::vector<std::string> only, std::uint64_t count) : only_(std::move(only)), count_(count) {}

    // The wanted ones of these, in order. Losses always are, and a record that extends another goes with it.
    [[nodiscard]] std::vector<trace::Event> take(const trace::Side &side, std::span<const trace::Event> events);
    [[nodiscard]] std::uint64_t packets() const { return packets_; }
    // All wanted packets were seen; the last of them may still be on its way.
    [[nodiscard]] bool full() const { return count_ != 0 && packets_ >= count_; }
    // ... and another one came: no more is taken.
    [[nodiscard]] bool over() const { return over_; }

private:
    [[nodiscard]] bool named(const trace::Side &side, trace::FunctionId fn);
    [[nodiscard]] bool isNew(trace::PacketId packet);

    std::vector<std::string> only_;
    std::unordered_map<trace::FunctionId, bool> named_;
    std::uint64_t count_, packets_ = 0;
    std::set<trace::PacketId> recent_;
    std::array<std::uint32_t, 256> leftOut_{}; // by CPU
    bool over_ = false, taking_ = false;
};

} // namespace skbscope::app
