// SPDX-License-Identifier: GPL-2.0-or-later
// Reasons for differences from a kernel whose calls were inferred from stacks, or that is another version than the
// model's. Internal to trace/. Facts of the kernel's side (SideInfo::facts) that they cite:
//   "stacks.tracepoints"  its calls were inferred from stacks at these tracepoints: a call that no tracepoint lies in
//   is
//                         not seen. Its fidelity leaves those calls out.
//   "stacks.always in"    functions no call of which passes by without one of these tracepoints
#pragma once

#include "trace/compared.h"

#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace skbscope::trace {

// What stacks at tracepoints had to show of the left side's calls, and what they could not.
class StackEvidence {
public:
    // Both sides and `rows` as long as this lives. Knows nothing where the right side was not seen by stacks.
    StackEvidence(const std::vector<Row> &rows, const Compared &left, const Compared &right);
    // Why no stack shows this call of the left side; nothing: one had to.
    [[nodiscard]] std::optional<Reason> why_unseen(std::uint32_t left_call) const;

private:
    [[nodiscard]] bool had_to_be_seen(std::uint32_t call) const;

    const Compared &left_, &right_;
    bool by_stacks_ = false;
    std::set<std::string_view> always_;  // functions that hold a tracepoint every call passes
    std::vector<std::uint32_t> partner_; // right call, by left call
};

// The right side's calls come of stacks: those of the left that no stack can show do not count.
void excuse_unseen(Comparison &comparison, const Compared &left, const Compared &right);

// Of a call that stands under other callers on both sides: the left's, `left_caller`, is inside of the one that it
// stands under on the right, `outer` there and here (indices of kept calls), so that the stack had to hold its frame,
// and does not: it was left by a tail call. Code none: that is not so.
[[nodiscard]] Reason why_other_caller(const Compared &left, std::uint32_t left_caller, std::uint32_t outer,
                                      const Compared &right, std::uint32_t right_call);

// Of a call that only the kernel's side has: 6.1's machine code says that 6.1 never makes it there.
[[nodiscard]] std::optional<Reason> why_other_version(const Compared &kernel, std::uint32_t call);

// Not 6.1's release, and not none.
[[nodiscard]] bool later_than_6_1(const SideInfo &info);

// Of a call that gives back a datagram in a softirq of the CPU that allocated it, or of that softirq where it did
// nothing else: a later release does that, 6.1's machine code does not.
[[nodiscard]] std::optional<Reason> why_deferred(const Compared &kernel, std::uint32_t call);

} // namespace skbscope::trace
