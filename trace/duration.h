// SPDX-License-Identifier: GPL-2.0-or-later
// How long a call ran, in what its side's clock counts. The model's virtual time tells order, not time: it has none.
#pragma once

#include "trace/call_tree.h"

#include <optional>
#include <string>

namespace skbscope::trace {

// A distance on the side's clock in its unit: nanoseconds, or instructions of the guest. Under -icount the kernel's
// clock advances 2^shift ns an instruction (fact "icount.shift"; 1, as the lab runs, where the side does not say).
[[nodiscard]] std::optional<std::uint64_t> clock_units(const SideInfo &side, std::uint64_t ns);

// From enter to leave, the tracer's own share included. Nothing for the model, where an end is missing, and for a call
// that was only inferred.
[[nodiscard]] std::optional<std::uint64_t> duration(const Side &side, const Call &call);

// "4,400 ns", "5,300 instructions".
[[nodiscard]] std::string duration_text(const SideInfo &side, std::uint64_t units);

} // namespace skbscope::trace
