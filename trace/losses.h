// SPDX-License-Identifier: GPL-2.0-or-later
// Where a side's events are missing: on which CPU, between which events. What could stand there is unknown, never "not
// called". Internal to trace/.
#pragma once

#include "trace/compare.h"

#include <optional>
#include <set>

namespace skbscope::trace {

class Losses {
public:
    Losses(const Side &side, const CallTree &tree) : side_(side), tree_(tree) {}

    // The first loss at events `begin` to `end`, both included, on one of `cpus` (none named: on any); npos = none.
    [[nodiscard]] std::uint32_t find(std::uint32_t begin, std::uint32_t end,
                                     const std::set<std::uint8_t> &cpus = {}) const;
    // "unknown (lost): 40 events lost here: ring full", with the record or the hole as evidence.
    [[nodiscard]] Reason reason(std::uint32_t loss) const;
    // What is known of a call's nesting goes back to `caller` (npos: to what ran before in its task): the reason if
    // events of its CPU are missing since.
    [[nodiscard]] Reason nesting_unknown(std::uint32_t call, std::uint32_t caller) const;

private:
    [[nodiscard]] std::uint32_t root_before(std::uint32_t call) const;

    const Side &side_;
    const CallTree &tree_;
};

} // namespace skbscope::trace
