// SPDX-License-Identifier: GPL-2.0-or-later
// The calls of a side that fidelity counts, by name, and how two sides' line up. Internal to trace/.
#pragma once

#include "trace/common_subsequence.h"
#include "trace/compare.h"

#include <string_view>
#include <unordered_map>

namespace skbscope::trace {

// Numbers for names, the same for both sides: functions of one name in different files are one, as a kernel's trace
// knows names only.
class NameTable {
public:
    std::uint32_t id(std::string_view name) {
        return ids_.try_emplace(name, static_cast<std::uint32_t>(ids_.size())).first->second;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> ids_; // views into catalogue and sides
};

struct KeptCalls {
    std::vector<std::uint32_t> call;   // call index of each kept call, in call order
    std::vector<std::uint32_t> name;   // NameTable id
    std::vector<std::uint32_t> caller; // nearest kept call around it, npos = none
    // By call index: the call itself where it is kept, else the nearest kept call around it.
    std::vector<std::uint32_t> kept_at_or_above;
};

// Does fidelity count this function? The stock kernel can show it, and it is part of the packet's path.
[[nodiscard]] bool is_kept(const Function &function);

// Name ids of all calls, by call index.
[[nodiscard]] std::vector<std::uint32_t> call_names(const Side &side, const CallTree &tree, NameTable &names);
// `left_out`, by call, do not count; empty: all do.
[[nodiscard]] KeptCalls kept_calls(const Side &side, const CallTree &tree, std::span<const std::uint32_t> names,
                                   const std::vector<bool> &left_out = {});

// Partners by index into the kept calls; npos = none.
struct KeptPairs {
    std::vector<std::uint32_t> left_to_right, right_to_left;
    bool exact = true;
};
[[nodiscard]] KeptPairs pair_up(const KeptCalls &left, const KeptCalls &right);

// The nearest caller that has a partner; npos = none.
[[nodiscard]] std::uint32_t matched_caller(const KeptCalls &calls, std::span<const std::uint32_t> partner,
                                           std::uint32_t kept);

// Right is the reference.
[[nodiscard]] CallFidelity call_fidelity(const Side &left, const CallTree &left_tree, const KeptCalls &ours,
                                         const KeptCalls &reference, const KeptPairs &pairs);
// The shares and F1 from the counts; to be called again where a count changed.
void rate(CallFidelity &fidelity);

} // namespace skbscope::trace
