// SPDX-License-Identifier: GPL-2.0-or-later
// Which bytes of two packets may differ, and why. Random values are found by reading the headers that hold them, on
// both sides; a checksum may differ exactly as much as the words it covers make it. Internal to trace/.
#pragma once

#include "trace/compare.h"
#include "trace/one_to_one.h"
#include "trace/state.h"

#include <compare>
#include <map>
#include <set>

namespace skbscope::trace {

// Ports that the kernel picks: the left side's and the right side's, one to one over a whole comparison.
class PortPairs {
public:
    PortPairs(std::uint16_t first, std::uint16_t last) : first_(first), last_(last) {}
    // May `left` here be `right` there? Remembers the answer.
    bool agree(std::uint16_t left, std::uint16_t right) {
        return ephemeral(left) && ephemeral(right) && pairs_.agree(left, right);
    }

private:
    [[nodiscard]] bool ephemeral(std::uint16_t port) const { return port >= first_ && port <= last_; }
    std::uint16_t first_, last_; // net.ipv4.ip_local_port_range
    OneToOne pairs_;
};

// TCP numbers its bytes from a random start: in one direction of a flow the right side is ahead of the left one by the
// same distance throughout.
class SequencePairs {
public:
    struct Direction { // of the left side's packet
        std::uint32_t from = 0, to = 0;
        std::uint16_t from_port = 0, to_port = 0;
        // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the defaulted <=> for a comparison with 0
        auto operator<=>(const Direction &) const = default;
        [[nodiscard]] Direction reversed() const { return {to, from, to_port, from_port}; }
    };
    // May `left` here be `right` there? Remembers the distance at its first sight.
    bool agree(const Direction &direction, std::uint32_t left, std::uint32_t right) {
        return distance_.try_emplace(direction, right - left).first->second == right - left;
    }

private:
    std::map<Direction, std::uint32_t> distance_;
};

// Random IP ids that were seen in a packet's own header: which one on the left is which one on the right. An error
// message quotes them later.
class IdPairs {
public:
    void saw(std::uint16_t left, std::uint16_t right) { seen_.emplace(left, right); }
    [[nodiscard]] bool knows(std::uint16_t left, std::uint16_t right) const { return seen_.contains({left, right}); }

private:
    std::set<std::pair<std::uint16_t, std::uint16_t>> seen_;
};

// Reasons by offset from head, for bytes that are known on both sides and differ. A differing byte without an entry has
// none.
using ByteReasons = std::map<std::uint32_t, Reason>;
[[nodiscard]] ByteReasons explain_bytes(const PacketState &left, const PacketState &right, PortPairs &ports,
                                        SequencePairs &sequences, IdPairs &ids);

} // namespace skbscope::trace
