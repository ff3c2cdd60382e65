// SPDX-License-Identifier: GPL-2.0-or-later
// Where each packet of a side was seen first, and a call of UDP's that had it. Gathered when first asked for: few
// comparisons ask, and those that do ask often. Internal to trace/, for one thread.
#pragma once

#include "trace/call_tree.h"

#include <unordered_map>

namespace skbscope::trace {

class PacketLives {
public:
    struct Life {
        std::uint32_t first = npos, udp = npos; // events
    };
    explicit PacketLives(const Side &side) : side_(side) {} // `side` as long as this lives
    [[nodiscard]] Life of(PacketId packet) const;

private:
    void gather() const;

    const Side &side_;
    mutable std::unordered_map<PacketId, Life> all_;
};

} // namespace skbscope::trace
