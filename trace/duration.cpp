// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/duration.h"

#include "trace/text.h"

namespace skbscope::trace {

namespace {
unsigned icount_shift(const SideInfo &side) {
    constexpr unsigned of_the_lab = 1, most = 10; // QEMU takes no more
    const auto fact = side.facts.find("icount.shift");
    if (fact == side.facts.end()) return of_the_lab;
    const auto shift = to_number<unsigned>(fact->second);
    return shift && *shift <= most ? *shift : of_the_lab;
}
} // namespace

std::optional<std::uint64_t> clock_units(const SideInfo &side, std::uint64_t ns) {
    switch (side.clock) {
    case Clock::virtual_ns:
        return std::nullopt;
    case Clock::instructions:
        return ns >> icount_shift(side);
    case Clock::real_ns:
        return ns;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> duration(const Side &side, const Call &call) {
    if (call.leave >= side.events.size() || call.enter >= side.events.size()) return std::nullopt;
    const Event &enter = side.events[call.enter], &leave = side.events[call.leave];
    if (!is_leave(leave) || leave.time < enter.time || provenance_of(enter) == Provenance::inferred)
        return std::nullopt;
    return clock_units(side.info, leave.time - enter.time);
}

std::string duration_text(const SideInfo &side, std::uint64_t units) {
    std::string digits = std::to_string(units);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    if (side.clock == Clock::real_ns) return digits + " ns";
    return digits + (units == 1 ? " instruction" : " instructions");
}

} // namespace skbscope::trace
